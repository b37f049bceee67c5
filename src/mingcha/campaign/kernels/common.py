"""What the members of a star have in common: the text most typical of them, and how much any two of them hold together."""

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import (
    ALONE,
    MILLION,
    Numbered,
    Shared,
    first_followed,
    new_probe,
    ready,
    shared_by,
    wholly,
)
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.kernels.shingles import SIZE

OFTEN = (
    3  # a shingle that more than one in so many members hold speaks for a text that holds it, a rarer one against it
)


@njit(cache=True, nogil=True)
def most_typical(p: Numbered, shared: int, members: I64, starts: I64, out: I64, span: tuple[int, int]) -> None:
    """For each star of the span the member nearest to what many hold; star `s` has members[starts[s]:starts[s + 1]].

    Each of its shingles counts OFTEN times the members that hold it less the number of members; ties go to the first.
    Numbers are below `shared`.
    """
    counts = np.zeros(shared, np.int32)
    for star in range(span[0], span[1]):
        mine = members[starts[star] : starts[star + 1]]
        for text in mine:
            _count(p, text, counts, 1)
        best = np.int64(-1) << 62
        for text in mine:
            worth = np.int64(0)
            for number in p.numbers[p.begin[text] : p.begin[text] + p.sizes[text]]:
                worth += OFTEN * (np.int64(counts[number]) if number != ALONE else 1) - mine.shape[0]
            if worth > best:
                best = worth
                out[star] = text
        for text in mine:
            _count(p, text, counts, -1)


@njit(cache=True, nogil=True, inline="always")
def _count(p: Numbered, text: int, counts: I32, more: int) -> None:
    for number in p.numbers[p.begin[text] : p.begin[text] + p.sizes[text]]:
        if number != ALONE:
            counts[number] += more


@njit(cache=True, nogil=True)
def keep_common(p: Numbered, common: int, members: I64, quick: bool) -> tuple[I32, int]:
    """Which members stay (1) so that any two hold `common` millionths of the representative's units between them.

    `members` start with the representative, then those that share most of it. Units held are compared as bits; two that
    together hold more than the representative has are not compared at all. With `quick` only such pairs stay: a member
    that would need its bits compared leaves. Also returns the least share of any two that stayed, exact, or for `quick`
    a share it cannot be below.
    """
    head = members[0]
    of_head = p.numbers[p.begin[head] : p.begin[head] + p.sizes[head]]
    units = of_head.shape[0] + SIZE - 1
    longest = 0
    for text in members:
        longest = max(longest, p.sizes[text])
    probe = new_probe(longest)
    bits = np.zeros((1 if quick else members.shape[0], (units + 63) // 64), np.uint64)
    held = np.zeros(members.shape[0], np.int64)
    stays = np.zeros(members.shape[0], np.int32)
    needed = (common * units + MILLION - 1) // MILLION
    least = units
    for m in range(members.shape[0]):
        text = members[m]
        if text == head:
            shared = wholly(of_head.shape[0])  # what stands alone in the corpus too
        else:
            ready(probe, p.numbers[p.begin[text] : p.begin[text] + p.sizes[text]])
            shared = shared_by(probe, of_head)
        row = 0 if quick else m
        bits[row] = 0
        held[m] = mark_units(shared, bits[row])
        lowest = held[m]
        for other in range(m - 1, -1, -1):
            if held[other] + held[m] - units >= min(lowest, least):
                break
            if not stays[other]:
                continue
            both = held[other] + held[m] - units
            if not quick:
                both = _common_bits(bits[other], bits[m])
            lowest = min(lowest, both)
            if lowest < needed:
                break
        stays[m] = lowest >= needed
        if stays[m]:
            least = min(least, lowest)
    return stays, least * MILLION // units


@njit(cache=True, nogil=True)
def mark_units(shared: Shared, bits: "np.ndarray[tuple[int], np.dtype[np.uint64]]") -> int:
    """Set the bit of every unit that is followed; returns how many."""
    count = 0
    until = 0
    for k in range(shared.at.shape[0]):
        for unit in range(max(first_followed(shared, k), until), shared.at[k] + SIZE):
            bits[unit >> 6] |= np.uint64(1) << np.uint64(unit & 63)
            count += 1
        until = shared.at[k] + SIZE
    return count


@njit(cache=True, nogil=True)
def _common_bits(
    a: "np.ndarray[tuple[int], np.dtype[np.uint64]]", b: "np.ndarray[tuple[int], np.dtype[np.uint64]]"
) -> int:
    count = 0
    for i in range(a.shape[0]):
        word = a[i] & b[i]
        while word:
            word &= word - np.uint64(1)
            count += 1
    return count
