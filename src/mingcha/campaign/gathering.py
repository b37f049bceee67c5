"""A corpus to families that hold, at any size: stars of letters that share passages with their representative.

The same families come out whatever the order of rows or the number of threads: texts stand in an order of their own (most
widely held first, ties by size and content), and a family is named by its smallest member digest. What was not compared is
counted: texts too short, families that had votes beyond the number compared, members that left for want of enough in
common with another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.kernels.copies import sums
from mingcha.campaign.kernels.gather import NOT_COMPARED, centrality, elect, gather, keep_common
from mingcha.campaign.kernels.likeness import FIRM, MILLION, SURE, Passages, Rule
from mingcha.campaign.kernels.prefix import count_slots
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.kernels.shingles import U8
from mingcha.campaign.letters import Breaks, Corpus
from mingcha.campaign.sketches import digest_of

RULE_SCHEME = "passages@2026-11-25"
RULE = Rule(
    beyond=150_000,
    beyond_best=450_000,
    beyond_units=6,
    of_head=250_000,
    whole=970_000,
    nearly=850_000,
    contained=800_000,
    sure=800_000,
    sure_units=30,
    firm=4,
    many=12,
    common=50_000,
    shortest=10,
    hits=3,
    compared=8,
)
ROUNDS = 8  # members that left try among themselves; whoever still has to leave then stands alone, and is counted
STEP = 50_000  # texts gathered between two reports of progress
MANY = 20_000  # members; in a larger star the few that would need all pairs compared leave instead


@dataclass(frozen=True, slots=True)
class Gathering:
    """Two or more rows of one letter. `rows` are ascending; `similarity` (millionths) is each row's to the representative.

    Similarity is the share of both texts' units that stand in passages they share. `common` is the least share of the
    representative's units that any two members hold between them: exact, or in families of more than MANY texts a bound.
    """

    name: str
    representative: int
    rows: I64
    similarity: I64
    texts: int
    common: int


@dataclass(frozen=True, slots=True)
class Gatherings:
    """All families by name, and what was skipped and done."""

    families: tuple[Gathering, ...]
    too_short: I64  # rows with fewer shingles than are compared
    left: I64  # rows that left a family and found no other
    compared: int  # comparisons of two texts
    passed_over: int  # texts with votes for more families than they were compared with


@dataclass(frozen=True, slots=True)
class _Star:
    members: I64  # texts, the representative first
    common: int


def gather_families(
    corpus: Corpus, breaks: Breaks, rule: Rule, threads: int, done: Callable[[int], None]
) -> Gatherings:
    """Group a corpus into families; `done` is told how many more texts are through the first round."""
    p = Passages(*corpus.letters, *breaks)
    slots = np.zeros(1 << max(10, int(p.sizes.sum()).bit_length()), np.uint8)
    parts = [(k, threads) for k in range(threads)]
    on_threads(lambda part: count_slots(p.hashes, slots, part), parts, threads)
    left, often = _order(p, slots, threads)
    heads = np.empty(max(1 << 10, len(slots) // 4), np.int32)  # shared shingles are far fewer than shingles
    texts = len(p.sizes)
    found = _Found(
        np.full(texts, NOT_COMPARED, np.int32),
        np.zeros(texts, np.int64),
        np.zeros(texts, np.int32),
        np.zeros(texts, np.uint8),
        np.zeros(2, np.int64),
    )
    stars: list[_Star] = []
    for round_ in range(ROUNDS):
        heads[:] = -1
        on_threads(lambda part, of=left: elect(p, of, often, heads, part), parts, threads)  # type: ignore[misc] # reason: a default binds the loop's value
        for start in range(0, len(left), STEP):
            stop = min(start + STEP, len(left))
            gather(p, rule, (left, start, stop), (often, heads), found)
            done(stop - start if round_ == 0 else 0)
        kept, leaving = _settle(p, rule, left, found, threads)
        stars += kept
        found.star[left] = NOT_COMPARED
        left = leaving
        if len(left) == 0:
            break
    return _gatherings(corpus, p, rule, stars, found, left)


class _Found(NamedTuple):
    """What `gather` fills."""

    star: I32
    similarity: I64
    covered: I32
    firm: U8
    totals: I64


def _order(p: Passages, slots: U8, threads: int) -> tuple[I64, U8]:
    """Texts from the most widely held; ties by size, then by content, never by row. And how often each shingle's slot was hit."""
    often = np.empty(len(p.hashes), np.uint8)
    central = np.zeros(len(p.sizes), np.int64)
    content = np.empty((len(p.sizes), 2), np.uint64)
    cuts = spans(len(p.sizes), 4 * threads)
    on_threads(lambda span: centrality(p, slots, (often, central), span), cuts, threads)
    on_threads(lambda span: sums(p.begin, p.sizes, p.hashes, content, span), cuts, threads)
    return np.lexsort((content[:, 1], content[:, 0], -p.sizes, -central)), often


