"""Which pictures are one poster, among thousands: `same_poster` for many at once, bit for bit the same answer.

A pair whose parts must be compared costs up to 1,458 comparisons of 768 bits; half of them shows most pairs to be two.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import njit, prange, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from mingcha.model.image import BANNERS, CLEAR, PART_BITS, PARTS, WHOLE_BITS, PosterPrint

WORDS, PART_WORDS = 4, 12  # of 64 bits: in a PDQ, in the three of a part
Packed = tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.bool_]]
HALF = 6  # words after which it is seen whether any cut is still near enough
UNDER = len(BANNERS)  # the first parts of a picture: without what may be a banner


def same_posters(old: Sequence[PosterPrint], new: Sequence[PosterPrint] | None = None) -> list[tuple[int, int]]:
    """Pairs of places (in `old`, in `new`) whose pictures are one poster, in order; of `old` alone each pair once."""
    mine = _clear(old)
    theirs = mine if new is None else _clear(new)
    held = _packed([old[n] for n in mine])
    found = _same(held, held if new is None else _packed([new[n] for n in theirs]), new is None)
    return [(mine[one], theirs[other]) for one, other in np.argwhere(found).tolist()]


def _clear(prints: Sequence[PosterPrint]) -> list[int]:
    return [n for n, one in enumerate(prints) if one.quality >= CLEAR]


def _packed(prints: Sequence[PosterPrint]) -> Packed:
    """Hashes as words of 64 bits: of the whole, of the parts (word before part), and whether there are parts."""
    whole = np.frombuffer(bytes.fromhex("".join(one.pdq for one in prints)), np.uint64).reshape(-1, WORDS)
    none = "0" * (len(PARTS) * PART_WORDS * 16)
    parts = np.frombuffer(bytes.fromhex("".join("".join(one.crops) or none for one in prints)), np.uint64)
    turned = np.ascontiguousarray(parts.reshape(-1, len(PARTS), PART_WORDS).transpose(0, 2, 1))
    return whole, turned, np.array([bool(one.crops) for one in prints], np.bool_)


def _counted(_context: Any, _word: Any) -> Any:
    """How many bits of a word are set: one instruction."""
    return types.uint64(types.uint64), lambda _, builder, __, given: builder.ctpop(given[0])


_ones: Any = intrinsic(_counted)


@njit(cache=True, nogil=True)
def _same_whole(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> bool:
    bits = 0
    for word in range(WORDS):
        bits += _ones(one[word] ^ other[word])
    return bits <= WHOLE_BITS


@njit(cache=True, nogil=True)
def _fewest(
    one: NDArray[np.uint64], other: NDArray[np.uint64], under: int, words: range, bits: NDArray[np.uint64]
) -> int:
    """Adds up how many bits of these words differ, cut by cut; the fewest so far."""
    for word in words:
        for cut in range(len(bits)):
            bits[cut] += _ones(one[word, under] ^ other[word, UNDER + cut])
    fewest: int = bits[0]
    for cut in range(len(bits)):
        fewest = min(fewest, bits[cut])
    return fewest


@njit(cache=True, nogil=True)
def _same_parts(one: NDArray[np.uint64], other: NDArray[np.uint64], bits: NDArray[np.uint64]) -> bool:
    """Whether one under its banner is a cut of the other; word by word over all cuts, so that the processor takes several at once."""
    for under in range(UNDER):
        bits[:] = 0
        near = _fewest(one, other, under, range(HALF), bits) <= PART_BITS
        if near and _fewest(one, other, under, range(HALF, PART_WORDS), bits) <= PART_BITS:
            return True
    return False


@njit(cache=True, nogil=True, parallel=True)
def _same(old: Packed, new: Packed, among: bool) -> NDArray[np.bool_]:
    whole, parts, parted = old
    others, other_parts, other_parted = new
    found = np.zeros((len(whole), len(others)), np.bool_)
    for one in prange(len(whole)):
        bits = np.zeros(parts.shape[2] - UNDER, np.uint64)
        for other in range(one + 1 if among else 0, len(others)):
            if _same_whole(whole[one], others[other]):
                found[one, other] = True
            elif parted[one] and other_parted[other]:
                a, b = parts[one], other_parts[other]
                found[one, other] = _same_parts(a, b, bits) or _same_parts(b, a, bits)
    return found
