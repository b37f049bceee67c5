"""Where the shingles of one text stand in another, for one text against a few: no table is kept, both are searched."""

import numpy as np
from numba import njit

from mingcha.campaign.kernels.ranks import I32, I64, U64


@njit(cache=True, nogil=True)
def where_in(values: U64, others: U64, places: I64) -> I32:
    """For each shingle where it stands first in another text, or -1; `others` are that text's, sorted, with their places.

    Equal ones stand in the order of their places. Shape of `values`.
    """
    out = np.full(values.shape[0], -1, np.int32)
    for i in range(values.shape[0]):
        low = 0
        high = others.shape[0]
        while low < high:
            middle = (low + high) >> 1
            if others[middle] < values[i]:
                low = middle + 1
            else:
                high = middle
        if low < others.shape[0] and others[low] == values[i]:
            out[i] = places[low]
    return out
