"""Findings that fall, corrections and preservation: any order of acts, against a slow twin; each cause by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casework.acts import RING, act, agreed, at, drafted, opened, referred, sent, written

from mingcha.casework.course import due, fold, refusal
from mingcha.casework.lost import Now, gone, lost, merit_changed
from mingcha.casework.perishing import Source, perishing
from mingcha.casework.register import lines, totals
from mingcha.model.actor import Role
from mingcha.model.case import Begun, CaseAct, CaseBody, Exculpated, Line, Noted, SetAside, Subject, SubjectKind
from mingcha.model.case_facts import Preservation
from mingcha.model.case_out import (
    LOST_WORDS,
    CorrectionConfirmed,
    CorrectionDrafted,
    CorrectionSent,
    Filing,
    FindingFell,
    FindingLost,
    Lost,
    OutcomeKnown,
    PreservationAnswered,
    PreservationAsked,
    ReferralAgreed,
    ReferralFiled,
    ReferralReceived,
)
from mingcha.model.decision import Decision, Stage
from mingcha.model.ring import RingStatus
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

WELL = Now(
    rings={"R-1": RingStatus.SUSPECTED}, families={}, complaints={"C-1": True}, no_ads=frozenset(), erased=frozenset()
)
CALL = Words("通话", "call")


def told(*, ids: tuple[str, ...] = ("C-1",)) -> list[CaseAct]:
    """A referral that rests on the ring and tells of complaints, handed over."""
    return [
        act(opened()),
        act(Begun("开始"), hours=1),
        *written(),
        act(drafted(rests_on=("R-1",)), hours=3, id_="D"),
        act(ReferralAgreed("D", Role.ANALYST, ids), hours=4),
        act(ReferralAgreed("D", Role.ANALYST, ids), by="bo", hours=4),
        act(sent(), hours=6),
    ]


def why_not(acts: list[CaseAct], body: CaseBody, hours: float = 9) -> str:
    why = refusal(fold(acts), act(body, hours=hours))
    return why.en if why else ""


@pytest.mark.parametrize(
    ("change", "finding", "cause"),
    [
        ({"rings": {"R-1": None}}, "R-1", Lost.RING_GONE),
        ({"rings": {"R-1": None}, "merged": frozenset({"R-1"})}, "R-1", Lost.MERGED),
        ({"rings": {"R-1": RingStatus.JOINT_GRIEVANCE}}, "R-1", Lost.RING_LAWFUL),
        ({"rings": {"R-1": RingStatus.UNTESTED}}, "R-1", Lost.RING_LAWFUL),
        ({"complaints": {"C-1": False}}, "C-1", Lost.LEFT),
        ({"erased": frozenset({"C-1"})}, "C-1", Lost.ERASED),
        ({"erased": frozenset({"C-1"}), "complaints": {"C-1": False}}, "C-1", Lost.ERASED),
    ],
)
def test_each_cause_fells_what_it_is_of_and_nothing_else(change: dict[str, object], finding: str, cause: Lost) -> None:
    facts = fold(told())
    assert lost(facts, WELL) == ()
    assert lost(facts, replace(WELL, **change)) == (FindingLost(finding, cause),)
    fallen = fold([*told(), act(FindingLost(finding, cause), by="worker", hours=7)])
    assert lost(fallen, replace(WELL, **change)) == (), "once is enough"
    assert fallen.referrals[0].owes_correction
    assert "worker" not in fallen.worked_on_by


def test_a_family_and_an_ad_fall_and_a_ring_set_aside_is_no_part_of_it() -> None:
    facts = fold(told(ids=()))
    assert gone(facts, "F", replace(WELL, families={"F": False})) is Lost.GONE
    assert gone(facts, "AD-1", replace(WELL, no_ads=frozenset({"AD-1"}))) is Lost.NO_AD
    assert gone(facts, "EX-1", WELL) is None
    apart = fold([act(opened(RING, Subject(SubjectKind.AD, "AD-1"))), act(SetAside(RING, "另案"), hours=1)])
    assert gone(apart, "R-1", WELL) is Lost.LEFT


def test_what_nobody_agreed_to_rests_on_nothing_yet() -> None:
    assert lost(fold(told()[:-3]), replace(WELL, rings={"R-1": None})) == ()
    assert "no referral rests on it" in why_not(told()[:-3], FindingLost("R-1", Lost.RING_GONE))
    assert "no referral rests on it" in why_not(told(), FindingLost("R-9", Lost.RING_GONE))


def test_every_cause_has_words_that_name_nobody() -> None:
    assert set(LOST_WORDS) == set(Lost)


def verdict(n: int, said: str, *, hours: float, undoes: str | None = None, stage: Stage = Stage.MERIT) -> Decision:
    return Decision(
        id=f"d{n}", complaint="C-1", stage=stage, verdict=said, grievances=(), reason="", clause=None, by="h",
        at=at(hours), undoes=undoes,
    )  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(["upheld", "partly", "not_upheld", "undo", "other"]), st.integers(0, 9)), max_size=8
    ),
    st.integers(0, 9),
)
def test_merit_changed_is_what_replaying_it_day_by_day_shows(said: list[tuple[str, int]], since: int) -> None:
    made: list[Decision] = []
    stack: list[Decision] = []
    shown: list[tuple[float, str | None]] = []
    for n, (what, hours) in enumerate(sorted(said, key=lambda one: one[1])):
        if what == "undo":
            if not stack:
                continue
            gone_ = stack.pop()
            made.append(verdict(n, gone_.verdict, hours=hours, undoes=gone_.id))
        elif what == "other":
            made.append(verdict(n, "ordinary", hours=hours, stage=Stage.CONCLUSION))
        else:
            stack.append(verdict(n, what, hours=hours))
            made.append(stack[-1])
        shown.append((hours, stack[-1].verdict if stack else None))
    twin = any(
        hours >= since and was is not None and now != was
        for (_, was), (hours, now) in zip([(0.0, None), *shown], shown, strict=False)
    )
    assert merit_changed(made, at(since)) is twin


FINDINGS = ("R-1", "C-1", "C-2", "F-9")
IDS = [f"D{n}" for n in range(14)]
LETTERS = ("cd" * 32, "ef" * 32)
BODIES: st.SearchStrategy[CaseBody] = st.one_of(
    st.builds(FindingLost, st.sampled_from(FINDINGS), st.sampled_from(Lost)),
    st.builds(FindingFell, st.sampled_from(FINDINGS), st.just("误")),
    st.builds(lambda of: drafted(rests_on=of), st.sampled_from([("R-1",), ("C-2",), ("R-1", "F-9")])),
    st.builds(
        ReferralAgreed, st.sampled_from(IDS), st.just(Role.ANALYST), st.sampled_from([(), ("C-1",), ("C-1", "C-2")])
    ),
    st.builds(sent, st.sampled_from(IDS), st.sampled_from([5.0, 12.0])),
    st.builds(CorrectionDrafted, st.sampled_from(IDS), st.sampled_from(LETTERS), st.integers(1, 3)),
    st.builds(CorrectionSent, st.sampled_from(IDS), st.sampled_from(LETTERS), st.sampled_from([at(8), at(12), at(16)])),
    st.builds(CorrectionConfirmed, st.sampled_from(IDS), st.just("来函")),
    st.sampled_from([Noted("记"), Exculpated(Line.MERIT, "改")]),
)


@given(st.lists(st.tuples(BODIES, st.sampled_from(["ann", "bo", "cy"])), max_size=40))
def test_whoever_received_a_pack_is_owed_a_correction_once_a_finding_fell_until_they_confirmed(
    said: list[tuple[CaseBody, str]],
) -> None:
    """A twin that knows only acts that were kept: for each referral what fell, which letter told of it, and what was confirmed."""
    acts: list[CaseAct] = [act(opened()), act(Begun("开始")), *written()]
    for n, (body, by) in enumerate(said):
        one = act(body, by, 6 + n, id_=f"D{n}")
        if refusal(fold(acts), one) is None:
            acts.append(one)
    facts = fold(acts)
    for referral in facts.referrals:
        assert referral.owes_correction is _owes(acts, referral.id), referral
        assert referral.corrected <= referral.told <= len(referral.fallen)
        if referral.owes_correction:
            assert any(line.what.zh in ("送交更正函", "取得更正回执") for line in due(facts, local_day))
            assert refusal(facts, act(drafted(rests_on=("X",)), hours=99)) is None, "a new one may be drafted"


def _owes(acts: Sequence[CaseAct], of: str) -> bool:
    rests: set[str] = set()
    agreements = 0
    left = False
    open_: dict[str, tuple[object, bool]] = {}  # what fell: when, and whether a letter told of it
    done: set[str] = set()
    fell: list[str] = []  # in their order
    drawn = (one.body for one in acts if isinstance(one.body, CorrectionDrafted) and one.body.referral == of)
    letters = {body.root: body.tells for body in drawn}
    for one in acts:
        body = one.body
        if one.id == of:
            rests |= set(getattr(body, "rests_on", ()))
        elif isinstance(body, ReferralAgreed) and body.referral == of:
            agreements += 1
            if agreements >= 2:
                rests |= set(body.tells)
        elif isinstance(body, Exculpated):
            agreements = 0 if not left else agreements
        elif (
            isinstance(body, FindingFell | FindingLost)
            and body.finding in rests
            and body.finding not in done | set(open_)
        ):
            open_[body.finding] = (one.at, False)
            fell.append(body.finding)
        elif getattr(body, "referral", None) == of:
            if isinstance(body, CorrectionSent):
                told = set(fell[: letters[body.root]])
                open_ = {
                    key: (when, known or (key in told and when <= body.handed_over))  # type: ignore[operator]
                    for key, (when, known) in open_.items()
                }
            elif isinstance(body, CorrectionConfirmed):
                done |= {key for key, (_, known) in open_.items() if known}
                open_ = {key: value for key, value in open_.items() if not value[1]}
            else:
                left = True
    return left and bool(open_)


def test_a_second_fall_takes_a_second_letter() -> None:
    acts = [*told(), act(FindingLost("C-1", Lost.LEFT), hours=7)]
    assert "drafted here" in why_not(acts, CorrectionSent("D", "cd", at(8)))
    assert "what did not fall" in why_not(acts, CorrectionDrafted("D", "cd", 2))
    acts += [act(CorrectionDrafted("D", "cd", 1), hours=7), act(CorrectionSent("D", "cd", at(8)), hours=8)]
    assert "drafted already" in why_not(acts, CorrectionDrafted("D", "cd", 1))
    assert "no correction told of" in why_not(acts, CorrectionSent("D", "cd", at(8)))
    acts.append(act(FindingLost("R-1", Lost.RING_GONE), hours=9))
    acts.append(act(CorrectionConfirmed("D", "来函"), hours=10))
    (one,) = fold(acts).referrals
    assert (one.told, one.corrected, one.owes_correction) == (1, 1, True)
    assert "not handed over" in why_not(acts, CorrectionConfirmed("D", "来函"), 11)
    assert "no correction told of" in why_not(acts, CorrectionSent("D", "cd", at(11)), 11), "drafted before it fell"
    acts.append(act(CorrectionDrafted("D", "ef", 2), hours=11))
    assert "still to come" in why_not(acts, CorrectionSent("D", "ef", at(12)), 11)
    acts += [act(CorrectionSent("D", "ef", at(11)), hours=11), act(CorrectionConfirmed("D", "再来函"), hours=12)]
    assert not fold(acts).referrals[0].owes_correction


def test_a_letter_tells_of_what_fell_before_it_was_handed_over_and_of_nothing_later() -> None:
    acts = [*told(), act(FindingLost("C-1", Lost.LEFT), hours=7), act(FindingLost("R-1", Lost.RING_GONE), hours=9)]
    acts.append(act(CorrectionDrafted("D", "cd", 2), hours=9))
    assert "no correction told of" in why_not(acts, CorrectionSent("D", "cd", at(6.5)), 10)
    late = [*acts, act(CorrectionSent("D", "cd", at(8)), hours=10), act(CorrectionConfirmed("D", "来函"), hours=11)]
    (one,) = fold(late).referrals
    assert (one.told, one.corrected, one.owes_correction) == (1, 1, True)


def test_receipts_and_the_register_in_numbers() -> None:
    acts = referred()
    assert "number of the receipt" in why_not(acts, ReferralReceived("D", " ", " ", date(2026, 3, 1)))
    assert "still to come" in why_not(acts, ReferralReceived("D", "1", "", date(2026, 3, 9)))
    assert "not handed over" in why_not(acts[:-1], ReferralReceived("D", "1", "", date(2026, 3, 1)))
    acts += [
        act(ReferralReceived("D", "收1", "接待窗口", date(2026, 3, 1)), hours=7),
        act(ReferralFiled("D", Filing.REFUSED, "不1", date(2026, 3, 1), date(2026, 3, 8)), hours=8),
        act(OutcomeKnown(referral="D", text="判", people=3, rings=1, sentences=2, restitution=500), hours=9),
        act(OutcomeKnown(referral="D", text="再判", people=1, restitution=250), hours=9),
    ]
    (line,) = lines("CASE-1", fold(acts), {"police": Words("公安机关", "police")}, {})
    assert (line.addressee.zh, line.offence.en, line.sent_on) == ("公安机关", "extortion", date(2026, 3, 1))
    assert line.received is not None
    sums = totals([line, *lines("CASE-2", fold(referred()), {}, {})])
    assert (sums.referrals, sums.sent, sums.received, sums.refused, sums.waiting) == (2, 2, 1, 1, 1)
    assert (sums.people, sums.rings, sums.sentences, sums.restitution, sums.corrections) == (4, 1, 2, 750, 0)


def test_a_request_to_keep_records_waits_until_it_is_answered_and_then_until_it_ends() -> None:
    asked = PreservationAsked("录音系统", ("L-1",), date(2026, 3, 20))
    acts = [act(opened()), act(asked, hours=1, id_="P")]
    assert [(one.on, one.what.en) for one in due(fold(acts), local_day)] == [
        (date(2026, 3, 20), "ask 录音系统 whether the records are kept")
    ]
    assert "no such request" in why_not(acts, PreservationAnswered("X", "已保全"))
    assert "what was answered" in why_not(acts, PreservationAnswered("P", " "))
    assert "until no day" in why_not(acts, PreservationAnswered("P", "不保存", date(2027, 3, 1), 1))
    assert "system and records" in why_not(acts, PreservationAsked("录音系统", ()))
    acts.append(act(PreservationAnswered("P", "已保全", date(2027, 3, 1)), hours=2))
    assert [one.on for one in due(fold(acts), local_day)] == [date(2027, 3, 1)]
    acts.append(act(PreservationAnswered("P", "长期保存"), hours=3))
    assert due(fold(acts), local_day) == ()


def test_what_is_gone_soon_by_its_system_s_term_and_what_is_held_or_asked_for_comes_last() -> None:
    day = date(2026, 3, 1)

    def source(id_: str, system: str, days_ago: int, *, ad: bool = False) -> Source:
        return Source(id_, id_.lower(), CALL, system, day - timedelta(days=days_ago), ad=ad)

    sources = [
        source("L-1", "录音", 80),
        source("L-2", "录音", 20),
        source("L-3", "录音", 85),
        source("L-4", "别处", 85),
        source("L-5", "录音", 60),
        source("AD-1", "抖音", 3, ad=True),
    ]
    asked = [Preservation("P", PreservationAsked("录音", ("L-5",)), at(0))]
    found = perishing(sources, {"录音": 90}, frozenset({("L-3", "录音")}), asked, day + timedelta(days=30))
    assert [(one.record, one.gone_on, one.kept, one.asked) for one in found] == [
        ("AD-1", None, False, False),
        ("L-1", day + timedelta(days=10), False, False),
        ("L-5", day + timedelta(days=30), False, True),
        ("L-3", day + timedelta(days=5), True, False),
    ]
    over = [replace(asked[0], answered=PreservationAnswered("P", "至三月", date(2026, 3, 10)))]
    again = perishing(sources, {"录音": 90}, frozenset(), over, day + timedelta(days=30))
    assert not any(one.asked for one in again)
    for answer, asked_for in (
        (PreservationAnswered("P", "长期保存"), True),
        (PreservationAnswered("P", "已删除", None, 1), False),
    ):
        told_so = [replace(asked[0], answered=answer)]
        found = perishing(sources, {"录音": 90}, frozenset(), told_so, day + timedelta(days=30))
        assert any(one.asked for one in found) is asked_for


def test_agreeing_again_to_what_fell_is_refused() -> None:
    acts = [*told()[:-1], act(FindingLost("C-1", Lost.LEFT), hours=5), act(Exculpated(Line.MERIT, "改"), hours=6)]
    assert "draft it anew" in why_not(acts, agreed())
