"""Suggestions: law 3 decides and never the sum, arithmetic adds up, innocent explanations outweigh their thread."""

from hypothesis import given
from hypothesis import strategies as st

from mingcha.grade.scale import Scale
from mingcha.grade.suggest import check_floors, suggest
from mingcha.model.assessment import Label
from mingcha.model.campaign import Unrelated
from mingcha.model.finding import TIE_FAMILIES, Answer, Basis, Conduct, Family, Finding, Side
from mingcha.model.provenance import Cite
from mingcha.model.tie import GroupSummary, LawThree
from mingcha.model.words import Words

MET = LawThree(True, True, True, True, False)
GROUP = GroupSummary(
    id="g", complaints=5, customers=Unrelated(5, 0, 0), families=(Family.LINE, Family.TEXT), conduct=((Conduct.FEE_TAKEN, "d", Cite("callbacks", "B")),),
    explanations=(), explanations_tested=True, cited=(),
)  # fmt: skip


def finding(
    side: Side = Side.FOR,
    family: Family = Family.LINE,
    points: int = 6,
    answer: Answer = Answer.ORGANISATION,
    **more: object,
) -> Finding:
    return Finding(
        detector="d", clause="c", answer=answer, side=side, family=family, basis=Basis.NUMBER, points=points, why=Words("因", "why"),
        cites=(Cite("complaints", "C"),), **more,
    )  # fmt: skip


FINDINGS = st.lists(
    st.builds(finding, st.sampled_from(Side), st.sampled_from(Family), st.integers(0, 50), st.sampled_from(Answer)),
    max_size=12,
)


@given(FINDINGS, st.tuples(*[st.booleans()] * 5))
def test_linked_takes_every_leg_of_law_three(
    findings: list[Finding], legs: tuple[bool, bool, bool, bool, bool]
) -> None:
    law = LawThree(*legs)
    label = suggest(findings, GROUP, law).label
    if label is Label.LINKED:
        assert legs[:4] == (True,) * 4
        assert not legs[4]
        own = {f.family for f in findings if f.side is Side.FOR and f.answer is Answer.ORGANISATION}
        assert len(own & TIE_FAMILIES) >= 2


@given(FINDINGS)
def test_no_sum_however_large_links_anyone(findings: list[Finding]) -> None:
    assert suggest(findings, None, None).label is not Label.LINKED


@given(FINDINGS)
def test_the_arithmetic_is_the_strongest_per_family(findings: list[Finding]) -> None:
    made = suggest(findings, None, None)
    for answer, shown in ((Answer.AGENCY, made.agency_points), (Answer.ORGANISATION, made.organisation_points)):
        slow = 0
        for family in Family:
            for side, sign in ((Side.FOR, 1), (Side.AGAINST, -1)):
                slow += sign * max(
                    (f.points for f in findings if (f.answer, f.family, f.side) == (answer, family, side)), default=0
                )
        assert shown == slow
    assert len(made.steps) == len(findings)


@given(FINDINGS, st.randoms())
def test_order_does_not_matter(findings: list[Finding], rng: object) -> None:
    mixed = list(findings)
    rng.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert suggest(mixed, GROUP, MET).label is suggest(findings, GROUP, MET).label


def test_verified_representation_is_an_authorised_agent_whatever_the_group() -> None:
    stops = finding(Side.AGAINST, Family.AUTHORITY, 20, Answer.AGENCY, stops_ties=True)
    assert suggest([finding(), stops], GROUP, MET).label is Label.AUTHORISED_AGENT


def test_weak_signs_alone_stay_ordinary_and_named_ones_are_insufficient() -> None:
    assert suggest([finding(points=1)], None, None).label is Label.ORDINARY
    assert suggest([finding(points=6)], None, None).label is Label.INSUFFICIENT
    explained = finding(Side.AGAINST, Family.LINE, 6)
    assert suggest([finding(points=6), explained], None, None).label is Label.ORDINARY
    conduct = finding(points=6, conduct=Conduct.FORGED_PAPER)
    assert suggest([conduct, explained], None, None).label is Label.INSUFFICIENT


def test_a_scale_below_the_floors_is_refused() -> None:
    import pytest

    from mingcha.errors import BelowFloor

    with pytest.raises(BelowFloor):
        check_floors(Scale(id="s", named_points=3, min_customers=2, min_families=2, min_threads=2))
    with pytest.raises(BelowFloor):
        check_floors(Scale(id="s", named_points=3, min_customers=3, min_families=1, min_threads=2))
    with pytest.raises(BelowFloor):
        check_floors(Scale(id="s", named_points=3, min_customers=3, min_families=2, min_threads=1))


def test_machines_cannot_suggest_what_belongs_to_people() -> None:
    assert {label.value for label in Label} == {
        "ordinary",
        "authorised_agent",
        "linked_to_suspected_organisation",
        "insufficient",
    }
