"""A folded text as it sounds: characters of one syllable are one, syllables written in letters are their characters.

Two spellings that are read aloud alike are equal here, so that words changed for others of the same sound stay what they
were. Every unit knows the folded characters it came from. Digits are one digit: numbers differ, their places do not.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mingcha.text.likeness import PLANE, heard, syllables

LETTERS = re.compile(r"[a-z]{2,24}")
LONGEST = 6  # letters of a syllable (zhuang)


@dataclass(frozen=True, slots=True)
class Sounded:
    """Units of a text: `codes`, shape (n,), and the folded characters `starts:ends` of each."""

    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def sounded(text: str) -> Sounded:
    """The units of a folded text.

    >>> one, other = sounded("加微信"), sounded("jia薇xin")
    >>> one.codes.tolist() == other.codes.tolist(), other.ends.tolist()
    (True, [3, 4, 7])
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32)
    codes = _table()[np.minimum(codes, PLANE - 1)]
    starts = np.arange(len(codes), dtype=np.int64)
    spelt = [(run.start(), said) for run in LETTERS.finditer(text) if (said := _syllables(run.group()))]
    if not spelt:
        return Sounded(codes, starts, starts + 1)
    keep = np.ones(len(codes), np.bool_)
    ends = starts + 1
    for at, said in spelt:
        for syllable in said:
            codes[at], ends[at] = syllables()[syllable], at + len(syllable)
            keep[at + 1 : at + len(syllable)] = False
            at += len(syllable)
    return Sounded(codes[keep], starts[keep], ends[keep])


@cache
def _table() -> NDArray[np.uint32]:
    table = heard().copy()
    table[ord("0") : ord("9") + 1] = ord("0")
    return table


@cache
def _spoken() -> frozenset[str]:
    return frozenset(said for said in syllables() if len(said) > 1 and said.isascii() and said.isalpha())


def _syllables(run: str) -> tuple[str, ...]:
    """The syllables a run of letters is made of, the longest first; none where any letter is left over."""
    ways: list[tuple[str, ...] | None] = [None] * len(run) + [()]
    for at in range(len(run) - 1, -1, -1):
        for size in range(min(LONGEST, len(run) - at), 1, -1):
            rest = ways[at + size]
            if rest is not None and run[at : at + size] in _spoken():
                ways[at] = (run[at : at + size], *rest)
                break
    return ways[0] or ()
