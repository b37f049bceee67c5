"""A corpus to families that hold, at any size: stars of letters that share passages with their representative.

The same families come out whatever the order of rows, the number of threads or the key of the hashes: texts stand in an
order of their own (most widely held first, ties by size and by how widely held each part is), and a family is named by its
smallest member digest. What was not compared is counted: texts too short, families that had votes beyond the number
compared, members that left for want of enough in common with another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.boilerplate import MOSTLY, NOTHING, Common, among, both, hollow, learn, without
from mingcha.campaign.finding import PASSES, Finder, silent, star_members
from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.kernels.common import keep_common
from mingcha.campaign.kernels.gather import COMPARED, NOT_COMPARED, PASSED_OVER, Found
from mingcha.campaign.kernels.likeness import FIRM, MILLION, SURE, Numbered, Passages, Rule
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.kernels.shingles import U8
from mingcha.campaign.letters import Breaks, Corpus
from mingcha.campaign.sketches import digest_of

__all__ = ["PASSES", "RULE", "RULE_SCHEME", "Gathering", "Gatherings", "gather_families"]
RULE_SCHEME = "passages@2026-11-27"
RULE = Rule(
    beyond=150_000,
    beyond_best=500_000,
    beyond_units=6,
    of_head=250_000,
    whole=970_000,
    even=750_000,
    gap=10,
    nearly=850_000,
    contained=800_000,
    sure=900_000,
    sure_units=40,
    firm=4,
    many=12,
    common=50_000,
    shortest=10,
    hits=2,
    compared=12,
)
ROUNDS = 8  # members that left try among themselves; whoever still has to leave then stands alone, and is counted
HANDFULS = 64  # parts a thread settles stars in
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
    too_short: I64  # rows with fewer shingles than are compared, common ones not counted
    left: I64  # rows that left a family and found no other
    compared: int  # comparisons of two texts
    passed_over: int  # texts with votes for more families than they were compared with
    common: Common  # shingles that counted as nobody's own
    with_common: I64  # rows that were compared without them, or not at all as they have little else


@dataclass(frozen=True, slots=True)
class _Star:
    members: I64  # texts, the representative first
    alike: I64  # of each, to the representative
    common: int


@dataclass(frozen=True, slots=True)
class _Settled:
    """Texts through all rounds: their stars, and those that left a star and found no other."""

    stars: list[_Star]
    left: I64
    finder: Finder

    @property
    def group(self) -> I32:
        """A number for each text: one for those of a star, one of its own for any other. Shape (texts,)."""
        group = np.arange(len(self.finder.order), dtype=np.int32)
        for star in self.stars:
            group[star.members] = star.members[0]
        return group


def gather_families(
    corpus: Corpus,
    breaks: Breaks,
    rule: Rule,
    threads: int,
    done: Callable[[int], None],
    ignored: Common = NOTHING,
) -> Gatherings:
    """Group a corpus into families; `done` is told how many more texts are through one of the PASSES of the first round.

    What is `ignored` counts as nobody's own from the beginning. What is common by the families found is learnt, and families that are
    held together by it are gathered again without it.
    """
    p = Passages(*corpus.letters, *breaks)
    every = np.arange(len(p.sizes))
    given = among(p, every, ignored, threads)
    if given.any():
        p = without(p, every, ignored, given)
    first = _settled(p, rule, threads, done)
    known = first.finder.often, first.group
    common = learn(p, first.finder.numbered.numbers, first.finder.frequent, first.group, threads)
    hollowed = hollow(p, [star.members for star in first.stars], known, common, threads)
    members = np.sort(
        np.concatenate([np.empty(0, np.int64), *(s.members for s, h in zip(first.stars, hollowed, strict=True) if h)])
    )
    counted = among(p, members, common, threads)
    keeps = MOSTLY * counted <= p.sizes[members]
    own = members[keeps]
    second = _settled(without(p, own, common, counted[keeps]), rule, threads, silent)
    stars = [star for star, is_hollow in zip(first.stars, hollowed, strict=True) if not is_hollow]
    stars += [_Star(own[star.members], star.alike, star.common) for star in second.stars]
    long = p.sizes >= rule.shortest
    left = np.concatenate([first.left, own[second.left]])
    return Gatherings(
        _families(corpus, stars, long),
        _rows_of(corpus, np.flatnonzero(~long)),
        _rows_of(corpus, left[corpus.copies[left] == 1]),
        first.finder.total(COMPARED) + second.finder.total(COMPARED),
        first.finder.total(PASSED_OVER) + second.finder.total(PASSED_OVER),
        both(ignored, common),
        _rows_of(corpus, np.union1d(np.flatnonzero(given), members)),
    )


def _settled(p: Passages, rule: Rule, threads: int, done: Callable[[int], None]) -> _Settled:
    """Let all texts find their families, and those that leave one try again among themselves."""
    finder = Finder(p, rule, threads)
    stars: list[_Star] = []
    left = finder.order
    for round_ in range(ROUNDS):
        if len(left) == 0:
            break
        leaving = finder.round(left, silent if round_ else done)
        kept, without_ = _settle(finder.numbered, rule, left, finder.found, threads)
        leaving[without_] = True
        finder.found.star[left] = NOT_COMPARED
        left = left[leaving[left]]
        stars += kept
    return _Settled(stars, left, finder)


def _settle(p: Numbered, rule: Rule, order: I64, found: Found, threads: int) -> tuple[list[_Star], I64]:
    """The stars of one round with the members that may stay, and the texts that leave."""
    members, starts = star_members(order, found.star)
    members = members[np.lexsort((-found.covered[members], members != found.star[members], found.star[members]))]
    cuts = [starts[a : b + 1] for a, b in spans(len(starts) - 1, HANDFULS * threads)]
    parts = on_threads(
        lambda cut: [_settle_star(p, rule, members[a:b], found) for a, b in pairwise(cut)], cuts, threads
    )
    settled = [one for part in parts for one in part]
    leaving = [leaving for _, leaving in settled]
    return [star for star, _ in settled if len(star.members) > 1], np.concatenate([np.empty(0, np.int64), *leaving])


def _settle_star(p: Numbered, rule: Rule, members: I64, found: Found) -> tuple[_Star, I64]:
    """What is left of a star when all that remain lean on enough and hold enough in common, and who left for the second reason."""
    leaving = [np.empty(0, np.int64)]
    members = _held_firmly(members, found.firm, rule)
    while len(members) > 1:
        stays, common = keep_common(p, rule.common, members, len(members) > MANY)
        leaving.append(members[stays == 0])
        stayed = members[stays == 1]
        members = _held_firmly(stayed, found.firm, rule)
        if len(members) == len(stayed):
            return _Star(members, found.similarity[members], int(common)), np.concatenate(leaving)
    return _Star(members, found.similarity[members], MILLION), np.concatenate(leaving)


def _held_firmly(members: I64, firm: U8, rule: Rule) -> I64:
    """The members of a star that have enough to lean on: the weak need many others or some firm ones, two texts must be sure."""
    how = firm[members]
    if len(members) < rule.many and np.count_nonzero(how >= FIRM) < rule.firm:
        members = members[(how >= FIRM) | (how == 0)]
    if len(members) == 2 and firm[members[1]] < SURE:
        return members[:1]
    return members


def _families(corpus: Corpus, stars: list[_Star], long: NDArray[np.bool_]) -> tuple[Gathering, ...]:
    """Stars and copies to families of rows."""
    grouped = np.zeros(len(long), np.bool_)
    for star in stars:
        grouped[star.members] = True
    copied = np.flatnonzero(~grouped & long & (corpus.copies > 1))
    stars = [*stars, *(_Star(np.array([text]), np.array([MILLION]), MILLION) for text in copied)]
    raw = corpus.letters.hashes.astype("<u8", copy=False).view(np.uint8).data
    return tuple(sorted((_gathering(corpus, raw, star) for star in stars), key=lambda one: one.name))


def _gathering(corpus: Corpus, raw: memoryview, star: _Star) -> Gathering:
    """A star as a family; `raw` are the bytes of the corpus's hashes."""
    of = corpus.letters
    begins, ends = of.begin[star.members], of.begin[star.members] + of.sizes[star.members]
    name = min(digest_of(raw[8 * a : 8 * b]) for a, b in zip(begins.tolist(), ends.tolist(), strict=True))
    rows, of_each = _held(corpus, star.members)
    order = np.argsort(rows)
    alike = np.repeat(star.alike, of_each)
    return Gathering(name, int(rows[0]), rows[order], alike[order], len(star.members), star.common)


def _rows_of(corpus: Corpus, texts: I64) -> I64:
    """All rows that hold these texts, ascending."""
    return np.sort(_held(corpus, texts)[0])


def _held(corpus: Corpus, texts: I64) -> tuple[I64, I64]:
    """The rows that hold these texts, text by text, and how many each."""
    first = corpus.held[texts]
    of_each = corpus.held[texts + 1] - first
    before = np.cumsum(of_each) - of_each
    return corpus.rows[np.arange(of_each.sum()) + np.repeat(first - before, of_each)], of_each
