"""Law 1 of clocks: only papers the law names move a date, late ones never hide that they are late, days are days in China."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_package
from mingcha.clock.queue import queue_key
from mingcha.clock.regimes import regime_for
from mingcha.clock.run import Filing, run
from mingcha.model.clock import Clock, ClockEvent, ClockEventKind, ClockState
from mingcha.standards.calendar import CHINA
from mingcha.standards.load import load

K = ClockEventKind
STANDARDS = load(read_package())
REGIME = regime_for(STANDARDS.deadlines, "consumer_finance", "x", "complaint")
START, LATER = date(2026, 3, 1), date(2028, 1, 1)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, 1, hour, tzinfo=CHINA) + timedelta(days=day)


def event(kind: K, day: int, **values: Any) -> ClockEvent:
    return ClockEvent(**{"kind": kind, "at": at(day), "document": "d", "by": "x", **values})


def go(*events: ClockEvent, on: date = LATER, channel_due: date | None = None) -> Clock:
    filing = Filing(received_on=START, licence="bank", channel="x", matter="m", channel_due=channel_due)
    return run(REGIME, filing, events, on, STANDARDS.holidays)


def mediated(day: int, until: int, kind: K = K.MEDIATION) -> ClockEvent:
    return event(kind, day, until=START + timedelta(days=until), notified_at=at(day))


RESTART = event(K.RESTART, 12, new_passage="新的扣款记录")
LONGER = event(K.EXTENSION, 25, approver_rank="superior_body", notified_at=at(26))

CASES: list[tuple[str, tuple[ClockEvent, ...], int]] = [
    ("an exclusion over the end holds the clock", (mediated(14, 59),), 15 + 46),
    ("two exclusions, the second inside what the first added", (mediated(14, 20), mediated(21, 23)), 15 + 7 + 3),
    ("exclusion, then complex", (mediated(3, 5), event(K.FOUND_COMPLEX, 10)), 30 + 3),
    ("complex, exclusion, extension", (event(K.FOUND_COMPLEX, 5), mediated(10, 14, K.APPRAISAL), LONGER), 60 + 5),
    ("a mediation that outlives a restart still counts", (mediated(10, 20), RESTART), 12 + 15 + 8),
    ("an appraisal of years is a slip of the pen", (mediated(3, 4000),), 15),
    ("notice of an exclusion after the end is too late", (event(K.APPRAISAL, 3, until=START + timedelta(days=9), notified_at=at(16)),), 15),
    ("a paper older than the complaint", (event(K.FOUND_COMPLEX, -1),), 15),
    ("a paper whose only content is blanks", (event(K.FOUND_COMPLEX, 3, document="  "),), 15),
    ("new facts said in blanks", (event(K.RESTART, 3, new_passage=" "),), 15),
    ("restart after an answer makes a new complaint", (event(K.ANSWERED, 5), RESTART), 15),
    ("merge after restart", (RESTART, event(K.MERGE, 13)), 27),
    ("two restarts", (RESTART, event(K.RESTART, 20, new_passage="又有新证据")), 35),
]  # fmt: skip


@pytest.mark.parametrize(("name", "events", "days"), CASES, ids=[c[0] for c in CASES])
def test_worked_cases(name: str, events: tuple[ClockEvent, ...], days: int) -> None:
    state = go(*events)
    assert (state.first_due, state.due) == (START + timedelta(days=15), START + timedelta(days=days))


def test_days_are_days_in_china() -> None:
    late_evening = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)  # 00:30 on the 17th in China, one day late
    assert go(event(K.FOUND_COMPLEX, 0, at=late_evening)).due == START + timedelta(days=15)
    assert go(event(K.FOUND_COMPLEX, 0, at=late_evening - timedelta(hours=1))).due == START + timedelta(days=30)
    assert go(event(K.ANSWERED, 0, at=late_evening)).ended_on == date(2026, 3, 17)


def test_a_paper_from_the_future_ends_nothing() -> None:
    state = go(event(K.ANSWERED, 10), on=START + timedelta(days=9))
    assert state.ended_on is None
    assert not state.moves[0].took_effect


def test_being_late_stays_visible() -> None:
    state = go(event(K.RESTART, 20, new_passage="新"), on=START + timedelta(days=21))
    assert any("2026-03-16" in warning.en for warning in state.warnings)
    assert go(on=START + timedelta(days=20)).warnings[-1].en.startswith("5 days overdue")
    channel = go(on=START + timedelta(days=5), channel_due=START + timedelta(days=3))
    assert "2 days past the channel" in channel.warnings[-1].en


def test_mediation_without_a_source_carries_its_mark() -> None:
    assert any("mediation" in warning.en for warning in go(mediated(3, 5)).warnings)
    assert not go(mediated(3, 5, K.APPRAISAL), on=START).warnings


def test_withdrawal_says_who_made_contact_first() -> None:
    for who, words in (("consumer", "the consumer"), ("institution", "the institution")):
        assert (
            words
            in go(event(K.WITHDRAWAL, 4, contacted_first_by=who, channel="phone", offered="nothing")).moves[0].why.en
        )


ANY = st.lists(
    st.builds(
        event, st.sampled_from(K), st.integers(-3, 90), document=st.sampled_from([None, " ", "d"]),
        approver_rank=st.sampled_from([None, "clerk", "superior_body", "head_office_executive"]),
        notified_at=st.none() | st.integers(0, 90).map(at), until=st.none() | st.integers(-2, 120).map(lambda n: START + timedelta(days=n)),
        new_passage=st.sampled_from([None, "新"]), contacted_first_by=st.sampled_from([None, "consumer", "institution"]),
    ),
    max_size=7,
)  # fmt: skip


def excluded_days(events: list[ClockEvent]) -> set[date]:
    """Every day any paper says is excluded: the most an exclusion can ever add."""
    out: set[date] = set()
    for one in events:
        if one.kind in (K.APPRAISAL, K.MEDIATION) and one.until is not None:
            first = one.at.astimezone(CHINA).date()
            out |= {first + timedelta(days=n) for n in range((one.until - first).days + 1)}
    return out


@given(ANY)
def test_due_is_bounded_unless_the_consumer_restarts(events: list[ClockEvent]) -> None:
    kept = [one for one in events if one.kind is not K.RESTART]
    assert go(*kept).due <= START + timedelta(days=60 + len(excluded_days(kept)))


@given(ANY, st.integers(0, 200))
def test_what_had_no_effect_could_as_well_not_be_there(events: list[ClockEvent], day: int) -> None:
    state = go(*events, on=START + timedelta(days=day))
    effective = [move.event for move in state.moves if move.took_effect]
    again = go(*effective, on=START + timedelta(days=day))
    assert (again.due, again.ended_on, again.first_due) == (state.due, state.ended_on, state.first_due)
    assert [move.took_effect for move in again.moves] == [True] * len(effective)


@given(ANY, st.lists(st.integers(-3, 90), max_size=4))
def test_merges_move_nothing(events: list[ClockEvent], merges: list[int]) -> None:
    mixed = [*events, *(event(K.MERGE, day) for day in merges)]
    assert (go(*mixed).due, go(*mixed).ended_on) == (go(*events).due, go(*events).ended_on)


@given(ANY)
def test_only_the_complainer_s_restart_can_shorten(events: list[ClockEvent]) -> None:
    due = START + timedelta(days=15)
    for move in go(*events).moves:
        if move.event.kind is not K.RESTART:
            assert move.due_after >= due
        due = move.due_after


@given(ANY, st.text(max_size=20), st.text(max_size=20))
def test_who_recorded_it_and_who_filed_change_no_date(events: list[ClockEvent], by: str, matter: str) -> None:
    renamed = [replace(one, by=by) for one in events]
    filing = Filing(received_on=START, licence="bank", channel="y", matter=matter, channel_due=None)
    assert run(REGIME, filing, renamed, LATER).due == go(*events).due


def test_the_order_of_recording_changes_nothing() -> None:
    events = (event(K.FOUND_COMPLEX, 5), mediated(8, 10), LONGER, event(K.ANSWERED, 50))
    assert len({(go(*order).due, go(*order).ended_on) for order in permutations(events)}) == 1


SUSPICION = ("finding", "suspicion", "label", "campaign", "ring", "group", "score", "points", "agency", "assessment")


def test_suspicion_is_not_even_an_input() -> None:
    for type_ in (Filing, ClockEvent, Clock):
        assert not [f.name for f in fields(type_) if any(word in f.name for word in SUSPICION)]
    assert set(get_type_hints(queue_key)) == {"state", "lifted", "complaint", "return"}


def test_the_queue_sorts_by_lane_then_nearest_date_then_id() -> None:
    soon, late = (ClockState.of(one, ()) for one in (go(channel_due=START + timedelta(days=2)), go()))
    rows = [("b", late, False), ("a", late, False), ("c", soon, False), ("d", late, True)]
    ordered = sorted(rows, key=lambda row: queue_key(row[1], row[2], row[0]))
    assert [row[0] for row in ordered] == ["d", "c", "a", "b"]


@pytest.mark.parametrize(
    ("licence", "unread"),
    [
        ("bank", False),
        ("consumer_finance", False),
        ("trust", False),
        ("insurance", False),
        ("small_loan", True),
        ("platform", True),
        ("other", True),
        ("unknown", True),
    ],
)
def test_licences_without_a_source_are_marked(licence: str, unread: bool) -> None:
    assert regime_for(STANDARDS.deadlines, licence, "x", "y").unread is unread


WORKING = replace(REGIME, counting="working", simple_days=3, complex_days=5)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 3, 6), date(2026, 3, 11)),  # a Friday
        (date(2026, 2, 13), date(2026, 2, 25)),  # Spring Festival off, the 14th worked
        (date(2026, 9, 30), date(2026, 10, 10)),  # National Day off, Saturday the 10th worked
        (date(2025, 12, 31), date(2026, 1, 6)),  # over the year's end; Sunday the 4th worked
    ],
)
def test_rules_that_count_working_days(received: date, due: date) -> None:
    filing = Filing(received_on=received, licence="bank", channel="x", matter="m", channel_due=None)
    assert run(WORKING, filing, (), received, STANDARDS.holidays).due == due


def test_an_alarm_sounds_when_the_holidays_run_out() -> None:
    filing = Filing(received_on=date(2026, 12, 30), licence="bank", channel="x", matter="m", channel_due=None)
    assert "2026-12-31" in run(WORKING, filing, (), filing.received_on, STANDARDS.holidays).warnings[0].en
    assert "natural days" in run(WORKING, filing, (), filing.received_on).warnings[0].en
    assert not run(REGIME, filing, (), filing.received_on, STANDARDS.holidays).warnings


def test_the_most_specific_rule_is_taken_and_a_site_s_own_comes_first() -> None:
    by_channel = replace(REGIME, id="channel", licences=(), channels=("12378",))
    by_matter = replace(REGIME, id="matter", licences=(), matters=("credit_report",))
    own = replace(REGIME, id="own", countersigned_by="counsel")
    deadlines = replace(STANDARDS.deadlines, regimes=(own, by_channel, by_matter, *STANDARDS.deadlines.regimes))
    picked = {
        ("bank", "app", "x"): "own",
        ("bank", "12378", "x"): "channel",
        ("bank", "12378", "credit_report"): "matter",
        ("small_loan", "app", "x"): "unread-small-loan",
        ("nobody", "app", "x"): "unread",
    }
    for (licence, channel, matter), id_ in picked.items():
        assert regime_for(deadlines, licence, channel, matter).id == id_
