"""Law 3: a ring that meets every leg no longer does once a leg, a source or an unrelatedness is taken away."""

from dataclasses import dataclass, field, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.network.factory import fact, people

from mingcha.model.campaign import Unrelated
from mingcha.model.finding import Conduct, Family
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite
from mingcha.model.tie import GroupSummary, LawThree, TieFact
from mingcha.network import law_three
from mingcha.network.groups import Evidence, find_groups, summarise_group
from mingcha.network.scheme import GROUP_LIMIT, KINDS
from mingcha.network.ties import Bounds, build_ties

FEE = (Conduct.FEE_TAKEN, "customer_paid_agent", Cite("callbacks", "B1"))
WHY = ("common_cause", Cite("events", "E1"))
RING = "abcde"


@dataclass(frozen=True)
class World:
    """Everything law 3 looks at."""

    facts: tuple[TieFact, ...]
    customers: dict[str, Customer] = field(default_factory=lambda: people(*RING))
    evidence: Evidence = field(default_factory=lambda: Evidence(conduct={"a": [FEE]}, tested=frozenset(RING)))
    bounds: Bounds = field(default_factory=Bounds)

    def legs(self) -> list[LawThree]:
        ties = build_ties(self.facts, self.customers, self.bounds)
        return [
            law_three.test_group(summarise_group(group, ties, self.customers, self.evidence))
            for group in find_groups(ties)
        ]

    @property
    def met(self) -> bool:
        return any(legs.met for legs in self.legs())


LINE = tuple(fact(c, "agent_number", "n", f"authorisations/u{c}") for c in RING)
MONEY = tuple(fact(c, "payee", "m", f"attachments/t{c}") for c in RING)
MET = World((*LINE, *MONEY))


def test_the_whole_is_met() -> None:
    assert MET.met


def test_exhaustive_every_leg_is_needed() -> None:
    """All 2^4 x 2 combinations of legs: met exactly when all hold and nothing explains."""
    for families, customers, conduct, tested, explained in product((False, True), repeat=5):
        group = GroupSummary(
            id="g",
            complaints=5,
            customers=Unrelated(3 if customers else 2, 0, 9),
            families=(Family.LINE, Family.MONEY) if families else (Family.LINE,),
            conduct=(FEE,) if conduct else (),
            explanations=(WHY,) if explained else (),
            explanations_tested=tested,
            cited=(),
        )
        legs = law_three.test_group(group)
        assert legs == LawThree(families, customers, conduct, tested, explained)
        assert legs.met == (families and customers and conduct and tested and not explained)


def test_a_group_too_large_to_mean_anything_is_never_suspected() -> None:
    names = [f"c{i:04d}" for i in range(GROUP_LIMIT + 1)]
    line = [fact(c, "agent_number", f"n{i // 700}", f"authorisations/u{c}") for i, c in enumerate(names)]
    steps = range(0, len(names) - 700, 700)
    money = [fact(names[i + d], "payee", f"m{i}", f"attachments/t{i + d}") for i in steps for d in (0, 700)]
    evidence = Evidence(conduct={names[0]: [FEE]}, tested=frozenset(names))
    assert not World((*line, *money), people(*names), evidence).met
    assert World((*line[:-1], *money), people(*names[:-1]), evidence).met


def test_families_that_are_no_ties_do_not_count() -> None:
    group = GroupSummary(
        id="g", complaints=5, customers=Unrelated(5, 0, 0), families=(Family.LINE, Family.CONDUCT, Family.AUTHORITY),
        conduct=(FEE,), explanations=(), explanations_tested=True, cited=(),
    )  # fmt: skip
    assert not law_three.test_group(group).two_families


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_single_shared_family_never_suffices(kind: str) -> None:
    for other in KINDS:
        if KINDS[other].family is KINDS[kind].family:
            one = tuple(fact(c, kind, "v", f"authorisations/u{c}") for c in RING)
            two = tuple(fact(c, other, "w", f"attachments/t{c}") for c in RING)
            assert not replace(MET, facts=(*one, *two)).met


def test_one_record_stating_both_is_one_source() -> None:
    both = tuple(fact(c, kind, kind) for c in RING for kind in ("filer_number", "return_address", "template", "device"))
    assert not replace(MET, facts=both).met


def test_one_record_stating_both_counts_once_another_record_speaks() -> None:
    both = tuple(fact(c, kind, kind) for c in RING for kind in ("agent_number", "return_address"))
    papers = tuple(fact(c, "agent_number", "agent_number", f"authorisations/u{c}") for c in RING)
    assert replace(MET, facts=(*both, *papers)).met
    assert not replace(MET, facts=(*both, papers[0])).met


