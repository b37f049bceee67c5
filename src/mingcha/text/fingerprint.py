"""Keyed shingle hashes of a folded text: sorted, unique, 64 bits; refilled slots leave the same fingerprint.

Chinese text gives 5-character shingles without non-word characters, other text 5-word shingles. Digits and masked runs
(`XX/XX/2020`, `****`, `{$1,000.00}`) become one slot character first, so that a letter with other dates stays itself.
"""

import re

import numpy as np
from numpy.typing import NDArray

from mingcha.model.text import Folded
from mingcha.text.kernels import distinct, of_characters, of_words

FINGERPRINT_SCHEME = "shingle-5@2026-11-24"
SIZE = 5
SLOT = "0"
HAN = re.compile("[\u3400-\u9fff]")
SLOTS = re.compile(r"[\[{(<]{0,3}\$?(?:x{2,}|\*{2,}|[0-9])(?:[0-9x*,./:$-]*[0-9x*])?[\]})>]{0,3}")
WORD = re.compile(r"[^\W_]+")
EMPTY: NDArray[np.uint64] = np.empty(0, dtype=np.uint64)


def shingles(folded: Folded, key: int = 0) -> NDArray[np.uint64]:
    """Sorted unique keyed hashes of a text's shingles; empty for a text without words. Shape (n,), dtype uint64."""
    words, chinese = slotted(folded.text)
    if not words:
        return EMPTY
    joined = ("" if chinese else "\0").join(words)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32, copy=False)
    kernel = of_characters if chinese else of_words
    return distinct(kernel(codes, SIZE, np.uint64(key)))


def slotted(text: str) -> tuple[list[str], bool]:
    """The words of a folded text with dates, sums and masks as one slot each, and whether it is Chinese."""
    plain = SLOTS.sub(SLOT, text)
    return WORD.findall(plain), HAN.search(plain) is not None
