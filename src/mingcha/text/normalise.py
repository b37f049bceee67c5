"""Fold a text's disguises away and keep, for every folded character, where it stood: same text in, same fold out, always.

Folding only ever uses what is certain in context. Numerals change in runs of four or more or beside a contact word, split
characters join only from radicals that are no words; everything bolder is a matching channel. Nothing joins across a
sentence-final mark. Folding a folded text changes nothing.

The rules are compiled (`fold_kernels`); the same rules as regular expressions, one sentence each, are the twin in the tests.
`fold@2026-11-25` differs from `fold@2026-11-24` in two characters: 薴 folds all the way (苎), and U+1680 is white space
wherever it stands, not only in texts that had something else to fold.
"""

from array import array
from collections.abc import Callable
from functools import cache

from mingcha.model.text import Folded

FOLD_SCHEME = "fold@2026-11-25"


def normalise(text: str) -> Folded:
    """Fold a text. Linear in its length; offsets always lie inside the original.

    >>> folded = normalise("加 薇❤信：ＡＢ１２３")
    >>> folded.text
    '加薇信:ab123'
    >>> folded.passage(1, 3).quote
    '薇❤信'
    """
    plain, starts, ends = _folding()(text)
    return Folded(text, plain, starts, ends, FOLD_SCHEME)


@cache
def _folding() -> "Callable[[str], tuple[str, array[int], array[int]]]":
    """The compiled fold; numba and the dictionaries load with the first text, not with the program."""
    import numpy as np

    from mingcha.text.fold_kernels import fold_one
    from mingcha.text.packed import tables

    known = tables()

    def fold(text: str) -> "tuple[str, array[int], array[int]]":
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        line = fold_one(codes, known)
        plain = line.codes.tobytes().decode("utf-32-le", "surrogatepass")
        return plain, array("I", line.starts.tobytes()), array("I", line.ends.tobytes())

    return fold
