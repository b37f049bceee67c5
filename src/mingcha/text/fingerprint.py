"""Keyed shingle hashes of a folded text: sorted, unique, 64 bits; refilled slots leave the same fingerprint.

Chinese text gives 5-character shingles without non-word characters, other text 5-word shingles. Digits and masked runs
(`XX/XX/2020`, `****`, `{$1,000.00}`) become one slot character first, so that a letter with other dates stays itself.
"""

import re
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from mingcha.model.text import Folded

FINGERPRINT_SCHEME = "shingle-5@2026-11-24"
SIZE = 5
SLOT = "0"
HAN = re.compile("[\u3400-\u9fff]")
SLOTS = re.compile(r"[\[{(<]*\$?(?:x{2,}|\*{2,}|[0-9])(?:[0-9x*,./:$-]*[0-9x*])?[\]})>]*")
WORD = re.compile(r"[^\W_]+")


def shingles(folded: Folded, key: int = 0) -> NDArray[np.uint64]:
    """Sorted unique keyed hashes of a text's shingles; empty for a text without words. Shape (n,), dtype uint64."""
    parts = sorted(set(_shingles(folded.text)))
    secret = key.to_bytes(8, "little")
    digests = (blake2b(part.encode("utf-8", "surrogatepass"), digest_size=8, key=secret).digest() for part in parts)
    return np.unique(np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64))


def _shingles(text: str) -> list[str]:
    slotted = SLOTS.sub(SLOT, text)
    if HAN.search(slotted):
        letters = "".join(WORD.findall(slotted))
        return [letters[i : i + SIZE] for i in range(max(1, len(letters) - SIZE + 1))] if letters else []
    words = WORD.findall(slotted)
    return [" ".join(words[i : i + SIZE]) for i in range(max(1, len(words) - SIZE + 1))] if words else []
