"""Families in one pass: texts in a fixed order, each compared with the few representatives most of its shingles point to.

Every shingle points to the most central text that holds it; a text asks its shingles for the families of those texts. So
work grows with the number of shingles, not of pairs, and a representative always comes before whoever joins it. What is
rare counts for more when families are ranked; nothing is decided by rank, every likeness is computed.
"""

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import (
    MILLION,
    Passages,
    Probe,
    Rule,
    alike,
    mark_mine,
    mark_theirs,
    new_probe,
    ready,
    shared_units,
)
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.kernels.shingles import SIZE, U8

ALONE, NOT_COMPARED = -1, -2
VOTE, DAMP = 1 << 20, 16  # a shingle held by n texts votes with VOTE / (DAMP + n)


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
        central[text] = total * 1000 // p.sizes[text]


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
def gather(
    p: Passages, rule: Rule, asked: tuple[I64, int, int], index: tuple[U8, I32], out: tuple[I32, I64, I32, U8, I64]
) -> None:
    """Find the family of each text of order[from:to]; asked is (order, from, to), index is (often, heads).

    out is (representative of each text, itself for one that opened a family, or NOT_COMPARED; its similarity in
    millionths; the representative's units it shares; how firm that is, 0 for a representative; totals of [comparisons, families that voted but were not compared]).
    """
    order, first, last = asked
    longest = 0
    for size in p.sizes:
        longest = max(longest, size)
    probe = new_probe(longest)
    texts = p.sizes.shape[0]
    votes = (np.zeros(texts, np.int32), np.zeros(texts, np.int64), np.empty(longest + 1, np.int32))
    star, similarity, covered, firm, _ = out
    for at in range(first, last):
        text = order[at]
        if p.sizes[text] < rule.shortest:
            star[text] = NOT_COMPARED
            continue
        star[text] = text
        similarity[text] = MILLION
        covered[text] = p.sizes[text] + SIZE - 1
        firm[text] = 0
        families = _vote(p, text, index, star, votes)
        if families:
            _join_best(p, rule, text, families, (probe, votes, out))
            for k in range(families):
                votes[0][votes[2][k]] = 0
                votes[1][votes[2][k]] = 0


@njit(cache=True, nogil=True)
def _vote(p: Passages, text: int, index: tuple[U8, I32], star: I32, votes: tuple[I32, I64, I32]) -> int:
    """Let each shingle vote for the family of the text it points to; returns how many families got votes."""
    often, heads = index
    hits, weights, families = votes
    mask = np.uint64(heads.shape[0] - 1)
    count = 0
    for i in range(p.begin[text], p.begin[text] + p.sizes[text]):
        if often[i] < 2:
            continue
        head = heads[p.hashes[i] & mask]
        if head == text or star[head] < 0:
            continue
        family = star[head]
        if hits[family] == 0:
            families[count] = family
            count += 1
        hits[family] += 1
        weights[family] += VOTE // (DAMP + np.int64(often[i]))
    return count


