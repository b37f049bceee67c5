"""Which shingles of a corpus are shared and how often each stands in it: exact, so that nothing hangs on the hashes' key.

Values are laid into buckets first: the table of a bucket stays in the processor's cache, one of all values would not.
"""

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import Passages
from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import U8, enter, new_table, place

FULL = 255  # counts stop here
ALONE = -1  # the number of a shingle that stands once in the corpus
BUCKET = 1 << 14  # values in a bucket, about
MOST_BUCKETS = 1 << 11  # more could not be written side by side


def number_shared(p: Passages, out: tuple[I32, U8], part: tuple[int, int]) -> int:
    """Of the shingles in part k of n of all values: number those that stand more than once, from 0; returns how many these are.

    Written at each shingle's place in `out`: its number, the same for the same value, or ALONE; and how often it stands in
    the corpus, up to FULL. Parts may be done side by side.
    """
    starts = _buckets(p, part)
    laid = np.empty((starts[-1], 2), np.uint64)  # numpy asks for large pages, numba does not
    _lay(p, part, starts.copy(), laid)
    return int(_number(starts, laid, out))


@njit(cache=True, nogil=True)
def _buckets(p: Passages, part: tuple[int, int]) -> I64:
    """Where each bucket of a part begins and the last ends, if its values stand bucket by bucket."""
    buckets = min(MOST_BUCKETS, 1 + p.hashes.shape[0] // part[1] // BUCKET)
    starts = np.zeros(buckets + 1, np.int64)
    for text in range(p.sizes.shape[0]):
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            if part_of(p.hashes[i], part[1]) == part[0]:
                starts[_bucket_of(p.hashes[i], part[1], buckets) + 1] += 1
    return np.cumsum(starts)


@njit(cache=True, nogil=True)
def _lay(p: Passages, part: tuple[int, int], free: I64, laid: U64) -> None:
    """Write each value of a part with its place into its bucket, at what is `free` there."""
    for text in range(p.sizes.shape[0]):
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            if part_of(p.hashes[i], part[1]) == part[0]:
                bucket = _bucket_of(p.hashes[i], part[1], free.shape[0] - 1)
                laid[free[bucket], 0] = p.hashes[i]
                laid[free[bucket], 1] = i
                free[bucket] += 1


@njit(cache=True, nogil=True)
def _number(starts: I64, laid: U64, out: tuple[I32, U8]) -> int:
    """Number what stands more than once in each bucket; returns how many these are."""
    numbers, often = out
    largest = 0
    for bucket in range(starts.shape[0] - 1):
        largest = max(largest, starts[bucket + 1] - starts[bucket])
    table, owner = new_table(largest)
    counts = np.empty(owner.shape[0], np.uint8)
    numbered = np.empty(owner.shape[0], np.int32)
    shared = 0
    for bucket in range(starts.shape[0] - 1):
        for i in range(starts[bucket], starts[bucket + 1]):
            new = enter(table, owner, laid[i, 0], bucket)
            slot = place(table, owner, laid[i, 0], bucket)
            if new:
                counts[slot] = 1
                numbered[slot] = ALONE
                continue
            if counts[slot] == 1:
                numbered[slot] = shared
                shared += 1
            counts[slot] += counts[slot] < FULL
        for i in range(starts[bucket], starts[bucket + 1]):
            slot = place(table, owner, laid[i, 0], bucket)
            numbers[laid[i, 1]] = numbered[slot]
            often[laid[i, 1]] = counts[slot]
    return shared


@njit(cache=True, nogil=True, inline="always")
def part_of(value: np.uint64, parts: int) -> np.int64:
    """Which of so many parts a value is in."""
    return np.int64((value >> np.uint64(32)) * np.uint64(parts) >> np.uint64(32))


@njit(cache=True, nogil=True, inline="always")
def _bucket_of(value: np.uint64, parts: int, buckets: int) -> np.int64:
    """Which of so many buckets of its part a value is in: by what `part_of` leaves."""
    rest = (value >> np.uint64(32)) * np.uint64(parts) & np.uint64(0xFFFFFFFF)
    return np.int64(rest * np.uint64(buckets) >> np.uint64(32))
