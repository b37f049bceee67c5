"""A corpus made ready for comparison: blocks of texts cut on several threads, copies laid together, the empty set aside."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from mingcha.campaign.cutting import Cutting
from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.kernels.copies import first_copies, sums
from mingcha.campaign.kernels.prefix import Letters
from mingcha.campaign.kernels.ranks import I32, I64, U64

AHEAD = 4  # blocks a thread may have waiting; reading never runs far ahead of cutting


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
    blocks: Iterable[Sequence[str]], cutting: Cutting, threads: int, key: int, seen: Callable[[int], None]
) -> Corpus:
    """Cut blocks of texts; `seen` is told after each block how many rows it had."""
    hashes: list[U64] = []
    sizes: list[I32] = []
    for found, counts in _cut_blocks(blocks, cutting, threads, key):
        hashes.append(found)
        sizes.append(counts)
        seen(len(counts))
    counts = np.concatenate([*sizes, np.empty(0, np.int32)]).astype(np.int32, copy=False)
    return lay_together(np.concatenate([*hashes, np.empty(0, np.uint64)]), counts, threads)


def _cut_blocks(blocks: Iterable[Sequence[str]], cutting: Cutting, threads: int, key: int) -> Iterator[tuple[U64, I32]]:
    waiting: deque[Future[tuple[U64, I32]]] = deque()
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for block in blocks:
            waiting.append(pool.submit(cutting.shingles, block, key))
            if len(waiting) > AHEAD * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def lay_together(hashes: U64, sizes: I32, threads: int) -> Corpus:
    """One text for all rows with the same shingles; rows are sizes[i] hashes one after another."""
    rows = len(sizes)
    begin = np.zeros(rows, np.int64)
    np.cumsum(sizes[:-1], out=begin[1:])
    both = np.empty((rows, 2), np.uint64)
    on_threads(lambda span: sums(begin, sizes, hashes, both, span), spans(rows, threads), threads)
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
