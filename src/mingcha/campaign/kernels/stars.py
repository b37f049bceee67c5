"""Stars of near texts: each member is near its representative, and no two members are further than the floor."""

import numpy as np
from numba import njit

from mingcha.campaign.kernels.near import MILLION, Bools, Packed, neighbours, overlap
from mingcha.campaign.kernels.ranks import I32, I64

SLACK = 1e-9  # distances are rounded floats; a pair within the slack of a bound is computed exactly


@njit(cache=True, nogil=True)
def stars(p: Packed, near: int, active: Bools, order: I64) -> tuple[I32, I64]:
    """Cover the active texts by stars, best connected first; every text goes to its nearest representative.

    `order` lists the active texts that have neighbours. Returns (representative of each text or -1, shared shingles
    with it). Representatives are never near one another; ties go to the earlier one in `order`.
    """
    total = p.sizes.shape[0]
    star = np.full(total, -1, np.int32)
    shared = np.zeros(total, np.int64)
    work = (np.full(total, -1, np.int32), np.empty(total, np.int32), np.empty(total, np.int64))
    for x in order:
        if star[x] >= 0:
            continue
        star[x] = x
        size = np.int64(p.sizes[x])
        shared[x] = size
        for k in range(neighbours(p, x, near, active, total, work)):
            y = work[1][k]
            got = work[2][k]
            if star[y] >= 0:
                union = size + p.sizes[y] - got
                best = np.int64(p.sizes[star[y]]) + p.sizes[y] - shared[y]
                if got * best <= shared[y] * union:
                    continue
            star[y] = x
            shared[y] = got
    return star, shared


@njit(cache=True, nogil=True)
def keep_close(p: Packed, floor: int, members: I32, shared: I64) -> Bools:
    """Which members of one star stay: nearest first, each at or above the floor to all that stayed before it.

    `members` stand nearest first, the representative at their head; `shared` are their shingles in common with it.
    Pairs that the triangle inequality of Jaccard distance (Levandowsky and Winter, 1971) settles are not computed.
    """
    n = members.shape[0]
    stays = np.zeros(n, np.bool_)
    far = distances(p, members, shared)
    limit = 1.0 - floor / MILLION - SLACK
    for m in range(n):
        stays[m] = True
        for a in range(m):
            if stays[a] and far[a] + far[m] > limit and overlap(p, members[a], members[m], floor) < 0:
                stays[m] = False
                break
    return stays


@njit(cache=True, nogil=True)
def least_similar(p: Packed, members: I32, shared: I64) -> int:
    """The smallest Jaccard of any two members, in millionths, rounded down; exact. Members stand nearest first."""
    n = members.shape[0]
    far = distances(p, members, shared)
    least = MILLION
    for a in range(n - 1, 0, -1):
        for b in range(a - 1, -1, -1):
            if 1.0 - far[a] - far[b] > least / MILLION + SLACK:
                break
            got = max(0, overlap(p, members[a], members[b], 0))
            union = np.int64(p.sizes[members[a]]) + p.sizes[members[b]] - got
            least = min(least, got * MILLION // union)
    return least


@njit(cache=True, nogil=True)
def distances(p: Packed, members: I32, shared: I64) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Jaccard distance of each member to the representative at their head."""
    out = np.empty(members.shape[0], np.float64)
    size = np.int64(p.sizes[members[0]])
    for m in range(members.shape[0]):
        union = size + p.sizes[members[m]] - shared[m]
        out[m] = 1.0 - shared[m] / union
    return out
