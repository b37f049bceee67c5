"""A folded text as it sounds: characters of one syllable are one, syllables in letters and characters taken apart are theirs.

Two spellings that are read aloud alike are equal here, so that words changed for others of the same sound, spelt in letters,
split or broken up by marks stay what they were. Every unit knows the folded characters it came from. Digits are one digit:
numbers differ, their places do not. A pair is put together where one of the two is no character in use by itself.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from mingcha.text.likeness import PLANE, heard, parts_of, syllables, usual

LETTERS = re.compile(r"[a-z]{2,24}")
LONGEST = 6  # letters of a syllable (zhuang)
VEIL = "\x02"  # stands for a character that is blacked out: a run of them is one unit
VEILED = re.compile(f"{VEIL}{{2,}}")
HAN = "\u3400-\u4e35\u4e37-\u9fff"  # but 丶, which is a mark here
SIGNS = r"./|~^*_·•‧∙⋅`#@…丶﹏\u00a8\u00b7\u2010-\u2027\u2030-\u205e\u2190-\u2bff\ufe0f\U0001f000-\U0001faff-"
BROKEN = re.compile(
    rf"[{SIGNS}]{{1,3}}(?=(?P<han>[{HAN}])|[a-z0-9])"
)  # and so before them, one of the two an ideograph
BEFORE = {True: re.compile(rf"[{HAN}a-z0-9]"), False: re.compile(rf"[{HAN}]")}


@dataclass(frozen=True, slots=True)
class Sounded:
    """Units of a text of `length` characters: `codes`, shape (n,), and the folded characters `starts:ends` of each."""

    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    length: int


def sounded(text: str) -> Sounded:
    """The units of a folded text.

    >>> one, other = sounded("加微信"), sounded("jia薇/xin")
    >>> one.codes.tolist() == other.codes.tolist(), other.ends.tolist()
    (True, [3, 4, 8])
    """
    raw = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), PLANE - 1).astype(np.uint32)
    codes, starts = _table()[raw], np.arange(len(raw), dtype=np.int64)
    keep, ends = np.ones(len(raw), np.bool_), starts + 1
    for run in BROKEN.finditer(text):
        if run.start() and BEFORE[bool(run["han"])].match(text, run.start() - 1):
            keep[run.start() : run.end()] = False
    for run in VEILED.finditer(text):
        ends[run.start()] = run.end()
        keep[run.start() + 1 : run.end()] = False
    whole, joined = _whole(raw)
    for at, code in zip(whole.tolist(), joined.tolist(), strict=True):
        if keep[at] and keep[at + 1]:
            codes[at], ends[at], keep[at + 1] = code, at + 2, False
    for run in LETTERS.finditer(text):
        at = run.start()
        for syllable in _syllables(run.group()):
            codes[at], ends[at] = syllables()[syllable], at + len(syllable)
            keep[at + 1 : at + len(syllable)] = False
            at += len(syllable)
    return Sounded(codes[keep], starts[keep], ends[keep], len(text))


@cache
def _table() -> NDArray[np.uint32]:
    table = heard().copy()
    table[ord("0") : ord("9") + 1] = ord("0")
    return table


@cache
def _pairs() -> tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.bool_], NDArray[np.bool_]]:
    """Pairs that make a character, ascending; what each sounds like; and which characters begin one, which end one."""
    made = {
        ord(pair[0]) << 32 | ord(pair[1]): heard()[ord(char)]
        for char, pairs in parts_of().items()
        for pair in pairs
        if not all(map(usual, pair))
    }
    pairs = np.array(sorted(made), np.uint64)
    begins, ends = np.zeros((2, PLANE), np.bool_)
    begins[[pair >> 32 for pair in made]] = ends[[pair & (1 << 32) - 1 for pair in made]] = True
    return pairs, np.array([made[pair] for pair in sorted(made)], np.uint32), begins, ends


def _whole(codes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Where two characters make one, and what it sounds like."""
    pairs, made, begins, ends = _pairs()
    at = np.flatnonzero(begins[codes[:-1]] & ends[codes[1:]])
    if not len(at):
        return at, made[:0]
    keys = codes[at].astype(np.uint64) << np.uint64(32) | codes[at + 1]
    which = np.minimum(np.searchsorted(pairs, keys), len(pairs) - 1)
    known = pairs[which] == keys
    return at[known], made[which[known]]


@cache
def _spoken() -> frozenset[str]:
    return frozenset(said for said in syllables() if len(said) > 1 and said.isascii() and said.isalpha())


@lru_cache(maxsize=1 << 14)
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
