"""Why two complaints hang together: the shortest ways over the rarest values, no value on two of them."""

from collections.abc import Sequence

from rustworkx import PyGraph, dijkstra_shortest_paths

from mingcha.model.ring import KeptTie, Path

WAYS = 3
STEP, RAREST = 20_000, 20_000  # a step costs as much as twenty bits of rarity: short ways first, among them the rarest


def cost(tie: KeptTie) -> int:
    """What it costs to go over a tie, in thousandths of a bit."""
    return STEP + RAREST - min(RAREST, tie.millibits)


def paths(one: str, other: str, ties: Sequence[KeptTie], ways: int = WAYS) -> tuple[Path, ...]:
    """Up to `ways` ways from one complaint to the other, the cheapest first; ties by kind and value."""
    left = sorted((tie for tie in ties if len(tie.linking) > 1), key=lambda tie: (tie.kind, tie.value))
    found: list[Path] = []
    while len(found) < ways and one != other:
        way = _cheapest(one, other, left)
        if way is None:
            break
        found.append(way)
        gone = [tie for tie, _ in way.steps]
        left = [tie for tie in left if tie not in gone]
    return tuple(found)


def _cheapest(one: str, other: str, ties: Sequence[KeptTie]) -> Path | None:
    graph: PyGraph[str | int, float] = PyGraph()
    names = sorted({complaint for tie in ties for complaint in tie.linking})
    at = dict(zip(names, graph.add_nodes_from(names), strict=True))
    if one not in at or other not in at:
        return None
    values = list(graph.add_nodes_from(range(len(ties))))
    graph.add_edges_from(
        [(at[complaint], values[n], cost(tie) / 2) for n, tie in enumerate(ties) for complaint in tie.linking]
    )
    way = dijkstra_shortest_paths(graph, at[one], at[other], weight_fn=float)
    if at[other] not in way:
        return None
    nodes = list(way[at[other]])
    steps = [(ties[values.index(nodes[n])], names[nodes[n + 1]]) for n in range(1, len(nodes), 2)]
    return Path(steps=tuple(steps))
