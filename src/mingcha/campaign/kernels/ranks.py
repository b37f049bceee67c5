"""Hashes to ranks: the shingles that at least two texts share, numbered from rare to common."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
U64 = NDArray[np.uint64]


@njit(cache=True, nogil=True)
def shared_values(ordered: U64) -> tuple[U64, I32]:
    """Values that occur at least twice in a sorted array, ascending, and how often each does."""
    n = ordered.shape[0]
    total = 0
    i = 0
    while i < n:
        j = i + 1
        while j < n and ordered[j] == ordered[i]:
            j += 1
        if j - i > 1:
            total += 1
        i = j
    values = np.empty(total, np.uint64)
    counts = np.empty(total, np.int32)
    at = 0
    i = 0
    while i < n:
        j = i + 1
        while j < n and ordered[j] == ordered[i]:
            j += 1
        if j - i > 1:
            values[at] = ordered[i]
            counts[at] = j - i
            at += 1
        i = j
    return values, counts


@njit(cache=True, nogil=True)
def _position(values: U64, buckets: I64, wanted: np.uint64) -> int:
    """Where `wanted` stands in `values`, or -1; `buckets` brackets it by its upper 16 bits."""
    top = np.int64(wanted >> np.uint64(48))
    low = int(buckets[top])
    high = int(buckets[top + 1])
    while low < high:
        middle = (low + high) >> 1
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    if low < values.shape[0] and values[low] == wanted:
        return low
    return -1


@njit(cache=True, nogil=True)
def to_ranks(
    source: tuple[I64, I64, U64], shared: tuple[U64, I64, I32], out: tuple[I64, I32, I32], span: tuple[int, int]
) -> None:
    """Write the ascending ranks of texts `span`: out is (begin, held, ranks), source is (order, starts, hashes).

    Text `t` gets `held[t]` ranks at `ranks[begin[t]]`: one for each of its hashes that another text holds as well.
    """
    order, starts, hashes = source
    values, buckets, rank_of = shared
    begin, held, ranks = out
    for text in range(span[0], span[1]):
        row = order[text]
        at = begin[text]
        for i in range(starts[row], starts[row + 1]):
            where = _position(values, buckets, hashes[i])
            if where >= 0:
                ranks[at] = rank_of[where]
                at += 1
        held[text] = at - begin[text]
        ranks[begin[text] : at].sort()
