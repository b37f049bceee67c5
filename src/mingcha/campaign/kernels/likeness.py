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


class Shared(NamedTuple):
    """The shingles of one text that stand in another: their places in the one, ascending, and where each stands first in the other."""

    at: I32
    there: I32


@njit(cache=True, nogil=True)
def wholly(size: int) -> Shared:
    """What a text of so many shingles shares with itself."""
    at = np.arange(size).astype(np.int32)
    return Shared(at, at)


class Probe(NamedTuple):
    """One text ready to be compared with others: its shingles in a hash table, and the place of each of them in it.

    No more of the table is used than the text needs, so that of a usual letter stays in the nearest cache.
    """

    numbers: I32  # at each place a number of the text, or ALONE where there is none
    room: I64  # (places in use, a power of two)
    factor: U64  # (random and odd)
    places: I64  # of each shingle of the text, or ALONE
    firsts: I32  # where the number at each place stands first in the text
    stamps: I64  # the last comparison that met the number at each place,
    seconds: I32  # and where it stands first in the other text
    mine: Shared  # room for what the text shares with the other,
    theirs: Shared  # and for what the other shares with it;
    met: I64  # the place of each of these


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
    firsts, seconds = np.empty(most, np.int32), np.empty(most, np.int32)
    places, met = np.empty(longest, np.int64), np.empty(longest, np.int64)
    mine = Shared(np.empty(longest, np.int32), np.empty(longest, np.int32))
    theirs = Shared(np.empty(longest, np.int32), np.empty(longest, np.int32))
    numbers, stamps = np.empty(most, np.int32), np.full(most, -1, np.int64)
    room, factor = np.full(1, most, np.int64), np.full(1, odd_factor())
    return Probe(numbers, room, factor, places, firsts, stamps, seconds, mine, theirs, met)


@njit(cache=True, nogil=True)
def ready(probe: Probe, numbers: I32) -> None:
    """Lay one text into the probe."""
    room = _room_for(numbers.shape[0])
    probe.room[0] = room
    probe.numbers[:room] = ALONE
    for i in range(numbers.shape[0]):
        probe.places[i] = ALONE
        if numbers[i] == ALONE:
            continue
        at = _from(probe, slot_of(np.uint64(numbers[i]), probe.factor[0], room), numbers[i])
        if probe.numbers[at] == ALONE:
            probe.numbers[at] = numbers[i]
            probe.firsts[at] = i
        probe.places[i] = at


@njit(cache=True, nogil=True, inline="always")
def _from(probe: Probe, at: np.uint64, number: np.int32) -> np.uint64:
    """The place of a number that would stand at `at` or after it, or the empty one where it would stand."""
    while probe.numbers[at] != number and probe.numbers[at] != ALONE:
        at = (at + np.uint64(1)) & np.uint64(probe.room[0] - 1)
    return at


@njit(cache=True, nogil=True)
def shared_by(probe: Probe, theirs: I32) -> Shared:
    """What another text shares with the probe's: a view, good until the next.

    Most shingles of another text would stand where nothing does: these are passed over first, without a branch to guess.
    """
    at, there, met = probe.theirs.at, probe.theirs.there, probe.met
    factor, room = probe.factor[0], probe.room[0]
    maybe = 0
    for i in range(theirs.shape[0]):
        place = slot_of(np.uint64(theirs[i]), factor, room)
        at[maybe], met[maybe] = i, place
        maybe += probe.numbers[place] != ALONE
    some = 0
    for k in range(maybe):
        number = theirs[at[k]]
        place = _from(probe, np.uint64(met[k]), number)
        if probe.numbers[place] == number and number != ALONE:
            at[some], there[some], met[some] = at[k], probe.firsts[place], place
            some += 1
    return Shared(at[:some], there[:some])


@njit(cache=True, nogil=True)
def shared_of(probe: Probe, size: int, theirs: Shared, serial: int) -> Shared:
    """What the probe's text, of `size` shingles, shares with the other, given what `shared_by` said of that: a view, good until the next.

    Serials never repeat.
    """
    for k in range(theirs.at.shape[0]):
        at = probe.met[k]
        if probe.stamps[at] != serial:
            probe.stamps[at] = serial
            probe.seconds[at] = theirs.at[k]
    some = 0
    for i in range(size):
        at = probe.places[i]
        if at != ALONE and probe.stamps[at] == serial:
            probe.mine.at[some] = i
            probe.mine.there[some] = probe.seconds[at]
            some += 1
    return Shared(probe.mine.at[:some], probe.mine.there[:some])


@njit(cache=True, nogil=True, inline="always")
def first_followed(shared: Shared, k: int) -> int:
    """The first unit that the k-th shared shingle lets count as followed.

    Units between two shared shingles are followed too when in both texts nearly as many stand between, and few: what was
    changed there is a word, a name or a sum, in its place.
    """
    i = shared.at[k]
    if k == 0:
        return int(i)
    last = shared.at[k - 1]
    if i <= last + SIZE:
        return int(i)
    other = shared.there[k] - shared.there[k - 1]
    if i - last <= SIZE + BRIDGE and other + SHIFT >= SIZE and abs(other - (i - last)) <= SHIFT:
        return int(last + SIZE)
    return int(i)


@njit(cache=True, nogil=True)
def shared_units(shared: Shared, units: int, breaks: I32) -> tuple[int, int, int, int]:
    """From what a text of so many units shares: units followed, those beyond the sentence with most of them, all units beyond it, and

    the longest stretch that is not followed.
    """
    total = 0
    most = 0
    most_units = 0
    sentence = 0
    start = 0
    end = breaks[0] if breaks.shape[0] else units
    here = 0
    until = 0
    gap = 0
    for k in range(shared.at.shape[0]):
        first = max(first_followed(shared, k), until)
        gap = max(gap, (first - until) * (1 if until else END_GAP))
        until = shared.at[k] + SIZE
        total += until - first
        while until > end:
            here += max(0, end - first)
            if here > most:
                most = here
                most_units = end - start
            here = 0
            first = max(first, end)
            start = end
            sentence += 1
            end = breaks[sentence] if sentence < breaks.shape[0] else units
        here += until - first
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
