"""Compiled loops of fingerprints: slots, words, and keyed 64-bit hashes of character and word shingles.

The mix is splitmix64's finaliser over every code point, started from the key: equal shingles give equal hashes, and without
the key the hashes cannot be tabulated in advance. Not a cryptographic MAC: sketches are encrypted at rest with the store.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

SEPARATOR = np.uint32(0)


@njit(cache=True, nogil=True)
def _mix(state: np.uint64, value: np.uint64) -> np.uint64:
    z = state + value + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.uint64(z ^ (z >> np.uint64(31)))


@njit(cache=True, nogil=True)
def of_characters(codes: NDArray[np.uint32], size: int, key: np.uint64) -> NDArray[np.uint64]:
    """Hash of every run of `size` code points (one hash for a shorter text). Shape (max(1, n - size + 1),)."""
    count = max(1, len(codes) - size + 1)
    out = np.empty(count, np.uint64)
    for start in range(count):
        state = key
        for at in range(start, min(start + size, len(codes))):
            state = _mix(state, np.uint64(codes[at]))
        out[start] = state
    return out


@njit(cache=True, nogil=True)
def of_words(codes: NDArray[np.uint32], size: int, key: np.uint64) -> NDArray[np.uint64]:
    """Hash of every run of `size` words; `codes` are words separated by one zero. Shape (max(1, words - size + 1),)."""
    words = np.empty(len(codes) + 1, np.uint64)
    count, state = 0, key
    for at in range(len(codes) + 1):
        if at == len(codes) or codes[at] == SEPARATOR:
            words[count] = state
            count, state = count + 1, key
        else:
            state = _mix(state, np.uint64(codes[at]))
    runs = max(1, count - size + 1)
    out = np.empty(runs, np.uint64)
    for start in range(runs):
        state = key
        for at in range(start, min(start + size, count)):
            state = _mix(state, words[at])
        out[start] = state
    return out


OPEN, CLOSE, TAIL, END, WORD = (np.uint8(1 << bit) for bit in range(5))  # classes of characters around and in a slot
ZERO, NINE, STAR, X, DOLLAR = 48, 57, 42, 120, 36
BRACKETS = 3  # at most so many before and after a slot
HAN_FIRST, HAN_LAST = 0x3400, 0x9FFF


@njit(cache=True, nogil=True)
def _slot_core(codes: NDArray[np.uint32], at: int) -> int:
    """Where the first part of a slot that begins here ends: a digit, or two or more x or stars; `at` when none begins."""
    code, end = codes[at], at + 1
    if ZERO <= code <= NINE:
        return end
    if code != X and code != STAR:
        return at
    while end < len(codes) and codes[end] == code:
        end += 1
    return end if end - at > 1 else at


@njit(cache=True, nogil=True)
def _slot_end(codes: NDArray[np.uint32], at: int, classes: NDArray[np.uint8]) -> int:
    """Where a slot whose first part ends here ends itself: after its last digit, x or star and at most three brackets."""
    end = at
    while at < len(codes) and classes[codes[at]] & TAIL:
        at += 1
        if classes[codes[at - 1]] & END:
            end = at
    for _ in range(BRACKETS):
        if end < len(codes) and classes[codes[end]] & CLOSE:
            end += 1
    return end


@njit(cache=True, nogil=True)
def _slot_start(codes: NDArray[np.uint32], at: int, after: int, classes: NDArray[np.uint8]) -> int:
    """Where a slot whose first part begins here begins itself: before a dollar sign and at most three brackets."""
    if at > after and codes[at - 1] == DOLLAR:
        at -= 1
    for _ in range(BRACKETS):
        if at > after and classes[codes[at - 1]] & OPEN:
            at -= 1
    return at


@njit(cache=True, nogil=True)
def slotted(codes: NDArray[np.uint32], classes: NDArray[np.uint8]) -> tuple[NDArray[np.uint32], bool]:
    """The words of a folded text end to end, dates, sums and masks as one zero digit, and whether it is Chinese.

    Of those with no word between them the first stands for all.
    Words of a Chinese text touch; other words have `SEPARATOR` between them. `classes` is indexed by code point.
    """
    plain = np.empty(len(codes), np.uint32)
    n, at, after, chinese = 0, 0, 0, False
    while at < len(codes):
        end = _slot_core(codes, at)
        if end > at:
            n -= at - _slot_start(codes, at, after, classes)
            plain[n] = ZERO
            at = after = _slot_end(codes, end, classes)
        else:
            plain[n] = codes[at]
            chinese = chinese or HAN_FIRST <= codes[at] <= HAN_LAST
            at += 1
        n += 1
    kept, gap = 0, False
    for at in range(n):
        if plain[at] == ZERO and kept and plain[kept - 1] == ZERO:
            continue
        if classes[plain[at]] & WORD:
            if gap and kept and not chinese:
                plain[kept] = SEPARATOR
                kept += 1
            plain[kept] = plain[at]
            kept += 1
        gap = not classes[plain[at]] & WORD
    return plain[:kept], chinese


@njit(cache=True, nogil=True)
def distinct(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The hashes sorted, each once; sorts its argument in place. Shape (n,)."""
    hashes.sort()
    kept = 0
    for at in range(len(hashes)):
        if at == 0 or hashes[at] != hashes[kept - 1]:
            hashes[kept] = hashes[at]
            kept += 1
    return hashes[:kept].copy()


@njit(cache=True, nogil=True)
def of_text(codes: NDArray[np.uint32], size: int, key: np.uint64, classes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Sorted distinct hashes of a folded text's shingles: of `size` characters when it is Chinese, else of `size` words."""
    words, chinese = slotted(codes, classes)
    if len(words) == 0:
        return np.empty(0, np.uint64)
    return distinct(of_characters(words, size, key) if chinese else of_words(words, size, key))
