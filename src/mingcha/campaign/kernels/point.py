"""Which texts the shingles of a text point to: every shared shingle points to the first text in a fixed order that holds it.

So work grows with the number of shingles, not of pairs. What is rare counts for more; nothing is decided by a pointer, it
only says which likenesses are worth computing.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import Passages
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.kernels.shingles import U8

VOTE, DAMP = 1 << 12, 16  # a shingle held by n texts weighs VOTE / (DAMP + n)


class Pointers(NamedTuple):
    """Text `i` points to texts[begin[i]:begin[i] + counts[i]], each with so many of its shingles and their weight."""

    begin: I64
    counts: I32
    texts: I32
    hits: I32
    weights: I32


@njit(cache=True, nogil=True)
def centrality(p: Passages, slots: U8, out: tuple[U8, I64], span: tuple[int, int]) -> None:
    """How often each shingle's slot was hit, and how widely held a text's shingles are: thousandths of a bit of those counts."""
    often, central = out
    mask = np.uint64(slots.shape[0] - 1)
    for text in range(span[0], span[1]):
        total = 0
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            count = slots[p.hashes[i] & mask]
            often[i] = count
            while count:
                total += 1
                count >>= 1
        central[text] = total * 1000 // max(1, p.sizes[text])


@njit(cache=True, nogil=True)
def elect(p: Passages, order: I64, often: U8, heads: I32, part: tuple[int, int]) -> None:
    """For part k of n of the slots: the first text in `order` that holds a shared shingle of the slot."""
    mask = np.uint64(heads.shape[0] - 1)
    low = np.uint64(heads.shape[0] * part[0] // part[1])
    high = np.uint64(heads.shape[0] * (part[0] + 1) // part[1])
    for text in order:
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            slot = p.hashes[i] & mask
            if low <= slot < high and often[i] > 1 and heads[slot] < 0:
                heads[slot] = text


@njit(cache=True, nogil=True)
def point(p: Passages, order: I64, often: U8, heads: I32, span: tuple[int, int]) -> tuple[I32, I32, I32, I32]:
    """Where order[from:to] points: (how many texts each, then those texts, hits and weights one after another)."""
    mask = np.uint64(heads.shape[0] - 1)
    at_text = np.full(p.sizes.shape[0], -1, np.int32)  # where a pointed text stands among this text's
    counts = np.zeros(span[1] - span[0], np.int32)
    texts, hits, weights = np.empty((3, 1024), np.int32)
    total = 0
    for k in range(span[0], span[1]):
        text = order[k]
        first = total
        size = p.sizes[text]
        while total + size > texts.shape[0]:
            texts = np.append(texts, np.empty_like(texts))
            hits = np.append(hits, np.empty_like(hits))
            weights = np.append(weights, np.empty_like(weights))
        for i in range(p.begin[text], p.begin[text] + size):
            head = heads[p.hashes[i] & mask] if often[i] > 1 else text
            if head == text or head < 0:
                continue
            at = at_text[head]
            if at < 0:
                at = total
                at_text[head] = at
                texts[at] = head
                hits[at] = 0
                weights[at] = 0
                total += 1
            hits[at] += 1
            weights[at] += VOTE // (DAMP + np.int32(often[i]))
        for at in range(first, total):
            at_text[texts[at]] = -1
        counts[k - span[0]] = total - first
    return counts, texts[:total].copy(), hits[:total].copy(), weights[:total].copy()
