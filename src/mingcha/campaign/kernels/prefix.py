"""Exact pairs of many texts by prefixes, without sorting a corpus's shingles: counts need not be exact, only the same for all.

Two texts of sizes a <= b with Jaccard >= t share at least ceil(t*b) shingles, so under ANY one order of all shingles the
first n - ceil(t*n) + 1 of each have one in common (Chaudhuri et al., ICDE 2006; Bayardo et al., WWW 2007). And whichever
prefix ends first shares nothing with the other text beyond the other's prefix, so the two share at most what their prefixes
share and what stands after one of them (Xiao et al., WWW 2008). The order here
is (how often the shingle's slot of a counting table was hit, the hash). Slots are shared now and then, so a count may be
too high; that only makes a prefix less rare, never wrong. A slot hit once is a shingle nobody shares: it is never posted.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mingcha.campaign.kernels.near import MILLION, first_at_least
from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import U8, enter, new_table, place

FULL = 255  # counts stop here: what is this common is never rare enough to matter which of two is more so


class Letters(NamedTuple):
    """Distinct texts in ascending size: text `i` has hashes[begin[i]:begin[i] + sizes[i]], distinct, in no order."""

    begin: I64
    sizes: I32
    hashes: U64


class Postings(NamedTuple):
    """Prefixes inverted: texts by bucket of the hash, ascending within a bucket, each with the hash it was posted for."""

    starts: I64
    hashes: U64
    texts: I32


@njit(cache=True, nogil=True)
def count_slots(letters: Letters, slots: U8, part: tuple[int, int]) -> None:
    """Count into part k of n of the slots how often the texts hit each, up to FULL; parts of one table may be filled side by side."""
    mask = np.uint64(slots.shape[0] - 1)
    low = np.uint64(slots.shape[0] * part[0] // part[1])
    high = np.uint64(slots.shape[0] * (part[0] + 1) // part[1])
    for text in range(letters.sizes.shape[0]):
        for i in range(letters.begin[text], letters.begin[text] + letters.sizes[text]):
            slot = letters.hashes[i] & mask
            if low <= slot < high and slots[slot] < FULL:
                slots[slot] += 1


@njit(cache=True, nogil=True)
def prefixes(letters: Letters, slots: U8, near: int, out: tuple[U64, I32], span: tuple[int, int]) -> None:
    """Write each text's prefix at its place in out[0], what nobody shares left out, and its length in out[1]."""
    mask = np.uint64(slots.shape[0] - 1)
    prefix, held = out
    seen = np.empty(letters.sizes[span[1] - 1] if span[1] > span[0] else 0, np.uint8)
    for text in range(span[0], span[1]):
        first = letters.begin[text]
        size = np.int64(letters.sizes[text])
        values = letters.hashes[first : first + size]
        for i in range(size):
            seen[i] = slots[values[i] & mask]
        wanted = int(size - (near * size + MILLION - 1) // MILLION + 1)
        held[text] = _rarest(values, seen[:size], wanted, prefix[first : first + size])


@njit(cache=True, nogil=True)
def _rarest(values: U64, seen: U8, wanted: int, out: U64) -> int:
    """Write those of the `wanted` rarest values that were seen twice or more; returns how many."""
    histogram = np.zeros(FULL + 1, np.int64)
    for often in seen:
        histogram[often] += 1
    wanted -= histogram[1]
    if wanted <= 0:
        return 0
    level = 2
    while level < FULL and histogram[level] < wanted:
        wanted -= histogram[level]
        level += 1
    ties = np.empty(histogram[level], np.uint64)
    count = 0
    tied = 0
    for i in range(values.shape[0]):
        if 1 < seen[i] < level:
            out[count] = values[i]
            count += 1
        elif seen[i] == level:
            ties[tied] = values[i]
            tied += 1
    if wanted < tied:
        ties = np.partition(ties, wanted - 1)
    for i in range(min(wanted, tied)):
        out[count] = ties[i]
        count += 1
    return count


@njit(cache=True, nogil=True)
def post(letters: Letters, prefix: U64, held: I32, buckets: int) -> Postings:
    """Invert the prefixes into a power of two of buckets."""
    shift = np.uint64(32)  # slots of the counting table go by the lower bits
    mask = np.uint64(buckets - 1)
    starts = np.zeros(buckets + 1, np.int64)
    for text in range(held.shape[0]):
        for i in range(letters.begin[text], letters.begin[text] + held[text]):
            starts[((prefix[i] >> shift) & mask) + np.uint64(1)] += 1
    for bucket in range(buckets):
        starts[bucket + 1] += starts[bucket]
    fill = starts[:-1].copy()
    hashes = np.empty(starts[buckets], np.uint64)
    texts = np.empty(starts[buckets], np.int32)
    for text in range(held.shape[0]):
        for i in range(letters.begin[text], letters.begin[text] + held[text]):
            bucket = (prefix[i] >> shift) & mask
            at = fill[bucket]
            fill[bucket] += 1
            hashes[at] = prefix[i]
            texts[at] = text
    return Postings(starts, hashes, texts)


@njit(cache=True, nogil=True)
def _candidates(posted: Postings, prefix: U64, texts_: tuple[int, int], work: tuple[I32, I32]) -> int:
    """Texts from the first of `texts_` to before the second that share a shingle of the second's `prefix`; returns how many.

    work is (how many shingles of the prefix each text shares, the texts).
    """
    first, text = texts_
    hits, found = work
    starts, hashes, texts = posted
    shift = np.uint64(32)
    mask = np.uint64(starts.shape[0] - 2)
    count = 0
    for value in prefix:
        bucket = (value >> shift) & mask
        low = starts[bucket]
        at = first_at_least(texts, low, starts[bucket + np.uint64(1)], text) - 1
        while at >= low and texts[at] >= first:
            if hashes[at] == value:
                other = texts[at]
                if hits[other] == 0:
                    found[count] = other
                    count += 1
                hits[other] += 1
            at -= 1
    return count


@njit(cache=True, nogil=True)
def _beyond_prefix(size: int, near: int) -> int:
    """Shingles of a text that stand after its prefix."""
    return (near * size + MILLION - 1) // MILLION - 1


@njit(cache=True, nogil=True)
def _shared(table: U64, owner: I32, who: int, values: U64, spare: int) -> int:
    """How many of the values stand in `who`'s table, or -1 as soon as more than `spare` do not."""
    missed = 0
    for value in values:
        if place(table, owner, value, who) < 0:
            missed += 1
            if missed > spare:
                return -1
    return int(values.shape[0]) - missed


@njit(cache=True, nogil=True)
def find_pairs(
    letters: Letters, posted: Postings, prefixed: tuple[U64, I32], near: int, part: tuple[int, int]
) -> tuple[I32, I32, I32, int]:
    """All pairs at or above `near` whose larger text is of part k of n: (larger, smaller, shingles shared, compared)."""
    prefix, held = prefixed
    total = letters.sizes.shape[0]
    table, owner = new_table(letters.sizes[total - 1] if total else 0)
    hits = np.zeros(total, np.int32)
    candidates = np.empty(total, np.int32)
    larger = np.empty(1024, np.int32)
    smaller = np.empty(1024, np.int32)
    shared = np.empty(1024, np.int32)
    count = 0
    compared = 0
    for text in range(part[0], total, part[1]):
        size = int(letters.sizes[text])
        first = letters.begin[text]
        own = prefix[first : first + held[text]]
        large = first_at_least(letters.sizes, 0, total, (near * size + MILLION - 1) // MILLION)
        some = _candidates(posted, own, (large, text), (hits, candidates))
        ready = False
        for k in range(some):
            other = candidates[k]
            in_prefix = hits[other]
            hits[other] = 0
            theirs = int(letters.sizes[other])
            needed = (near * (size + theirs) + MILLION + near - 1) // (MILLION + near)
            if in_prefix + max(_beyond_prefix(size, near), _beyond_prefix(theirs, near)) < needed:
                continue
            if not ready:
                for value in letters.hashes[first : first + size]:
                    enter(table, owner, value, text)
                ready = True
            compared += 1
            from_ = letters.begin[other]
            got = _shared(table, owner, text, letters.hashes[from_ : from_ + theirs], theirs - needed)
            if got < 0:
                continue
            if count == larger.shape[0]:
                larger = np.append(larger, np.empty_like(larger))
                smaller = np.append(smaller, np.empty_like(smaller))
                shared = np.append(shared, np.empty_like(shared))
            larger[count] = text
            smaller[count] = other
            shared[count] = got
            count += 1
    return larger[:count], smaller[:count], shared[:count], compared