def test_a_paper_for_many_complaints_is_one_source() -> None:
    line = tuple(fact(c, "agent_number", "n", "authorisations/u") for c in RING)
    address = tuple(fact(c, "return_address", "r", "authorisations/u") for c in RING)
    assert not replace(MET, facts=(*line, *address)).met


def test_threads_that_only_meet_through_double_use_are_one() -> None:
    """Ten forms share a text, eight of them also a number: no thread of the two stands beside the other."""
    names = "abcdefghij"
    text = tuple(fact(c, "template", "t") for c in names)
    line = tuple(fact(c, "filer_number", "n") for c in names[:8])
    evidence = Evidence(conduct={"a": [FEE]}, tested=frozenset(names))
    assert not World((*text, *line), people(*names), evidence).met


@pytest.mark.parametrize("who", RING)
@pytest.mark.parametrize("broken", ["verified", "missing", "household", "employer", "merchant", "relations", "blank"])
def test_whoever_is_not_unrelated_never_counts(who: str, broken: str) -> None:
    """Three customers who count; one of them no longer does."""
    names = [who, *[c for c in RING if c != who][:2]]
    customers = people(*names)
    assert replace(MET, customers=customers).met
    other = customers[f"p{names[1]}"]
    changes: dict[str, dict[str, object]] = {
        "verified": {"verified": None},
        "household": {"household": "h"},
        "employer": {"employer": "e"},
        "merchant": {"merchant": "m"},
        "relations": {"relations": (other.id,)},
        "blank": {"household": None, "employer": None},
    }
    if broken == "missing":
        del customers[f"p{who}"]
    else:
        customers[f"p{who}"] = replace(customers[f"p{who}"], **changes[broken])  # type: ignore[arg-type] -- test table
    if broken in ("household", "employer", "merchant"):
        customers[other.id] = replace(other, **changes[broken])  # type: ignore[arg-type] -- test table
    assert not replace(MET, customers=customers).met


def test_filings_without_a_customer_never_count() -> None:
    facts = tuple(replace(f, customer=None) if f.complaint in "abc" else f for f in MET.facts)
    assert not replace(MET, facts=facts).met


def test_one_customer_under_many_complaints_counts_once() -> None:
    facts = tuple(replace(f, customer="pa") if f.complaint in "abcd" else f for f in MET.facts)
    assert not replace(MET, facts=facts).met


@given(st.frozensets(st.sampled_from(RING), min_size=3))
def test_verified_representation_stops_ties_through_that_person(stopped: frozenset[str]) -> None:
    """With three of five represented, at most two speak for themselves."""
    assert not replace(MET, bounds=Bounds(stopped=stopped)).met


@pytest.mark.parametrize("value", ["n", "m"])
def test_an_allowed_place_takes_its_thread_away(value: str) -> None:
    assert not replace(MET, bounds=Bounds(allowed={value: "call_centre"})).met


@pytest.mark.parametrize(
    ("kind", "what"), [("ip", "dormitory"), ("filer_number", "call centre"), ("device", "library")]
)
def test_hubs_never_link(kind: str, what: str) -> None:
    names = [*RING, *(f"x{i}" for i in range(KINDS[kind].hub_above))]
    crowd = tuple(fact(c, kind, what, f"attachments/log{c}") for c in names)
    text = tuple(fact(c, "return_address", "r") for c in RING)
    evidence = Evidence(conduct={"a": [FEE]}, tested=frozenset(names))
    assert not World((*crowd, *text), people(*names), evidence).met


def test_without_conduct_it_is_a_joint_grievance() -> None:
    assert not replace(MET, evidence=replace(MET.evidence, conduct={})).met


def test_conduct_outside_the_group_does_not_count() -> None:
    assert not replace(MET, evidence=replace(MET.evidence, conduct={"z": [FEE]})).met


@pytest.mark.parametrize("who", RING)
def test_every_members_explanations_must_have_been_tested(who: str) -> None:
    assert not replace(MET, evidence=replace(MET.evidence, tested=frozenset(RING) - {who})).met


def test_an_explanation_that_holds_ends_it() -> None:
    assert not replace(MET, evidence=replace(MET.evidence, explanations={c: [WHY] for c in "abc"})).met


@given(st.data())
def test_taking_facts_away_never_makes_a_group_met(data: st.DataObject) -> None:
    """Fewer facts, fewer threads: from two threads to any subset, met only if enough of both are left."""
    kept = tuple(f for f in MET.facts if data.draw(st.booleans()))
    world = replace(MET, facts=kept)
    line = {f.complaint for f in kept if f.kind == "agent_number"}
    money = {f.complaint for f in kept if f.kind == "payee"}
    enough = len(line) > 1 and len(money) > 1 and bool(line & money) and len(line | money) >= 3
    assert world.met == (enough and "a" in line | money)
