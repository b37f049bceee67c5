"""Rings: what law 3 asks, the part each value plays, what bears a ring and what it shares, and how sure it is."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.network.factory import fact, people

from mingcha.model.finding import Conduct, Family
from mingcha.model.provenance import Cite
from mingcha.model.ring import Ring, RingRole, RingStatus
from mingcha.model.tie import TieFact
from mingcha.network.groups import Evidence, find_groups, summarise_group
from mingcha.network.law_three import test_group as law_three
from mingcha.network.rings import Said, form_ring, part
from mingcha.network.scheme import RESAMPLED_UP_TO
from mingcha.network.ties import Bounds, build_ties

FEE = (Conduct.FEE_TAKEN, "customer_paid_agent", Cite("callbacks", "B1"))
DAY = datetime(2026, 11, 1, tzinfo=UTC)


def rings(
    facts: list[TieFact], who: dict, conduct: str = "", said: Said | None = None, evidence: Evidence | None = None
) -> list[Ring]:
    """The rings of some facts; `conduct` names a complaint whose customer paid."""
    names = sorted({one.complaint for one in facts})
    bounds = Bounds(received={c: DAY + timedelta(days=n) for n, c in enumerate(names)})
    ties = build_ties(facts, who, bounds)
    evidence = evidence or Evidence(conduct={conduct: [FEE]}, tested=frozenset(names))
    out = []
    for one in part(ties, said):
        summary = summarise_group(one.group, ties, who, evidence)
        ring = form_ring(one, summary, ties, who, bounds, f"R-{one.group.id}")
        out += [ring] if ring else []
    return out


def agency(names: str, number: str = "n", seal: str = "s") -> list[TieFact]:
    """One number in the letters, one seal on papers that are records of their own."""
    return [
        row
        for c in names
        for row in (fact(c, "filer_number", number), fact(c, "issuer_seal", seal, f"attachments/T{c}"))
    ]


def test_a_ring_says_what_each_value_does_in_it() -> None:
    (ring,) = rings([*agency("abcd"), fact("e", "issuer_seal", "s", "attachments/Te")], people(*"abcde"), "a")
    assert (ring.status, ring.level, ring.complaints) == (RingStatus.SUSPECTED, None, tuple("abcd"))
    assert ring.customers == ("pa", "pb", "pc", "pd")
    assert ring.families == (Family.LINE, Family.PAPER)
    assert (ring.first, ring.last) == (DAY, DAY + timedelta(days=3))
    number, seal = ring.members
    assert (number.role, number.value, number.complaints, number.elsewhere) == (RingRole.FILER, "n", tuple("abcd"), 0)
    assert (seal.role, seal.elsewhere, seal.cited[0]) == (RingRole.PAPER_MAKER, 1, Cite("attachments", "Ta"))
    assert ring.bridges == (seal,)
    assert number.bearing
    assert seal.bearing


def test_a_value_bears_a_ring_only_when_nothing_else_would_hold_it() -> None:
    """A second number beside the first: without either the ring still stands; the paper is its only other family."""
    more = [fact(c, "agent_number", "m", f"authorisations/U{c}") for c in "abcd"]
    (ring,) = rings([*agency("abcd"), *more], people(*"abcd"), "a")
    assert {one.kind: one.bearing for one in ring.members} == {
        "filer_number": False, "agent_number": False, "issuer_seal": True,
    }  # fmt: skip


def test_without_conduct_it_is_a_joint_grievance_and_an_explanation_explains_it() -> None:
    who = people(*"abc")
    assert [ring.status for ring in rings(agency("abc"), who)] == [RingStatus.JOINT_GRIEVANCE]
    why = ("shared_merchant", Cite("customers", "p1"))
    explained = Evidence(conduct={"a": [FEE]}, explanations={c: [why] for c in "abc"}, tested=frozenset("abc"))
    assert [ring.status for ring in rings(agency("abc"), who, evidence=explained)] == [RingStatus.EXPLAINED]
    untested = Evidence(conduct={"a": [FEE]}, tested=frozenset("ab"))
    assert [ring.status for ring in rings(agency("abc"), who, evidence=untested)] == [RingStatus.UNTESTED]


def test_two_customers_or_one_family_are_no_ring() -> None:
    assert rings(agency("ab"), people(*"ab"), "a") == []
    assert rings([fact(c, "filer_number", "n") for c in "abcdef"], people(*"abcdef"), "a") == []
    related = {id_: replace(one, household="one") for id_, one in people(*"abcd").items()}
    assert rings(agency("abcd"), related, "a") == []


def test_two_rings_of_one_paper_maker_stay_two_with_a_bridge() -> None:
    first, second = rings([*agency("abcdef"), *agency("uvwxyz", number="m")], people(*"abcdefuvwxyz"), "a")
    assert (first.complaints, second.complaints) == (tuple("abcdef"), tuple("uvwxyz"))
    assert [(one.kind, one.elsewhere) for one in first.bridges + second.bridges] == [("issuer_seal", 6)] * 2
    assert (first.status, second.status) == (RingStatus.SUSPECTED, RingStatus.JOINT_GRIEVANCE)


def test_a_ring_of_many_threads_is_stable_and_one_that_hangs_on_few_is_not() -> None:
    """Three threads from records of their own against a chain in which each three neighbours share a payee of their own."""
    names = "abcdefgh"
    firm = [*agency(names), *(fact(c, "payee", "y", f"callbacks/B{c}") for c in names)]
    links = [f"c{n:02}" for n in range(16)]
    chain = [fact(c, "payee", f"y{i}", f"callbacks/B{c}{i}") for i in range(14) for c in links[i : i + 3]]
    ties = build_ties(firm, people(*names), Bounds())
    assert all(one.stability is not None and one.stability > 950_000 for one in part(ties))
    loose = [one.stability for one in part(build_ties(chain, people(*links), Bounds()))]
    assert all(stability is not None and stability < 900_000 for stability in loose), loose


def test_a_candidate_too_large_to_resample_says_so() -> None:
    names = [f"c{i:04}" for i in range(RESAMPLED_UP_TO)]
    rows = [fact(c, "filer_number", f"n{i // 400}") for i, c in enumerate(names)]
    rows += [fact(c, "payee", f"y{i // 800}") for i, c in enumerate(names)]
    rows += [fact(c, "contract", f"k{(i + 400) // 800}") for i, c in enumerate(names)]
    assert {one.stability for one in part(build_ties(rows, people(*names), Bounds()))} == {None}


def test_what_people_said_sticks() -> None:
    who, rows = people(*"abcdxyz"), [*agency("abcd"), fact("x", "payee", "x")]
    joined = rings(rows, who, "a", Said(together=frozenset({("a", "x")})))
    assert joined[0].complaints == tuple(
        "abcd"
    )  # one word against four letters' worth of resolution: x is not pulled in
    apart = rings(rows, who, "a", Said(apart=frozenset({("a", "d")})))
    assert apart[0].complaints == tuple("abc")
    both = Said(together=frozenset({("a", "d")}), apart=frozenset({("a", "d")}))
    assert rings(rows, who, "a", both) == apart


def test_threads_do_not_change_what_is_found() -> None:
    rng = random.Random(2)
    names = [f"c{n:03}" for n in range(120)]
    rows = [fact(c, kind, f"v{rng.randrange(30)}") for c in names for kind in ("payee", "issuer_seal")]
    ties = build_ties(rows, people(*names), Bounds())
    said = Said(apart=frozenset({(names[0], names[1])}))
    assert part(ties, said, threads=1) == part(ties, said, threads=3)


NAMES = [f"c{i:02}" for i in range(12)]
FACTS = st.lists(
    st.builds(
        fact,
        st.sampled_from(NAMES),
        st.sampled_from(["filer_number", "issuer_seal", "payee", "handle", "voice"]),
        st.sampled_from("uv"),
        st.sampled_from([None, "attachments/T1", "attachments/T2", "callbacks/B1"]),
    ),
    max_size=40,
)


@given(FACTS, st.frozensets(st.sampled_from(NAMES), max_size=4), st.booleans())
def test_every_ring_meets_law_three_and_every_bearing_value_is_needed(
    facts: list[TieFact], verified: frozenset[str], conduct: bool
) -> None:
    who = people(*verified) | people(*(set(NAMES) - verified), verified=False)
    found = rings(facts, who, NAMES[0] if conduct else "")
    for ring in found:
        assert ring.unrelated.count >= 3
        assert len(ring.families) >= 2
        assert ring.level is None
        assert (ring.status is RingStatus.SUSPECTED) == bool(ring.conduct)
        for member in ring.members:
            left = [
                one for one in facts
                if one.complaint in ring.complaints and (one.kind, one.value) != (member.kind, member.value)
            ]  # fmt: skip
            ties = build_ties(left, who, Bounds())
            held = [summarise_group(group, ties, who, Evidence()) for group in find_groups(ties)]
            meets = [law_three(one) for one in held]
            assert member.bearing != any(law.two_families and law.three_customers for law in meets)


@pytest.mark.parametrize("size", [3, 40])
def test_members_are_values_and_never_people(size: int) -> None:
    names = [f"c{i:02}" for i in range(size)]
    rows = [row for c in names for row in (fact(c, "filer_number", "n"), fact(c, "payee", "y", f"callbacks/{c}"))]
    (ring,) = rings(rows, people(*names), names[0])
    assert {one.value for one in ring.members} == {"n", "y"}
    assert not {one.value for one in ring.members} & {*ring.customers, *ring.complaints}
