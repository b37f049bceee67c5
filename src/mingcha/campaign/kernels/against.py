"""Which shingles of one text another text holds, for one text against a few: no table is kept, both are searched."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from mingcha.campaign.kernels.ranks import U64

Bools = NDArray[np.bool_]


@njit(cache=True, nogil=True)
def held_in(values: U64, others: U64) -> Bools:
    """For each shingle whether it is among `others`, which are sorted. Shape of `values`."""
    out = np.zeros(values.shape[0], np.bool_)
    for i in range(values.shape[0]):
        low = 0
        high = others.shape[0]
        while low < high:
            middle = (low + high) >> 1
            if others[middle] < values[i]:
                low = middle + 1
            else:
                high = middle
        out[i] = low < others.shape[0] and others[low] == values[i]
    return out
