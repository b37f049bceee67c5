"""Tables count every complaint of their period once, and equal a slow recount; months and quarters end where the calendar says."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.returns import By, Returned
from mingcha.quality.returns import before, period, returns

DAYS = st.dates(date(2025, 6, 1), date(2026, 12, 31))


@st.composite
def cases(draw: st.DrawFn) -> Returned:
    fate = draw(st.sampled_from(["open", "answered", "withdrawn", "not_handled"]))
    decided = draw(st.sampled_from([None, True, False]))
    return Returned(
        received_on=draw(DAYS),
        codes=tuple(draw(st.sampled_from(["", "01", "=2"])) for _ in By),
        coded=tuple(draw(st.booleans()) for _ in By),
        answered=fate == "answered",
        late=draw(st.booleans()),
        withdrawn=fate == "withdrawn",
        not_handled=fate == "not_handled",
        upheld=decided is True,
        refused=decided is False,
        days=draw(st.integers(0, 90)) if fate == "answered" else None,
    )


@given(st.lists(cases(), max_size=40), st.sampled_from(["2026-02", "2026Q1", "2025-12", "2026Q4"]))
def test_tables_equal_a_slow_recount(held: list[Returned], name: str) -> None:
    of = period(name)
    assert of is not None
    made = returns(held, of, date(2026, 12, 31))
    inside = [one for one in held if of.first <= one.received_on <= of.last]
    assert made.total.received == len(inside)
    assert made.total.open == sum(not (one.answered or one.withdrawn or one.not_handled) for one in inside)
    for n, (by, lines) in enumerate(made.tables):
        assert dict(made.uncoded)[by] == sum(not one.coded[n] for one in inside)
        for column in (
            "received",
            "before",
            "year_before",
            "answered",
            "late",
            "open",
            "withdrawn",
            "not_handled",
            "upheld",
            "refused",
        ):
            assert sum(getattr(line, column) for line in lines) == getattr(made.total, column)
        for line in lines:
            mine = [one for one in inside if one.codes[n] == line.code]
            assert (line.received, line.late) == (len(mine), sum(one.late for one in mine))
            days = sorted(one.days for one in mine if one.days is not None)
            assert line.median_days == (days[(len(days) - 1) // 2] if days else None)
            just, year = before(of)
            for told, p in ((line.before, just), (line.year_before, year)):
                assert told == sum(p.first <= one.received_on <= p.last and one.codes[n] == line.code for one in held)


@given(st.integers(1902, 9990), st.integers(1, 12))
def test_months_and_quarters_are_whole_and_follow_each_other(year: int, month: int) -> None:
    for name in (f"{year}-{month:02}", f"{year}Q{(month + 2) // 3}"):
        of = period(name)
        assert of is not None
        assert of.first <= date(year, month, 1) <= of.last
        assert of.last.day == calendar.monthrange(of.last.year, of.last.month)[1]
        just, earlier = before(of)
        assert just.last == of.first - timedelta(days=1)
        assert earlier.first == date(of.first.year - 1, of.first.month, 1)


@pytest.mark.parametrize(
    "name",
    ["", "2026", "2026-13", "2026-00", "2026Q5", "2026q1", "26-01", "2026-1", "0000-01", "9999-12", "２０２６-01"],
)
def test_anything_else_is_no_period(name: str) -> None:
    assert period(name) is None
