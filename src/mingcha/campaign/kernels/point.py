"""Which texts the shingles of a text point to: every shared shingle points to the first text in a fixed order that holds it.

So work grows with the number of shingles, not of pairs. What is rare counts for more; nothing is decided by a pointer, it
only says which likenesses are worth computing.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import ALONE, Numbered, Passages
from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.sharing import FULL, RARE, bucket_of
from mingcha.campaign.kernels.shingles import U8
from mingcha.text.kernels import _mix

VOTE, DAMP = 1 << 12, 16  # a shingle held by n texts weighs VOTE / (DAMP + n)


class Pointers(NamedTuple):
    """Text `i` points to texts[begin[i]:begin[i] + counts[i]], each with so many of its shingles and their weight."""

    begin: I64
    counts: I32
    texts: I32
    hits: I32
    weights: I32


@njit(cache=True, nogil=True)
def centrality(p: Passages, known: tuple[I32, U8, I64, I64], out: tuple[I64, U64], span: tuple[int, int]) -> None:
    """How widely held each text's shingles are: thousandths of a bit of how often they stand; and one value for those counts in order and where sentences begin.

    `known` is what `number_shared` wrote, and the number the frequent and the other shingles of each bucket begin with: here
    those of all parts get one row of numbers, the frequent ones first.
    """
    numbers, often, frequent, rare = known
    central, pattern = out
    for text in range(span[0], span[1]):
        total = 0
        state = np.uint64(0)
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            count = often[i]
            if numbers[i] >= 0:
                numbers[i] += frequent[bucket_of(p.hashes[i], frequent.shape[0])]
            elif numbers[i] != ALONE:
                numbers[i] = rare[bucket_of(p.hashes[i], rare.shape[0])] + RARE - numbers[i]
            state = _mix(state, np.uint64(count))
            while count:
                total += 1
                count >>= 1
        for at in range(p.first_break[text], p.first_break[text] + p.counts[text]):
            state = _mix(state, np.uint64(p.breaks[at]))
        central[text] = total * 1000 // max(1, p.sizes[text])
        pattern[text] = state


@njit(cache=True, nogil=True)
def elect(p: Numbered, order: I64, heads: I32) -> None:
    """Write for each shared shingle that has no head the first text in `order` that holds it."""
    for text in order:
        for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
            number = p.numbers[i]
            if number != ALONE and heads[number] < 0:
                heads[number] = text


@njit(cache=True, nogil=True)
def fill_in(heads: I32, others: I32) -> None:
    """Give each shingle that has no head the one it has among others."""
    for number in range(heads.shape[0]):
        if heads[number] < 0:
            heads[number] = others[number]


@njit(cache=True, nogil=True)
def point(p: Numbered, often: U8, order: I64, heads: I32, room: I32) -> tuple[I32, I32, I32, I32]:
    """Where texts point: (how many texts each, then those texts, hits and weights one after another).

    These stand in `room`, shape (3, at least as many as the texts have shingles). All heads of a text are fetched before any
    is looked at: what is not in the cache comes side by side.
    """
    worth = (VOTE // (DAMP + np.arange(FULL + 1))).astype(np.int32)
    fetched = np.empty(p.sizes.max() if p.sizes.shape[0] else 0, np.int32)
    at_text = np.full(p.sizes.shape[0], -1, np.int32)  # where a pointed text stands among this text's
    counts = np.zeros(order.shape[0], np.int32)
    texts, hits, weights = room[0], room[1], room[2]
    total = 0
    for k in range(order.shape[0]):
        text = order[k]
        first = total
        size = p.sizes[text]
        begin = p.begin[text]
        for i in range(size):
            fetched[i] = heads[p.numbers[begin + i]] if p.numbers[begin + i] != ALONE else ALONE
        i = 0
        while i < size:  # mostly several in a row have one head
            head = fetched[i]
            hit, weight = 0, 0
            while i < size and fetched[i] == head:
                hit += 1
                weight += worth[often[begin + i]]
                i += 1
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
            hits[at] += hit
            weights[at] += weight
        for at in range(first, total):
            at_text[texts[at]] = -1
        counts[k] = total - first
    return counts, texts[:total], hits[:total], weights[:total]
