"""Help after its acts: what may follow what, and that nothing personal is told before a second proof."""

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.aid.acts import act, at, found, linked

from mingcha.aid.course import TELLS, fold, next_of, open_link, refusal, spoken_by, totals, waiting
from mingcha.model.aid import (
    AID_ACT_WORDS,
    AID_BODIES,
    AID_KIND_OF,
    SPOKEN_IN,
    AidAct,
    AidBody,
    AidState,
    CardDone,
    ChannelKind,
    Closed,
    Declined,
    Filed,
    Found,
    HumanAsked,
    LossRecorded,
    Need,
    Offered,
    PaperKind,
    PaperMade,
    Proof,
    Proved,
    Reached,
    Recovered,
    Route,
    SetAside,
)
from mingcha.model.aid_followup import COUNTED, NEXT_WORDS, AidTotals, Next
from mingcha.standards.calendar import local_day

DAY = date(2026, 3, 1)
LOSS = LossRecorded(fee=300_000, paid_on=DAY)
BACK = Recovered(amount=300_000, on=date(2026, 3, 11), origin="对方")
PAPER = PaperMade(PaperKind.CLAIM, "ab" * 32)
BRANCH = Proved(Proof.BRANCH)
PROVED = [act(found()), act(BRANCH, 1)]


def why_not(acts: list[AidAct], body: AidBody, hours: float = 300) -> str | None:
    why = refusal(fold(acts), act(body, hours))
    return why.en if why else None


def test_every_body_is_an_act_with_words() -> None:
    assert set(AID_KIND_OF) == set(AID_BODIES.values()) == set(get_args(AidBody))
    assert set(AID_ACT_WORDS) == set(AID_BODIES)


@pytest.mark.parametrize(
    ("acts", "body", "why"),
    [
        ([], BRANCH, "nobody noted"),
        ([], Found((), Need.OTHER), "a reason"),
        ([act(found())], found(), "noted already"),
        ([act(found())], LOSS, "second proof"),
        ([act(found())], PAPER, "second proof"),
        ([act(found())], Filed("派出所", DAY), "second proof"),
        ([act(found())], Proved(Proof.FACE, "AB12CD34"), "no such link"),
        ([act(found()), act(linked(until=168))], Proved(Proof.FACE, "AB12CD34"), "no such link"),
        (PROVED, LossRecorded(fee=0, paid_on=DAY), "above nought"),
        (PROVED, LossRecorded(fee=1, paid_on=date(2026, 4, 1)), "still to come"),
        (PROVED, Filed(" ", DAY), "where"),
        (PROVED, BACK, "no loss"),
        ([*PROVED, act(LOSS, 2)], Recovered(amount=-1, on=DAY, origin=""), "above nought"),
        (PROVED, Closed(" "), "a reason"),
        (PROVED, SetAside("2", "x"), "no such entry"),
        (PROVED, SetAside("1", "x"), "no such entry"),
        ([*PROVED, act(LOSS, 2)], SetAside("2", " "), "a reason"),
        ([*PROVED, act(Declined(), 2)], Reached(ChannelKind.CALL), "declined"),
        ([*PROVED, act(Closed("办完"), 2)], PAPER, "ended"),
    ],
)
def test_what_may_not_follow_says_why_and_changes_nothing(acts: list[AidAct], body: AidBody, why: str) -> None:
    said = why_not(acts, body)
    assert said is not None
    assert why in said
    assert fold([*acts, act(body, 300)]) == fold(acts)


def test_a_link_opens_by_its_own_code_alone() -> None:
    acts = [act(found()), act(linked("AAAA0000")), act(linked("BBBB1111")), act(Proved(Proof.BRANCH, "AAAA0000"), 1)]
    assert open_link(fold(acts), "AAAA0000")
    assert not open_link(fold(acts), "BBBB1111"), "the other may be in other hands"
    assert not open_link(fold(PROVED), "AAAA0000")


def test_whoever_declined_or_was_helped_may_come_back() -> None:
    for ends in (Declined("不用了"), Closed("办完")):
        acts = [*PROVED, act(ends, 2)]
        assert fold(acts).state is not AidState.OPEN
        assert fold([*acts, act(Proved(Proof.CARD), 3)]).state is AidState.OPEN


def test_money_that_comes_back_after_the_end_still_counts() -> None:
    facts = fold([*PROVED, act(LOSS, 2), act(Closed("等退款"), 3), act(BACK, 300)])
    assert (facts.lost, facts.back) == (300_000, 300_000)


def test_an_entry_set_aside_counts_no_more_and_nothing_else_changes() -> None:
    typo, right = LossRecorded(fee=3_000_000, paid_on=DAY), LOSS
    acts = [*PROVED, act(typo, 2), act(BACK, 300), act(right, 301), act(SetAside("2", "多打了一个零"), 302)]
    facts = fold(acts)
    assert (facts.lost, facts.back) == (300_000, 300_000), "what came back meanwhile stays"
    assert [id_ for id_, _ in facts.entries] == ["300", "301"]
    assert why_not(acts, SetAside("2", "again")) is not None
    assert totals([facts]).whole == 1


def test_what_is_next_until_the_money_is_back() -> None:
    steps: list[tuple[AidBody, Next]] = [
        (found(), Next.REACH),
        (HumanAsked("请联系我"), Next.SPEAK),
        (Reached(ChannelKind.BRANCH), Next.PROVE),
        (BRANCH, Next.LOSS),
        (Offered(Route.HARDSHIP), Next.LOSS),
        (LOSS, Next.PAPER),
        (PAPER, Next.FILE),
        (Filed("派出所", DAY), Next.ASK),
        (Recovered(amount=100, on=DAY, origin=""), Next.ASK),
        (BACK, Next.CLOSE),
    ]
    acts: list[AidAct] = []
    for n, (body, step) in enumerate(steps):
        acts.append(act(body, 300 + n))
        assert next_of(fold(acts)) is step, body
    assert set(NEXT_WORDS) == {step for _, step in steps} == set(Next)


