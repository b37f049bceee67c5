"""Connected groups parted into communities: two organisations that share a supplier stay two.

The objective is constant-Potts (Traag, Van Dooren & Nesterov 2011): a pair of complaints pulls together by the strongest
tie of each family they share, and costs the resolution. How rare a value is does not matter here: what is too common for
its kind is a hub and links nobody, and in a small house everything is common. The search is Leiden (Traag, Waltman & van Eck 2019) of
graspologic-native, seeded; what it is given is sorted, so that the order of complaints and ties is no matter.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

from graspologic_native import leiden
from rustworkx import PyGraph, connected_components

from mingcha.model.finding import Family
from mingcha.network.scheme import KINDS, RESOLUTION, RUN
from mingcha.network.ties import Tie

ALL_PAIRS = 64  # complaints up to which a tie pulls every pair; above, each complaint and ROUNDS pairs of others
ROUNDS = 16
SEED, PASSES = 20_261_128, 3
FEW, TRIALS, TRIALS_OF_MANY = 20, 8, 2  # of so many searches the best one counts

Pair = tuple[str, str]


def communities(complaints: Sequence[str], ties: Iterable[Tie], together: Collection[Pair] = ()) -> list[list[str]]:
    """The communities of a connected group, each sorted, by first complaint; single complaints are communities too.

    `together` are pairs a person said belong together: they pull as what is run does.
    """
    ties = list(ties)
    if any(KINDS[tie.kind].pull >= RUN and set(tie.linking).issuperset(complaints) for tie in ties):
        return [sorted(complaints)]  # every pair pulls enough: no parting is better
    edges = pulls(complaints, ties, together)
    return sorted(part for held in _connected(complaints, edges) for part in _parted(*held))


def _parted(complaints: Sequence[str], edges: Mapping[Pair, int]) -> list[list[str]]:
    """The communities of complaints that hang together; where every pair pulls enough there is but one."""
    pairs = len(complaints) * (len(complaints) - 1) // 2
    if len(edges) == pairs and all(pull >= RESOLUTION for pull in edges.values()):
        return [sorted(complaints)]
    listed = [(one, other, pull / RUN) for (one, other), pull in sorted(edges.items())]
    trials = TRIALS if len(complaints) <= FEW else TRIALS_OF_MANY
    _, found = leiden(
        listed, resolution=RESOLUTION / RUN, use_modularity=False, seed=SEED, iterations=PASSES, trials=trials
    )
    parts: dict[int, list[str]] = {}
    for complaint in sorted(complaints):
        parts.setdefault(found[complaint], []).append(complaint)
    return list(parts.values())


def _connected(complaints: Sequence[str], edges: Mapping[Pair, int]) -> Iterator[tuple[list[str], dict[Pair, int]]]:
    """Complaints that edges connect, with these edges: nothing is gained by joining what hangs on nothing."""
    graph: PyGraph[str, int | None] = PyGraph()
    at = dict(zip(complaints, graph.add_nodes_from(list(complaints)), strict=True))
    graph.add_edges_from_no_data([(at[one], at[other]) for one, other in edges])
    home = {complaints[node]: n for n, part in enumerate(connected_components(graph)) for node in part}
    parts: dict[int, tuple[list[str], dict[Pair, int]]] = {}
    for complaint in complaints:
        parts.setdefault(home[complaint], ([], {}))[0].append(complaint)
    for pair, pull in edges.items():
        parts[home[pair[0]]][1][pair] = pull
    return iter(parts.values())


def pulls(complaints: Sequence[str], ties: Iterable[Tie], together: Collection[Pair] = ()) -> dict[Pair, int]:
    """How strongly pairs of these complaints pull together, in thousandths, added over families.

    A tie of more than `ALL_PAIRS` complaints pulls a sample of its pairs, each so much more strongly; which, hangs on the
    tie and the complaints alone.
    """
    inside = set(complaints)
    strongest: dict[Pair, dict[Family, int]] = {}
    for tie in ties:
        linking = [complaint for complaint in tie.linking if complaint in inside]
        if len(linking) < 2:
            continue
        pairs = list(_pairs(linking, tie.value))
        pull = KINDS[tie.kind].pull * (len(linking) * (len(linking) - 1) // 2) // len(pairs)
        for pair in pairs:
            held = strongest.setdefault(pair, {})
            held[tie.family] = max(pull, held.get(tie.family, 0))
    out = {pair: sum(families.values()) for pair, families in strongest.items()}
    for one, other in together:
        if one in inside and other in inside:
            pair = (min(one, other), max(one, other))
            out[pair] = out.get(pair, 0) + RUN
    return out


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


def _pairs(linking: Sequence[str], value: str) -> Iterator[Pair]:
    """All pairs of a few; of many, the neighbours in `ROUNDS` rings of different order: everybody is met equally often."""
    if len(linking) <= ALL_PAIRS:
        yield from combinations(sorted(linking), 2)
        return
    seen: set[Pair] = set()
    for turn in range(ROUNDS):
        order = sorted(linking, key=lambda complaint: blake2b(f"{turn} {value} {complaint}".encode()).digest())
        for one, other in zip(order, [*order[1:], order[0]], strict=True):
            seen.add((min(one, other), max(one, other)))
    yield from sorted(seen)
