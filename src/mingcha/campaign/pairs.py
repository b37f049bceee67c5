"""Every pair of near-identical texts, exactly: none is missed, none is estimated; for corpora whose pairs can be held."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.kernels.prefix import count_slots, find_pairs, post, prefixes
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.letters import Corpus

PARTS = 8  # of the work for each thread, so that none waits long for another


@dataclass(frozen=True, slots=True)
class TextPairs:
    """Pairs of distinct texts, and how many were compared to find them: `shared` shingles of texts `larger` and `smaller`."""

    larger: I32
    smaller: I32
    shared: I32
    compared: int

    def rows(self, corpus: Corpus) -> int:
        """How many pairs of rows these are, copies of one text among them."""
        copies = corpus.copies
        return int((copies[self.larger] * copies[self.smaller]).sum() + (copies * (copies - 1) // 2).sum())


def find_text_pairs(corpus: Corpus, near: int, threads: int) -> TextPairs:
    """All pairs of distinct texts with Jaccard >= `near` millionths; `threads` changes the speed alone."""
    letters = corpus.letters
    texts, total = len(letters.sizes), int(letters.sizes.sum())
    slots = np.zeros(1 << max(10, (2 * total).bit_length()), np.uint8)
    on_threads(lambda part: count_slots(letters, slots, part), [(k, threads) for k in range(threads)], threads)
    prefix, held = np.empty(len(letters.hashes), np.uint64), np.zeros(texts, np.int32)
    cuts = spans(texts, PARTS * threads)
    on_threads(lambda span: prefixes(letters, slots, near, (prefix, held), span), cuts, threads)
    posted = post(letters, prefix, held, 1 << max(10, int(held.sum()).bit_length()))
    parts = [(k, PARTS * threads) for k in range(PARTS * threads)]
    found = on_threads(lambda part: find_pairs(letters, posted, (prefix, held), near, part), parts, threads)
    larger, smaller, shared = (np.concatenate([part[i] for part in found]) for i in range(3))
    return TextPairs(larger, smaller, shared, sum(part[3] for part in found))


@dataclass(frozen=True, slots=True)
class RowPairs:
    """Pairs of rows, each with the smaller number first, sorted; Jaccard is shared / union."""

    first: I64
    second: I64
    shared: I64
    union: I64


def row_pairs(corpus: Corpus, found: TextPairs) -> RowPairs:
    """Pairs of texts to pairs of the rows that hold them; copies of one text are pairs at a Jaccard of one."""
    copies, sizes = corpus.copies, corpus.letters.sizes.astype(np.int64)
    many = copies[found.larger] * copies[found.smaller]
    which = np.repeat(np.arange(len(many)), many)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(many) - many, many)
    across = copies[found.smaller][which]
    one = corpus.rows[corpus.held[found.larger][which] + nth // np.maximum(across, 1)]
    other = corpus.rows[corpus.held[found.smaller][which] + nth % np.maximum(across, 1)]
    shared = found.shared.astype(np.int64)[which]
    union = sizes[found.larger][which] + sizes[found.smaller][which] - shared
    twin_one, twin_other, twin_size = _twins(corpus, copies, sizes)
    first = np.concatenate([np.minimum(one, other), twin_one])
    second = np.concatenate([np.maximum(one, other), twin_other])
    order = np.lexsort((second, first))
    return RowPairs(
        first[order],
        second[order],
        np.concatenate([shared, twin_size])[order],
        np.concatenate([union, twin_size])[order],
    )


def _twins(corpus: Corpus, copies: I64, sizes: I64) -> tuple[I64, I64, NDArray[np.int64]]:
    """All pairs of rows that hold the same text."""
    ones, others, shared = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for text in np.flatnonzero(copies > 1):
        rows = corpus.rows[corpus.held[text] : corpus.held[text + 1]]
        one, other = np.triu_indices(len(rows), 1)
        ones.append(rows[one])
        others.append(rows[other])
        shared.append(np.full(len(one), sizes[text]))
    return np.concatenate(ones), np.concatenate(others), np.concatenate(shared)