def test_the_follow_up_is_by_need_then_by_what_lay_still_for_longest() -> None:
    held = {
        "P-1": fold([act(found(), 0), act(BRANCH, 24 * 9)]),
        "P-2": fold([act(found(), 24)]),
        "P-3": fold([act(found(Need.IDENTITY), 24 * 9)]),
        "P-4": fold([act(found()), act(Declined(), 1)]),
        "P-5": fold([act(found()), act(Closed("办完"), 1)]),
        "P-6": fold([]),
    }
    today = at(24 * 10).date()
    lines = waiting(held, today)
    assert [(one.customer, one.days, one.quiet) for one in lines] == [("P-3", 1, 1), ("P-2", 9, 9), ("P-1", 10, 1)]
    assert waiting(dict(reversed(held.items())), today) == lines
    assert waiting(held, today + timedelta(days=5))[1].quiet == 14


def test_every_total_says_how_it_is_counted() -> None:
    assert list(COUNTED) == list(AidTotals.__dataclass_fields__)


def test_totals_count_people_money_and_days() -> None:
    whole = fold([*PROVED, act(LOSS, 2), act(BACK, 300)])
    part = fold([*PROVED, act(LOSS, 2), act(Recovered(amount=100, on=DAY, origin="平台"), 3)])
    gone = fold([act(found()), act(Declined(), 1)])
    made = totals([whole, part, gone, fold([])])
    assert (made.found, made.helped, made.declined, made.whole, made.offered) == (3, 2, 1, 1, 0)
    assert (made.lost, made.recovered, made.days) == (600_000, 300_100, 10)
    assert totals([gone]).days is None


BODIES = st.one_of(
    st.just(found()),
    st.builds(Reached, st.sampled_from(ChannelKind)),
    st.builds(linked, st.sampled_from(["AAAA0000", "BBBB1111"])),
    st.builds(Proved, st.sampled_from(Proof), st.sampled_from(["", "AAAA0000", "CCCC2222"])),
    st.builds(CardDone, st.just("sim"), st.just("new_card")),
    st.builds(LossRecorded, fee=st.integers(-5, 5), paid_on=st.just(DAY)),
    st.just(PAPER),
    st.just(Filed("派出所", DAY)),
    st.builds(Recovered, amount=st.integers(-5, 5), on=st.just(DAY), origin=st.just("")),
    st.builds(SetAside, st.integers(0, 25).map(str), st.sampled_from(["", "错"])),
    st.builds(Offered, st.sampled_from(Route)),
    st.just(Declined()),
    st.just(Closed("完")),
)


@given(st.lists(BODIES, max_size=25))
def test_nothing_personal_is_told_before_a_second_proof(bodies: list[AidBody]) -> None:
    acts = [act(body, n) for n, body in enumerate(bodies)]
    for n in range(len(acts)):
        before, one = fold(acts[:n]), acts[n]
        if isinstance(one.body, TELLS) and refusal(before, one) is None:
            assert any(isinstance(earlier.body, Proved) for earlier in acts[:n])
    facts = fold(acts)
    assert facts.lost >= 0
    assert facts.back >= 0
    assert (facts.state is None) == (facts.found is None)
    assert (facts.losses, facts.filed, facts.recovered) == _slow(acts)


def _slow(acts: list[AidAct]) -> tuple[tuple[AidBody, ...], ...]:
    """The entries that stand, each looked for in all that was done after it."""
    done = [one for n, one in enumerate(acts) if refusal(fold(acts[:n]), one) is None]
    struck = {one.body.act for one in done if isinstance(one.body, SetAside)}
    standing = [one.body for one in done if one.id not in struck]
    return tuple(tuple(one for one in standing if isinstance(one, kind)) for kind in (LossRecorded, Filed, Recovered))


def test_a_code_is_of_a_link_that_still_lives() -> None:
    acts = [act(found()), act(linked(until=10))]
    assert why_not(acts, Proved(Proof.FACE, "AB12CD34"), 9) is None
    assert why_not(acts, Proved(Proof.FACE, "AB12CD34"), 10) is not None
    assert at(10) == linked(until=10).until


def test_whoever_asks_for_a_person_is_spoken_with_in_days_and_the_help_does_not_end_before() -> None:
    asked = [act(found(), 0), act(HumanAsked(), 1)]
    facts = fold(asked)
    assert spoken_by(facts) == local_day(asked[1].at) + timedelta(days=SPOKEN_IN)
    assert spoken_by(fold(asked[:1])) is None
    assert refusal(facts, act(HumanAsked(), 2)) is not None
    assert refusal(facts, act(Closed("好"), 2)) is not None
    spoken = fold([*asked, act(Reached(ChannelKind.BRANCH), 3)])
    assert spoken_by(spoken) is None
    assert refusal(spoken, act(Closed("好"), 4)) is None
    assert refusal(spoken, act(HumanAsked(), 4)) is None


@pytest.mark.parametrize("end", [Declined(), Closed("好")])
def test_whoever_declined_or_was_helped_comes_back_by_asking(end: AidBody) -> None:
    facts = fold([act(found(), 0), act(end, 1), act(HumanAsked(), 2)])
    assert facts.state is AidState.OPEN
    assert [
        one.customer for one in waiting({"P-1": facts, "P-2": fold([act(found(), 0)])}, local_day(act(found(), 3).at))
    ] == ["P-1", "P-2"]
