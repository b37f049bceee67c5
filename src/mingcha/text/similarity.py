"""How alike two fingerprints are: the verified Jaccard of their shingles, in millionths, rounded down."""

import numpy as np
from numpy.typing import NDArray

MILLION = 1_000_000


def jaccard(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> int:
    """Millionths; two empty fingerprints are not alike (0), for nothing was compared."""
    if len(a) == 0 or len(b) == 0:
        return 0
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared * MILLION // (len(a) + len(b) - shared)
