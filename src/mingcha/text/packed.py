"""The fold table as the arrays the compiled loops read: every code point with its classes in one number."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from mingcha.text import fold_kernels as kernel
from mingcha.text.tables import (
    CONTACT_WORDS,
    FINAL_IN_CONTACTS,
    MARKS,
    NOISE,
    NUMERALS,
    RADICALS,
    RUN,
    fold_table,
)

LAST = 0x20000  # no code point from here on folds or has a class
DIGITS = frozenset(NUMERALS) | frozenset("0123456789")
CLASSES = (
    (kernel.NOISE, NOISE),
    (kernel.MARK, MARKS),
    (kernel.RADICAL, frozenset(RADICALS)),
    (kernel.NUMERAL, frozenset(NUMERALS)),
    (kernel.DIGIT, DIGITS),
    (kernel.BARRIER, FINAL_IN_CONTACTS),
)


@cache
def tables() -> kernel.Tables:
    """All arrays of `kernel.Tables`, built once (about two tenths of a second with the dictionaries)."""
    table = fold_table()
    one = np.arange(LAST, dtype=np.uint32)
    one[0x3400:0xA000] |= kernel.HAN
    for flag, chars in CLASSES:
        for char in chars:
            one[ord(char)] |= flag
    one[ord("\n")] |= kernel.SPACE | kernel.NEWLINE
    one[ord(" ")] |= kernel.SPACE
    for code in range(LAST):
        if code != 10 and chr(code).isspace():
            one[code] = one[ord(" ")]
    own = one.copy()
    many: list[str] = []
    for char, folded in table.fold.items():
        if len(folded) == 1:
            one[ord(char)] = _classed(folded, own)[0]
        else:
            one[ord(char)] = np.uint32(len(many)) | kernel.MANY
            many.append(folded)
    pairs = {ord(parts[0]) << 32 | ord(parts[1]): _classed(made, own)[0] for parts, made in table.joins.items()}
    digit = np.zeros(LAST, np.uint32)
    for numeral, value in NUMERALS.items():
        digit[ord(numeral)] = ord(value)
    return kernel.Tables(
        one=one,
        many=_classed("".join(many), own),
        bounds=np.cumsum([0, *map(len, many)], dtype=np.int64),
        pairs=np.array(sorted(pairs), np.uint64),
        made=np.array([pairs[pair] for pair in sorted(pairs)], np.uint32),
        words=np.array([ord(word[0]) << 32 | ord(word[1]) for word in CONTACT_WORDS], np.uint64),
        digit=digit,
        run=RUN,
    )


def _classed(text: str, own: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The code points of a text with their classes."""
    return np.array([own[ord(char)] if ord(char) < LAST else ord(char) for char in text], np.uint32)
