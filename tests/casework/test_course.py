"""Cases: what may follow what, and what never leaves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casework.acts import ORDER, RING, act, agreed, at, drafted, opened, referred, sent, taken, written

from mingcha.casework.course import admitted, due, fold, refusal
from mingcha.casework.outgoing import AGREE, may_leave, referral, unwritten
from mingcha.model.case import (
    CASE_ACT_WORDS,
    CASE_BODIES,
    CASE_KIND_OF,
    Added,
    Admitted,
    Begun,
    BrokeGlass,
    CaseAct,
    CaseBody,
    CaseObjected,
    CaseState,
    Closed,
    DemandNoted,
    Exculpated,
    Held,
    HoldLifted,
    Line,
    Noted,
    ObjectionAnswered,
    Reopened,
    SetAside,
    Shown,
    Subject,
    SubjectKind,
    TaskDone,
    TaskSet,
    UrgentHarm,
)
from mingcha.model.case_out import (
    CorrectionConfirmed,
    CorrectionDrafted,
    CorrectionSent,
    Filing,
    FindingFell,
    OutcomeKnown,
    ReferralFiled,
    ReferralSent,
)
from mingcha.standards.calendar import local_day

AD = Subject(SubjectKind.AD, "AD-1")


def why_not(acts: list[CaseAct], body: CaseBody, by: str = "ann", hours: float = 9) -> str | None:
    """Why an act may not follow, in English."""
    why = refusal(fold(acts), act(body, by, hours))
    return why.en if why else None


def test_every_body_is_an_act_with_words() -> None:
    assert set(CASE_KIND_OF) == set(CASE_BODIES.values())
    assert set(CASE_ACT_WORDS) == set(CASE_BODIES)


def test_a_case_goes_from_open_to_closed_and_on() -> None:
    acts = [act(opened())]
    assert fold([]).state is None
    assert fold(acts).state is CaseState.OPEN
    steps = [
        (Begun("开始"), CaseState.INVESTIGATED),
        (Closed("none", "查无实据"), CaseState.CLOSED),
        (Reopened("新材料"), CaseState.REOPENED),
        (Begun("再查"), CaseState.INVESTIGATED),
    ]
    for hours, (body, state) in enumerate(steps, 1):
        acts.append(act(body, hours=hours))
        assert fold(acts).state is state
    facts = fold(referred())
    assert facts.state is CaseState.REFERRED
    filed = [*referred(), act(ReferralFiled("D", Filing.ACCEPTED, "公〔2026〕1号", date(2026, 3, 4)), hours=9)]
    assert fold(filed).state is CaseState.ACCEPTED
    back = [*referred(), act(ReferralFiled("D", Filing.RETURNED, "退1", date(2026, 3, 4)), hours=9)]
    assert fold(back).state is CaseState.INVESTIGATED


@pytest.mark.parametrize(
    ("acts", "body", "by", "why"),
    [
        ([], Noted("记"), "ann", "not opened"),
        ([act(opened())], opened(), "ann", "open already"),
        ([], replace(opened(), title=" "), "ann", "a title"),
        ([], replace(opened(), reason=" "), "ann", "a reason"),
        ([act(opened())], Noted("  "), "ann", "a reason"),
        ([act(opened())], Added(RING, "再"), "ann", "in the case already"),
        ([act(opened())], SetAside(AD, "无关"), "ann", "not in the case"),
        ([act(opened())], SetAside(RING, "无关"), "ann", "about something"),
        ([act(opened())], Admitted("ann", "协办"), "ann", "may see it already"),
        ([act(opened())], BrokeGlass("急"), "local:ann", "may see it already"),
        ([act(opened())], taken("bo"), "ann", "admitted first"),
        ([act(opened()), act(taken("ann"))], taken("ann"), "ann", "ann has it"),
        ([act(opened()), act(taken("ann"))], taken("ann", "ann"), "ann", "have it already"),
        ([act(opened())], TaskDone("T"), "ann", "no such task"),
        ([act(opened())], drafted(), "ann", "has to begin"),
        ([act(opened()), act(Begun("开始"))], drafted(), "ann", "not written: basis_of_right"),
        ([act(opened()), act(Begun("开始")), *written()], drafted(rests_on=()), "ann", "on which findings"),
        ([act(opened()), act(Begun("开始")), *written()], drafted(stage=2), "ann", "authority's own paper"),
        *(
            (
                [act(opened()), act(Begun("开始")), *written()],
                drafted(stage=2, order=replace(ORDER, **{part: " "}), scope=("C-1",)),
                "ann",
                "number, issuer, day and scan",
            )
            for part in ("number", "issuer", "scan")
        ),
        (
            [act(opened()), act(Begun("开始")), *written()],
            drafted(stage=2, order=replace(ORDER, on=at(99).date()), scope=("C-1",)),
            "ann",
            "still to come",
        ),
        ([act(opened()), act(Begun("开始")), *written()], drafted(order=ORDER), "ann", "on nobody's order"),
        ([act(opened()), act(Begun("开始")), *written()], drafted(scope=("C-1",)), "ann", "on nobody's order"),
        ([act(opened()), act(Begun("开始")), *written()], drafted(stage=3), "ann", "stages 1 and 2"),
        ([act(opened()), act(Begun("开始")), *written()], drafted(stage=2, order=ORDER), "ann", "name the complaints"),
        (referred(), agreed("X"), "ann", "no such referral"),
        (referred(), agreed(), "cy", "enough people"),
        (referred()[:-2], agreed(), "local:ann", "agrees once"),
        (referred()[:-3], sent(), "ann", "0 did"),
        (referred()[:-2], sent(), "ann", "1 did"),
        (referred()[:-1], replace(sent(), root="第一份"), "ann", "64 hex digits"),
        (referred(), sent(), "ann", "handed over already"),
        (referred()[:-1], sent(hours=99), "ann", "still to come"),
        (referred()[:-1], replace(sent(), handed_over=datetime.min.replace(tzinfo=UTC)), "ann", "before 1990"),
        (referred()[:-1], OutcomeKnown(referral="D", text="判"), "ann", "not handed over"),
        (referred(), OutcomeKnown(referral="D", text="判", people=-1), "ann", "below nought"),
        (referred(), ReferralFiled("D", Filing.REFUSED, " ", date(2026, 3, 4)), "ann", "number of the paper"),
        ([act(opened())], ObjectionAnswered(0, "不成立"), "cy", "no objection waits"),
        ([act(opened())], UrgentHarm("急"), "ann", "no objection waits"),
        ([act(opened())], HoldLifted("完"), "ann", "not on hold"),
        ([act(opened()), act(Held("诉讼"))], Held("诉讼"), "ann", "on hold already"),
        ([act(opened())], Reopened("新"), "ann", "not closed"),
        ([act(opened())], DemandNoted(complaint="C", exhibit="E", words=" "), "ann", "the very words"),
        (
            [act(opened())],
            DemandNoted(complaint="C", exhibit="E", words="不免就闹", demanded=-1),
            "ann",
            "below nought",
        ),
        ([act(opened()), act(Closed("none", "无"))], Begun("再"), "ann", "reopen it first"),
        ([act(opened()), act(FindingFell("F-1", "误"))], FindingFell("F-1", "误"), "ann", "entered already"),
        (referred(), CorrectionConfirmed("D", "来函"), "ann", "no correction is owed"),
    ],
)
def test_what_may_not_follow_says_why_and_changes_nothing(
    acts: list[CaseAct], body: CaseBody, by: str, why: str
) -> None:
    said = why_not(acts, body, by)
    assert said is not None
    assert why in said
    assert fold([*acts, act(body, by, 9)]) == fold(acts)


def test_who_drafted_a_referral_may_agree_first_alone() -> None:
    acts = referred()[:-3]
    assert why_not(acts, agreed(), "ann") is None
    assert "first alone" in (why_not([*acts, act(agreed(), by="bo", hours=4)], agreed(), "ann") or "")


def leaves(acts: list[CaseAct]) -> str | None:
    """Why the referral D cannot leave, in English."""
    facts = fold(acts)
    one = referral(facts, "D")
    assert one is not None
    why = may_leave(facts, one)
    return why.en if why else None


def test_an_objection_stops_what_leaves_until_somebody_else_answers() -> None:
    acts = [*referred()[:-1], act(CaseObjected("那不是我们"), by="cy", hours=5)]
    assert "objection waits" in (leaves(acts) or "")
    assert leaves([*acts, act(UrgentHarm("伤人"), hours=6)]) is None
    assert "does not answer" in (why_not(acts, ObjectionAnswered(0, "不成立"), "local:bo") or "")
    for finding in (None, "F-9"):
        assert "which finding" in (why_not(acts, ObjectionAnswered(1, "成立", finding), "cy") or "")
    (waits,) = due(fold(acts), local_day)
    assert waits.on == local_day(at(5)) + timedelta(days=15)
    answered = [*acts, act(ObjectionAnswered(0, "不成立"), by="cy", hours=7)]
    assert leaves(answered) is None
    assert due(fold(answered), local_day) == ()


def test_every_objection_waits_for_its_own_answer_and_urgency_covers_no_later_one() -> None:
    acts = [*referred()[:-1], act(CaseObjected("不是我们"), by="cy", hours=5), act(UrgentHarm("伤人"), hours=6)]
    assert leaves(acts) is None
    acts.append(act(CaseObjected("也不是我们"), by="dee", hours=7))
    assert "objection waits" in (leaves(acts) or "")
    assert [one.on for one in due(fold(acts), local_day)] == [local_day(at(5)) + timedelta(days=15)] * 2
    acts.append(act(ObjectionAnswered(0, "不成立"), by="eva", hours=8))
    assert "objection waits" in (leaves(acts) or "")


def test_whoever_holds_the_case_or_a_task_of_it_does_not_answer_and_whoever_only_looked_may() -> None:
    acts = [
        act(opened()),
        act(Admitted("bo", "协办")),
        act(taken("bo")),
        act(TaskSet("查", "eva")),
        act(CaseObjected("不是")),
    ]
    for by in ("bo", "eva"):
        assert "does not answer" in (why_not(acts, ObjectionAnswered(0, "不成立"), by) or "")
    looked = [*acts, act(BrokeGlass("客户来电"), by="cy")]
    assert why_not(looked, ObjectionAnswered(0, "不成立"), "cy") is None


def test_an_objection_upheld_fells_the_finding_and_the_draft_that_rests_on_it() -> None:
    acts = [*referred()[:-1], act(CaseObjected("误认"), by="cy", hours=5)]
    upheld = [*acts, act(ObjectionAnswered(1, "成立", "F-1"), by="dee", hours=6)]
    assert "fell" in (leaves(upheld) or "")
    assert "fell" in (why_not(upheld, drafted()) or "")
    assert why_not(upheld, drafted(rests_on=("F-2",))) is None


def test_what_left_before_an_objection_is_entered_after_it_and_owed_a_correction() -> None:
    acts = [*referred()[:-1], act(CaseObjected("误认"), by="cy", hours=5)]
    acts.append(act(ObjectionAnswered(1, "成立", "F-1"), by="dee", hours=6))
    assert why_not(acts, sent(hours=4)) is None
    assert fold([*acts, act(sent(hours=4), hours=9)]).referrals[0].owes_correction


@pytest.mark.parametrize(
    "change", [Added(AD, "同号"), Shown("extortion.threat", ("EX-2",)), Exculpated(Line.MERIT, "改写")]
)
def test_who_agreed_agreed_to_what_stood_then(change: CaseBody) -> None:
    acts = [*referred()[:-1], act(change, hours=5)]
    assert "0 did" in (leaves(acts) or "")
    assert leaves([*acts, act(agreed(), by="bo", hours=6), act(agreed(), by="cy", hours=6)]) is None
    assert leaves([*referred()[:-1], act(Noted("记"), hours=5)]) is None


def test_a_finding_that_falls_after_referral_is_owed_to_whoever_received_it() -> None:
    acts = [*referred(), act(FindingFell("F-1", "本人来电，系误认"), hours=8)]
    (one,) = fold(acts).referrals
    assert one.owes_correction
    assert [line.what.en for line in due(fold(acts), local_day)] == ["hand over the correction"]
    assert "correction is owed" in (why_not(acts, Closed("none", "完")) or "")
    assert "not handed over" in (why_not(acts, CorrectionConfirmed("D", "来函确认")) or "")
    drawn = act(CorrectionDrafted("D", "cd" * 32, 1), hours=8)
    handed = [*acts, drawn, act(CorrectionSent("D", "cd" * 32, at(8.5)), hours=9)]
    assert [line.what.en for line in due(fold(handed), local_day)] == ["get the correction confirmed"]
    closed = [*handed, act(CorrectionConfirmed("D", "来函确认"), hours=9), act(Closed("none", "完"), hours=10)]
    assert fold(closed).state is CaseState.CLOSED
    again = [*closed, act(FindingFell("F-9", "无关"), hours=11)]
    assert not fold(again).referrals[0].owes_correction
    assert fold([*acts[:-1], act(FindingFell("F-9", "无关"), hours=8)]).referrals[0].fallen == ()


def test_tasks_steps_and_people() -> None:
    acts = [act(opened()), act(TaskSet("打电话", "bo", date(2026, 3, 3)), id_="T"), act(Admitted("local:bo", "协办"))]
    facts = fold(acts)
    assert admitted(facts, "bo")
    assert not admitted(facts, "cy")
    assert [one.on for one in due(facts, local_day)] == [date(2026, 3, 3)]
    done = fold([*acts, act(TaskDone("T"), by="bo", hours=3)])
    assert due(done, local_day) == ()
    assert done.worked_on_by == ("ann", "bo")
    assert fold([*acts, act(taken("bo"))]).holder == "bo"


def test_a_refusal_is_reviewed_in_time() -> None:
    filed = ReferralFiled("D", Filing.REFUSED, "不予立案1号", date(2026, 3, 4), date(2026, 3, 11))
    assert [one.on for one in due(fold([*referred(), act(filed, hours=9)]), local_day)] == [date(2026, 3, 11)]


PEOPLE = st.sampled_from(["ann", "bo", "cy", "local:ann"])
BODIES: st.SearchStrategy[CaseBody] = st.one_of(
    st.sampled_from([opened(), Begun("开始"), CaseObjected("不是"), UrgentHarm("急"), FindingFell("F-1", "误")]),
    st.sampled_from([Closed("none", "完"), Reopened("新"), Added(AD, "同一号"), SetAside(AD, "无关")]),
    st.builds(Exculpated, st.sampled_from(Line), st.sampled_from(["无", " "])),
    st.builds(
        drafted,
        st.sampled_from([1, 2]),
        st.sampled_from([("F-1",), ("F-2",), ()]),
        st.sampled_from([None, ORDER]),
        st.sampled_from([(), ("C-1",)]),
    ),
    st.builds(agreed, st.sampled_from([f"D{n}" for n in range(12)])),
    st.builds(sent, st.sampled_from([f"D{n}" for n in range(12)])),
    st.builds(ObjectionAnswered, st.sampled_from([0, 1]), st.just("看过"), st.sampled_from([None, "F-1"])),
)


@given(st.lists(st.tuples(BODIES, PEOPLE), max_size=40))
def test_nothing_leaves_without_two_people_the_lines_and_peace(said: list[tuple[CaseBody, str]]) -> None:
    acts: list[CaseAct] = [act(opened()), act(Begun("开始")), *written()]
    for n, (body, by) in enumerate(said):
        one = act(body, by, 6 + n, id_=f"D{n}")
        before = fold(acts)
        if isinstance(body, ReferralSent) and refusal(before, one) is None:
            left = referral(before, body.referral)
            assert left is not None
            assert left.cleared_at is not None
        for ready in before.referrals:
            if may_leave(before, ready) is None:
                assert len({name.removeprefix("local:") for name in ready.agreed}) == AGREE
                assert not unwritten(before)
                assert not before.disputed
                assert not set(ready.drafted.rests_on) & set(before.fallen)
        acts.append(one)
    whole = fold(acts)
    assert whole == fold([one for n, one in enumerate(acts) if refusal(fold(acts[:n]), one) is None])
