"""Texts to families: each is compared with the representatives most of its shingles point to, and joins the largest it is alike to.

`open_families` goes through texts in order, and one that joins none opens a family of its own. `ask` lets many texts choose
side by side among the families there are.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mingcha.campaign.kernels.likeness import (
    FIRM,
    MILLION,
    Numbered,
    Probe,
    Rule,
    alike,
    new_probe,
    ready,
    shared_by,
    shared_of,
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


class Work(NamedTuple):
    """What one thread needs to ask for one text after another."""

    probe: Probe
    at: I32  # for each family where it stands among those a text's shingles point to, or -1
    families: I32  # these families,
    hits: I32  # how many shingles point to each
    weights: I64  # and their weight
    totals: I64  # COMPARED and PASSED_OVER so far


@njit(cache=True, nogil=True)
def new_work(longest: int, texts: int) -> Work:
    """Room to ask for texts of up to `longest` shingles among so many texts."""
    families, hits = np.empty(longest, np.int32), np.empty(longest, np.int32)  # rows of one array would be strided
    at = np.full(texts, -1, np.int32)
    return Work(new_probe(longest), at, families, hits, np.empty(longest, np.int64), np.zeros(2, np.int64))


@njit(cache=True, nogil=True)
def open_families(p: Numbered, rule: Rule, order: I64, pointers: Pointers, work: Work, found: Found) -> None:
    """Let each text in `order` join a family of those before it or open one; a family's `joined` grows at once."""
    for text in order:
        if p.sizes[text] < rule.shortest:
            found.star[text] = NOT_COMPARED
            continue
        found.star[text] = text
        found.similarity[text] = MILLION
        found.covered[text] = p.sizes[text] + SIZE - 1
        found.firm[text] = 0
        some = _vote(pointers, text, found.star, work)
        if some:
            _join_best(p, rule, (text, some), work, found)
            found.joined[found.star[text]] += found.star[text] != text


@njit(cache=True, nogil=True)
def ask(p: Numbered, rule: Rule, order: I64, known: tuple[Pointers, I32], work: Work, found: Found) -> None:
    """Let each text in `order` join one of the families `known` by the star of the texts pointed to; else it is NOT_COMPARED.

    Of `found` only what is known of these texts is changed.
    """
    pointers, star = known
    for text in order:
        found.star[text] = NOT_COMPARED
        some = _vote(pointers, text, star, work) if p.sizes[text] >= rule.shortest else 0
        if some:
            _join_best(p, rule, (text, some), work, found)


@njit(cache=True, nogil=True)
def _vote(pointers: Pointers, text: int, star: I32, work: Work) -> int:
    """Add up what a text's shingles say of the families of the texts they point to; returns how many families that is."""
    some = 0
    for at in range(pointers.begin[text], pointers.begin[text] + pointers.counts[text]):
        family = star[pointers.texts[at]]
        if family < 0 or family == text:
            continue
        k = work.at[family]
        if k < 0:
            k = some
            work.at[family] = k
            work.families[k], work.hits[k], work.weights[k] = family, 0, 0
            some += 1
        work.hits[k] += pointers.hits[at]
        work.weights[k] += pointers.weights[at]
    for family in work.families[:some]:
        work.at[family] = -1
    return some


@njit(cache=True, nogil=True)
def _next_best(p: Numbered, rule: Rule, asked: tuple[int, int], work: Work) -> int:
    """The family with most votes that was not compared yet, or -1; one the text is too short to follow is left out."""
    text, some = asked
    chosen = -1
    for k in range(some):
        if work.hits[k] < rule.hits or (chosen >= 0 and work.weights[k] <= work.weights[chosen]):
            continue
        if np.int64(p.sizes[work.families[k]]) * rule.of_head <= np.int64(p.sizes[text] + SIZE) * MILLION:
            chosen = k
    if chosen < 0:
        return -1
    work.hits[chosen] = -1
    return int(work.families[chosen])


@njit(cache=True, nogil=True)
def _join_best(p: Numbered, rule: Rule, asked: tuple[int, int], work: Work, found: Found) -> None:
    """Compare a text with the families it has most votes for; it joins the largest it is alike to."""
    text = asked[0]
    size = p.sizes[text]
    best = np.int64(0)
    turn = 0
    while True:
        chosen = _next_best(p, rule, asked, work)
        if chosen >= 0 and turn == rule.compared:
            work.totals[PASSED_OVER] += 1
        if chosen < 0 or turn == rule.compared:
            break
        if turn == 0:
            ready(work.probe, p.numbers[p.begin[text] : p.begin[text] + size])
        turn += 1
        if _worth(FIRM, found.joined[chosen], MILLION) <= best:
            continue  # whatever a comparison would say
        work.totals[COMPARED] += 1
        how, likeness, followed = _compare(p, rule, (text, chosen), work.probe, work.totals[COMPARED])
        worth = _worth(how, found.joined[chosen], likeness)
        if how and worth > best:
            best = worth
            found.star[text] = chosen
            found.similarity[text] = likeness
            found.covered[text] = followed
            found.firm[text] = how


@njit(cache=True, nogil=True, inline="always")
def _worth(how: int, joined: int, likeness: int) -> np.int64:
    """What a text would rather join: what it is firmly alike to, then the larger family, then the more alike."""
    return np.int64(min(how, FIRM)) << 52 | np.int64(joined) << 20 | np.int64(likeness)


@njit(cache=True, nogil=True)
def _compare(p: Numbered, rule: Rule, both: tuple[int, int], probe: Probe, serial: int) -> tuple[int, int, int]:
    """How sure it is that the probe's text and a representative are one letter, how alike they are, units followed of the latter."""
    text, head = both
    size = p.sizes[text]
    theirs = p.numbers[p.begin[head] : p.begin[head] + p.sizes[head]]
    shared = shared_by(probe, theirs)
    units, head_units = size + SIZE - 1, theirs.shape[0] + SIZE - 1
    head_breaks = p.breaks[p.first_break[head] : p.first_break[head] + p.counts[head]]
    of_head = shared_units(shared, head_units, head_breaks)
    if of_head[0] * MILLION < rule.of_head * head_units:
        return 0, 0, 0
    breaks = p.breaks[p.first_break[text] : p.first_break[text] + p.counts[text]]
    mine = shared_units(shared_of(probe, size, shared, serial), units, breaks)
    likeness = (mine[0] + of_head[0]) * MILLION // (units + head_units)
    return alike(rule, (units, *mine), (head_units, *of_head)), likeness, of_head[0]
