"""Texts to families: each is compared with the representatives most of its shingles point to, and joins the largest it is alike to.

`open_families` goes through the texts in order and lets a text that joins none open a family of its own, so that a
representative always comes before whoever joins it. `refine` asks once more with better representatives, side by side.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import (
    FIRM,
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
from mingcha.campaign.kernels.point import Pointers
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.kernels.shingles import SIZE, U8

NOT_COMPARED = -1
COMPARED, PASSED_OVER = 0, 1


class Found(NamedTuple):
    """What is known of each text. `star` is its representative, itself for one that opened a family, or NOT_COMPARED."""

    star: I32
    similarity: I64  # to the representative, millionths
    covered: I32  # the representative's units it follows
    firm: U8  # how sure its likeness is, 0 for a representative
    joined: I32  # for a representative how many texts are with it


class Votes(NamedTuple):
    """What one text's shingles say: for each family the hits and their weight, and which families have any."""

    hits: I32
    weights: I64
    families: I32


@njit(cache=True, nogil=True)
def _new_work(p: Passages, pointers: Pointers) -> tuple[Probe, Votes]:
    longest = 0
    for size in p.sizes:
        longest = max(longest, size)
    most = 0
    for count in pointers.counts:
        most = max(most, count)
    texts = p.sizes.shape[0]
    return new_probe(longest), Votes(np.zeros(texts, np.int32), np.zeros(texts, np.int64), np.empty(most, np.int32))


@njit(cache=True, nogil=True)
def open_families(p: Passages, rule: Rule, order: I64, pointers: Pointers, found: Found) -> tuple[int, int]:
    """Find the family of each text in `order`; returns (comparisons, texts with votes for more families than compared)."""
    probe, votes = _new_work(p, pointers)
    totals = np.zeros(2, np.int64)
    for text in order:
        if p.sizes[text] < rule.shortest:
            found.star[text] = NOT_COMPARED
            continue
        found.star[text] = text
        found.similarity[text] = MILLION
        found.covered[text] = p.sizes[text] + SIZE - 1
        found.firm[text] = 0
        some = _vote(pointers, text, found.star, votes)
        if some:
            _join_best(p, rule, (text, some), (probe, votes, totals), found)
            found.joined[found.star[text]] += found.star[text] != text
    return totals[COMPARED], totals[PASSED_OVER]


@njit(cache=True, nogil=True)
def refine(p: Passages, rule: Rule, order: I64, known: tuple[Pointers, I32], found: Found) -> tuple[int, int]:
    """Ask for each text in `order` again, where texts point to the stars `known` to hold what they point to; nobody opens a family.

    A representative stays one, whoever joins none is NOT_COMPARED; of `found` only what is known of these texts is changed.
    """
    pointers, star = known
    probe, votes = _new_work(p, pointers)
    totals = np.zeros(2, np.int64)
    for text in order:
        if p.sizes[text] < rule.shortest:
            continue
        some = _vote(pointers, text, star, votes)
        if some:
            _join_best(p, rule, (text, some), (probe, votes, totals), found)
    return totals[COMPARED], totals[PASSED_OVER]


@njit(cache=True, nogil=True)
def _vote(pointers: Pointers, text: int, star: I32, votes: Votes) -> int:
    """Add up what a text's shingles say of the families of the texts they point to; returns how many families that is."""
    some = 0
    for at in range(pointers.begin[text], pointers.begin[text] + pointers.counts[text]):
        family = star[pointers.texts[at]]
        if family < 0 or family == text:
            continue
        if votes.hits[family] == 0:
            votes.families[some] = family
            some += 1
        votes.hits[family] += pointers.hits[at]
        votes.weights[family] += pointers.weights[at]
    return some


@njit(cache=True, nogil=True)
def _next_best(p: Passages, rule: Rule, asked: tuple[int, int], votes: Votes) -> int:
    """The family with most votes that was not compared yet, or -1; one the text is too short to follow is left out."""
    text, some = asked
    chosen = -1
    for k in range(some):
        family = votes.families[k]
        fits = np.int64(p.sizes[family]) * rule.of_head <= np.int64(p.sizes[text] + SIZE) * MILLION
        better = chosen < 0 or votes.weights[family] > votes.weights[chosen]
        if better and fits and votes.hits[family] >= rule.hits:
            chosen = family
    if chosen >= 0:
        votes.hits[chosen] = -1
    return chosen


@njit(cache=True, nogil=True)
def _join_best(p: Passages, rule: Rule, asked: tuple[int, int], work: tuple[Probe, Votes, I64], found: Found) -> None:
    """Compare a text with the families it has most votes for; it joins the largest it is alike to. Clears the votes."""
    probe, votes, totals = work
    text, some = asked
    size = p.sizes[text]
    best = np.int64(0)
    turn = 0
    while True:
        chosen = _next_best(p, rule, asked, votes)
        if chosen >= 0 and turn == rule.compared:
            totals[PASSED_OVER] += 1
        if chosen < 0 or turn == rule.compared:
            break
        if turn == 0:
            ready(probe, p.hashes[p.begin[text] : p.begin[text] + size], text)
        turn += 1
        totals[COMPARED] += 1
        how, likeness, followed = _compare(p, rule, (text, chosen), probe, totals[COMPARED])
        worth = np.int64(min(how, FIRM)) << 52 | np.int64(found.joined[chosen]) << 20 | likeness
        if how and worth > best:
            best = worth
            found.star[text] = chosen
            found.similarity[text] = likeness
            found.covered[text] = followed
            found.firm[text] = how
    for k in range(some):
        votes.hits[votes.families[k]] = 0
        votes.weights[votes.families[k]] = 0


@njit(cache=True, nogil=True)
def _compare(p: Passages, rule: Rule, both: tuple[int, int], probe: Probe, serial: int) -> tuple[int, int, int]:
    """How sure it is that the probe's text and a representative are one letter, how alike they are, units followed of the latter."""
    text, head = both
    size = p.sizes[text]
    theirs = p.hashes[p.begin[head] : p.begin[head] + p.sizes[head]]
    mark_theirs(probe, text, theirs, serial)
    head_breaks = p.breaks[p.first_break[head] : p.first_break[head] + p.counts[head]]
    of_head = shared_units(probe.theirs[: theirs.shape[0]], head_breaks)
    units = size + SIZE - 1
    head_units = theirs.shape[0] + SIZE - 1
    if of_head[0] * MILLION < rule.of_head * head_units:
        return 0, 0, 0
    mark_mine(probe, size, serial)
    mine = shared_units(probe.mine[:size], p.breaks[p.first_break[text] : p.first_break[text] + p.counts[text]])
    likeness = (mine[0] + of_head[0]) * MILLION // (units + head_units)
    return alike(rule, (units, *mine), (head_units, *of_head)), likeness, of_head[0]
