"""Connected groups parted into communities: two organisations that share a supplier stay two.

The objective is constant-Potts (Traag, Van Dooren & Nesterov 2011): a pair of complaints pulls together by the strongest
tie of each family they share, and costs the resolution. How rare a value is does not matter here: what is too common for
its kind is a hub and links nobody, and in a small house everything is common. The search is Leiden (Traag, Waltman & van Eck 2019) of
graspologic-native, seeded; what it is given is sorted, so that the order of complaints and ties is no matter.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from graspologic_native import leiden
from numpy.typing import NDArray
from rustworkx import PyGraph, connected_components

from mingcha.model.finding import Family
from mingcha.network.scheme import KINDS, RESOLUTION, RUN
from mingcha.network.ties import Tie

ALL_PAIRS = 64  # complaints up to which a tie pulls every pair; above, each complaint and ROUNDS pairs of others
ROUNDS = 16
SEED, PASSES = 20_261_128, 3
ASKED_WHOLE = 500  # complaints of which it is first asked whether one community is surely best
FEW, TRIALS, TRIALS_OF_MANY = 20, 8, 2  # of so many searches the best one counts

Pair = tuple[str, str]
I64 = NDArray[np.int64]


class Edges(NamedTuple):
    """Pairs of complaints that pull: places of both in `names`, the first below the second, ascending; thousandths."""

    names: list[str]
    one: I64
    other: I64
    pull: I64


def communities(
    complaints: Sequence[str], ties: Iterable[Tie], together: Collection[Pair] = (), trials: int = TRIALS
) -> list[list[str]]:
    """The communities of a connected group, each sorted, by first complaint; single complaints are communities too.

    `together` are pairs a person said belong together: they pull as what is run does.
    """
    ties = list(ties)
    if any(KINDS[tie.kind].pull >= RUN and set(tie.linking).issuperset(complaints) for tie in ties):
        return [sorted(complaints)]  # every pair pulls enough: no parting is better
    edges = edges_of(complaints, ties, together)
    return sorted(part for members, held in _connected(edges) for part in _parted(members, held, trials))


def _parted(members: Sequence[str], edges: Edges, trials: int) -> list[list[str]]:
    """The communities of complaints that hang together."""
    sure = surely_best(members, edges)
    if sure is not None:
        return sure
    names = edges.names
    ends = ([names[n] for n in side.tolist()] for side in (edges.one, edges.other))
    listed = list(zip(*ends, (edges.pull / RUN).tolist(), strict=True))
    trials = trials if len(members) <= FEW else min(trials, TRIALS_OF_MANY)
    _, found = leiden(
        listed, resolution=RESOLUTION / RUN, use_modularity=False, seed=SEED, iterations=PASSES, trials=trials
    )
    parts: dict[int, list[str]] = {}
    for complaint in members:
        parts.setdefault(found[complaint], []).append(complaint)
    return list(parts.values())


def surely_best(members: Sequence[str], edges: Edges) -> list[list[str]] | None:
    """The best communities where they can be told without a search: whoever pulls nobody enough alone, the rest together.

    Of any parting of the rest some side holds at most half of it. If each complaint, whichever half or more of the others it
    is parted from, loses at least what the resolution saves, every cut loses: the least it can lose to k others is the sum of
    its k weakest pairs. None where that does not hold.
    """
    if len(members) > ASKED_WHOLE:
        return None
    worth = _worth(members, edges)
    alone = worth.max(axis=1, initial=-RESOLUTION) < 0
    rest = np.flatnonzero(~alone)
    inside = worth[np.ix_(rest, rest)]
    np.fill_diagonal(inside, RUN * len(Family))  # nobody is parted from themselves: sorted last, left out
    least = np.cumsum(np.sort(inside, axis=1)[:, :-1], axis=1)
    if (least[:, (len(rest) + 1) // 2 - 1 :] < 0).any():
        return None
    together = [[members[n] for n in rest.tolist()]] if len(rest) else []
    return together + [[members[n]] for n in np.flatnonzero(alone).tolist()]


def _worth(members: Sequence[str], edges: Edges) -> I64:
    """What it is worth to have each two of these complaints in one community: their pull less the resolution."""
    at = {name: n for n, name in enumerate(members)}
    place = np.array([at.get(name, -1) for name in edges.names], np.int64)
    worth = np.full((len(members), len(members)), -RESOLUTION, np.int64)
    one, other = place[edges.one], place[edges.other]
    worth[one, other] += edges.pull
    worth[other, one] += edges.pull
    return worth


def _connected(edges: Edges) -> Iterator[tuple[list[str], Edges]]:
    """Complaints that edges connect, with these edges: nothing is gained by joining what hangs on nothing."""
    graph: PyGraph[int, int | None] = PyGraph()
    graph.add_nodes_from(range(len(edges.names)))
    graph.add_edges_from_no_data(list(zip(edges.one.tolist(), edges.other.tolist(), strict=True)))
    parts = connected_components(graph)
    home = np.zeros(len(edges.names), np.int64)
    for number, part in enumerate(parts):
        home[list(part)] = number
    order = np.argsort(home[edges.one], kind="stable")
    cuts = np.searchsorted(home[edges.one][order], np.arange(len(parts) + 1))
    for number, part in enumerate(parts):
        held = order[cuts[number] : cuts[number + 1]]
        yield [edges.names[n] for n in sorted(part)], Edges(edges.names, *(side[held] for side in edges[1:]))


def pulls(complaints: Sequence[str], ties: Iterable[Tie], together: Collection[Pair] = ()) -> dict[Pair, int]:
    """How strongly pairs of these complaints pull together, in thousandths, by pair."""
    names, *sides = edges_of(complaints, ties, together)
    return {(names[one], names[other]): pull for one, other, pull in zip(*(s.tolist() for s in sides), strict=True)}


def edges_of(complaints: Sequence[str], ties: Iterable[Tie], together: Collection[Pair] = ()) -> Edges:
    """The pairs of these complaints that pull together: the strongest tie of each family, added over families.

    A tie of more than `ALL_PAIRS` complaints pulls a sample of its pairs, each so much more strongly; which, hangs on the
    tie and the complaints alone.
    """
    names = sorted(complaints)
    at = {complaint: n for n, complaint in enumerate(names)}
    by_family: dict[Family, list[tuple[I64, I64]]] = {}
    for tie in ties:
        inside = [at[complaint] for complaint in tie.linking if complaint in at]
        if len(inside) > 1:
            pairs = _pairs(np.array(sorted(inside), np.int64), names, tie.value)
            pull = KINDS[tie.kind].pull * (len(inside) * (len(inside) - 1) // 2) // len(pairs)
            by_family.setdefault(tie.family, []).append((pairs, np.full(len(pairs), pull)))
    strongest = [_each(held, np.maximum) for held in by_family.values()]
    said = sorted({(at[min(pair)] * len(names) + at[max(pair)]) for pair in together if {*pair} <= at.keys()})
    strongest.append((np.array(said, np.int64), np.full(len(said), RUN)))
    codes, added = _each(strongest, np.add)
    return Edges(names, codes // len(names), codes % len(names), added)


def _each(held: Sequence[tuple[I64, I64]], how: np.ufunc) -> tuple[I64, I64]:
    """Each pair once, its pulls made one."""
    codes, pull = (np.concatenate(side) for side in zip(*held, strict=True))
    order = np.argsort(codes, kind="stable")
    codes, pull = codes[order], pull[order]
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    return codes[first], how.reduceat(pull, first) if len(first) else pull


def keep_apart(community: Sequence[str], edges: Mapping[Pair, int], apart: Collection[Pair]) -> list[list[str]]:
    """The community without any pair a person said do not belong together: whoever pulls less inside stands alone.

    Of two that pull alike the later id stands alone; whoever says the contrary is not followed, and the caller tells.
    """
    left, alone = sorted(community), []
    for one, other in sorted(apart):
        if one in left and other in left:
            goes = min((one, other), key=lambda who: (_inside(who, left, edges), -left.index(who)))
            left.remove(goes)
            alone.append([goes])
    return sorted([left, *alone])


def _inside(who: str, members: Sequence[str], edges: Mapping[Pair, int]) -> int:
    return sum(edges.get((min(who, other), max(who, other)), 0) for other in members if other != who)


def _pairs(inside: I64, names: Sequence[str], value: str) -> I64:
    """All pairs of a few, as one number each; of many, the neighbours in `ROUNDS` rings of different order: everybody is met
    equally often.
    """
    if len(inside) <= ALL_PAIRS:
        one, other = np.triu_indices(len(inside), 1)
        return inside[one] * len(names) + inside[other]
    held = []
    for turn in range(ROUNDS):
        marks = [blake2b(f"{turn} {value} {names[n]}".encode(), digest_size=8).digest() for n in inside.tolist()]
        ring = inside[np.argsort(np.frombuffer(b"".join(marks), "<u8"), kind="stable")]
        ends = np.stack((ring, np.roll(ring, -1)))
        held.append(ends.min(axis=0) * len(names) + ends.max(axis=0))
    return np.unique(np.concatenate(held))
