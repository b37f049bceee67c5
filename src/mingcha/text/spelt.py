"""Words of a list as they are spelt to hide them: in letters, with a character taken apart, broken up by marks.

A word read plainly is not found here, nor one that differs by homophones alone: that is the matching channels' part. What is
spelt must stand beside a character of the word's own, unless all of it is in letters; a homophone in a longer word that is
spelt besides must be no ordinary word with its neighbour.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from mingcha.text.channels import Alike
from mingcha.text.likeness import heard, ordinary_words, parts_of, usual
from mingcha.text.sounded import Sounded, sounded
from mingcha.text.tables import FINAL

CHANNEL = "spelt"
LETTERS = 5  # of a word that is spelt in letters alone
EVERYWHERE = frozenset("一二三十八人了")  # stand beside anything: 骗了一个 is no 骗子


class _Way(NamedTuple):
    """A word with the characters it may be written in: `apart` is the place of the one that is taken apart, or -1."""

    word: str
    spelt: str
    apart: int


class Spelt:
    """Words (folded) ready to be found in a text that was read as it sounds."""

    __slots__ = ("_automaton", "_ordinary", "_ways")

    def __init__(self, words: Sequence[str]) -> None:
        said: dict[str, _Way] = {}
        for word in filter(_fit, sorted(words)):
            for way in _ways(word):
                said.setdefault(_said(sounded(word)) if way.apart < 0 else _heard(way.spelt), way)
        self._ways = tuple(said.values())
        self._automaton = AhoCorasick(list(said), matchkind=MatchKind.LeftmostLongest)
        self._ordinary = ordinary_words()

    def find(self, text: str, units: Sounded) -> Iterator[Alike]:
        """Hits in a folded text and its units, in order, none overlapping."""
        for which, first, last in self._automaton.find_matches_as_indexes(_said(units)):
            way, starts, ends = self._ways[which], units.starts[first:last].tolist(), units.ends[first:last].tolist()
            if text[starts[0] : ends[-1]] != way.word and self._hidden(text, way, starts, ends):
                yield Alike(way.word, starts[0], ends[-1], CHANNEL)

    def _hidden(self, text: str, way: _Way, starts: Sequence[int], ends: Sequence[int]) -> bool:
        """Whether what stands there is the word in disguise rather than other words that sound like it."""
        spelt = [at for at, (start, end) in enumerate(zip(starts, ends, strict=True)) if end - start > 1]
        other = [at for at, own in enumerate(way.spelt) if at not in spelt and text[starts[at]] != own]  # homophones
        if way.apart >= 0:
            return not other and not spelt
        if len(spelt) == len(way.word):
            return ends[-1] - starts[0] >= LETTERS
        if other and (len(way.word) == 2 or len(spelt) + len(other) == len(way.word)):
            return False
        broken = any(start > end for start, end in zip(starts[1:], ends, strict=False))
        return (bool(spelt) or broken) and not any(self._in_word(text, starts[at]) for at in other)

    def _in_word(self, text: str, at: int) -> bool:
        return text[max(0, at - 1) : at + 1] in self._ordinary or text[at : at + 2] in self._ordinary


def _ways(word: str) -> Iterator[_Way]:
    yield _Way(word, word, -1)
    for at, char in enumerate(word):
        for pair in parts_of().get(char, ()):
            if all(map(usual, pair)) and EVERYWHERE.isdisjoint(pair):
                yield _Way(word, word[:at] + pair + word[at + 1 :], at)


def _heard(word: str) -> str:
    return "".join(chr(heard()[ord(char)]) for char in word)


def _said(units: Sounded) -> str:
    return units.codes.tobytes().decode("utf-32-le", "replace")


def _fit(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and FINAL.isdisjoint(word) and len(sounded(word).codes) == len(word)
