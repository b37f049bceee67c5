"""One text against a few others, one at a time: no table is kept, the shingles of both are sorted and searched."""

from typing import NamedTuple

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import MILLION, Rule, Shared, alike, shared_units
from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import SIZE


class Indexed(NamedTuple):
    """One text: its shingles as they stand, where its sentences after the first begin, the shingles sorted and their places."""

    hashes: U64
    breaks: I32
    sorted: U64
    places: I64


@njit(cache=True, nogil=True)
def indexed(hashes: U64, breaks: I32) -> Indexed:
    """A text made ready; equal shingles stand in the order of their places."""
    order = np.argsort(hashes, kind="mergesort")
    return Indexed(hashes, breaks, hashes[order], order)


@njit(cache=True, nogil=True)
def shared_with(other: Indexed, values: U64) -> Shared:
    """What a text of these shingles shares with another."""
    at, there = np.empty(values.shape[0], np.int32), np.empty(values.shape[0], np.int32)
    some = 0
    for i in range(values.shape[0]):
        low = 0
        high = other.sorted.shape[0]
        while low < high:
            middle = (low + high) >> 1
            if other.sorted[middle] < values[i]:
                low = middle + 1
            else:
                high = middle
        if low < other.sorted.shape[0] and other.sorted[low] == values[i]:
            at[some], there[some] = i, other.places[low]
            some += 1
    return Shared(at[:some], there[:some])


@njit(cache=True, nogil=True)
def against(rule: Rule, text: Indexed, hashes: U64, breaks: I32) -> tuple[int, int, int, Shared]:
    """A text and a head given by its shingles and sentences: (how alike, or 0; similarity; units of the head shared; what
    the head shares with the text).
    """
    units, head_units = text.hashes.shape[0] + SIZE - 1, hashes.shape[0] + SIZE - 1
    theirs = shared_with(text, hashes)
    of_head = shared_units(theirs, head_units, breaks)
    if of_head[0] * MILLION < rule.of_head * head_units:
        return 0, 0, of_head[0], theirs
    mine = shared_with(indexed(hashes, breaks), text.hashes)
    if np.unique(mine.there).shape[0] < rule.hits:  # distinct places, for each is the first
        return 0, 0, of_head[0], theirs
    own = shared_units(mine, units, text.breaks)
    how = alike(rule, (units, *own), (head_units, *of_head))
    return how, (own[0] + of_head[0]) * MILLION // (units + head_units), of_head[0], theirs
