"""Fold many texts at once as flat arrays, without spans, on plain threads; the same text as `normalise`, by the same loops.

A batch is one array of code points and the offsets of its texts: text `i` is `codes[offsets[i]:offsets[i + 1]]`.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from mingcha.text.fold_kernels import fold_many
from mingcha.text.packed import tables

Batch = tuple[NDArray[np.uint32], NDArray[np.int64]]
WORTH_A_THREAD = 1 << 16  # characters


def fold_codes(texts: Sequence[str], threads: int = 2) -> Batch:
    """Folded code points of all texts end to end, and their offsets (one more than texts)."""
    return fold_batch(*lay(texts), threads)


def lay(texts: Sequence[str]) -> Batch:
    """The code points of texts end to end, and their offsets."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    return codes, _offsets(np.fromiter(map(len, texts), np.int64, len(texts)))


def fold_batch(codes: NDArray[np.uint32], offsets: NDArray[np.int64], threads: int = 2) -> Batch:
    """The fold of a batch that is laid out already. The loops hold no lock, so threads share the work by characters."""
    parts = max(1, min(threads, (int(offsets[-1]) - int(offsets[0])) // WORTH_A_THREAD))
    cuts = np.searchsorted(offsets, np.linspace(offsets[0], offsets[-1], parts + 1)[1:-1])
    bounds = [0, *cuts.tolist(), len(offsets) - 1]
    known, frozen = tables(), codes.view()
    frozen.flags.writeable = False
    if parts == 1:
        only, lengths = fold_many(frozen, offsets, known)
        return only, _offsets(lengths)
    with ThreadPoolExecutor(parts) as pool:
        done = list(
            pool.map(lambda first, last: fold_many(frozen, offsets[first : last + 1], known), bounds[:-1], bounds[1:])
        )
    return np.concatenate([part for part, _ in done]), _offsets(np.concatenate([lengths for _, lengths in done]))


def _offsets(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    out = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=out[1:])
    return out
