"""Compiled loops of the text room: keyed 64-bit hashes of character and word shingles.

The mix is splitmix64's finaliser over every code point, started from the key: equal shingles give equal hashes, and without
the key the hashes cannot be tabulated in advance. Not a cryptographic MAC: sketches are encrypted at rest with the store.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

SEPARATOR = np.uint32(0)


@njit(cache=True)
def _mix(state: np.uint64, value: np.uint64) -> np.uint64:
    z = state + value + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.uint64(z ^ (z >> np.uint64(31)))


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
def distinct(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The hashes sorted, each once; sorts its argument in place. Shape (n,)."""
    hashes.sort()
    kept = 0
    for at in range(len(hashes)):
        if at == 0 or hashes[at] != hashes[kept - 1]:
            hashes[kept] = hashes[at]
            kept += 1
    return hashes[:kept].copy()
