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
CHARACTER, WORD, HAN = (
    1,
    2,
    4,
)  # what a code point is: a unit of a Chinese text, a part of a word of another, a Han character
NO_SLOT = np.uint32(0)


class Cut(NamedTuple):
    """How a scheme cuts texts into units. Tables are by code point; what lies above them is no part of any word."""

    kind: U8
    folded: U32  # what a code point reads as
    empty: bool  # whether a text without units has one shingle (of nothing) or none


@njit(cache=True, nogil=True)
def _units(codes: U32, cut: Cut, key: np.uint64, out: U64) -> tuple[int, bool]:
    """Write the units of one text: its characters, or the hashes of its words. Returns (how many, whether Chinese)."""
    top = cut.kind.shape[0]
    chinese = False
    for code in codes:
        if code < top and cut.kind[code] & HAN:
            chinese = True
            break
    count = 0
    inside = False
    state = key
    for code in codes:
        kind = cut.kind[code] if code < top else 0
        if chinese:
            if kind & CHARACTER:
                out[count] = cut.folded[code]
                count += 1
        elif kind & WORD:
            state = _mix(state, np.uint64(cut.folded[code]))
            inside = True
        elif inside:
            out[count] = state
            count += 1
            state = key
            inside = False
    if inside:
        out[count] = state
        count += 1
    return count, chinese


@njit(cache=True, nogil=True)
def distinct_shingles(codes: U32, offsets: I64, cut: Cut, key: np.uint64, out: U64, sizes: I32) -> int:
    """Write every text's distinct shingle hashes one after another, in order of appearance; returns how many in all.

    Text `i` is codes[offsets[i]:offsets[i + 1]] and gets sizes[i] hashes. `out` holds len(codes) + texts.
    """
    longest = 0
    for i in range(sizes.shape[0]):
        longest = max(longest, offsets[i + 1] - offsets[i])
    units = np.empty(longest + 1, np.uint64)
    table, owner = new_table(longest)
    at = 0
    for i in range(sizes.shape[0]):
        count, _ = _units(codes[offsets[i] : offsets[i + 1]], cut, key, units)
        first = at
        runs = max(1, count - SIZE + 1) if count or cut.empty else 0
        for start in range(runs):
            state = key
            for k in range(start, min(start + SIZE, count)):
                state = _mix(state, units[k])
            if enter(table, owner, state, i):
                out[at] = state
                at += 1
        sizes[i] = at - first
    return at


@njit(cache=True, nogil=True)
def new_table(most: int) -> tuple[U64, I32]:
    """An empty hash table for up to `most` values of one owner at a time, half full at the worst: (values, owners)."""
    room = 2
    while room < 2 * most + 2:
        room *= 2
    return np.empty(room, np.uint64), np.full(room, -1, np.int32)


@njit(cache=True, nogil=True)
def enter(table: U64, owner: I32, value: np.uint64, who: int) -> bool:
    """Enter a value into `who`'s hash table; whether it is new. Others' entries count as empty, so nothing is ever cleared."""
    mask = np.uint64(table.shape[0] - 1)
    slot = value & mask
    while owner[slot] == who:
        if table[slot] == value:
            return False
        slot = (slot + np.uint64(1)) & mask
    owner[slot] = who
    table[slot] = value
    return True


@njit(cache=True, nogil=True)
def entered(table: U64, owner: I32, value: np.uint64, who: int) -> bool:
    """Whether a value stands in `who`'s hash table."""
    mask = np.uint64(table.shape[0] - 1)
    slot = value & mask
    while owner[slot] == who:
        if table[slot] == value:
            return True
        slot = (slot + np.uint64(1)) & mask
    return False
