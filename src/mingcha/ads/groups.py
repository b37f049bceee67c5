"""Ads that are one thing behind many accounts: joined by handle, poster, where they lead or words, with what joined them.

A group says that ads are alike, of no person that they are behind them.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mingcha.ads.same import LEAST_SHINGLES, Looks, Pair, pictured, worded
from mingcha.model.ad_cycle import Likeness
from mingcha.model.image import CLEAR


@dataclass(frozen=True, slots=True)
class AlikeAds:
    """Two ads or more, sorted, and all that joins any two of them."""

    ads: tuple[str, ...]
    by: tuple[Likeness, ...]


def alike_groups(looks: Mapping[str, Looks]) -> tuple[AlikeAds, ...]:
    """Ads that share a handle, a poster, an address or enough of their words, directly or through others; in order."""
    parent = {id_: id_ for id_ in looks}
    joined: list[tuple[str, Likeness]] = []
    for by, pairs in (
        (Likeness.HANDLE, _holding(looks, lambda one: one.handles)),
        (Likeness.LINK, _holding(looks, lambda one: one.links)),
        (Likeness.POSTER, _holding(looks, lambda one: [each for each in one.posters if each.quality >= CLEAR])),
        (Likeness.POSTER, _each(looks, lambda one: one.posters, pictured)),
        (
            Likeness.TEXT,
            _holding(looks, lambda one: (one.shingles.tobytes(),) if len(one.shingles) >= LEAST_SHINGLES else ()),
        ),
        (Likeness.TEXT, _each(looks, lambda one: one.shingles.tobytes(), worded)),
    ):
        for one, other in pairs:
            if one != other:
                parent[_root(parent, other)] = _root(parent, one)
                joined.append((one, by))
    members: dict[str, list[str]] = {}
    for id_ in looks:
        members.setdefault(_root(parent, id_), []).append(id_)
    kinds: dict[str, set[Likeness]] = {}
    for id_, by in joined:
        kinds.setdefault(_root(parent, id_), set()).add(by)
    found = (AlikeAds(tuple(sorted(ids)), tuple(sorted(kinds[root]))) for root, ids in members.items() if len(ids) > 1)
    return tuple(sorted(found, key=lambda one: one.ads))


def _root(parent: dict[str, str], id_: str) -> str:
    while parent[id_] != id_:
        parent[id_] = id_ = parent[parent[id_]]
    return id_


def _holding(looks: Mapping[str, Looks], what: Callable[[Looks], Iterable[Hashable]]) -> Iterator[Pair]:
    """Each ad beside the first that holds the same."""
    first: dict[Hashable, str] = {}
    return ((first.setdefault(one, id_), id_) for id_, held in looks.items() for one in what(held))


def _each(
    looks: Mapping[str, Looks],
    what: Callable[[Looks], Hashable],
    pairs: Callable[[Mapping[str, Looks], Mapping[str, Looks]], Iterator[Pair]],
) -> Iterator[Pair]:
    """Pairs among one ad of each kind: those that are alike to the letter are joined already."""
    first: dict[Hashable, str] = {}
    for id_, held in looks.items():
        first.setdefault(what(held), id_)
    some = {id_: looks[id_] for id_ in first.values()}
    return pairs(some, some)
