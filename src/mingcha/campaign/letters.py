"""A corpus made ready for comparison: blocks of texts cut on several threads, copies laid together, the empty set aside."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np

from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.kernels.copies import first_copies, outlines, sums
from mingcha.campaign.kernels.prefix import Letters
from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.text.columns import Column

Out = TypeVar("Out")
Join = Callable[[Iterable[tuple[Any, ...]], Sequence[type]], list[Any]]
AHEAD = 4  # blocks a thread may have waiting; reading never runs far ahead of cutting


class Breaks(NamedTuple):
    """Where sentences begin: text `i` has breaks[begin[i]:begin[i] + counts[i]], units after the first, ascending."""

    begin: I64
    counts: I32
    breaks: I32


@dataclass(frozen=True, slots=True)
class Corpus:
    """Distinct texts and who sent them: rows of text `i` are rows[held[i]:held[i + 1]], ascending numbers from 0.

    Texts stand in ascending size, then by first row. `empty` are the rows without a shingle.
    """

    letters: Letters
    held: I64
    rows: I64
    empty: I64

    @property
    def copies(self) -> I64:
        """How many rows hold each text."""
        return np.diff(self.held)


def cut_all(
    blocks: Iterable[Sequence[str]], cut: Callable[[Sequence[str]], Out], threads: int, seen: Callable[[int], None]
) -> Iterator[Out]:
    """Cut blocks of texts on several threads while the next are read; in order. `seen` is told how many rows each block had."""
    waiting: deque[tuple[int, Future[Out]]] = deque()
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for block in blocks:
            waiting.append((len(block), pool.submit(cut, block)))
            if len(waiting) > AHEAD * threads:
                rows, future = waiting.popleft()
                yield future.result()
                seen(rows)
        for rows, future in waiting:
            yield future.result()
            seen(rows)


def distinct(parts: Iterable[tuple[U64, I32]], threads: int) -> Corpus:
    """The corpus of what `Cutting.shingles` gave for each block."""
    hashes, sizes = in_memory(parts, (np.uint64, np.int32))
    return lay_together(hashes, sizes, np.zeros(len(sizes), np.uint64), threads)


def ordered(
    parts: Iterable[tuple[U64, I32, I32, I32]], threads: int, join: Join | None = None
) -> tuple[Corpus, Breaks]:
    """The corpus of what `Cutting.passages` gave for each block, and where the sentences of its texts begin.

    `join` lays the columns of the parts end to end, in memory unless it is given.
    """
    hashes, sizes, breaks, counts = (join or in_memory)(parts, (np.uint64, np.int32, np.int32, np.int32))
    first, begin = _begins(counts), _begins(sizes)
    outline = np.empty(len(sizes), np.uint64)
    sentences = (first, counts, breaks)
    cuts = spans(len(sizes), 4 * threads)
    on_threads(lambda span: outlines(begin, sizes, hashes, sentences, outline, span), cuts, threads)
    corpus = lay_together(hashes, sizes, outline, threads)
    heads = corpus.rows[corpus.held[:-1]]
    return corpus, Breaks(first[heads], counts[heads], breaks)


def _begins(counts: I32) -> I64:
    """Where each of so many begins when they stand end to end."""
    begins = np.zeros(len(counts), np.int64)
    np.cumsum(counts[:-1], out=begins[1:])
    return begins


def in_memory(parts: Iterable[tuple[Any, ...]], types: Sequence[type]) -> list[Any]:
    """One array for each type: what all parts have in that place, end to end."""
    columns = [Column(type_) for type_ in types]
    for part in parts:
        for column, values in zip(columns, part, strict=True):
            column.append(values)
    return [column.take() for column in columns]


def lay_together(hashes: U64, sizes: I32, outline: U64, threads: int) -> Corpus:
    """One text for all rows with the same shingles and the same `outline`; rows are sizes[i] hashes one after another."""
    rows = len(sizes)
    begin = _begins(sizes)
    both = np.empty((rows, 2), np.uint64)
    on_threads(lambda span: sums(begin, sizes, hashes, both, span), spans(rows, threads), threads)
    both[:, 1] += outline
    full = np.flatnonzero(sizes)
    order = full[np.lexsort((full, both[full, 1], both[full, 0]))]
    first = first_copies(begin, sizes, hashes, both, order)[full]
    heads = np.unique(first)
    heads = heads[np.argsort(sizes[heads], kind="stable")]
    place = np.empty(rows, np.int64)
    place[heads] = np.arange(len(heads))
    text = place[first]
    held = np.zeros(len(heads) + 1, np.int64)
    np.cumsum(np.bincount(text, minlength=len(heads)), out=held[1:])
    letters = Letters(begin[heads], sizes[heads], hashes)
    return Corpus(letters, held, full[np.argsort(text, kind="stable")], np.flatnonzero(sizes == 0))
