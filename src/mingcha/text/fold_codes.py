"""Fold many texts at once into flat arrays, without spans, for batches; the same text as `normalise`, character for character.

Texts that no rule but the one-to-one table touches are folded by one table look-up over all their code points; the rest go
the careful way. Which is which is asked of `normalise` itself, so the two can never disagree.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mingcha.text.normalise import normalise, touched
from mingcha.text.tables import fold_table


@cache
def _table() -> NDArray[np.uint32]:
    codes = np.arange(0x110000, dtype=np.uint32)
    for code, folded in fold_table().one.items():
        codes[code] = ord(folded)
    return codes


def fold_codes(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Folded code points of all texts end to end, and where each starts: text `i` is codes[offsets[i]:offsets[i + 1]]."""
    plain = [text if not touched(text) else normalise(text).text for text in texts]
    joined = "".join(plain).encode("utf-32-le", "surrogatepass")
    codes = _table()[np.frombuffer(joined, dtype="<u4")]
    offsets = np.zeros(len(plain) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in plain], out=offsets[1:])
    return codes, offsets
