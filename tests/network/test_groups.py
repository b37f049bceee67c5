"""Groups: the connected parts of what links, against networkx."""

from itertools import combinations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st
from tests.network.factory import fact, people

from mingcha.model.finding import Conduct, Family
from mingcha.model.provenance import Cite
from mingcha.network.groups import Evidence, find_groups, summarise_group
from mingcha.network.ties import Bounds, build_ties

NAMES = [f"c{i:02d}" for i in range(15)]
ROWS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 12)), max_size=30)


@given(ROWS, st.frozensets(st.sampled_from(NAMES), max_size=4), st.frozensets(st.integers(0, 12), max_size=3))
def test_groups_equal_the_components_of_networkx(
    rows: list[tuple[str, int]], stopped: frozenset[str], allowed: frozenset[int]
) -> None:
    facts = [fact(c, "payee", f"v{v}") for c, v in rows]
    ties = build_ties(facts, people(*NAMES), Bounds(stopped=stopped, allowed={f"v{v}": "platform" for v in allowed}))
    graph = nx.Graph()
    for (a, v), (b, w) in combinations(rows, 2):
        if v == w and a != b and v not in allowed and not {a, b} & stopped:
            graph.add_edge(a, b)
    expected = {tuple(sorted(part)) for part in nx.connected_components(graph)}
    got = find_groups(ties)
    assert {group.complaints for group in got} == expected
    assert [group.id for group in got] == sorted(min(part) for part in expected)


def test_a_dormitory_of_ten_thousand_links_nobody() -> None:
    names = [f"c{i}" for i in range(10_000)]
    ties = build_ties([fact(c, "ip", "dormitory") for c in names], people(*names), Bounds())
    assert find_groups(ties) == ()
    assert ties.ties[0].hub


def test_conduct_counts_from_any_member_and_only_once() -> None:
    ties = build_ties([fact(c, "payee", "v") for c in "abc"], people(*"abc"), Bounds())
    fee = (Conduct.FEE_TAKEN, "customer_paid_agent", Cite("callbacks", "B1"))
    got = summarise_group(
        find_groups(ties)[0], ties, people(*"abc"), Evidence(conduct={"a": [fee], "c": [fee], "z": [fee]})
    )
    assert got.conduct == (fee,)
    assert got.families == (Family.MONEY,)
    assert not got.explanations_tested


def test_explanations_hold_once_they_explain_the_group() -> None:
    names = "abcdefgh"
    ties = build_ties([fact(c, "payee", "v") for c in names], people(*names), Bounds())
    group = find_groups(ties)[0]
    why = ("public_sample", Cite("samples", "S1"))

    def explained(which: str) -> int:
        evidence = Evidence(explanations={c: [why] for c in which}, tested=frozenset(names))
        return len(summarise_group(group, ties, people(*names), evidence).explanations)

    assert explained("abc") == 0
    assert explained("abcd") == 1
    few = {**people(*"abcde"), **people(*"fgh", verified=False)}
    evidence = Evidence(explanations={c: [why] for c in "abc"}, tested=frozenset(names))
    assert len(summarise_group(group, ties, few, evidence).explanations) == 1
