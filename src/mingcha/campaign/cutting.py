"""How texts are cut into shingles: `plain-5` reads them as they stand, `mingcha` reads through disguises and refilled slots.

Both take 5 characters in a row of a text with Han characters and 5 words in a row of any other; a shorter text is one
shingle. `plain-5` is lower case, word characters as `\\w` has them, and nothing else; an empty text is one empty shingle.
`mingcha` folds first (text/normalise), reads Chinese by its sound and other words through the marks and figures inside them
(text/plain_words), puts one mark for every number or mask (text/fingerprint), and a text without words has no shingle.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import (
    CHARACTER,
    END,
    HAN,
    U32,
    WORD,
    Cut,
    distinct_shingles,
    ordered_shingles,
)
from mingcha.campaign.kernels.slots import fill_slots
from mingcha.text.fingerprint import without_pictures
from mingcha.text.fold_codes import fold_codes
from mingcha.text.likeness import heard
from mingcha.text.plain_words import plain_words
from mingcha.text.tables import PICTURES

CODES = 0x34000  # no letter, digit or upper case stands above (Unicode 16); a test asks the interpreter
LONG_LOWER = "\u0130"  # the one character whose lower case is two
SENTENCE_END = "[.!?。！？\n]"
MOODY_LOWER = "\u03a3"  # the one whose lower case depends on its neighbours


@dataclass(frozen=True, slots=True)
class Cutting:
    """A scheme: code points of many texts end to end (text `i` is codes[offsets[i]:offsets[i + 1]]) and how they are cut."""

    name: str
    codes: Callable[[Sequence[str]], tuple[U32, I64]]
    cut: Cut

    def shingles(self, texts: Sequence[str], key: int = 0) -> tuple[U64, I32]:
        """Every text's distinct shingle hashes one after another, and how many each text has."""
        codes, offsets = self.codes(texts)
        out = np.empty(len(codes) + len(texts), np.uint64)
        sizes = np.empty(len(texts), np.int32)
        total = distinct_shingles(codes, offsets, self.cut, np.uint64(key), (out, sizes))
        return out[:total].copy(), sizes

    def passages(self, texts: Sequence[str], key: int = 0) -> tuple[U64, I32, I32, I32]:
        """Every text's shingle hashes in order, how many each has, where its sentences begin, how many it has after the first."""
        codes, offsets = self.codes(texts)
        out = np.empty(len(codes) + len(texts), np.uint64)
        breaks = np.empty(len(codes) + len(texts), np.int32)
        sizes, counts = np.empty(len(texts), np.int32), np.empty(len(texts), np.int32)
        total, broken = ordered_shingles(codes, offsets, self.cut, np.uint64(key), (out, sizes, breaks, counts))
        return out[:total].copy(), sizes, breaks[:broken].copy(), counts


@cache
def plain_5() -> Cutting:
    """The scheme peers are compared under."""
    return Cutting("plain-5", _plain_codes, _cut(r"\w", r"[^\W_]", "\u4e00-\u9fff", lower=True))


@cache
def mingcha() -> Cutting:
    """The scheme of this house, the same shingles as `text.fingerprint`."""
    cut = _cut(r"[^\W_]", r"[^\W_]", "\u3400-\u9fff", lower=False)
    cut.folded[: len(heard())] = heard()
    return Cutting("mingcha", _folded_codes, cut)


SCHEMES: dict[str, Callable[[], Cutting]] = {"plain-5": plain_5, "mingcha": mingcha}


def _cut(word: str, character: str, han: str, *, lower: bool) -> Cut:
    every = "".join(map(chr, range(CODES)))
    read = every.replace(LONG_LOWER, "i").lower() if lower else every
    kind = np.zeros(CODES, np.uint8)
    for flag, pattern in ((WORD, word), (CHARACTER, character), (HAN, f"[{han}]"), (END, SENTENCE_END)):
        kind[[match.start() for match in re.finditer(pattern, read)]] |= np.uint8(flag)
    folded = np.frombuffer(read.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32)
    return Cut(kind, folded, lower)


def _plain_codes(texts: Sequence[str]) -> tuple[U32, I64]:
    joined = "".join(texts)
    if LONG_LOWER in joined or MOODY_LOWER in joined:
        texts = [text.lower() if LONG_LOWER in text or MOODY_LOWER in text else text for text in texts]
        joined = "".join(texts)
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=offsets[1:])
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32, copy=False), offsets


def _folded_codes(texts: Sequence[str]) -> tuple[U32, I64]:
    joined = "".join(texts)
    if any(picture in joined for picture in PICTURES):
        texts = [without_pictures(text) for text in texts]
    return fill_slots(*plain_words(*fold_codes(texts, threads=1)), mingcha().cut.kind)
