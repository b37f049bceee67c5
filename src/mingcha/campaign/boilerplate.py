"""What many unrelated letters carry is no likeness: quoted statutes, printed forms, notices. Learnt from who holds it, or given.

A shingle is common when many texts hold it and they stand in at least two thirds as many families (a text in none is one of its own): a
campaign's own words stand in one family or few. A family held together mostly by what is common is gathered again without it, and
whoever has little else stands alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.kernels.held import count_among, count_holders, shared_with_head, strip
from mingcha.campaign.kernels.likeness import Passages
from mingcha.campaign.kernels.prefix import FULL
from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.shingles import U8

LEAST, ONE_OF = 10, 2_000  # so many texts hold what is common, and one of so many
MOSTLY = 2  # one of so many


@dataclass(frozen=True, slots=True)
class Common:
    """Sorted shingle hashes that count as nobody's own, and how many texts hold each. Shapes (n,)."""

    values: U64
    holders: I32


NOTHING = Common(np.empty(0, np.uint64), np.empty(0, np.int32))


def given(values: U64) -> Common:
    """What somebody says is common."""
    unique = np.unique(values)
    return Common(unique, np.zeros(len(unique), np.int32))


def both(one: Common, other: Common) -> Common:
    """What is common by either; a value stands in one of them only."""
    values = np.concatenate([one.values, other.values])
    order = np.argsort(values)
    return Common(values[order], np.concatenate([one.holders, other.holders])[order])


def learn(p: Passages, often: U8, group: I32, threads: int) -> Common:
    """What is common by the families the texts stand in; `group` is a number for each, a text in none has one of its own.

    `often` is how often each shingle's slot was hit, at least how many texts hold it, up to FULL.
    """
    least = max(LEAST, len(p.sizes) // ONE_OF)
    asked = min(least, FULL)
    order = np.argsort(group, kind="stable")
    values = _held_often(p, often, asked, threads)
    parts = [(k, threads) for k in range(threads)]
    holders, groups = np.concatenate(
        on_threads(lambda part: count_holders(p, order, group, (often, asked, values), part), parts, threads), axis=1
    )
    common = (holders >= least) & (3 * groups >= 2 * holders)
    return Common(values[common], holders[common])


def _held_often(p: Passages, often: U8, asked: int, threads: int) -> U64:
    def of(span: tuple[int, int]) -> U64:
        return np.unique(p.hashes[slice(*span)][often[slice(*span)] >= asked])

    return np.unique(np.concatenate(on_threads(of, spans(len(p.hashes), 8 * threads), threads)))


def among(p: Passages, texts: I64, common: Common, threads: int) -> I32:
    """How many shingles of each of these texts are common. Shape (texts,)."""
    out = np.zeros(len(texts), np.int32)
    if len(common.values):
        cuts = spans(len(texts), 8 * threads)
        on_threads(lambda span: count_among(p, texts, common.values, out, span), cuts, threads)
    return out


def held_by(p: Passages, members: Sequence[I64], common: Common, threads: int) -> NDArray[np.bool_]:
    """Which stars are held together mostly by what is common; members begin with the representative."""
    starts = np.cumsum([0, *map(len, members)])
    every = np.concatenate([*members, np.empty(0, np.int64)])
    shares = on_threads(
        lambda span: shared_with_head(p, every, starts, common.values, span), spans(len(members), 4 * threads), threads
    )
    shared, of_all = np.concatenate(shares, axis=1)
    hollow: NDArray[np.bool_] = of_all * MOSTLY > shared
    return hollow


def without(p: Passages, texts: I64, common: Common, counted: I32) -> Passages:
    """These texts as if what is common had not been written; `counted` is what `among` says of them."""
    return strip(p, texts, common.values, p.sizes[texts] - counted)
