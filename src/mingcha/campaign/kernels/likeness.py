"""How alike two letters are by the passages they share, in whatever order the passages stand.

A unit (a character of Chinese, a word of other text) is shared when it stands in a shingle both texts hold. One sentence in
common is a quotation; so what counts is what two texts share BEYOND the sentence they share most of. That needs no
sentence of its own to be rare, and tells a letter with a popular sentence from a letter that was copied.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import SIZE, odd_factor, slot_of

MILLION = 1_000_000
END_GAP = 2  # what is not followed at either end counts so many times: there another sentence may stand
BRIDGE, SHIFT = (
    10,
    2,
)  # units between two shared shingles that count as followed, and how many more or fewer the other text has
WEAK, FIRM, SURE = 1, 2, 3  # a weak likeness leans on others, a firm one on one other, a sure one makes a family of two


class Rule(NamedTuple):
    """When two texts are one letter; shares are millionths of a text's units."""

    beyond: int  # shared beyond the most shared sentence, of what stands beyond it, by each of the two
    beyond_best: int  # the same by one of the two
    beyond_units: int  # and how many units that is, at least
    of_head: int  # shared of the representative
    whole: int  # texts that share this much of both are one letter, whatever their sentences
    even: int  # or this much, where both are followed from beginning to end and
    gap: int  # no stretch not followed is longer than so many units: short texts of one sentence have nothing beyond it
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


ALONE = -1  # the number of a shingle that stands once in the corpus
NEAR = 1 << 15  # places of a table that still lies near the processor


class Numbered(NamedTuple):
    """The same texts, each shingle by its number: one for each value that stands more than once in the corpus, or ALONE."""

    begin: I64
    sizes: I32
    numbers: I32
    first_break: I64
    counts: I32
    breaks: I32


class Probe(NamedTuple):
    """One text ready to be compared with others: its shingles in a hash table, and the place of each of them in it.

    No more of the table is used than the text needs, so that of a usual letter stays in the nearest cache.
    """

    entries: I64  # at each place who << 32 | number; others' entries count as empty, so nothing is ever cleared
    room: I64  # (places in use, a power of two)
    factor: U64  # (random and odd)
    places: I64  # of each shingle of the text, or ALONE
    firsts: I32  # where the number at each place stands first in the text
    stamps: I64  # the last comparison that met the number at each place,
    seconds: I32  # and where it stands first in the other text
    mine: I32  # for each shingle of the text where the other holds it, or -1
    theirs: I32  # for each shingle of the other where the text holds it, or -1
    met: I64  # and its place, where it holds it


@njit(cache=True, nogil=True)
def _room_for(shingles: int) -> int:
    """Places of a table for so many shingles, half full at the worst; one in eight is taken of a usual letter's, so that few
    stand where another would.
    """
    room = 2
    while room < max(2 * shingles + 2, min(8 * shingles, NEAR)):
        room *= 2
    return room


@njit(cache=True, nogil=True)
def new_probe(longest: int) -> Probe:
    """A probe for texts of up to `longest` shingles."""
    most = _room_for(longest)
    firsts, seconds = np.empty((2, most), np.int32)
    mine, theirs = np.empty((2, longest), np.int32)
    places, met = np.empty((2, longest), np.int64)
    entries, stamps = np.full(most, np.iinfo(np.int64).min), np.full(most, -1, np.int64)
    room, factor = np.full(1, most, np.int64), np.full(1, odd_factor())
    return Probe(entries, room, factor, places, firsts, stamps, seconds, mine, theirs, met)


@njit(cache=True, nogil=True)
def ready(probe: Probe, numbers: I32, who: int) -> None:
    """Lay one text into the probe."""
    room = _room_for(numbers.shape[0])
    probe.room[0] = room
    for i in range(numbers.shape[0]):
        probe.places[i] = ALONE
        if numbers[i] == ALONE:
            continue
        at = _look(probe, who, numbers[i])
        entry = np.int64(who) << 32 | np.int64(numbers[i])
        if probe.entries[at] != entry:
            probe.entries[at] = entry
            probe.firsts[at] = i
        probe.places[i] = at


