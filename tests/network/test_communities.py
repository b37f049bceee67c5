"""Communities: what is run holds together, what is bought does not, against every possible parting of few complaints."""

import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.network.factory import fact, people

from mingcha.network import communities as room
from mingcha.network.communities import communities, edges_of, keep_apart, pulls, surely_best
from mingcha.network.groups import find_groups
from mingcha.network.scheme import KINDS, RESOLUTION, RUN
from mingcha.network.ties import Bounds, Ties, build_ties

Spec = list[tuple[str, str, range]]


def ties_of(spec: Spec) -> Ties:
    rows = [fact(f"c{i:04}", kind, value) for value, kind, who in spec for i in who]
    return build_ties(rows, people(*(f"c{i:04}" for i in range(2_000))), Bounds())


def parts(spec: Spec) -> list[int]:
    ties = ties_of(spec)
    found = [communities(group.complaints, ties.ties) for group in find_groups(ties)]
    return [len(part) for group in found for part in group]


FIRST, SECOND, BOTH = range(12), range(12, 24), range(24)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param(
            [("n", "filer_number", FIRST), ("t", "template", FIRST), ("m", "filer_number", SECOND),
             ("u", "template", SECOND), ("s", "issuer_seal", range(6, 18))],
            [12, 12], id="two rings buy papers of one maker",
        ),
        pytest.param(
            [("n", "filer_number", FIRST), ("m", "payee", SECOND), ("t", "template", BOTH)],
            [12, 12], id="two rings buy one script",
        ),
        pytest.param(
            [("n", "filer_number", BOTH), ("t", "template", FIRST), ("u", "template", SECOND)],
            [24], id="one ring has two scripts",
        ),
        pytest.param(
            [*((f"n{k}", "filer_number", range(k * 6, k * 6 + 6)) for k in range(4)),
             ("a", "return_address", BOTH), ("t", "template", BOTH)],
            [24], id="one ring has four numbers",
        ),
        pytest.param(
            [("n", "filer_number", range(300)), ("t", "template", range(300)), ("m", "filer_number", range(300, 500)),
             ("u", "template", range(300, 500)), ("s", "issuer_seal", range(280, 320))],
            [300, 200], id="two large rings buy papers of one maker",
        ),
        pytest.param(
            [("n", "filer_number", range(480)), ("t", "template", range(300)), ("u", "template", range(300, 480))],
            [480], id="a large ring has two scripts",
        ),
    ],
)  # fmt: skip
def test_suppliers_never_make_one_ring_of_two(spec: Spec, expected: list[int]) -> None:
    assert parts(spec) == expected


def partings(items: list[str]) -> Iterator[list[list[str]]]:
    """Every way to part a list."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for parting in partings(rest):
        for at in range(len(parting)):
            yield [*parting[:at], [first, *parting[at]], *parting[at + 1 :]]
        yield [[first], *parting]


def quality(parting: list[list[str]], edges: dict[tuple[str, str], int]) -> int:
    """The constant-Potts objective, pair by pair."""
    return sum(edges.get(pair, 0) - RESOLUTION for part in parting for pair in combinations(sorted(part), 2))


def test_small_groups_are_parted_as_well_as_they_can_be() -> None:
    """Against all partings of up to seven complaints, on 150 made-up groups."""
    rng = random.Random(5)
    kinds = ["filer_number", "payee", "issuer_seal", "handle"]
    told = 0
    for _ in range(150):
        names = [f"c{i}" for i in range(rng.randrange(3, 8))]
        rows = [fact(c, rng.choice(kinds), rng.choice("xyz")) for c in names for _ in range(2)]
        ties = build_ties(rows, people(*names), Bounds())
        edges = pulls(names, ties.ties)
        best = max(quality(parting, edges) for parting in partings(names))
        assert quality(communities(names, ties.ties), edges) == best
        sure = surely_best(names, edges_of(names, ties.ties))
        assert sure is None or (quality(sure, edges) == best and sorted(c for part in sure for c in part) == names)
        told += sure is not None
    assert 50 < told < 150  # most need no search, some do


ROWS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(["payee", "template", "device"]), st.sampled_from("xyz")), max_size=60
)


@given(ROWS, st.randoms(use_true_random=False))
def test_nobody_is_lost_and_order_does_not_matter(rows: list[tuple[int, str, str]], rng: random.Random) -> None:
    names = [f"c{i:02}" for i in range(31)]
    facts = [fact(f"c{i:02}", kind, value) for i, kind, value in rows]
    found = communities(names, build_ties(facts, people(*names), Bounds()).ties)
    assert sorted(c for part in found for c in part) == names
    rng.shuffle(facts)
    rng.shuffle(names)
    assert communities(names, tuple(reversed(build_ties(facts, people(*names), Bounds()).ties))) == found


def test_two_ties_of_one_family_pull_once() -> None:
    ties = build_ties(
        [fact(c, kind, "v") for c in "ab" for kind in ("filer_number", "device", "payee")], people(*"ab"), Bounds()
    )
    assert pulls("ab", ties.ties) == {("a", "b"): 2 * RUN}


def test_a_sample_of_pairs_pulls_as_much_as_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each complaint's pull in all, when pairs are sampled, against all of them."""
    names = [f"c{i:03}" for i in range(200)]
    ties = build_ties([fact(c, "payee", "v") for c in names], people(*names), Bounds())

    def pull_of(edges: dict[tuple[str, str], int]) -> dict[str, int]:
        return {c: sum(pull for pair, pull in edges.items() if c in pair) for c in names}

    sampled = pull_of(pulls(names, ties.ties))
    monkeypatch.setattr(room, "ALL_PAIRS", 200)
    full = pull_of(pulls(names, ties.ties))
    assert len(pulls(names, ties.ties)) == 199 * 100
    assert all(0.85 < sampled[c] / full[c] < 1.15 for c in names)
    assert set(full.values()) == {199 * KINDS["payee"].pull}


def test_who_is_said_to_belong_together_does_and_who_is_not_leaves() -> None:
    ties = build_ties([], {}, Bounds())
    assert communities("abc", ties.ties, [("a", "c")]) == [["a", "c"], ["b"]]
    edges = {("a", "b"): 5, ("a", "c"): 5, ("b", "c"): 9}
    assert keep_apart("abc", edges, [("a", "b")]) == [["a"], ["b", "c"]]
    assert keep_apart("abc", {}, [("a", "b")]) == [["a", "c"], ["b"]]  # pulled alike: the later one leaves
    assert keep_apart("abc", edges, [("a", "b"), ("a", "c"), ("b", "c")]) == [["a"], ["b"], ["c"]]
    assert keep_apart("abc", edges, []) == [["a", "b", "c"]]
