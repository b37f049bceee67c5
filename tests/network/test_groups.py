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


def test_a_group_lists_twenty_findings_of_conduct_and_counts_the_rest() -> None:
    """A dossier carries summaries, never member lists: a group of hundreds must not travel with each of its members."""
    names = [f"c{i:03d}" for i in range(300)]
    ties = build_ties(
        [fact(c, "payee", f"v{i // 3}") for i, c in enumerate(names)] + [fact(c, "handle", "one") for c in names[:3]],
        people(*names),
        Bounds(),
    )
    group = max(find_groups(ties), key=lambda g: len(g.complaints))
    paid = {
        c: (
            (Conduct.FEE_TAKEN, "customer_paid_agent", Cite("callbacks", c)),
            (Conduct.FORGED_PAPER, "issuer_denies", Cite("issuers", c)),
        )
        for c in group.complaints * 20
    }
    many = {
        c: tuple((Conduct.FEE_TAKEN, "customer_paid_agent", Cite("callbacks", f"{c}-{n}")) for n in range(30))
        for c in group.complaints
    }
    few = summarise_group(group, ties, people(*names), Evidence(conduct=paid))
    assert few.conduct_more == 0
    assert len(few.conduct) == 2 * len(group.complaints)
    full = {c: (*many[c], *paid[c]) for c in group.complaints}
    seen = summarise_group(group, ties, people(*names), Evidence(conduct=full))
    assert len(seen.conduct) == 20
    assert len(seen.conduct) + seen.conduct_more == len({one for found in full.values() for one in found})
    assert {detector for _, detector, _ in seen.conduct} == {"customer_paid_agent", "issuer_denies"}
    assert list(seen.conduct) == sorted(seen.conduct, key=lambda one: (one[0].value, one[1], one[2].record))
