"""The strip lays contacts out as the checks count them, and says what it leaves out."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_package
from mingcha.merit.run import check_all
from mingcha.merit.strip import MARKS, strip
from mingcha.model.call import Call
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritState
from mingcha.model.text import Passage
from mingcha.standards.calendar import CHINA
from mingcha.standards.load import load
from mingcha.text.normalise import normalise

STANDARDS = load(read_package())
RECEIVED = datetime(2026, 3, 20, 10, tzinfo=CHINA)


def call(at: datetime, n: int = 0, **more: Any) -> Call:
    plain = {"callee": "customer", "connected": True, "seconds": 9, "number_from": f"n{n}", "number_to": "c"}
    return Call(**{"id": f"L-{at:%m%d%H%M}-{n}", "called_at": at, **plain, **more})


def file_of(*calls: Call) -> MeritFile:
    claims = tuple(Claim(one, Passage("text", 0, 1, "x")) for one in (Grievance.NIGHT_CALLS, Grievance.CALL_FREQUENCY))
    return MeritFile(
        complaint_id="C-1", received_at=RECEIVED, licence="bank", product=None, text=normalise("x"), claims=claims, calls=calls
    )  # fmt: skip


def test_days_minutes_and_sides() -> None:
    night = datetime(2026, 3, 9, 23, 59, tzinfo=CHINA)
    found = strip(
        file_of(call(night), call(night + timedelta(minutes=1)), call(night, 1, id="K-1", source="consumer")), STANDARDS
    )
    assert [(day.day, day.effective, day.limit, day.over) for day in found.days] == [
        (date(2026, 3, 9), 1, 3, False),
        (date(2026, 3, 10), 1, 3, False),
    ]
    assert [(mark.minute, mark.source, mark.kind, mark.night) for mark in found.days[0].marks] == [
        (1439, "consumer", "consumer_records", True),
        (1439, "institution", "calls", True),
    ]
    assert found.days[1].marks[0].minute == 0
    assert (found.from_hour, found.to_hour, found.earlier) == (22, 8, 0)


def test_a_day_over_the_limit_and_before_any_rule() -> None:
    day = datetime(2026, 3, 9, 9, tzinfo=CHINA)
    found = strip(file_of(*(call(day + timedelta(hours=n), n) for n in range(4))), STANDARDS)
    assert found.days[0].over
    assert strip(file_of(), STANDARDS).days == ()


def test_ten_thousand_calls_are_shown_in_part_and_counted() -> None:
    start = datetime(2025, 4, 1, 9, tzinfo=CHINA)
    calls = [call(start + timedelta(days=n // 30, minutes=n % 30), n) for n in range(10_000)]
    found = strip(file_of(*calls), STANDARDS)
    shown = sum(len(day.marks) for day in found.days)
    assert shown <= MARKS
    assert shown + found.earlier == 10_000
    assert found.days[-1].day == max(one.called_at for one in calls).date()
    (frequency,) = [one for one in check_all(file_of(*calls), STANDARDS) if one.grievance is Grievance.CALL_FREQUENCY]
    assert frequency.state is MeritState.CONFIRMED
    assert dict(frequency.figures)["cited_of"] == 10_000


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.sampled_from(("institution", "consumer"))), max_size=30, unique=True)
)
def test_what_the_strip_marks_is_what_the_checks_find(times: list[tuple[int, str]]) -> None:
    start = datetime(2026, 3, 8, tzinfo=CHINA)
    file = file_of(
        *(call(start + timedelta(minutes=m), n, source=source) for n, (m, source) in enumerate(sorted(times)))
    )
    found = strip(file, STANDARDS)
    states = {one.grievance: one for one in check_all(file, STANDARDS)}
    nights = sum(mark.night for day in found.days for mark in day.marks)
    figures = dict(states[Grievance.NIGHT_CALLS].figures)
    assert nights == figures["ours"] + figures["theirs"]
    busiest = max((day.effective for day in found.days), default=0)
    assert busiest == dict(states[Grievance.CALL_FREQUENCY].figures)["busiest_day"]