@njit(cache=True, nogil=True, inline="always")
def _look(probe: Probe, who: int, number: np.int32) -> np.uint64:
    """The place of a number in `who`'s table, or the empty one where it would stand."""
    at = slot_of(np.uint64(number), probe.factor[0], probe.room[0])
    entry = np.int64(who) << 32 | np.int64(number)
    while probe.entries[at] != entry and probe.entries[at] >> 32 == who:
        at = (at + np.uint64(1)) & np.uint64(probe.room[0] - 1)
    return at


@njit(cache=True, nogil=True)
def mark_theirs(probe: Probe, who: int, theirs: I32) -> None:
    """Note for each shingle of another text where it stands in the probe's."""
    mine = np.int64(who) << 32
    for i in range(theirs.shape[0]):
        at = _look(probe, who, theirs[i])
        probe.theirs[i] = -1
        if probe.entries[at] == mine | np.int64(theirs[i]):  # ALONE, all ones, is no entry
            probe.theirs[i] = probe.firsts[at]
            probe.met[i] = at


@njit(cache=True, nogil=True)
def mark_mine(probe: Probe, mine: int, theirs: int, serial: int) -> None:
    """Note for each of the `mine` shingles of the probe's text where it stands in the other text, whose `theirs` are marked.

    Serials never repeat.
    """
    for i in range(theirs):
        at = probe.met[i]
        if probe.theirs[i] >= 0 and probe.stamps[at] != serial:
            probe.stamps[at] = serial
            probe.seconds[at] = i
    for i in range(mine):
        at = probe.places[i]
        probe.mine[i] = probe.seconds[at] if at != ALONE and probe.stamps[at] == serial else -1


@njit(cache=True, nogil=True)
def first_followed(where: I32, i: int, last: int) -> int:
    """The first unit that shingle `i`, shared, lets count as followed; `last` is the shared shingle before it, or -1.

    Units between two shared shingles are followed too when in both texts nearly as many stand between, and few: what was
    changed there is a word, a name or a sum, in its place.
    """
    if last < 0 or i <= last + SIZE:
        return i
    other = where[i] - where[last]
    if i - last <= SIZE + BRIDGE and other + SHIFT >= SIZE and abs(other - (i - last)) <= SHIFT:
        return last + SIZE
    return i


@njit(cache=True, nogil=True)
def shared_units(where: I32, breaks: I32) -> tuple[int, int, int, int]:
    """From where shingles are shared: units followed, those beyond the sentence with most of them, all units beyond it, and

    the longest stretch that is not followed.
    """
    units = where.shape[0] + SIZE - 1
    total = 0
    most = 0
    most_units = 0
    sentence = 0
    start = 0
    end = breaks[0] if breaks.shape[0] else units
    here = 0
    until = 0
    gap = 0
    last = -1
    for i in range(where.shape[0]):
        if where[i] < 0:
            continue
        first = max(first_followed(where, i, last), until)
        gap = max(gap, (first - until) * (1 if until else END_GAP))
        for unit in range(first, i + SIZE):
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
        last = i
    if here > most:
        most = here
        most_units = end - start
    return total, total - most, units - most_units, max(gap, END_GAP * (units - until))


@njit(cache=True, nogil=True)
def alike(rule: Rule, mine: tuple[int, int, int, int, int], head: tuple[int, int, int, int, int]) -> int:
    """SURE, FIRM, WEAK or 0: whether a text and a representative are one letter; each is (units, shared, shared beyond, units beyond, gap)."""
    units, shared, beyond, beyond_units, gap = mine
    head_units, head_shared, head_beyond, head_beyond_units, head_gap = head
    least = min(shared * MILLION // units, head_shared * MILLION // head_units)
    if least >= (rule.even if max(gap, head_gap) <= rule.gap else rule.whole):
        return SURE
    weak = WEAK if least >= rule.nearly else 0
    if head_shared * MILLION < rule.of_head * head_units or min(beyond, head_beyond) < rule.beyond_units:
        return weak
    own = beyond * MILLION // beyond_units
    heads = head_beyond * MILLION // head_beyond_units
    if min(own, heads) >= rule.beyond and max(own, heads) >= rule.beyond_best:
        return SURE if least >= rule.sure or min(beyond, head_beyond) >= rule.sure_units else FIRM
    return WEAK if heads >= rule.contained and head_shared * MILLION >= rule.contained * head_units else weak
