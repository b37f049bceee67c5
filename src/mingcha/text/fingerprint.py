"""Keyed shingle hashes of a folded text: sorted, unique, 64 bits; refilled slots leave the same fingerprint.

Chinese text gives 5-character shingles without non-word characters, each character read by its sound, other text 5-word
shingles of words made plain (plain_words). Digits and masked runs
(`XX/XX/2020`, `****`, `{$1,000.00}`) become one slot character first, so that a letter with other dates stays itself.
"""

import re
import sys
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mingcha.model.text import Folded
from mingcha.text import kernels
from mingcha.text.likeness import heard
from mingcha.text.normalise import normalise
from mingcha.text.plain_words import plain_words
from mingcha.text.tables import PICTURES

FINGERPRINT_SCHEME = "shingle-5@2026-11-25b"
SIZE = 5
DROPPED = dict.fromkeys(map(ord, PICTURES))
CLASSES = (
    (kernels.OPEN, "[{(<"),
    (kernels.CLOSE, "]})>"),
    (kernels.TAIL, "0123456789x*,./:$-"),
    (kernels.END, "0123456789x*"),
)


def shingles(folded: Folded, key: int = 0) -> NDArray[np.uint64]:
    """Sorted unique keyed hashes of a text's shingles; empty for a text without words. Shape (n,), dtype uint64."""
    if (plain := without_pictures(folded.original)) != folded.original:
        folded = normalise(plain)
    codes = np.frombuffer(folded.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes, _ = plain_words(codes.astype(np.uint32), np.array([0, len(codes)]))
    alike = heard()
    codes = np.where(codes < len(alike), alike[np.minimum(codes, len(alike) - 1)], codes).astype(np.uint32)
    hashes: NDArray[np.uint64] = kernels.of_text(codes, SIZE, np.uint64(key), _classes())
    return hashes


def without_pictures(text: str) -> str:
    """A text without pictures that say a word: for likeness they are noise, for whoever reads contacts they are words."""
    return text.translate(DROPPED) if any(picture in text for picture in PICTURES) else text


@cache
def _classes() -> NDArray[np.uint8]:
    """The classes of every code point: around slots, in slots, and in words (letters and digits of any script)."""
    classes = np.zeros(sys.maxunicode + 1, np.uint8)
    for match in re.finditer(r"[^\W_]+", "".join(map(chr, range(sys.maxunicode + 1)))):
        classes[match.start() : match.end()] = kernels.WORD
    for flag, chars in CLASSES:
        for char in chars:
            classes[ord(char)] |= flag
    return classes
