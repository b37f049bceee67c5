"""Code points of many texts to shingle hashes: 5 characters in a row of a Chinese text, 5 words in a row of any other.

A shingle's hash is the one of `text.kernels`: splitmix64's finaliser chained over code points, a bijection of the state at
every step. Equal hashes stand in for equal shingles. Were the hash random, any two of n different shingles would collide
with a chance below n^2 / 2^65: 6e-6 for the 2e7 of a hundred thousand letters, 1.1e-3 for the 2e8 of a million; and one
collision adds one shingle to what two letters seem to share. Whoever crafts collisions can make garbage look like shared
words; that costs accuracy on his own rows, never time or memory.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.text.kernels import _mix

U8 = NDArray[np.uint8]
U32 = NDArray[np.uint32]
SIZE = 5
CHARACTER, WORD, HAN, END = 1, 2, 4, 8  # kinds of a code point: see Cut


class Cut(NamedTuple):
    """How a scheme cuts texts into units. Tables are by code point; what lies above them is no part of any word."""

    kind: U8  # flags: a unit of Chinese text, part of a word of other text, Han, the end of a sentence
    folded: U32  # what a code point reads as
    empty: bool  # whether a text without units has one shingle (of nothing) or none


@njit(cache=True, nogil=True)
def _units(codes: U32, cut: Cut, key: np.uint64, out: tuple[U64, I32]) -> tuple[int, int]:
    """Write one text's units (its characters, or the hashes of its words) and where sentences after the first begin.

    Returns how many of each.
    """
    units, breaks = out
    top = cut.kind.shape[0]
    chinese = False
    for code in codes:
        if code < top and cut.kind[code] & HAN:
            chinese = True
            break
    count = 0
    sentences = 0
    inside = False
    state = key
    for code in codes:
        kind = cut.kind[code] if code < top else 0
        if chinese and kind & CHARACTER:
            units[count] = cut.folded[code]
            count += 1
        elif not chinese and kind & WORD:
            state = _mix(state, np.uint64(cut.folded[code]))
            inside = True
        elif inside:
            units[count] = state
            count += 1
            state = key
            inside = False
        if kind & END and count > (breaks[sentences - 1] if sentences else 0):
            breaks[sentences] = count
            sentences += 1
    if inside:
        units[count] = state
        count += 1
    if sentences and breaks[sentences - 1] == count:
        sentences -= 1
    return count, sentences


@njit(cache=True, nogil=True)
def _scratch(offsets: I64) -> tuple[U64, I32]:
    longest = 0
    for i in range(offsets.shape[0] - 1):
        longest = max(longest, offsets[i + 1] - offsets[i])
    return np.empty(longest + 1, np.uint64), np.empty(longest + 1, np.int32)


@njit(cache=True, nogil=True)
def _shingle(units: U64, start: int, count: int, key: np.uint64) -> np.uint64:
    state = key
    for k in range(start, min(start + SIZE, count)):
        state = _mix(state, units[k])
    return state


@njit(cache=True, nogil=True)
def distinct_shingles(codes: U32, offsets: I64, cut: Cut, key: np.uint64, out: tuple[U64, I32]) -> int:
    """Write every text's distinct shingle hashes one after another, in order of appearance; returns how many in all.

    Text `i` is codes[offsets[i]:offsets[i + 1]]; out is (hashes, how many each text has), the first as long as all codes
    and texts.
    """
    hashes, sizes = out
    scratch = _scratch(offsets)
    units = scratch[0]
    table, owner = new_table(units.shape[0])
    at = 0
    for i in range(sizes.shape[0]):
        count, _ = _units(codes[offsets[i] : offsets[i + 1]], cut, key, scratch)
        first = at
        for start in range(max(1, count - SIZE + 1) if count or cut.empty else 0):
            value = _shingle(units, start, count, key)
            if enter(table, owner, value, i):
                hashes[at] = value
                at += 1
        sizes[i] = at - first
    return at


@njit(cache=True, nogil=True)
def ordered_shingles(
    codes: U32, offsets: I64, cut: Cut, key: np.uint64, out: tuple[U64, I32, I32, I32]
) -> tuple[int, int]:
    """Write every text's shingle hashes as they stand, repeats and all, and the units where its sentences begin.

    out is (hashes, how many each text has, breaks, how many each text has); returns the totals. The first sentence's
    beginning is no break. A text of u units has max(1, u - 4) shingles: shingle `i` covers units i to i + 4.
    """
    hashes, sizes, breaks, counts = out
    scratch = _scratch(offsets)
    at = 0
    broken = 0
    for i in range(sizes.shape[0]):
        count, sentences = _units(codes[offsets[i] : offsets[i + 1]], cut, key, scratch)
        sizes[i] = max(1, count - SIZE + 1) if count or cut.empty else 0
        for start in range(sizes[i]):
            hashes[at + start] = _shingle(scratch[0], start, count, key)
        at += sizes[i]
        breaks[broken : broken + sentences] = scratch[1][:sentences]
        broken += sentences
        counts[i] = sentences
    return at, broken


@njit(cache=True, nogil=True)
def new_table(most: int) -> tuple[U64, I32]:
    """An empty hash table for up to `most` values of one owner at a time, half full at the worst: (values, owners).

    After the values stands a random odd factor: nobody can prepare texts whose shingles all stand in one place of it.
    """
    room = 2
    while room < 2 * most + 2:
        room *= 2
    table = np.empty(room + 1, np.uint64)
    table[room] = odd_factor()
    return table, np.full(room, -1, np.int32)


@njit(cache=True, nogil=True)
def odd_factor() -> np.uint64:
    """A random odd factor of a hash table."""
    high, low = np.uint64(np.random.randint(1 << 31)), np.uint64(np.random.randint(1 << 31))
    return high << np.uint64(32) | low << np.uint64(1) | np.uint64(1)


@njit(cache=True, nogil=True, inline="always")
def slot_of(value: np.uint64, factor: np.uint64, room: int) -> np.uint64:
    """Where a value stands in a table of `room` slots, a power of two, if nothing else stood there first.

    Unsigned: numba looks at each signed place whether it is counted from the end.
    """
    return np.uint64(((value * factor) >> np.uint64(32)) * np.uint64(room) >> np.uint64(32))


@njit(cache=True, nogil=True)
def first_slot(table: U64, value: np.uint64) -> np.uint64:
    """Where a value stands in a table if nothing else stood there first."""
    room = table.shape[0] - 1
    return slot_of(value, table[room], room)


@njit(cache=True, nogil=True)
def next_slot(table: U64, slot: np.uint64) -> np.uint64:
    """Where to look after a slot."""
    return np.uint64((slot + np.uint64(1)) & np.uint64(table.shape[0] - 2))


@njit(cache=True, nogil=True)
def enter(table: U64, owner: I32, value: np.uint64, who: int) -> bool:
    """Enter a value into `who`'s hash table; whether it is new. Others' entries count as empty, so nothing is ever cleared."""
    slot = first_slot(table, value)
    while owner[slot] == who:
        if table[slot] == value:
            return False
        slot = next_slot(table, slot)
    owner[slot] = who
    table[slot] = value
    return True


@njit(cache=True, nogil=True)
def place(table: U64, owner: I32, value: np.uint64, who: int) -> np.int64:
    """Where a value stands in `who`'s hash table, or -1."""
    slot = first_slot(table, value)
    while owner[slot] == who:
        if table[slot] == value:
            return np.int64(slot)
        slot = next_slot(table, slot)
    return np.int64(-1)
