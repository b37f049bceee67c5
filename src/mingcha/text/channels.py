"""Matching channels: phrases written with characters that sound or look alike, found where they stand, never replaced.

A channel is bold, so it is held back: a phrase of three characters or more, by sound with at least one character its own, by
shape with all but one; and a character that is part of an ordinary word with its neighbour is read as that word. No phrase
holds a sentence-final mark, so no match crosses one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from mingcha.text.channel_kernels import BITS, Likeness, Phrases, search
from mingcha.text.likeness import likeness, ordinary_words, shapes, sounds
from mingcha.text.tables import FINAL

SHORTEST = 3  # characters of a phrase a channel may find


@dataclass(frozen=True, slots=True)
class Alike:
    """A stretch of folded characters `start:end` that is read as a phrase by a channel ("homophone" or "shape")."""

    phrase: str
    start: int
    end: int
    channel: str


class Channels:
    """Phrases (folded) ready to be found by sound and by shape; shorter ones than `shortest` are left to the main channel."""

    __slots__ = ("_channels", "_phrases", "_words")

    def __init__(self, phrases: Sequence[str], shortest: int = SHORTEST) -> None:
        fit = [phrase for phrase in phrases if len(phrase) >= shortest and FINAL.isdisjoint(phrase)]
        self._phrases = tuple(fit)
        self._words = ordinary_words()
        self._channels = tuple(
            (name, like, _phrases(fit, like))
            for name, like in (("homophone", likeness(sounds(), fit)), ("shape", likeness(shapes(), fit)))
        )

    def find(self, text: str) -> tuple[Alike, ...]:
        """Hits in a folded text in order, none overlapping: the first wins, then the longest, then sound before shape."""
        hits = sorted(self._all(text), key=lambda hit: (hit.start, -hit.end, hit.channel, hit.phrase))
        out: list[Alike] = []
        for hit in hits:
            if not out or hit.start >= out[-1].end:
                out.append(hit)
        return tuple(out)

    def _all(self, text: str) -> Iterator[Alike]:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        for name, like, phrases in self._channels:
            for start, which, same in search(codes, phrases, like).tolist():
                phrase = self._phrases[which]
                enough = same >= (1 if name == "homophone" else len(phrase) - 1)
                if enough and not self._ordinary(text, start, phrase):
                    yield Alike(phrase, start, start + len(phrase), name)

    def _ordinary(self, text: str, start: int, phrase: str) -> bool:
        """Whether a character that differs from the phrase's stands in an ordinary word."""
        changed = (start + k for k, char in enumerate(phrase) if text[start + k] != char)
        return any(text[max(0, at - 1) : at + 1] in self._words or text[at : at + 2] in self._words for at in changed)


def _phrases(spelt: Sequence[str], like: Likeness) -> Phrases:
    """Phrases laid end to end and keyed by the classes of their first three characters."""
    bounds, classes, total = like.bounds, like.classes.tolist(), like.total

    def of(char: str) -> list[int]:
        return classes[bounds[ord(char)] : bounds[ord(char) + 1]] if ord(char) < len(bounds) - 1 else []

    keyed = sorted(
        {
            ((first * total + second) * total + third, which)
            for which, phrase in enumerate(spelt)
            for first, second, third in product(*map(of, phrase[:3]))
        }
    )
    keys = np.array([key for key, _ in keyed], np.int64)
    return Phrases(
        codes=np.frombuffer("".join(spelt).encode("utf-32-le", "surrogatepass"), "<u4"),
        offsets=np.cumsum([0, *map(len, spelt)], dtype=np.int64),
        keys=keys,
        owners=np.array([which for _, which in keyed], np.int64),
        pairs=_bits(keys // total, total**2),
        triples=_bits(keys % BITS, BITS),
    )


def _bits(places: NDArray[np.int64], size: int) -> NDArray[np.uint8]:
    bits = np.zeros(size, np.uint8)
    bits[places] = 1
    return np.packbits(bits, bitorder="little")
