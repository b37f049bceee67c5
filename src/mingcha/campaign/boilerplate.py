"""What many unrelated letters carry is no likeness: quoted statutes, printed forms, notices. Learnt from who holds it, or given.

A shingle is common when many texts hold it and they stand in at least two thirds as many families (a text in none is one of its own): a
campaign's own words stand in one family or few. A script may be put together from common sentences; so a family is hollow only when it is
held together mostly by what is common and strangers in at least as many families outside hold three quarters of that as well: letters
with words of their own that share little else with it. It is gathered again without it, and whoever has little else stands alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.index import on_threads, spans
from mingcha.campaign.kernels.held import Core, count_among, count_holders, groups_outside, shared_with_head, strip
from mingcha.campaign.kernels.likeness import Passages
from mingcha.campaign.kernels.ranks import I32, I64, U64
from mingcha.campaign.kernels.sharing import FULL
from mingcha.campaign.kernels.shingles import U8

LEAST, ONE_OF = 10, 2_000  # so many texts hold what is common, and one of so many
MOSTLY = 2  # one of so many
WHOLE = 75  # percent of what holds a family together: who holds so much holds the passage, not a sentence of it


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


def learn(p: Passages, numbers: I32, frequent: int, group: I32, threads: int) -> Common:
    """What is common by the families the texts stand in; `group` is a number for each, a text in none has one of its own.

    `numbers` are those of the shingles; only the first of them, the `frequent` ones, can be common.
    """
    values = np.zeros(frequent, np.uint64)
    parts = _group_by_group(p, group, threads)
    counted = on_threads(lambda part: count_holders(p, numbers, part, group, values), parts, threads)
    holders, groups = sum(counted, np.zeros((2, frequent), np.int32))
    common = np.flatnonzero((holders >= _least(len(p.sizes))) & (3 * groups >= 2 * holders))
    common = common[np.argsort(values[common])]
    return Common(values[common], holders[common])


def _least(texts: int) -> int:
    """How many of so many texts hold what is common, at least."""
    return max(LEAST, texts // ONE_OF)


def frequent_from(texts: int) -> int:
    """How often a shingle stands in so many texts, at least, that may be common, as far as that is counted."""
    return min(_least(texts), FULL)


def _group_by_group(p: Passages, group: I32, parts: int) -> list[I64]:
    """All texts group by group in so many parts of about as many shingles, none of which begins within a group."""
    order = np.argsort(group, kind="stable")
    begins = np.flatnonzero(np.diff(group[order])) + 1
    before = np.cumsum(p.sizes[order], dtype=np.int64)
    wanted = [np.searchsorted(before, before[-1] * k // parts) for k in range(1, parts)] if len(order) else []
    return np.split(order, [begins[at] for at in np.searchsorted(begins, wanted) if at < len(begins)])


def among(p: Passages, texts: I64, common: Common, threads: int) -> I32:
    """How many shingles of each of these texts are common. Shape (texts,)."""
    out = np.zeros(len(texts), np.int32)
    if len(common.values):
        cuts = spans(len(texts), 8 * threads)
        on_threads(lambda span: count_among(p, texts, common.values, out, span), cuts, threads)
    return out


def hollow(
    p: Passages, members: Sequence[I64], known: tuple[U8, I32], common: Common, threads: int
) -> NDArray[np.bool_]:
    """Which stars are held together by what many carry; members begin with the representative. `known` is as in `learn`."""
    often, group = known
    mostly = _held_by(p, members, common, threads)
    asked = np.flatnonzero(mostly)
    stars = [members[star] for star in asked.tolist()]
    core, seen = _cores(p, stars, group, common), (often, frequent_from(len(p.sizes)))
    parts = _group_by_group(p, group, threads)
    outside = np.sum(on_threads(lambda part: groups_outside(p, part, group, seen, core), parts, threads), axis=0)
    mostly[asked] = outside >= [len(star) for star in stars]
    return mostly


def _cores(p: Passages, stars: Sequence[I64], group: I32, common: Common) -> Core:
    """What each of these stars is held together by, as it is looked up."""
    cores = [_core(p, star, common) for star in stars]
    rest = [_rest(p, star[0], core) for star, core in zip(stars, cores, strict=True)]
    held = np.concatenate([*cores, np.empty(0, np.uint64)])
    of = np.repeat(np.arange(len(stars), dtype=np.int32), [len(core) for core in cores])
    order = np.argsort(held, kind="stable")
    values, first = np.unique(held[order], return_index=True)
    return Core(
        values,
        np.append(first, len(held)),
        of[order],
        np.array([max(1, len(core) * WHOLE // 100) for core in cores], np.int32),
        np.array([group[star[0]] for star in stars], np.int32),
        np.concatenate([*rest, np.empty(0, np.uint64)]),
        np.cumsum([0, *map(len, rest)]),
    )


def _core(p: Passages, members: I64, common: Common) -> U64:
    """The common shingles of a representative that at least half of its star hold."""
    texts = [np.unique(p.hashes[p.begin[text] : p.begin[text] + p.sizes[text]]) for text in members]
    shared = np.intersect1d(texts[0], common.values, assume_unique=True)
    holders = sum((np.isin(shared, text, assume_unique=True) for text in texts), np.zeros(len(shared), np.int64))
    return shared[MOSTLY * holders >= len(members)]


def _rest(p: Passages, text: int, core: U64) -> U64:
    """The other shingles of a representative, sorted."""
    return np.setdiff1d(p.hashes[p.begin[text] : p.begin[text] + p.sizes[text]], core)


def _held_by(p: Passages, members: Sequence[I64], common: Common, threads: int) -> NDArray[np.bool_]:
    """Which stars share mostly what is common."""
    starts = np.cumsum([0, *map(len, members)])
    every = np.concatenate([*members, np.empty(0, np.int64)])
    shares = on_threads(
        lambda span: shared_with_head(p, every, starts, common.values, span), spans(len(members), 4 * threads), threads
    )
    shared, of_all = np.concatenate(shares, axis=1)
    mostly: NDArray[np.bool_] = of_all * MOSTLY > shared
    return mostly


def without(p: Passages, texts: I64, common: Common, counted: I32) -> Passages:
    """These texts as if what is common had not been written; `counted` is what `among` says of them."""
    return strip(p, texts, common.values, p.sizes[texts] - counted)
