"""Help after its acts: what may follow what, and that nothing personal is told before a second proof."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.aid.acts import act, at, found, linked

from mingcha.aid.course import TELLS, fold, open_link, refusal, totals
from mingcha.model.aid import (
    AID_ACT_WORDS,
    AID_BODIES,
    AID_KIND_OF,
    AidAct,
    AidBody,
    AidState,
    CardDone,
    ChannelKind,
    Closed,
    Declined,
    Filed,
    Found,
    LossRecorded,
    Need,
    PaperKind,
    PaperMade,
    Proof,
    Proved,
    Reached,
    Recovered,
)

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


def test_totals_count_people_money_and_days() -> None:
    whole = fold([*PROVED, act(LOSS, 2), act(BACK, 300)])
    part = fold([*PROVED, act(LOSS, 2), act(Recovered(amount=100, on=DAY, origin="平台"), 3)])
    gone = fold([act(found()), act(Declined(), 1)])
    made = totals([whole, part, gone, fold([])])
    assert (made.found, made.helped, made.declined, made.whole) == (3, 2, 1, 1)
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


def test_a_code_is_of_a_link_that_still_lives() -> None:
    acts = [act(found()), act(linked(until=10))]
    assert why_not(acts, Proved(Proof.FACE, "AB12CD34"), 9) is None
    assert why_not(acts, Proved(Proof.FACE, "AB12CD34"), 10) is not None
    assert at(10) == linked(until=10).until
