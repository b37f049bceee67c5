"""Which shingles of a corpus are shared and how often each stands in it: exact, so that nothing hangs on the hashes' key.

Values are laid into buckets first: the table of a bucket stays in the processor's cache, one of all values would not. So
many buckets follow each other in a part, and parts may be done side by side.
"""

from collections.abc import Sequence

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import ALONE, Passages
from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import U8, odd_factor, slot_of

FULL = 255  # counts stop here
RARE = -2  # the first number of those that stand less often, downwards, in a part
BUCKET = 1 << 14  # values in a bucket, about
MOST_BUCKETS = 1 << 11  # of a part; more could not be written side by side


def buckets_of(values: int, parts: int) -> int:
    """How many buckets so many values are laid into, all parts together."""
    return parts * min(MOST_BUCKETS, 1 + values // parts // BUCKET)


@njit(cache=True, nogil=True)
def fill(p: Passages, buckets: int, span: tuple[int, int]) -> I64:
    """How many values of the texts from:to are in each bucket. Shape (buckets,)."""
    out = np.zeros(buckets, np.int64)
    for text in range(span[0], span[1]):
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            out[bucket_of(p.hashes[i], buckets)] += 1
    return out


def number_shared(
    p: Passages, filled: I64, parts: Sequence[tuple[int, int]], most: int, out: tuple[I32, U8]
) -> list[tuple[int, int]]:
    """Of the values in buckets from:to of each part: number those that stand more than once; returns how many stand `most` times or more, how many not.

    Written at each shingle's place in `out`: its number, the same for the same value, or ALONE; and how often it stands in
    the corpus, up to FULL. The first are numbered 0, 1, ..., the others RARE, RARE - 1, ..., in each part. `filled` is what
    `fill` says of all texts.
    """
    starts = [np.append(0, np.cumsum(filled[slice(*part)])) for part in parts]
    laid = np.empty((max(start[-1] for start in starts), 2), np.uint64)  # numpy asks for large pages, numba does not
    numbered = []
    for part, start in zip(parts, starts, strict=True):  # one after another in the same room: fresh memory costs more
        _lay(p, len(filled), part, start.copy(), laid)
        frequent, rare = _number(start, laid, most, out)
        numbered.append((int(frequent), int(rare)))
    return numbered


@njit(cache=True, nogil=True)
def _lay(p: Passages, buckets: int, part: tuple[int, int], free: I64, laid: U64) -> None:
    """Write each value of a part with its place into its bucket, at what is `free` there."""
    for text in range(p.sizes.shape[0]):
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            bucket = bucket_of(p.hashes[i], buckets) - part[0]
            if 0 <= bucket < part[1] - part[0]:
                laid[free[bucket], 0] = p.hashes[i]
                laid[free[bucket], 1] = i
                free[bucket] += 1


@njit(cache=True, nogil=True)
def _number(starts: I64, laid: U64, most: int, out: tuple[I32, U8]) -> tuple[int, int]:
    """Number what stands more than once in each bucket; in `laid` values become what each is of its bucket."""
    numbers, often = out
    largest = 0
    for bucket in range(starts.shape[0] - 1):
        largest = max(largest, starts[bucket + 1] - starts[bucket])
    room = 2
    while room < 2 * largest:
        room *= 2
    factor = odd_factor()
    table = np.full(
        room, -1, np.int64
    )  # for each place the value's number of all values met; those of other buckets are lower
    values, counts, numbered = np.empty(largest, np.uint64), np.empty(largest, np.uint8), np.empty(largest, np.int32)
    frequent, rare = 0, 0
    first = 0
    for bucket in range(starts.shape[0] - 1):
        some = 0
        for i in range(starts[bucket], starts[bucket + 1]):
            value = laid[i, 0]
            slot = slot_of(value, factor, room)
            while table[slot] >= first and values[table[slot] - first] != value:
                slot = (slot + np.uint64(1)) & np.uint64(room - 1)
            at = table[slot] - first
            if at < 0:
                at = some
                table[slot] = first + at
                values[at], counts[at] = value, 0
                some += 1
            counts[at] += counts[at] < FULL
            laid[i, 0] = at
        for at in range(some):
            numbered[at] = ALONE if counts[at] == 1 else frequent if counts[at] >= most else RARE - rare
            frequent += counts[at] > 1 and counts[at] >= most
            rare += 1 < counts[at] < most
        for i in range(starts[bucket], starts[bucket + 1]):
            numbers[laid[i, 1]] = numbered[laid[i, 0]]
            often[laid[i, 1]] = counts[laid[i, 0]]
        first += some
    return frequent, rare


@njit(cache=True, nogil=True, inline="always")
def bucket_of(value: np.uint64, buckets: int) -> np.int64:
    """Which of so many buckets a value is in."""
    return np.int64((value >> np.uint64(32)) * np.uint64(buckets) >> np.uint64(32))
