"""A filing with its clocks, as a complaints officer would work it out on paper: worked cases, and that no clock is lost.

Only rules with a source are worked out (complaint measures art. 18, credit regulations art. 25); where none is known a case
says only that the mark is there.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_package
from mingcha.clock.regimes import MAIN, carried, matters_of
from mingcha.clock.run import Filing, run_all
from mingcha.model.clock import ClockEvent, ClockEventKind, ClockState
from mingcha.standards.load import load

K = ClockEventKind
DEADLINES = load(read_package()).deadlines
RECEIVED = date(2026, 1, 20)  # the new year of the moon is on 17 February: natural days do not mind
LATER = date(2027, 6, 1)
CREDIT, COMPLAINT = "credit_record", MAIN


def on(day: int, hour: int = 10) -> datetime:
    """An hour in China so many days after receipt."""
    return datetime(2026, 1, 20, hour, tzinfo=UTC) - timedelta(hours=8) + timedelta(days=day)


def paper(kind: K, day: int, **values: Any) -> ClockEvent:
    return ClockEvent(**{"kind": kind, "at": on(day), "document": "文书-1", "by": "li", **values})


def complex_(day: int, **values: Any) -> ClockEvent:
    return paper(K.FOUND_COMPLEX, day, **values)


def longer(day: int, told: int | None = None, rank: str = "superior_body", **values: Any) -> ClockEvent:
    return paper(K.EXTENSION, day, approver_rank=rank, notified_at=on(day if told is None else told), **values)


def apart(kind: K, first: int, last: int, **values: Any) -> ClockEvent:
    until = RECEIVED + timedelta(days=last)
    return paper(kind, first, **{"until": until, "notified_at": on(first), **values})


def fresh(day: int, **values: Any) -> ClockEvent:
    return paper(K.RESTART, day, **{"new_passage": "补交了三月的通话记录", **values})


def back(day: int, **values: Any) -> ClockEvent:
    said = {"contacted_first_by": "consumer", "channel": "电话", "offered": "无"}
    return paper(K.WITHDRAWAL, day, **{**said, **values})


def clocks(
    *events: ClockEvent, channel: str = "官方App", stated: str = "", licence: str = "bank", due: date | None = None
) -> ClockState:
    filing = Filing(received_on=RECEIVED, licence=licence, channel=channel, matter=stated or MAIN, channel_due=due)
    return run_all(carried(DEADLINES, licence, channel, stated), filing, events, LATER)


@dataclass(frozen=True)
class Case:
    """What happened, and when each clock is due, in days after receipt; None: it ended."""

    name: str
    events: tuple[ClockEvent, ...]
    due: dict[str, int]
    stated: str = ""
    ended: dict[str, int] = field(default_factory=dict)
    licence: str = "bank"


BOTH = "征信异议"
ANSWER, TAKEN_BACK = K.ANSWERED, K.REVIVAL
CASES = [
    # the complaint alone: article 18
    Case("nothing happened", (), {COMPLAINT: 15}),
    Case("of a consumer finance company", (), {COMPLAINT: 15}, licence="consumer_finance"),
    Case("of an insurer", (), {COMPLAINT: 15}, licence="insurance"),
    Case("of a trust company", (complex_(1),), {COMPLAINT: 30}, licence="trust"),
    Case("complex on the day it came", (complex_(0),), {COMPLAINT: 30}),
    Case("complex on the fourteenth day", (complex_(14),), {COMPLAINT: 30}),
    Case("complex at the last hour of the last day", (replace(complex_(15), at=on(15, 23)),), {COMPLAINT: 30}),
    Case("complex an hour after midnight of the last day", (replace(complex_(15), at=on(16, 1)),), {COMPLAINT: 15}),
    Case("complex, but nobody wrote it down", (complex_(3, document=""),), {COMPLAINT: 15}),
    Case("complex, the paper older than the complaint", (complex_(-2),), {COMPLAINT: 15}),
    Case("extended from the simple period", (longer(14),), {COMPLAINT: 45}),
    Case("complex and extended by the superior body", (complex_(5), longer(29)), {COMPLAINT: 60}),
    Case("complex and extended by a head-office executive", (complex_(5), longer(29, rank="head_office_executive")), {COMPLAINT: 60}),
    Case("extended first, complex after", (longer(5), complex_(8)), {COMPLAINT: 60}),
    Case("extended on the last day, told the same day", (longer(15, 15),), {COMPLAINT: 45}),
    Case("extended in time, told a day late", (longer(15, 16),), {COMPLAINT: 15}),
    Case("told at the last hour", (replace(longer(10), notified_at=on(15, 23)),), {COMPLAINT: 45}),
    Case("extended after the period", (longer(16),), {COMPLAINT: 15}),
    Case("extended by the branch itself", (longer(5, rank="branch_manager"),), {COMPLAINT: 15}),
    Case("extended by nobody named", (paper(K.EXTENSION, 5, notified_at=on(5)),), {COMPLAINT: 15}),
    Case("extended twice", (longer(5), longer(6)), {COMPLAINT: 45}),
    Case("complex, extended, extended again", (complex_(2), longer(5), longer(50)), {COMPLAINT: 60}),
    Case("ten days with the appraiser", (apart(K.APPRAISAL, 3, 12),), {COMPLAINT: 25}),
    Case("one day with the appraiser", (apart(K.APPRAISAL, 3, 3),), {COMPLAINT: 16}),
    Case("ten days of agreed mediation", (apart(K.MEDIATION, 3, 12),), {COMPLAINT: 25}),
    Case("appraisal and mediation side by side", (apart(K.APPRAISAL, 3, 12), apart(K.MEDIATION, 8, 14)), {COMPLAINT: 27}),
    Case("the same appraisal recorded twice", (apart(K.APPRAISAL, 3, 12), apart(K.APPRAISAL, 3, 12)), {COMPLAINT: 25}),
    Case("appraisal past the end of the period", (apart(K.APPRAISAL, 10, 20),), {COMPLAINT: 26}),
    Case("appraisal, complex and extended", (apart(K.APPRAISAL, 3, 12), complex_(13), longer(30)), {COMPLAINT: 70}),
    Case("appraisal nobody was told of", (apart(K.APPRAISAL, 3, 12, notified_at=None),), {COMPLAINT: 15}),
    Case("appraisal told of after the period", (apart(K.APPRAISAL, 3, 12, notified_at=on(16)),), {COMPLAINT: 15}),
    Case("appraisal that ends before it begins", (apart(K.APPRAISAL, 9, 4),), {COMPLAINT: 15}),
    Case("appraisal of three years", (apart(K.APPRAISAL, 3, 1100),), {COMPLAINT: 15}),
    Case("the same complaint again", (paper(K.MERGE, 5),), {COMPLAINT: 15}),
    Case("again and again", tuple(paper(K.MERGE, day) for day in range(1, 9)), {COMPLAINT: 15}),
    Case("new facts on the tenth day", (fresh(10),), {COMPLAINT: 25}),
    Case("new facts on the day it came", (fresh(0),), {COMPLAINT: 15}),
    Case("new facts after a missed date", (fresh(20),), {COMPLAINT: 35}),
    Case("new facts twice", (fresh(10), fresh(12)), {COMPLAINT: 27}),
    Case("new facts, complex again", (complex_(5), fresh(20), complex_(22)), {COMPLAINT: 50}),
    Case("new facts nobody can point to", (fresh(10, new_passage=" "),), {COMPLAINT: 15}),
    Case("new facts end an appraisal's days that are over", (apart(K.APPRAISAL, 3, 12), fresh(20)), {COMPLAINT: 35}),
    Case("new facts in the midst of an appraisal", (apart(K.APPRAISAL, 3, 12), fresh(8)), {COMPLAINT: 27}),
    Case("answered", (paper(ANSWER, 9),), {COMPLAINT: 15}, ended={COMPLAINT: 9}),
    Case("answered late", (paper(ANSWER, 19),), {COMPLAINT: 15}, ended={COMPLAINT: 19}),
    Case("answered, no letter", (paper(ANSWER, 9, document=None),), {COMPLAINT: 15}),
    Case("answered twice", (paper(ANSWER, 9), paper(ANSWER, 12)), {COMPLAINT: 15}, ended={COMPLAINT: 9}),
    Case("answered, then new facts: a new complaint", (paper(ANSWER, 9), fresh(11)), {COMPLAINT: 15}, ended={COMPLAINT: 9}),
    Case("withdrawn by the consumer", (back(4),), {COMPLAINT: 15}, ended={COMPLAINT: 4}),
    Case("withdrawn after a call from the institution", (back(4, contacted_first_by="institution", offered="减免利息"),), {COMPLAINT: 15}, ended={COMPLAINT: 4}),
    Case("withdrawn, who called first is not said", (back(4, contacted_first_by=None),), {COMPLAINT: 15}),
    Case("withdrawn, how is not said", (back(4, channel=None),), {COMPLAINT: 15}),
    Case("withdrawn, what was offered is not said", (back(4, offered=" "),), {COMPLAINT: 15}),
    Case("withdrawn without the person's paper", (back(4, document=None),), {COMPLAINT: 15}),
    Case("withdrawn and taken back", (back(4), paper(TAKEN_BACK, 8)), {COMPLAINT: 15}),
    Case("taken back on the fifteenth day", (back(4), paper(TAKEN_BACK, 19)), {COMPLAINT: 15}),
    Case("taken back on the sixteenth", (back(4), paper(TAKEN_BACK, 20)), {COMPLAINT: 15}, ended={COMPLAINT: 4}),
    Case("taken back without a paper", (back(4), paper(TAKEN_BACK, 8, document="")), {COMPLAINT: 15}, ended={COMPLAINT: 4}),
    Case("taken back though answered", (paper(ANSWER, 4), paper(TAKEN_BACK, 8)), {COMPLAINT: 15}, ended={COMPLAINT: 4}),
    Case("taken back, nothing had been withdrawn", (paper(TAKEN_BACK, 8),), {COMPLAINT: 15}),
    Case("complex, withdrawn, taken back: its old date", (complex_(2), back(4), paper(TAKEN_BACK, 10)), {COMPLAINT: 30}),
    Case("withdrawn, taken back, withdrawn again", (back(4), paper(TAKEN_BACK, 6), back(9)), {COMPLAINT: 15}, ended={COMPLAINT: 9}),
    Case("taken back, then answered", (back(4), paper(TAKEN_BACK, 6), paper(ANSWER, 12)), {COMPLAINT: 15}, ended={COMPLAINT: 12}),
    # a complaint that disputes a credit record: two clocks, article 25 beside article 18
    Case("a credit record disputed", (), {COMPLAINT: 15, CREDIT: 20}, BOTH),
    Case("complex: the dispute's clock does not mind", (complex_(5),), {COMPLAINT: 30, CREDIT: 20}, BOTH),
    Case("extended: the dispute's clock does not mind", (complex_(5), longer(20)), {COMPLAINT: 60, CREDIT: 20}, BOTH),
    Case("extended for the dispute only: no rule allows it", (longer(5, matter=CREDIT),), {COMPLAINT: 15, CREDIT: 20}, BOTH),
    Case("one letter answers both", (paper(ANSWER, 12),), {COMPLAINT: 15, CREDIT: 20}, BOTH, {COMPLAINT: 12, CREDIT: 12}),
    Case("the complaint answered, the dispute not", (paper(ANSWER, 12, matter=COMPLAINT),), {COMPLAINT: 15, CREDIT: 20}, BOTH, {COMPLAINT: 12}),
    Case("the dispute answered, the complaint not", (paper(ANSWER, 18, matter=CREDIT),), {COMPLAINT: 15, CREDIT: 20}, BOTH, {CREDIT: 18}),
    Case("the dispute withdrawn, the complaint not", (back(3, matter=CREDIT),), {COMPLAINT: 15, CREDIT: 20}, BOTH, {CREDIT: 3}),
    Case("new facts start both again", (fresh(10),), {COMPLAINT: 25, CREDIT: 30}, BOTH),
    Case("new facts on the dispute only", (fresh(10, matter=CREDIT),), {COMPLAINT: 15, CREDIT: 30}, BOTH),
    Case("filed again: neither moves", (paper(K.MERGE, 6),), {COMPLAINT: 15, CREDIT: 20}, BOTH),
    Case("both withdrawn, both taken back", (back(3), paper(TAKEN_BACK, 6)), {COMPLAINT: 15, CREDIT: 20}, BOTH),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_worked_cases(case: Case) -> None:
    state = clocks(*case.events, stated=case.stated, licence=case.licence)
    every = (state, *state.further)
    assert {one.matter: (one.due - RECEIVED).days for one in every} == case.due
    assert {one.matter: (one.ended_on - RECEIVED).days for one in every if one.ended_on} == case.ended
    assert all(move.why.zh and move.why.en for one in every for move in one.moves)


def test_there_are_at_least_sixty_and_none_without_a_source() -> None:
    assert len(CASES) == len({case.name for case in CASES}) >= 60
    for case in CASES:
        state = clocks(stated=case.stated, licence=case.licence)
        assert not any(one.unread for one in (state, *state.further))


@pytest.mark.parametrize(
    ("channel", "stated", "wanted"),
    [
        ("官方App", "", ["complaint"]),
        ("12378转办", "", ["complaint", "transfer"]),
        ("12345市民热线", "", ["complaint", "hotline_order"]),
        ("市信访局", "", ["complaint", "petition"]),
        ("黑猫投诉", "", ["complaint", "platform_complaint"]),
        ("官方App", "征信异议", ["complaint", "credit_record"]),
        ("App", "Credit report wrong", ["complaint", "credit_record"]),
        ("App", "查询个人信息", ["complaint", "personal_data"]),
        ("信函", "申请核查", ["complaint", "review"]),
        ("官方App", "请核查收费明细", ["complaint", "review"]),
        ("12345", "征信、个人信息", ["complaint", "credit_record", "personal_data", "hotline_order"]),
    ],
)
def test_channel_and_stated_matter_open_a_clock_each(channel: str, stated: str, wanted: list[str]) -> None:
    state = clocks(channel=channel, stated=stated)
    assert [one.matter for one in (state, *state.further)] == wanted
    assert all(one.warnings for one in (state, *state.further) if one.unread)
    assert not state.nearest_unread, "the complaint's own date is as near, and has a source"


def test_the_mark_of_a_row_is_about_the_date_it_shows() -> None:
    assert clocks(licence="small_loan").nearest_unread
    sooner = clocks(complex_(3), channel="市信访局")  # thirty days for the complaint, fifteen for the petition
    assert (sooner.nearest_unread, (sooner.nearest - RECEIVED).days) == (True, 15)
    assert not clocks(complex_(3), paper(ANSWER, 9, matter="petition"), channel="市信访局").nearest_unread
    assert not clocks(paper(ANSWER, 9), licence="small_loan").nearest_unread, "what has ended asks for nothing"


def test_what_no_rule_makes_longer_says_so() -> None:
    (credit,) = clocks(complex_(3), longer(5), stated=BOTH).further
    assert [move.took_effect for move in credit.moves] == [False, False]
    assert "不因情况复杂而延长" in credit.moves[0].why.zh


def test_the_queue_goes_by_the_nearest_that_runs() -> None:
    assert (clocks(complex_(3), stated=BOTH).nearest - RECEIVED).days == 20
    assert (clocks(complex_(3), paper(ANSWER, 6, matter=CREDIT), stated=BOTH).nearest - RECEIVED).days == 30
    assert clocks(stated=BOTH, due=RECEIVED + timedelta(days=4)).nearest == RECEIVED + timedelta(days=4)
    both = clocks(paper(ANSWER, 6), stated=BOTH)
    assert both.running == ()
    assert (both.nearest - RECEIVED).days == 15


MATTERS = st.sampled_from([None, COMPLAINT, CREDIT])
EVENTS = st.lists(
    st.builds(
        paper, st.sampled_from(K), st.integers(0, 60), document=st.sampled_from(["d", None]), matter=MATTERS,
        approver_rank=st.sampled_from(["superior_body", None]), notified_at=st.integers(0, 60).map(on),
        until=st.integers(0, 70).map(lambda n: RECEIVED + timedelta(days=n)), new_passage=st.sampled_from(["新", None]),
        contacted_first_by=st.sampled_from(["consumer", None]), channel=st.just("电话"), offered=st.just("无"),
        asked=st.sampled_from(["authorisation", None]),
    ),
    max_size=8,
)  # fmt: skip


@given(EVENTS, st.randoms(use_true_random=False))
def test_no_order_of_recording_loses_a_clock(events: list[ClockEvent], rng: Any) -> None:
    events = [replace(one, at=one.at + timedelta(minutes=n)) for n, one in enumerate(events)]  # no two at one moment
    state = clocks(*events, stated=BOTH)
    shuffled = list(events)
    rng.shuffle(shuffled)
    assert clocks(*shuffled, stated=BOTH) == state
    assert [one.matter for one in (state, *state.further)] == [COMPLAINT, CREDIT]
    assert [(one.first_due - RECEIVED).days for one in (state, *state.further)] == [15, 20]
    for one in (state, *state.further):
        mine = [move.event for move in one.moves]
        assert mine == sorted((e for e in events if e.matter in (None, one.matter)), key=lambda e: e.at)
        ends = [m for m in one.moves if m.took_effect and m.event.kind in (K.ANSWERED, K.WITHDRAWAL, K.NOT_HANDLED)]
        assert one.ended_on is None or ends


@given(EVENTS)
def test_a_paper_about_one_clock_leaves_the_other_as_it_was(events: list[ClockEvent]) -> None:
    mine = [one for one in events if one.matter != CREDIT]
    assert replace(clocks(*events, stated=BOTH), further=()) == replace(clocks(*mine, stated=BOTH), further=())


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_said_of_a_filing_the_complaint_s_own_clock_runs(channel: str, stated: str) -> None:
    found = matters_of(DEADLINES, channel, stated + "核查 12345")
    assert found[0] == COMPLAINT
    assert len(set(found)) == len(found) > 2
