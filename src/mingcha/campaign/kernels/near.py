"""Shares in millionths, compared in integers, and the search in sorted postings that prefixes rest on."""

from numba import njit

from mingcha.campaign.kernels.ranks import I32

MILLION = 1_000_000


@njit(cache=True, nogil=True)
def first_at_least(posts: I32, low: int, high: int, text: int) -> int:
    """Where in the ascending posts[low:high] the first value of at least `text` stands; `high` where there is none."""
    while low < high:
        middle = (low + high) >> 1
        if posts[middle] < text:
            low = middle + 1
        else:
            high = middle
    return low
