"""Weeks of new accounts: the tail against exact sums, a quiet platform, a busy one, and what is never a burst."""

import math
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.ads.bursts import EARLIER, LEAST, WITHOUT, YOUNG_DAYS, YoungAccount, bursts, poisson_tail, week_of

MONDAY = date(2026, 3, 2)


def account(name: str, week: int, *, age: int | None = 3, platform: str = "抖音", day: int = 0) -> YoungAccount:
    first = MONDAY + timedelta(weeks=week, days=day)
    since = None if age is None else first - timedelta(days=age)
    return YoungAccount(account=name, platform=platform, since=since, first=first, ads=(f"AD-{name}",))


def weeks(*counts: int, **more: object) -> list[YoungAccount]:
    return [account(f"{week}-{n}", week, **more) for week, count in enumerate(counts) for n in range(count)]  # type: ignore[arg-type]  # reason: a test's values


@given(st.integers(0, 40), st.integers(1, 400))
def test_the_tail_is_the_exact_one(count: int, tenths: int) -> None:
    mean = Fraction(tenths, 10)
    below = sum((mean**k / math.factorial(k) for k in range(count)), Fraction(0))
    exact = 1 - float(below) * math.exp(-float(mean))
    assert poisson_tail(count, float(mean)) == pytest.approx(max(exact, 0) * 1_000_000, abs=1.01)


def test_far_more_than_usual_is_a_burst_with_its_counts() -> None:
    (one,) = bursts(weeks(1, 2, 1, 2, 12))
    assert (one.week, one.accounts, one.usual, one.weeks, len(one.ads)) == (week_of(MONDAY + timedelta(weeks=4)), 12, 1_500, 4, 12)  # fmt: skip
    assert one.chance is not None
    assert one.chance < 1_000
    assert "12" in one.why.zh
    assert "6 in all" in one.why.en


@pytest.mark.parametrize("counts", [(6, 5, 7, 6, 12), (1, 2, 1, 2, LEAST - 1), (0,), ()])
def test_what_is_usual_or_few_is_none(counts: tuple[int, ...]) -> None:
    assert bursts(weeks(*counts)) == []


def test_where_nothing_is_known_of_earlier_weeks_a_count_is_asked_for() -> None:
    assert bursts(weeks(WITHOUT - 1)) == []
    (one,) = bursts(weeks(WITHOUT))
    assert (one.chance, one.weeks) == (None, 0)
    assert str(WITHOUT) in one.why.zh


@pytest.mark.parametrize("age", [None, -1, YOUNG_DAYS + 1])
def test_old_accounts_and_those_of_unknown_age_are_no_burst(age: int | None) -> None:
    assert bursts(weeks(1, 1, 1, 1, 30, age=age)) == []


def test_weeks_before_the_first_young_account_count_from_the_first_ad_of_the_platform() -> None:
    old = [account("old", 0, age=400)]
    (one,) = bursts([*old, *(account(f"n{n}", EARLIER) for n in range(LEAST))])
    assert (one.usual, one.weeks) == (0, EARLIER)


def test_platforms_are_told_apart_and_the_newest_week_comes_first() -> None:
    mixed = [*weeks(0, WITHOUT), *weeks(WITHOUT, platform="快手")]
    assert [(one.platform, one.week) for one in bursts(mixed)] == [
        ("抖音", week_of(MONDAY + timedelta(weeks=1))),
        ("快手", week_of(MONDAY)),
    ]


@given(st.permutations(weeks(1, 2, 1, 2, 12)))
def test_the_order_of_accounts_is_no_matter(mixed: list[YoungAccount]) -> None:
    assert bursts(mixed) == bursts(weeks(1, 2, 1, 2, 12))
