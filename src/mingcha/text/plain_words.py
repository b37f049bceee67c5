"""Words of text without Han characters as they are meant, for likeness alone: `l·o·a·n` and `l0an` are loan.

Marks between two letters are dropped, whatever they are: don't is dont, and/or is andor, in every letter alike. Beside a figure those
marks stay that belong to sums and dates. Then figures that stand for letters are read, in words that have at least as many letters and no
figure that stands for none; as 1 is drawn for i and for l, l reads as i. Masks of `x` are left to slots.
"""

import re
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from mingcha.text.kernels import HAN_FIRST, HAN_LAST, STAR, X

U32 = NDArray[np.uint32]
MARK, SPACE, LETTER, FIGURE = range(4)
STANDS_FOR = dict(zip("013457$@", "oieastsa", strict=True))
OF_SLOTS = ",./:$-*[]{}()<>"  # marks that belong to a sum, a date or a mask
TOP = 0x34000  # no letter, digit or space stands above (Unicode 16)
EL, EYE = ord("l"), ord("i")


def plain_words(codes: U32, offsets: NDArray[np.int64]) -> tuple[U32, NDArray[np.int64]]:
    """The same folded texts, end to end with one more offset than texts, with the words of those without Han made plain."""
    return _plain_words(codes, offsets, _kinds(), _meant())


@cache
def _kinds() -> NDArray[np.uint8]:
    kinds = np.zeros(TOP, np.uint8)
    every = "".join(map(chr, range(TOP)))
    for kind, pattern in ((SPACE, r"\s"), (LETTER, r"[^\W_]"), (FIGURE, "[0-9$@]")):
        kinds[[match.start() for match in re.finditer(pattern, every)]] = kind
    return kinds


@cache
def _meant() -> tuple[U32, NDArray[np.bool_]]:
    """The letter each ASCII figure stands for (0: none), and which ASCII marks belong to slots. Shapes (128,)."""
    letters, slots = np.zeros(128, np.uint32), np.zeros(128, np.bool_)
    for figure, letter in STANDS_FOR.items():
        letters[ord(figure)] = ord(letter)
    slots[[ord(mark) for mark in OF_SLOTS]] = True
    return letters, slots


@njit(cache=True, nogil=True)
def _kind(code: int, kinds: NDArray[np.uint8]) -> int:
    return kinds[code] if code < kinds.shape[0] else MARK


@njit(cache=True, nogil=True)
def _without_marks(codes: U32, known: tuple[NDArray[np.uint8], NDArray[np.bool_]], out: U32) -> int:
    """Write one text without the marks inside its words; returns how many code points."""
    kinds, slots = known
    at = 0
    i = 0
    while i < codes.shape[0]:
        until = i
        while until < codes.shape[0] and _kind(codes[until], kinds) == MARK:
            until += 1
        before = _kind(out[at - 1], kinds) if at else SPACE
        after = _kind(codes[until], kinds) if until < codes.shape[0] else SPACE
        inside = before >= LETTER and after >= LETTER
        for code in codes[i:until]:
            of_slot = code < 128 and slots[code] and not (before != after and code == STAR)
            if not inside or (of_slot and not before == after == LETTER):
                out[at] = code
                at += 1
        i = until
        if i < codes.shape[0]:
            out[at] = codes[i]
            at += 1
            i += 1
    return at


@njit(cache=True, nogil=True)
def _read_figures(codes: U32, kinds: NDArray[np.uint8], letters: U32) -> None:
    """Put letters for the figures that stand for them, in place."""
    start = 0
    while start < codes.shape[0]:
        if _kind(codes[start], kinds) < LETTER:
            start += 1
            continue
        end = start
        figures = 0
        masks = 0
        known = True
        while end < codes.shape[0] and _kind(codes[end], kinds) >= LETTER:
            figure = _kind(codes[end], kinds) == FIGURE
            figures += figure
            masks += codes[end] == X
            known &= not figure or letters[codes[end]] != 0
            end += 1
        plain = end - start - figures
        reads = known and plain >= figures and plain > masks
        for i in range(start, end):
            if reads and _kind(codes[i], kinds) == FIGURE:
                codes[i] = letters[codes[i]]
            elif codes[i] == EL:
                codes[i] = EYE
        start = end


@njit(cache=True, nogil=True)
def _plain_words(
    codes: U32, offsets: NDArray[np.int64], kinds: NDArray[np.uint8], meant: tuple[U32, NDArray[np.bool_]]
) -> tuple[U32, NDArray[np.int64]]:
    out = np.empty_like(codes)
    starts = np.empty_like(offsets)
    at = 0
    for text in range(offsets.shape[0] - 1):
        starts[text] = at
        own = codes[offsets[text] : offsets[text + 1]]
        chinese = False
        for code in own:
            chinese = chinese or HAN_FIRST <= code <= HAN_LAST
        if chinese:
            out[at : at + own.shape[0]] = own
            at += own.shape[0]
        else:
            count = _without_marks(own, (kinds, meant[1]), out[at:])
            _read_figures(out[at : at + count], kinds, meant[0])
            at += count
    starts[offsets.shape[0] - 1] = at
    return out[:at], starts
