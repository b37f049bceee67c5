"""Why two complaints hang together: the cheapest way, against every simple way networkx knows."""

import random

import networkx as nx

from mingcha.model.finding import Family
from mingcha.model.ring import KeptTie
from mingcha.network.paths import RAREST, STEP, WAYS, cost, paths


def kept(value: str, linking: str, millibits: int = 10_000) -> KeptTie:
    return KeptTie(
        kind="payee", family=Family.MONEY, value=value, linking=tuple(linking), complaints=len(linking), millibits=millibits,
        hub=False, stopped=False, allowed_as=None, dormant=False, last=None, cited=(),
    )  # fmt: skip


def test_the_shortest_of_the_rarest_comes_first_and_no_value_is_on_two_ways() -> None:
    ties = [
        kept("long1", "am", 20_000),
        kept("long2", "mz", 20_000),
        kept("common", "az", 2_000),
        kept("rare", "az", 15_000),
    ]
    found = paths("a", "z", ties)
    assert [[tie.value for tie, _ in path.steps] for path in found] == [["rare"], ["common"], ["long1", "long2"]]
    assert [reached for _, reached in found[2].steps] == ["m", "z"]
    assert paths("a", "a", ties) == ()
    assert paths("a", "q", ties) == ()


def test_what_links_nobody_is_no_way() -> None:
    assert paths("a", "b", [kept("hub", "")]) == ()
    assert paths("a", "b", [kept("one", "a"), kept("two", "b")]) == ()


def test_the_first_way_is_as_cheap_as_any() -> None:
    rng = random.Random(3)
    for _ in range(150):
        names = "abcdefg"
        ties = [
            kept(f"v{n}", "".join(sorted(rng.sample(names, rng.randrange(2, 4)))), rng.randrange(0, RAREST + 5_000))
            for n in range(rng.randrange(1, 7))
        ]
        graph = nx.Graph()
        for tie in ties:
            for complaint in tie.linking:
                graph.add_edge(complaint, tie.value, weight=cost(tie) / 2)
        found = paths("a", "b", ties)
        expected = nx.has_path(graph, "a", "b") if {"a", "b"} <= set(graph) else False
        assert bool(found) == expected
        if found:
            best = nx.dijkstra_path_length(graph, "a", "b")
            assert sum(cost(tie) for tie, _ in found[0].steps) == best
            assert best >= STEP
        assert len(found) <= WAYS
        used = [tie.value for path in found for tie, _ in path.steps]
        assert len(used) == len(set(used))
