"""Clocks: worked cases, and that nothing but the documents the law names ever moves one."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_package
from mingcha.clock.regimes import regime_for
from mingcha.clock.run import Filing, run
from mingcha.clock.welfare import welfare
from mingcha.model.clock import Clock, ClockEvent, ClockEventKind
from mingcha.standards.load import load
from mingcha.text.normalise import normalise

K = ClockEventKind
DEADLINES = load(read_package()).deadlines
REGIME = regime_for(DEADLINES, "bank", "any", "complaint")
START = date(2026, 3, 1)
LATER = date(2027, 3, 1)  # papers whose day has not come have no effect


def event(kind: K, day: int, **values: Any) -> ClockEvent:
    at = datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(days=day)
    return ClockEvent(**{"kind": kind, "at": at, "document": "doc", "by": "x", **values})


def told(day: int) -> datetime:
    return datetime(2026, 3, 1, 10, tzinfo=UTC) + timedelta(days=day)


def go(*events: ClockEvent, start: date = START, on: date = LATER) -> Clock:
    return run(
        REGIME, Filing(received_on=start, licence="bank", channel="x", matter="complaint", channel_due=None), events, on
    )


COMPLEX = event(K.FOUND_COMPLEX, 5)
LONGER = event(K.EXTENSION, 20, approver_rank="superior_body", notified_at=told(21))
CASES: list[tuple[str, tuple[ClockEvent, ...], int]] = [
    ("plain", (), 15),
    ("complex", (COMPLEX,), 30),
    ("complex twice", (COMPLEX, event(K.FOUND_COMPLEX, 6)), 30),
    ("complex on the last day", (event(K.FOUND_COMPLEX, 15),), 30),
    ("complex too late", (event(K.FOUND_COMPLEX, 16),), 15),
    ("complex without paper", (event(K.FOUND_COMPLEX, 5, document=None),), 15),
    ("complex and extended", (COMPLEX, LONGER), 60),
    ("extended twice", (COMPLEX, LONGER, event(K.EXTENSION, 40, approver_rank="superior_body", notified_at=told(40))), 60),
    ("extended by a clerk", (COMPLEX, event(K.EXTENSION, 20, approver_rank="clerk", notified_at=told(20))), 30),
    ("extended untold", (COMPLEX, event(K.EXTENSION, 20, approver_rank="superior_body")), 30),
    ("extended, told late", (COMPLEX, event(K.EXTENSION, 20, approver_rank="superior_body", notified_at=told(31))), 30),
    ("extended late", (COMPLEX, event(K.EXTENSION, 31, approver_rank="superior_body", notified_at=told(31))), 30),
    ("extended by head office", (event(K.EXTENSION, 10, approver_rank="head_office_executive", notified_at=told(11)),), 45),
    ("extended without paper", (event(K.EXTENSION, 10, approver_rank="superior_body", notified_at=told(11), document=""),), 15),
    ("appraisal of five days", (event(K.APPRAISAL, 3, until=date(2026, 3, 8), notified_at=told(3)),), 20),
    ("appraisal untold", (event(K.APPRAISAL, 3, until=date(2026, 3, 8)),), 15),
    ("appraisal without an end", (event(K.APPRAISAL, 3, notified_at=told(3)),), 15),
    ("appraisal ends before it starts", (event(K.APPRAISAL, 3, until=date(2026, 3, 2), notified_at=told(3)),), 15),
    ("appraisal after the period", (event(K.APPRAISAL, 18, until=date(2026, 3, 30), notified_at=told(18)),), 15),
    ("overlapping exclusions count once", (event(K.APPRAISAL, 3, until=date(2026, 3, 8), notified_at=told(3)), event(K.MEDIATION, 5, until=date(2026, 3, 9), notified_at=told(5))), 21),
    ("mediation; the day of receipt never counted", (event(K.MEDIATION, 0, until=date(2026, 3, 10), notified_at=told(0)),), 24),
    ("merge moves nothing", (event(K.MERGE, 3),), 15),
    ("restart on new facts", (event(K.RESTART, 10, new_passage="新的通话记录"),), 25),
    ("restart without new facts", (event(K.RESTART, 10),), 15),
    ("restart without paper", (event(K.RESTART, 10, new_passage="新", document=None),), 15),
    ("restart forgets the extension", (COMPLEX, LONGER, event(K.RESTART, 30, new_passage="新")), 45),
    ("after an answer nothing moves", (event(K.ANSWERED, 4), event(K.FOUND_COMPLEX, 5)), 15),
    ("after a withdrawal nothing moves", (event(K.WITHDRAWAL, 4, contacted_first_by="consumer", channel="phone", offered="nothing"), COMPLEX), 15),
    ("withdrawal by whom unknown", (event(K.WITHDRAWAL, 4), COMPLEX), 30),
]  # fmt: skip


@pytest.mark.parametrize(("name", "events", "days"), CASES, ids=[c[0] for c in CASES])
def test_worked_cases(name: str, events: tuple[ClockEvent, ...], days: int) -> None:
    state = go(*events)
    assert state.due == START + timedelta(days=days)
    assert state.first_due == START + timedelta(days=15)
    assert len(state.moves) == len(events)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2024, 2, 20), date(2024, 3, 6)),
        (date(2026, 12, 25), date(2027, 1, 9)),
        (date(2025, 2, 20), date(2025, 3, 7)),
    ],
)
def test_leap_days_and_year_ends_are_days(start: date, due: date) -> None:
    assert go(start=start).due == due


def test_answer_and_withdrawal_end_the_clock_the_day_they_come() -> None:
    assert go(event(K.ANSWERED, 7)).ended_on == date(2026, 3, 8)
    assert go(
        event(K.WITHDRAWAL, 7, contacted_first_by="institution", channel="phone", offered="nothing")
    ).ended_on == date(2026, 3, 8)


def test_the_channel_s_own_date_is_kept_and_sorts_first() -> None:
    filing = Filing(received_on=START, licence="bank", channel="x", matter="m", channel_due=date(2026, 3, 5))
    state = run(REGIME, filing, (), START)
    assert (state.due, state.own_nearest) == (date(2026, 3, 16), date(2026, 3, 5))


EVENTS = st.lists(
    st.builds(
        event, st.sampled_from(K), st.integers(0, 80), document=st.sampled_from([None, "", "d"]), approver_rank=st.sampled_from([None, "clerk", "superior_body"]),
        notified_at=st.none() | st.integers(0, 80).map(told), until=st.none() | st.integers(0, 90).map(lambda n: START + timedelta(days=n)),
        new_passage=st.sampled_from([None, "新"]), contacted_first_by=st.sampled_from([None, "consumer"]),
    ),
    max_size=8,
)  # fmt: skip


@given(EVENTS)
def test_no_order_of_events_loses_a_clock_or_the_first_due_date(events: list[ClockEvent]) -> None:
    state = go(*events)
    assert state.first_due == START + timedelta(days=15)
    assert len(state.moves) == len(events)
    assert state.due >= START + timedelta(days=15)
    for move in state.moves:
        assert not move.took_effect or move.event.document


@given(EVENTS)
def test_without_papers_nothing_moves(events: list[ClockEvent]) -> None:
    bare = [
        ClockEvent(**{**{f.name: getattr(e, f.name) for f in fields(ClockEvent)}, "document": None}) for e in events
    ]
    state = go(*bare)
    assert (state.due, state.ended_on) == (START + timedelta(days=15), None)


@given(EVENTS)
def test_never_over_sixty_days_but_for_exclusions_and_restarts(events: list[ClockEvent]) -> None:
    kept = [e for e in events if e.kind not in (K.APPRAISAL, K.MEDIATION, K.RESTART)]
    assert go(*kept).due <= START + timedelta(days=60)


def test_a_clock_knows_nothing_of_suspicion() -> None:
    assert {f.name for f in fields(Filing)} == {"received_on", "licence", "channel", "matter", "channel_due"}


def test_what_has_no_source_is_marked() -> None:
    state = run(
        regime_for(DEADLINES, "small_loan", "x", "y"),
        Filing(received_on=START, licence="small_loan", channel="x", matter="y", channel_due=None),
        (),
        START,
    )
    assert state.unread
    assert state.warnings


LIFTED = [
    "再逼我就跳楼了",
    "我不想活了",
    "他们说要上门打我",
    "正在轰炸我家人",
    "我还未成年",
    "爆通讯录",
    "I will kill myself",
]
NOT_LIFTED = ["利息太高", "每天打电话", "我不会自杀，只是说明情况", "希望早点上岸", "请尽快答复"]


@pytest.mark.parametrize("text", LIFTED)
def test_welfare_words_lift(text: str) -> None:
    assert welfare(normalise(text)) is not None


@pytest.mark.parametrize("text", NOT_LIFTED)
def test_ordinary_words_do_not(text: str) -> None:
    assert welfare(normalise(text)) is None
