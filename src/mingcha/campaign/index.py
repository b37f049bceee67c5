"""Sketches made ready for the exact join: ranks, prefixes, postings; the same on any number of threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np

from mingcha.campaign.kernels.near import Packed, postings, prefixes
from mingcha.campaign.kernels.ranks import shared_values, to_ranks
from mingcha.campaign.sketches import Sketches

Out = TypeVar("Out")
Part = TypeVar("Part")
BUCKETS = 1 << 16


def build(sketches: Sketches, near: int, threads: int) -> Packed:
    """Ready `sketches` for a join at `near` millionths."""
    texts = len(sketches.digests)
    sizes = np.diff(sketches.starts)[sketches.order].astype(np.int32)
    begin = np.zeros(texts, dtype=np.int64)
    np.cumsum(sizes[:-1], out=begin[1:])
    held = np.zeros(texts, dtype=np.int32)
    ranks = np.empty(len(sketches.hashes), dtype=np.int32)
    values, counts = shared_values(np.sort(sketches.hashes))
    rank_of = np.empty(len(values), dtype=np.int32)
    rank_of[np.argsort(counts, kind="stable")] = np.arange(len(values), dtype=np.int32)
    edges = np.arange(BUCKETS, dtype=np.uint64) << np.uint64(48)
    buckets = np.append(np.searchsorted(values, edges), len(values)).astype(np.int64)
    source = (sketches.order, sketches.starts, sketches.hashes)
    fill = ((source, (values, buckets, rank_of), (begin, held, ranks), span) for span in spans(texts, threads))
    on_threads(lambda part: to_ranks(*part), list(fill), threads)
    prefix = prefixes(sizes, held, near)
    post_starts, posts = postings(begin, ranks, prefix, len(values))
    copies = np.array([len(held_by) for held_by in sketches.complaints], dtype=np.int64)
    return Packed(sizes, begin, held, ranks, prefix, post_starts, posts, copies)


def spans(total: int, parts: int) -> list[tuple[int, int]]:
    """Cut range(total) into `parts` consecutive spans."""
    cuts = [total * k // parts for k in range(parts + 1)]
    return list(pairwise(cuts))


def on_threads(call: Callable[[Part], Out], parts: Sequence[Part], threads: int) -> list[Out]:
    """Call for each part, in order of parts; kernels release the interpreter lock, so threads run side by side."""
    if threads == 1:
        return [call(part) for part in parts]
    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(call, parts))
