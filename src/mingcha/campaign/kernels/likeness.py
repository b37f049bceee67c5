"""How alike two letters are by the passages they share, in whatever order the passages stand.

A unit (a character of Chinese, a word of other text) is shared when it stands in a shingle both texts hold. One sentence in
common is a quotation; so what counts is what two texts share BEYOND the sentence they share most of. That needs no
sentence of its own to be rare, and tells a letter with a popular sentence from a letter that was copied.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import SIZE, new_table, place

Bools = NDArray[np.bool_]
MILLION = 1_000_000
WEAK, FIRM, SURE = 1, 2, 3  # a weak likeness leans on others, a firm one on one other, a sure one makes a family of two


class Rule(NamedTuple):
    """When two texts are one letter; shares are millionths of a text's units."""

    beyond: int  # shared beyond the most shared sentence, of what stands beyond it, by each of the two
    beyond_best: int  # the same by one of the two
    beyond_units: int  # and how many units that is, at least
    of_head: int  # shared of the representative
    whole: int  # texts that share this much of both are one letter, whatever their sentences
    nearly: int  # texts that share this much of both may be, and
    contained: (
        int  # so may a text that holds this much of the representative, also of what stands beyond: weak likeness
    )
    sure: int  # a family of only two texts shares this much of both,
    sure_units: int  # or this many units beyond the most shared sentence
    firm: int  # weak likeness counts in a family with this many firm members,
    many: int  # or with this many members of any kind
    common: int  # of the representative's units, shared by any two members
    shortest: int  # texts with fewer shingles are not compared
    hits: int  # shingles a text shares with a family before it is compared
    compared: int  # families a text is compared with, at most


class Passages(NamedTuple):
    """Distinct texts as shingles in their order, and the units where their sentences after the first begin."""

    begin: I64
    sizes: I32
    hashes: U64
    first_break: I64
    counts: I32
    breaks: I32


class Probe(NamedTuple):
    """One text ready to be compared with others: its shingles in a hash table, and the place of each of them in it."""

    table: U64
    owner: I32
    places: I64
    stamps: I64  # the last comparison that met the value at each place
    mine: Bools
    theirs: Bools


@njit(cache=True, nogil=True)
def new_probe(longest: int) -> Probe:
    """A probe for texts of up to `longest` shingles."""
    table, owner = new_table(longest)
    stamps = np.full(table.shape[0], -1, np.int64)
    flags = np.zeros((2, longest), np.bool_)
    return Probe(table, owner, np.empty(longest, np.int64), stamps, flags[0], flags[1])


@njit(cache=True, nogil=True)
def ready(probe: Probe, values: U64, who: int) -> None:
    """Lay one text into the probe."""
    table, owner, places = probe.table, probe.owner, probe.places
    mask = np.uint64(table.shape[0] - 1)
    for i in range(values.shape[0]):
        slot = values[i] & mask
        while owner[slot] == who and table[slot] != values[i]:
            slot = (slot + np.uint64(1)) & mask
        owner[slot] = who
        table[slot] = values[i]
        places[i] = slot


@njit(cache=True, nogil=True)
def mark_theirs(probe: Probe, who: int, theirs: U64, serial: int) -> None:
    """Mark which shingles of another text stand in the probe's; serials never repeat."""
    table, owner, stamps, flags = probe.table, probe.owner, probe.stamps, probe.theirs
    for i in range(theirs.shape[0]):
        at = place(table, owner, theirs[i], who)
        flags[i] = at >= 0
        if at >= 0:
            stamps[at] = serial


@njit(cache=True, nogil=True)
def mark_mine(probe: Probe, mine: int, serial: int) -> None:
    """Mark which of the `mine` shingles of the probe's text the other text of that serial holds."""
    places, stamps, flags = probe.places, probe.stamps, probe.mine
    for i in range(mine):
        flags[i] = stamps[places[i]] == serial


@njit(cache=True, nogil=True)
def shared_units(flags: Bools, breaks: I32) -> tuple[int, int, int]:
    """From which shingles are shared: (units shared, those beyond the sentence with most of them, all units beyond it)."""
    units = flags.shape[0] + SIZE - 1
    total = 0
    most = 0
    most_units = 0
    sentence = 0
    start = 0
    end = breaks[0] if breaks.shape[0] else units
    here = 0
    until = 0
    for i in range(flags.shape[0]):
        if not flags[i]:
            continue
        for unit in range(max(i, until), i + SIZE):
            while unit >= end:
                if here > most:
                    most = here
                    most_units = end - start
                here = 0
                start = end
                sentence += 1
                end = breaks[sentence] if sentence < breaks.shape[0] else units
            here += 1
            total += 1
        until = i + SIZE
    if here > most:
        most = here
        most_units = end - start
    return total, total - most, units - most_units


@njit(cache=True, nogil=True)
def alike(rule: Rule, mine: tuple[int, int, int, int], head: tuple[int, int, int, int]) -> int:
    """SURE, FIRM, WEAK or 0: whether a text and a representative are one letter; each is (units, shared, shared beyond, units beyond)."""
    units, shared, beyond, beyond_units = mine
    head_units, head_shared, head_beyond, head_beyond_units = head
    least = min(shared * MILLION // units, head_shared * MILLION // head_units)
    if least >= rule.whole:
        return SURE
    weak = WEAK if least >= rule.nearly else 0
    if head_shared * MILLION < rule.of_head * head_units or min(beyond, head_beyond) < rule.beyond_units:
        return weak
    own = beyond * MILLION // beyond_units
    heads = head_beyond * MILLION // head_beyond_units
    if min(own, heads) >= rule.beyond and max(own, heads) >= rule.beyond_best:
        return SURE if least >= rule.sure or min(beyond, head_beyond) >= rule.sure_units else FIRM
    return WEAK if heads >= rule.contained and head_shared * MILLION >= rule.contained * head_units else weak
