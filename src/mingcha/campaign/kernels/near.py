"""Exact near-duplicate search by prefixes: a pair at or above the threshold is always found, and always verified.

Two texts of sizes a <= b with Jaccard >= t share at least ceil(t*b) shingles, so their rarest n - ceil(t*n) + 1 have
one in common (prefix filter: Chaudhuri et al., ICDE 2006; Bayardo et al., WWW 2007). Jaccard is compared in
integers, never in floats.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from mingcha.campaign.kernels.ranks import I32, I64

MILLION = 1_000_000
Bools = NDArray[np.bool_]


class Packed(NamedTuple):
    """Texts in ascending size as ascending ranks, and which texts hold a rank in their prefix."""

    sizes: I32  # shingles of each text, also those nobody shares
    begin: I64
    held: I32  # shared shingles of each text: ranks[begin : begin + held]
    ranks: I32
    prefix: I32  # how many of them belong to the text's prefix
    post_starts: I64
    posts: I32  # texts by rank, ascending
    copies: I64  # complaints that hold each text


@njit(cache=True, nogil=True)
def prefixes(sizes: I32, held: I32, near: int) -> I32:
    """The length of each text's prefix among its shared shingles; the ones nobody shares come first and are free."""
    out = np.empty(sizes.shape[0], np.int32)
    for i in range(sizes.shape[0]):
        n = np.int64(sizes[i])
        needed = (near * n + MILLION - 1) // MILLION
        out[i] = max(0, n - needed + 1 - (n - held[i]))
    return out


@njit(cache=True, nogil=True)
def postings(begin: I64, ranks: I32, prefix: I32, total: int) -> tuple[I64, I32]:
    """Invert the prefixes: texts by rank, ascending within a rank."""
    starts = np.zeros(total + 1, np.int64)
    for i in range(begin.shape[0]):
        for k in range(begin[i], begin[i] + prefix[i]):
            starts[ranks[k] + 1] += 1
    for r in range(total):
        starts[r + 1] += starts[r]
    fill = starts[:-1].copy()
    posts = np.empty(starts[total], np.int32)
    for i in range(begin.shape[0]):
        for k in range(begin[i], begin[i] + prefix[i]):
            posts[fill[ranks[k]]] = i
            fill[ranks[k]] += 1
    return starts, posts


@njit(cache=True, nogil=True)
def overlap(p: Packed, x: int, y: int, share: int) -> int:
    """Shingles both texts hold, or -1 as soon as their Jaccard cannot reach `share` millionths."""
    both = np.int64(p.sizes[x]) + np.int64(p.sizes[y])
    needed = (share * both + MILLION + share - 1) // (MILLION + share)
    i = p.begin[x]
    j = p.begin[y]
    end_i = i + p.held[x]
    end_j = j + p.held[y]
    got = 0
    while i < end_i and j < end_j:
        if got + min(end_i - i, end_j - j) < needed:
            return -1
        a = p.ranks[i]
        b = p.ranks[j]
        if a == b:
            got += 1
            i += 1
            j += 1
        elif a < b:
            i += 1
        else:
            j += 1
    if got < needed:
        return -1
    return got


@njit(cache=True, nogil=True)
def first_at_least(posts: I32, low: int, high: int, text: int) -> int:
    while low < high:
        middle = (low + high) >> 1
        if posts[middle] < text:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def neighbours(p: Packed, x: int, near: int, active: Bools, most: int, work: tuple[I32, I32, I64]) -> int:
    """Find up to `most` active texts y with Jaccard(x, y) >= near; returns how many.

    `work` is (marks, found, overlaps): marks must not hold x before the call, found and overlaps are filled.
    """
    marks, found, overlaps = work
    total = p.sizes.shape[0]
    size = np.int64(p.sizes[x])
    first = first_at_least(p.sizes, 0, total, int((near * size + MILLION - 1) // MILLION))
    last = first_at_least(p.sizes, first, total, int(MILLION * size // near) + 1)
    count = 0
    for k in range(p.begin[x], p.begin[x] + p.prefix[x]):
        rank = p.ranks[k]
        stop = p.post_starts[rank + 1]
        at = first_at_least(p.posts, p.post_starts[rank], stop, first)
        while at < stop and p.posts[at] < last:
            y = p.posts[at]
            at += 1
            if marks[y] == x or y == x or not active[y]:
                continue
            marks[y] = x
            got = overlap(p, x, y, near)
            if got >= 0:
                found[count] = y
                overlaps[count] = got
                count += 1
                if count == most:
                    return count
    return count


@njit(cache=True, nogil=True)
def degrees(p: Packed, near: int, active: Bools, counted: int, part: tuple[int, int]) -> I64:
    """How many complaints hold a text near each active text of part (k of n), counted up to `counted`."""
    total = p.sizes.shape[0]
    out = np.zeros(total, np.int64)
    work = (np.full(total, -1, np.int32), np.empty(total, np.int32), np.empty(total, np.int64))
    for x in range(part[0], total, part[1]):
        if active[x]:
            for k in range(neighbours(p, x, near, active, counted, work)):
                out[x] += p.copies[work[1][k]]
            out[x] = min(out[x], counted)
    return out


@njit(cache=True, nogil=True)
def centrality(p: Packed, active: Bools, shingles: int) -> I64:
    """How much of each active text the others hold: shingles in common, summed over complaints, over its own size.

    In millionths of a text. It tells the texts of a very large family apart without looking at all their pairs.
    """
    holders = np.zeros(shingles, np.int64)
    for x in range(p.sizes.shape[0]):
        if active[x]:
            for k in range(p.begin[x], p.begin[x] + p.held[x]):
                holders[p.ranks[k]] += p.copies[x]
    out = np.zeros(p.sizes.shape[0], np.int64)
    for x in range(p.sizes.shape[0]):
        if active[x]:
            total = np.int64(0)
            for k in range(p.begin[x], p.begin[x] + p.held[x]):
                total += holders[p.ranks[k]] - 1
            out[x] = total * MILLION // p.sizes[x]
    return out
