"""Each text finds its family: shingles point to texts, texts are compared with what most of theirs point to.

One pass opens families and in it a family's first text, the most widely held, represents it. Then each family is
represented by its most typical member, and everybody asks again.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.kernels.common import most_typical
from mingcha.campaign.kernels.copies import sums
from mingcha.campaign.kernels.gather import NOT_COMPARED, Found, open_families, refine
from mingcha.campaign.kernels.likeness import Passages, Rule
from mingcha.campaign.kernels.point import Pointers, centrality, elect, point
from mingcha.campaign.kernels.prefix import count_slots
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.kernels.shingles import U8

PASSES = 3  # to point, to open families, to ask again
STEP = 20_000  # texts between two reports of progress
Out = TypeVar("Out")
Done = Callable[[int], None]


@dataclass(slots=True)
class Finder:
    """The texts of a corpus, the rule, and what is found so far. `order` is every text from the most widely held.

    Ties go by size, then by content, never by row.
    """

    passages: Passages
    rule: Rule
    threads: int
    order: I64 = field(init=False)
    often: U8 = field(init=False)  # how often each shingle's slot was hit
    heads: I32 = field(init=False)  # the text each slot points to
    found: Found = field(init=False)
    totals: I64 = field(init=False)  # COMPARED and PASSED_OVER

    def __post_init__(self) -> None:
        p, threads = self.passages, self.threads
        slots = np.zeros(1 << max(10, int(p.sizes.sum()).bit_length()), np.uint8)
        on_threads(lambda part: count_slots(p.hashes, slots, part), self._parts(), threads)
        texts = len(p.sizes)
        self.often = np.empty(len(p.hashes), np.uint8)
        central = np.zeros(texts, np.int64)
        content = np.empty((texts, 2), np.uint64)
        cuts = spans(texts, 4 * threads)
        on_threads(lambda span: centrality(p, slots, (self.often, central), span), cuts, threads)
        on_threads(lambda span: sums(p.begin, p.sizes, p.hashes, content, span), cuts, threads)
        self.order = np.lexsort((content[:, 1], content[:, 0], -p.sizes, -central))
        self.heads = np.empty(max(1 << 10, len(slots) // 4), np.int32)  # shared shingles are far fewer than shingles
        self.found = Found(
            np.full(texts, NOT_COMPARED, np.int32),
            np.zeros(texts, np.int64),
            np.zeros(texts, np.int32),
            np.zeros(texts, np.uint8),
            np.zeros(texts, np.int32),
        )
        self.totals = np.zeros(2, np.int64)

    def round(self, order: I64, done: Done) -> NDArray[np.bool_]:
        """Let each text of an order find its family among the others; True for each that was in one and is no more."""
        found = self.found
        pointers = self._point(order, done)
        found.joined[order] = 0
        for cut in _steps(order):
            self.totals += open_families(self.passages, self.rule, order[slice(*cut)], pointers, found)
            done(cut[1] - cut[0])
        members, _ = star_members(order, found.star)
        self._ask_again(order, done)
        gone = np.zeros(len(self.passages.sizes), np.bool_)
        gone[members] = True
        gone[star_members(order, found.star)[0]] = False
        return gone

    def _each(
        self, call: Callable[[tuple[int, int]], Out], cuts: list[tuple[int, int]]
    ) -> Iterator[tuple[tuple[int, int], Out]]:
        """Call for each cut on the threads; each cut and what came of it as soon as it and those before are through."""
        with ThreadPoolExecutor(max_workers=self.threads) as pool:
            yield from zip(cuts, pool.map(call, cuts), strict=True)

    def _parts(self) -> list[tuple[int, int]]:
        return [(k, self.threads) for k in range(self.threads)]

    def _point(self, order: I64, done: Done) -> Pointers:
        p, often, heads = self.passages, self.often, self.heads
        heads[:] = -1
        on_threads(lambda part: elect(p, order, often, heads, part), self._parts(), self.threads)
        parts = []
        for cut, part in self._each(lambda cut: point(p, order, often, heads, cut), _steps(order)):
            parts.append(part)
            done(cut[1] - cut[0])
        counted, texts, hits, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
        begin = np.zeros(len(p.sizes), np.int64)
        counts = np.zeros(len(p.sizes), np.int32)
        counts[order] = counted
        begin[order] = np.cumsum(counted) - counted
        return Pointers(begin, counts, texts, hits, weights)

    def _ask_again(self, order: I64, done: Done) -> None:
        """Let the most typical member of each family represent it, and everybody choose between these, the largest first."""
        p, rule, found = self.passages, self.rule, self.found
        typical, star = self._represent(order)
        is_typical = np.zeros(len(p.sizes), np.bool_)
        is_typical[typical] = True
        others = order[~is_typical[order]]
        pointers = self._point(np.concatenate([typical, others]), silent)
        self.totals += open_families(p, rule, typical, pointers, found)
        star[star >= 0] = found.star[star[star >= 0]]
        done(len(typical))

        def ask(cut: tuple[int, int]) -> tuple[int, int]:
            return refine(p, rule, others[slice(*cut)], (pointers, star), found)

        for cut, totals in self._each(ask, _steps(others)):
            self.totals += totals
            done(cut[1] - cut[0])

    def _represent(self, order: I64) -> tuple[I64, I32]:
        """The most typical member of each star, that of the largest first, and for each text of a star that of its star."""
        p, found = self.passages, self.found
        members, starts = star_members(order, found.star)
        typical = np.empty(len(starts) - 1, np.int64)
        cuts = spans(len(typical), 16 * self.threads)
        on_threads(lambda span: most_typical(p, members, starts, typical, span), cuts, self.threads)
        counted = np.diff(starts)
        star = np.full(len(p.sizes), NOT_COMPARED, np.int32)
        star[members] = np.repeat(typical, counted)
        found.joined[order] = 0
        found.joined[typical] = counted
        found.star[order] = NOT_COMPARED
        place = np.empty(len(p.sizes), np.int64)
        place[order] = np.arange(len(order))
        return typical[np.lexsort((place[typical], -counted))], star


def star_members(order: I64, star: I32) -> tuple[I64, I64]:
    """The texts of an order that stand in stars of two or more, star by star, and where each star begins and the last ends."""
    of = star[order]
    counted = np.bincount(of[of >= 0], minlength=len(star))
    inside = (of >= 0) & (counted[np.maximum(of, 0)] > 1)
    members = order[inside][np.argsort(of[inside], kind="stable")]
    cuts = np.flatnonzero(np.diff(star[members])) + 1
    return members, np.array([0, *cuts, len(members)] if len(members) else [0], np.int64)


def _steps(order: I64) -> list[tuple[int, int]]:
    return spans(len(order), max(1, -(-len(order) // STEP)))


def silent(_more: int) -> None:
    """No progress shown."""