def _settle(p: Passages, rule: Rule, order: I64, found: _Found, threads: int) -> tuple[list[_Star], I64]:
    """The stars of one round with the members that may stay, and the texts that leave, in order."""
    star = found.star[order].astype(np.int64)
    counted = np.bincount(star[star >= 0], minlength=len(p.sizes))
    inside = order[(star >= 0) & (counted[np.maximum(star, 0)] > 1)]
    heads = found.star[inside]
    place = np.lexsort((-found.covered[inside], inside != heads, heads))
    inside, heads = inside[place], heads[place]
    groups = np.split(inside, np.flatnonzero(np.diff(heads)) + 1) if len(inside) else []
    settled = on_threads(lambda one: _settle_star(p, rule, one, found.firm), groups, threads)
    leaves = np.zeros(len(p.sizes), np.bool_)
    for _, leaving in settled:
        leaves[leaving] = True
    return [star for star, _ in settled if len(star.members) > 1], order[leaves[order]]


def _settle_star(p: Passages, rule: Rule, members: I64, firm: U8) -> tuple[_Star, I64]:
    """What is left of a star when all that remain lean on enough and hold enough in common, and who left for the second reason."""
    leaving = [np.empty(0, np.int64)]
    members = _held_firmly(members, firm, rule)
    while len(members) > 1:
        stays, common = keep_common(p, rule.common, members, len(members) > MANY)
        leaving.append(members[stays == 0])
        stayed = members[stays == 1]
        members = _held_firmly(stayed, firm, rule)
        if len(members) == len(stayed):
            return _Star(members, int(common)), np.concatenate(leaving)
    return _Star(members, MILLION), np.concatenate(leaving)


def _held_firmly(members: I64, firm: U8, rule: Rule) -> I64:
    """The members of a star that have enough to lean on: the weak need many others or some firm ones, two texts must be sure."""
    how = firm[members]
    if len(members) < rule.many and np.count_nonzero(how >= FIRM) < rule.firm:
        members = members[(how >= FIRM) | (how == 0)]
    if len(members) == 2 and firm[members[1]] < SURE:
        return members[:1]
    return members


def _gatherings(corpus: Corpus, p: Passages, rule: Rule, stars: list[_Star], found: _Found, left: I64) -> Gatherings:
    """Stars and copies to families of rows."""
    grouped = np.zeros(len(p.sizes), np.bool_)
    for star in stars:
        grouped[star.members] = True
    long = p.sizes >= rule.shortest
    copied = np.flatnonzero(~grouped & long & (corpus.copies > 1))
    found.similarity[copied] = MILLION
    stars = [*stars, *(_Star(np.array([text]), MILLION) for text in copied)]
    families = sorted((_gathering(corpus, p, star, found.similarity) for star in stars), key=lambda one: one.name)
    lone = left[corpus.copies[left] == 1]
    return Gatherings(
        tuple(families), _rows_of(corpus, np.flatnonzero(~long)), _rows_of(corpus, lone), *map(int, found.totals)
    )


def _gathering(corpus: Corpus, p: Passages, star: _Star, similarity: I64) -> Gathering:
    texts = [p.hashes[p.begin[text] : p.begin[text] + p.sizes[text]] for text in star.members]
    rows = [corpus.rows[corpus.held[text] : corpus.held[text + 1]] for text in star.members]
    alike = np.repeat(similarity[star.members], [len(one) for one in rows])
    joined = np.concatenate(rows)
    order = np.argsort(joined)
    name = min(digest_of(text.astype("<u8", copy=False).tobytes()) for text in texts)
    return Gathering(name, int(rows[0][0]), joined[order], alike[order], len(texts), star.common)


def _rows_of(corpus: Corpus, texts: I64) -> I64:
    """All rows that hold these texts, ascending."""
    rows = [corpus.rows[corpus.held[text] : corpus.held[text + 1]] for text in texts]
    return np.sort(np.concatenate([*rows, np.empty(0, np.int64)]))
