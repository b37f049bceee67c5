"""Who holds given shingles, and texts without them."""

from typing import NamedTuple

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import Passages
from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import U8, enter, new_table, place


@njit(cache=True, nogil=True)
def _find(values: U64, value: np.uint64) -> int:
    """Where a value stands among sorted ones, or -1."""
    low, high = 0, values.shape[0]
    while low < high:
        middle = (low + high) // 2
        if values[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low if low < values.shape[0] and values[low] == value else -1


OWN = 3  # one of so many of a stranger's shingles are his own,
STRANGE = 2  # and of the representative's others he holds at most one of so many


class Places(NamedTuple):
    """Where given values stand among them, in a hash table: what is asked millions of times is not searched for."""

    table: U64
    owner: I32
    at: I32


@njit(cache=True, nogil=True)
def _places(values: U64) -> Places:
    table, owner = new_table(values.shape[0])
    at = np.empty(owner.shape[0], np.int32)
    for i in range(values.shape[0]):
        enter(table, owner, values[i], 0)
        at[place(table, owner, values[i], 0)] = i
    return Places(table, owner, at)


@njit(cache=True, nogil=True)
def _place(places: Places, value: np.uint64) -> int:
    """Where a value stands among the given ones, or -1."""
    slot = place(places.table, places.owner, value, 0)
    return places.at[slot] if slot >= 0 else -1


@njit(cache=True, nogil=True)
def count_holders(p: Passages, numbers: I32, order: I64, group: I32, values: U64) -> I32:
    """For the first shingles by number: (how many texts of an order hold it, of how many groups). Shape (2, values).

    `order` stands group by group; the value of each shingle that somebody holds is written in `values`.
    """
    counts = np.zeros((2, values.shape[0]), np.int32)
    last = np.full((values.shape[0], 2), -1, np.int32)
    for text in order:
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            at = numbers[i]
            if not 0 <= at < values.shape[0] or last[at, 0] == text:
                continue
            last[at, 0] = text
            values[at] = p.hashes[i]
            counts[0, at] += 1
            counts[1, at] += last[at, 1] != group[text]
            last[at, 1] = group[text]
    return counts


@njit(cache=True, nogil=True)
def count_among(p: Passages, texts: I64, values: U64, out: I32, span: tuple[int, int]) -> None:
    """How many shingles of texts[from:to] are among sorted values."""
    for k in range(span[0], span[1]):
        text = texts[k]
        count = 0
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            count += _find(values, p.hashes[i]) >= 0
        out[k] = count


@njit(cache=True, nogil=True)
def shared_with_head(p: Passages, members: I64, starts: I64, values: U64, span: tuple[int, int]) -> I64:
    """For stars from:to how many shingles their members share with the first of them, and how many of these are among sorted values.

    Star `s` has members[starts[s]:starts[s + 1]]. Shape (2, stars of the span).
    """
    longest = 1
    for star in range(span[0], span[1]):
        longest = max(longest, p.sizes[members[starts[star]]])
    table, owner = new_table(longest)
    known = np.empty(table.shape[0], np.bool_)
    out = np.zeros((2, span[1] - span[0]), np.int64)
    for star in range(span[0], span[1]):
        mine = members[starts[star] : starts[star + 1]]
        for value in p.hashes[p.begin[mine[0]] : p.begin[mine[0]] + p.sizes[mine[0]]]:
            if enter(table, owner, value, star):
                known[place(table, owner, value, star)] = _find(values, value) >= 0
        for text in mine[1:]:
            for value in p.hashes[p.begin[text] : p.begin[text] + p.sizes[text]]:
                at = place(table, owner, value, star)
                if at >= 0:
                    out[0, star - span[0]] += 1
                    out[1, star - span[0]] += known[at]
    return out


class Core(NamedTuple):
    """What stars are held together by: value `i` of the sorted values belongs to stars[begin[i]:begin[i + 1]].

    A text holds star `s`'s passage when it holds need[s] of its values; group[s] is the star's own. The representative's
    other shingles are rest[rest_begin[s]:rest_begin[s + 1]], sorted.
    """

    values: U64
    begin: I64
    stars: I32
    need: I32
    group: I32
    rest: U64
    rest_begin: I64


@njit(cache=True, nogil=True)
def _is_stranger(p: Passages, text: int, core: Core, star: int) -> bool:
    rest = core.rest[core.rest_begin[star] : core.rest_begin[star + 1]]
    shared = 0
    for value in p.hashes[p.begin[text] : p.begin[text] + p.sizes[text]]:
        shared += _find(rest, value) >= 0
    return bool(STRANGE * shared <= rest.shape[0])


@njit(cache=True, nogil=True)
def groups_outside(p: Passages, order: I64, group: I32, seen: tuple[U8, int], core: Core) -> I32:
    """For each star how many other groups have a text of a stranger that holds its passage: no more than half of the
    representative's other words, and a third of words of its own. Others may be the star's own, left out of it.

    `order` stands group by group; `seen` is how often each shingle's slot was hit and the least that is looked up. Shape (stars,).
    """
    often, least = seen
    touched = np.empty(core.need.shape[0], np.int32)
    counts = np.zeros(core.need.shape[0], np.int32)
    hits = np.zeros(core.need.shape[0], np.int32)
    last_text, last_group = np.full((2, core.need.shape[0]), -1, np.int32)
    met = np.full(core.values.shape[0], -1, np.int32)
    places = _places(core.values)
    for text in order:
        some = 0
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            at = _place(places, p.hashes[i]) if often[i] >= least else -1
            if at < 0 or met[at] == text:
                continue
            met[at] = text
            for star in core.stars[core.begin[at] : core.begin[at + 1]]:
                if last_text[star] != text:
                    last_text[star] = text
                    hits[star] = 0
                    touched[some] = star
                    some += 1
                hits[star] += 1
        for star in touched[:some]:
            outside = group[text] != core.group[star] and group[text] != last_group[star]
            own = OWN * (p.sizes[text] - hits[star]) >= p.sizes[text]
            if outside and own and hits[star] >= core.need[star] and _is_stranger(p, text, core, star):
                counts[star] += 1
                last_group[star] = group[text]
    return counts


@njit(cache=True, nogil=True)
def strip(p: Passages, texts: I64, values: U64, sizes: I32) -> Passages:
    """These texts with their `sizes` shingles that are not among sorted values; sentences begin at what is left of them."""
    begin = np.zeros(texts.shape[0], np.int64)
    first_break = np.zeros(texts.shape[0], np.int64)
    for k in range(1, texts.shape[0]):
        begin[k] = begin[k - 1] + sizes[k - 1]
        first_break[k] = first_break[k - 1] + p.counts[texts[k - 1]]
    total = begin[-1] + sizes[-1] if texts.shape[0] else 0
    hashes = np.empty(total, np.uint64)
    counts = np.zeros(texts.shape[0], np.int32)
    breaks = np.empty(first_break[-1] + p.counts[texts[-1]] if texts.shape[0] else 0, np.int32)
    at = 0
    for k in range(texts.shape[0]):
        text = texts[k]
        cut = p.first_break[text]
        end = cut + p.counts[text]
        kept = 0
        for i in range(p.sizes[text]):
            while cut < end and p.breaks[cut] <= i:
                last = breaks[first_break[k] + counts[k] - 1] if counts[k] else 0
                if kept > last:
                    breaks[first_break[k] + counts[k]] = kept
                    counts[k] += 1
                cut += 1
            value = p.hashes[p.begin[text] + i]
            if _find(values, value) < 0:
                hashes[at] = value
                at += 1
                kept += 1
        while cut < end and kept:  # a sentence that begins within the last shingle
            start = p.breaks[cut] - p.sizes[text] + kept
            if counts[k] == 0 or start > breaks[first_break[k] + counts[k] - 1]:
                breaks[first_break[k] + counts[k]] = start
                counts[k] += 1
            cut += 1
    return Passages(begin, sizes, hashes, first_break, counts, breaks)
