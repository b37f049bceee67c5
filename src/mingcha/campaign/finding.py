"""Each text finds its family: shingles point to texts, texts are compared with what most of theirs point to.

One pass opens families and in it a family's first text, the most widely held, represents it. Then each family is
represented by its most typical member, and everybody asks again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.boilerplate import frequent_from
from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.kernels.common import most_typical
from mingcha.campaign.kernels.copies import outlines
from mingcha.campaign.kernels.gather import NOT_COMPARED, Found, Work, ask, new_work, open_families
from mingcha.campaign.kernels.likeness import MILLION, Numbered, Passages, Rule
from mingcha.campaign.kernels.point import Pointers, centrality, elect, fill_in, point
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.kernels.sharing import buckets_of, fill, number_shared
from mingcha.campaign.kernels.shingles import SIZE, U8
from mingcha.text.columns import Column

PASSES = 3  # to point, to open families, to ask again
PART = (
    1 << 26
)  # shingles of a corpus for each of which a thread numbers them in parts: what is laid out at a time is bounded
BLOCK = 5_000  # texts that may open families side by side
STEP = 20_000  # texts between two reports of progress
Done = Callable[[int], None]


@dataclass(slots=True)
class Finder:
    """The texts of a corpus, the rule, and what is found so far. `order` is every text from the most widely held.

    Ties go by size, then by how widely held each shingle is in turn, then by content, never by row.
    """

    passages: Passages
    rule: Rule
    threads: int
    order: I64 = field(init=False)
    often: U8 = field(init=False)  # how often each shingle stands in the corpus
    numbered: Numbered = field(init=False)  # the same texts by the numbers of their shared shingles
    frequent: int = field(init=False)  # so many shared shingles, numbered first, may be common by how often they stand
    heads: I32 = field(init=False)  # the text each shared shingle points to
    found: Found = field(init=False)
    works: list[Work] = field(init=False)  # one for each thread

    def __post_init__(self) -> None:
        p, threads = self.passages, self.threads
        texts, shingles = len(p.sizes), len(p.hashes)
        self.often, numbers = np.empty(shingles, np.uint8), np.empty(shingles, np.int32)
        turns = 1 + shingles // PART
        parts = threads * turns
        buckets = buckets_of(shingles, parts)
        filled = np.sum(on_threads(lambda span: fill(p, buckets, span), spans(texts, threads), threads), axis=0)
        out, cuts, most = (numbers, self.often), spans(buckets, parts), frequent_from(texts)
        of_threads = [cuts[k : k + turns] for k in range(0, parts, turns)]
        shared = np.concatenate(
            on_threads(lambda parts: number_shared(p, filled, parts, most, out), of_threads, threads)
        )
        first = np.cumsum(shared.T).reshape(2, parts) - shared.T  # the frequent ones of all parts, then the others
        self.frequent = int(shared[:, 0].sum())
        known = (*out, *np.repeat(first, np.diff(cuts)[:, 0], axis=1))
        central, (outline, pattern) = np.zeros(texts, np.int64), np.empty((2, texts), np.uint64)
        sentences = (p.first_break, p.counts, p.breaks)
        cuts = spans(texts, 4 * threads)
        on_threads(lambda span: centrality(p, known, (central, pattern), span), cuts, threads)
        on_threads(lambda span: outlines(p.begin, p.sizes, p.hashes, sentences, outline, span), cuts, threads)
        self.order = np.lexsort((outline, pattern, -p.sizes, -central))
        self.numbered = Numbered(p.begin, p.sizes, numbers, *sentences)
        self.heads = np.empty(shared.sum(), np.int32)
        self.found = Found(
            np.full(texts, NOT_COMPARED, np.int32),
            np.zeros(texts, np.int64),
            np.zeros(texts, np.int32),
            np.zeros(texts, np.uint8),
            np.zeros(texts, np.int32),
        )
        self.works = [new_work(p.sizes.max(initial=0), texts) for _ in range(threads)]

    def total(self, which: int) -> int:
        """COMPARED or PASSED_OVER, all rounds together."""
        return sum(int(work.totals[which]) for work in self.works)

    def round(self, order: I64, done: Done) -> NDArray[np.bool_]:
        """Let each text of an order find its family among the others; True for each that was in one and is no more."""
        found = self.found
        pointers = self._point(order, done)
        found.joined[order] = 0
        self._open(order, pointers, done)
        members, _ = star_members(order, found.star)
        self._ask_again(order, done)
        gone = np.zeros(len(self.passages.sizes), np.bool_)
        gone[members] = True
        gone[star_members(order, found.star)[0]] = False
        return gone

    def _point(self, order: I64, done: Done) -> Pointers:
        p = self.numbered
        self._elect(order)
        columns = [Column(np.int32) for _ in range(4)]
        room = np.empty((self.threads, 3, 0), np.int32)
        for cut in _steps(len(order), STEP * self.threads):
            parts = np.array_split(order[slice(*cut)], self.threads)
            most = max(int(p.sizes[part].sum()) for part in parts)
            if most > room.shape[2]:
                room = np.empty((self.threads, 3, most), np.int32)
            for pointed in on_threads(self._point_part, list(zip(parts, room, strict=True)), self.threads):
                for column, values in zip(columns, pointed, strict=True):
                    column.append(values)
            done(cut[1] - cut[0])
        counted, texts, hits, weights = (column.take() for column in columns)
        begin = np.zeros(len(p.sizes), np.int64)
        counts = np.zeros(len(p.sizes), np.int32)
        counts[order] = counted
        begin[order] = np.cumsum(counted) - counted
        return Pointers(begin, counts, texts, hits, weights)

    def _point_part(self, part: tuple[I64, I32]) -> tuple[I32, I32, I32, I32]:
        """Where the texts of a part point, written in its room."""
        texts, room = part
        return point(self.numbered, self.often, texts, self.heads, room)

    def _elect(self, order: I64) -> None:
        """Let each shared shingle have the first text of an order that holds it as its head, or none."""
        parts = np.array_split(order, self.threads)
        heads = [self.heads, *(np.empty_like(self.heads) for _ in parts[1:])]

        def of(part: tuple[I64, I32]) -> None:
            part[1][:] = -1
            elect(self.numbered, *part)

        on_threads(of, list(zip(parts, heads, strict=True)), self.threads)
        for others in heads[1:]:
            fill_in(self.heads, others)

    def _ask_again(self, order: I64, done: Done) -> None:
        """Let the most typical member of each family represent it, and everybody choose between these, the largest first."""
        p, found = self.passages, self.found
        typical, star = self._represent(order)
        is_typical = np.zeros(len(p.sizes), np.bool_)
        is_typical[typical] = True
        others = order[~is_typical[order]]
        pointers = self._point(np.concatenate([typical, others]), silent)
        self._open(typical, pointers, done)
        star[star >= 0] = found.star[star[star >= 0]]
        for cut in _steps(len(others), STEP):
            self._ask(others[slice(*cut)], pointers, star)
            done(cut[1] - cut[0])

    def _open(self, order: I64, pointers: Pointers, done: Done) -> None:
        """Let each text of an order, the first that `pointers` were made for, join a family or open one.

        Block by block, those that point to no text of their block choose side by side, then the others one by one.
        """
        p, found = self.numbered, self.found
        place = np.full(len(p.sizes), len(order), np.int64)
        place[order] = np.arange(len(order))
        for cut in _steps(len(order), BLOCK):
            block = order[slice(*cut)]
            until = pointers.begin[block[-1]] + pointers.counts[block[-1]]
            pointed = pointers.texts[pointers.begin[block[0]] : until]
            inside = np.repeat(np.arange(len(block)), pointers.counts[block])[place[pointed] >= cut[0]]
            free = np.ones(len(block), np.bool_)
            free[inside] = False
            apart = block[free]
            self._ask(apart, pointers, found.star)
            joins = apart[found.star[apart] >= 0]
            np.add.at(found.joined, found.star[joins], 1)
            alone = apart[(found.star[apart] < 0) & (p.sizes[apart] >= self.rule.shortest)]
            found.star[alone] = alone
            found.similarity[alone] = MILLION
            found.covered[alone] = p.sizes[alone] + SIZE - 1
            found.firm[alone] = 0
            open_families(p, self.rule, block[~free], pointers, self.works[0], found)
            done(len(block))

    def _ask(self, texts: I64, pointers: Pointers, star: I32) -> None:
        """Let texts choose side by side."""
        parts = list(zip(self.works, np.array_split(texts, self.threads), strict=True))
        on_threads(
            lambda part: ask(self.numbered, self.rule, part[1], (pointers, star), part[0], self.found),
            parts,
            self.threads,
        )

    def _represent(self, order: I64) -> tuple[I64, I32]:
        """The most typical member of each star, that of the largest first, and for each text of a star that of its star."""
        p, found, shared = self.numbered, self.found, len(self.heads)
        members, starts = star_members(order, found.star)
        typical = np.empty(len(starts) - 1, np.int64)
        cuts = spans(len(typical), 4 * self.threads)
        on_threads(lambda span: most_typical(p, shared, members, starts, typical, span), cuts, self.threads)
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


def _steps(total: int, size: int) -> list[tuple[int, int]]:
    return [(first, min(total, first + size)) for first in range(0, total, size)]


def silent(_more: int) -> None:
    """No progress shown."""