@njit(cache=True, nogil=True)
def _join_best(
    p: Passages,
    rule: Rule,
    text: int,
    families: int,
    work: tuple[Probe, tuple[I32, I64, I32], tuple[I32, I64, I32, U8, I64]],
) -> None:
    """Compare a text with the families it has most votes for, and let it join the most similar of those it is alike to."""
    probe, (hits, weights, voted), (star, similarity, covered, firm, totals) = work
    size = p.sizes[text]
    breaks = p.breaks[p.first_break[text] : p.first_break[text] + p.counts[text]]
    best = np.int64(0)
    for turn in range(families):
        chosen = -1
        for k in range(families):
            family = voted[k]
            fits = np.int64(p.sizes[family]) * rule.of_head <= np.int64(size + SIZE) * MILLION
            if hits[family] >= rule.hits and fits and (chosen < 0 or weights[family] > weights[chosen]):
                chosen = family
        if chosen < 0:
            return
        hits[chosen] = -1
        if turn == rule.compared:
            totals[1] += 1
            return
        if turn == 0:
            ready(probe, p.hashes[p.begin[text] : p.begin[text] + size], text)
        theirs = p.hashes[p.begin[chosen] : p.begin[chosen] + p.sizes[chosen]]
        serial = totals[0]
        totals[0] += 1
        mark_theirs(probe, text, theirs, serial)
        head_breaks = p.breaks[p.first_break[chosen] : p.first_break[chosen] + p.counts[chosen]]
        head = shared_units(probe.theirs[: theirs.shape[0]], head_breaks)
        units = size + SIZE - 1
        head_units = theirs.shape[0] + SIZE - 1
        if head[0] * MILLION < rule.of_head * head_units:
            continue
        mark_mine(probe, size, serial)
        mine = shared_units(probe.mine[:size], breaks)
        likeness = (mine[0] + head[0]) * MILLION // (units + head_units)
        how = alike(rule, (units, *mine), (head_units, *head))
        if how and how * MILLION + likeness > best:
            best = how * MILLION + likeness
            star[text] = chosen
            similarity[text] = likeness
            covered[text] = head[0]
            firm[text] = how


@njit(cache=True, nogil=True)
def keep_common(p: Passages, common: int, members: I64, quick: bool) -> tuple[I32, int]:
    """Which members stay (1) so that any two hold `common` millionths of the representative's units between them.

    `members` start with the representative, then those that share most of it. Units held are compared as bits; two that
    together hold more than the representative has are not compared at all. With `quick` only such pairs stay: a member
    that would need its bits compared leaves. Also returns the least share of any two that stayed, exact, or for `quick`
    a share it cannot be below.
    """
    head = members[0]
    head_hashes = p.hashes[p.begin[head] : p.begin[head] + p.sizes[head]]
    units = head_hashes.shape[0] + SIZE - 1
    longest = 0
    for text in members:
        longest = max(longest, p.sizes[text])
    probe = new_probe(longest)
    bits = np.zeros((1 if quick else members.shape[0], (units + 63) // 64), np.uint64)
    held = np.zeros(members.shape[0], np.int64)
    stays = np.zeros(members.shape[0], np.int32)
    needed = (common * units + MILLION - 1) // MILLION
    least = units
    for m in range(members.shape[0]):
        text = members[m]
        values = p.hashes[p.begin[text] : p.begin[text] + p.sizes[text]]
        ready(probe, values, text)
        mark_theirs(probe, text, head_hashes, m)
        row = 0 if quick else m
        bits[row] = 0
        held[m] = _mark_units(probe.theirs[: head_hashes.shape[0]], bits[row])
        lowest = held[m]
        for other in range(m - 1, -1, -1):
            if held[other] + held[m] - units >= min(lowest, least):
                break
            if not stays[other]:
                continue
            both = held[other] + held[m] - units
            if not quick:
                both = _common_bits(bits[other], bits[m])
            lowest = min(lowest, both)
            if lowest < needed:
                break
        stays[m] = lowest >= needed
        if stays[m]:
            least = min(least, lowest)
    return stays, least * MILLION // units


@njit(cache=True, nogil=True)
def _mark_units(
    flags: "np.ndarray[tuple[int], np.dtype[np.bool_]]", bits: "np.ndarray[tuple[int], np.dtype[np.uint64]]"
) -> int:
    """Set the bit of every unit that stands in a flagged shingle; returns how many."""
    count = 0
    until = 0
    for i in range(flags.shape[0]):
        if flags[i]:
            for unit in range(max(i, until), i + SIZE):
                bits[unit >> 6] |= np.uint64(1) << np.uint64(unit & 63)
                count += 1
            until = i + SIZE
    return count


@njit(cache=True, nogil=True)
def _common_bits(
    a: "np.ndarray[tuple[int], np.dtype[np.uint64]]", b: "np.ndarray[tuple[int], np.dtype[np.uint64]]"
) -> int:
    count = 0
    for i in range(a.shape[0]):
        word = a[i] & b[i]
        while word:
            word &= word - np.uint64(1)
            count += 1
    return count
