"""The compiled search of a matching channel: where a run of characters is alike, character for character, to a phrase."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray


class Likeness(NamedTuple):
    """Characters are alike when they share a class. Code points from `len(bounds) - 1` on have none."""

    bounds: NDArray[np.int64]  # classes of code point c are classes[bounds[c]:bounds[c + 1]], ascending
    classes: NDArray[np.int32]
    total: int  # classes there are


class Phrases(NamedTuple):
    """Phrases of three characters or more, end to end, and the classes of their first three, by which they are found."""

    codes: NDArray[np.uint32]
    offsets: NDArray[np.int64]  # phrase p is codes[offsets[p]:offsets[p + 1]]
    keys: NDArray[np.int64]  # the three classes as one number to the base `total`, ascending, with repeats
    owners: NDArray[np.int64]  # the phrase of each key
    pairs: NDArray[np.uint8]  # one bit for each two classes: most pairs of characters begin no phrase
    triples: NDArray[np.uint8]  # one bit for each three, folded to `BITS`: may be set for others


BITS = 1 << 18


@njit(cache=True, nogil=True)
def _alike(a: np.uint32, b: np.uint32, like: Likeness) -> bool:
    """Whether two characters are equal or share a class."""
    bounds, classes = like.bounds, like.classes
    if a == b:
        return True
    if a >= len(bounds) - 1 or b >= len(bounds) - 1:
        return False
    for i in range(bounds[a], bounds[a + 1]):
        for j in range(bounds[b], bounds[b + 1]):
            if classes[i] == classes[j]:
                return True
    return False


@njit(cache=True, nogil=True)
def _same(text: NDArray[np.uint32], phrase: NDArray[np.uint32], like: Likeness) -> int:
    """How many characters of a stretch equal the phrase's, or -1 when one is not even alike or the text ends."""
    if len(text) < len(phrase):
        return -1
    same = 0
    for k in range(len(phrase)):
        if text[k] == phrase[k]:
            same += 1
        elif not _alike(text[k], phrase[k], like):
            return -1
    return same


@njit(cache=True, nogil=True)
def _verify(
    text: NDArray[np.uint32], at: int, key: int, phrases: Phrases, like: Likeness
) -> list[tuple[int, int, int]]:
    """(place, phrase, equal characters) of every phrase under a key that is alike but not equal to what stands there."""
    found = [(0, 0, 0)][:0]
    for k in range(np.searchsorted(phrases.keys, key), len(phrases.keys)):
        if phrases.keys[k] != key:
            break
        phrase = phrases.owners[k]
        spelt = phrases.codes[phrases.offsets[phrase] : phrases.offsets[phrase + 1]]
        same = _same(text[at:], spelt, like)
        if 0 <= same < len(spelt):
            found.append((at, phrase, same))
    return found


@njit(cache=True, nogil=True)
def _from(text: NDArray[np.uint32], at: int, pair: int, phrases: Phrases, like: Likeness) -> list[tuple[int, int, int]]:
    """What stands at a place whose first two characters may begin a phrase."""
    found = [(0, 0, 0)][:0]
    third = text[at + 2]
    if third < len(like.bounds) - 1:
        for k in range(like.bounds[third], like.bounds[third + 1]):
            key = pair * like.total + like.classes[k]
            bit = key % BITS
            if phrases.triples[bit >> 3] >> (bit & 7) & 1:
                found.extend(_verify(text, at, key, phrases, like))
    return found


@njit(cache=True, nogil=True)
def search(text: NDArray[np.uint32], phrases: Phrases, like: Likeness) -> NDArray[np.int64]:
    """Rows (place, phrase, equal characters) of every stretch alike but not equal to a phrase, by place; shape (hits, 3).

    A row may stand twice when characters share two classes. Linear in the text: phrases under one key are few.
    """
    found = [(0, 0, 0)][:0]
    bounds, classes, pairs, total = like.bounds, like.classes, phrases.pairs, like.total
    limit = len(bounds) - 1
    for at in range(len(text) - 2):
        first, second = text[at], text[at + 1]
        if first >= limit or second >= limit:
            continue
        for i in range(bounds[first], bounds[first + 1]):
            for j in range(bounds[second], bounds[second + 1]):
                pair = np.int64(classes[i]) * total + classes[j]
                if pairs[pair >> 3] >> (pair & 7) & 1:
                    found.extend(_from(text, at, pair, phrases, like))
    out = np.empty((len(found), 3), np.int64)
    for row in range(len(found)):
        out[row, 0], out[row, 1], out[row, 2] = found[row]
    return out
