"""Parity equals a slow recount, shows no small group, and is alarmed by jumps alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.quality import Case, Outcome
from mingcha.quality.parity import LEAST, parity

MONDAY = date(2026, 3, 2)
PLAIN = Case(
    linked=False, product="card", kind="price", channel="app", region="east", age="20-39", assisted=False,
    received_on=MONDAY, decided=True, relief=True, reversed=False, withdrawn=False, not_handled=False, revived=False, repeated=False, late=False, days=5, last_days=False, amount=0,
)  # fmt: skip
FLAGS = st.booleans()
CASES = st.builds(
    Case,
    linked=FLAGS, product=st.sampled_from(["card", "loan"]), kind=st.sampled_from(["price", "none"]),
    channel=st.sampled_from(["app", "12378"]), region=st.just("east"), age=st.just("?"), assisted=FLAGS,
    received_on=st.dates(MONDAY, MONDAY + timedelta(days=60)), decided=FLAGS, relief=FLAGS, reversed=FLAGS,
    withdrawn=FLAGS, not_handled=FLAGS, revived=FLAGS, repeated=FLAGS, late=FLAGS, days=st.none() | st.integers(0, 40), last_days=FLAGS,
    amount=st.sampled_from([0, 100, 5_000, 123_456]),
)  # fmt: skip


def recount(cases: Sequence[Case], outcome: Outcome) -> tuple[list[bool], list[bool], Fraction | None, int]:
    """Hits of the linked, hits of the others, the standardised difference, linked without any to compare; by hand."""
    of = []
    for case in cases:
        counted, hit = {
            "relief": (case.decided, case.relief), "refused": (case.decided, not case.relief),
            "reversed": (case.decided or case.reversed, case.reversed), "withdrawn": (True, case.withdrawn),
            "not_handled": (True, case.not_handled),
            "revived": (case.withdrawn or case.revived, case.revived), "repeated": (True, case.repeated),
            "late": (not case.withdrawn and not case.not_handled, case.late), "last_days": (case.days is not None, case.last_days),
        }[outcome.value]  # fmt: skip
        if counted:
            of.append((case, hit))
    linked = [hit for case, hit in of if case.linked]
    others = [hit for case, hit in of if not case.linked]
    total, weight, left_out = Fraction(0), 0, 0
    for product in ("card", "loan"):
        for kind in ("price", "none"):
            here = [(c.linked, hit) for c, hit in of if (c.product, c.kind) == (product, kind)]
            mine = [hit for is_linked, hit in here if is_linked]
            theirs = [hit for is_linked, hit in here if not is_linked]
            if mine and theirs:
                total += len(mine) * (Fraction(sum(mine), len(mine)) - Fraction(sum(theirs), len(theirs)))
                weight += len(mine)
            elif mine:
                left_out += len(mine)
    return linked, others, total / weight if weight else None, left_out


@given(st.lists(CASES, min_size=0, max_size=80))
def test_every_figure_equals_a_slow_recount(cases: list[Case]) -> None:
    figures = parity(cases, date(2026, 6, 1))
    assert (figures.linked, figures.others) == tuple(Counter(c.linked for c in cases)[flag] for flag in (True, False))
    for gap in figures.gaps:
        linked, others, difference, left_out = recount(cases, gap.outcome)
        for got, hits in ((gap.linked, linked), (gap.others, others)):
            assert (got is None) == (len(hits) < LEAST)
            assert got is None or (got.hits, got.of) == (sum(hits), len(hits))
        assert (gap.difference is None) == (min(len(linked), len(others)) < LEAST)
        if gap.difference is not None:
            assert gap.difference.left_out == left_out
            assert (gap.difference.value is None) == (difference is None)
            if difference is not None and gap.difference.low is not None and gap.difference.high is not None:
                assert gap.difference.value is not None
                assert abs(gap.difference.value - difference * 10**6) <= 1
                assert gap.difference.low <= gap.difference.value <= gap.difference.high
    for flag, got_days in zip((True, False), figures.median_days, strict=True):
        days = [c.days for c in cases if c.linked is flag and c.days is not None]
        assert (got_days.value if got_days else None) == (median_low(days) if len(days) >= LEAST else None)
    for flag, given_ in zip((True, False), figures.relief, strict=True):
        relieved = [case for case in cases if case.linked is flag and case.decided and case.relief]
        amounts = [case.amount for case in relieved if case.amount]
        assert given_.cases == len(relieved)
        assert (given_.amounts is None) == (len(amounts) < LEAST)
        assert given_.amounts is None or (given_.amounts.of, given_.amounts.value) == (
            len(amounts),
            median_low(amounts),
        )
    assert sum(week.cases for week in figures.weeks) == len(cases)
    assert sum(week.linked for week in figures.weeks) == figures.linked
    for name, lines in figures.by:
        assert sum(line.cases for line in lines) == len(cases), name


@given(st.lists(CASES, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_complaints_changes_nothing(cases: list[Case], chance: object) -> None:
    mixed = list(cases)
    chance.shuffle(mixed)  # type: ignore[attr-defined] -- reason: hypothesis names no type for it
    assert parity(mixed, MONDAY) == parity(cases, MONDAY)


def test_less_relief_for_the_linked_is_seen_within_the_same_kind_alone() -> None:
    """Linked complaints are of a kind nobody upholds; within each kind all are treated alike, so there is no difference."""
    hard = [replace(PLAIN, kind="none", relief=n % 10 == 0, linked=n % 3 > 0) for n in range(300)]
    easy = [replace(PLAIN, kind="price", relief=n % 10 > 0, linked=n % 30 == 0) for n in range(300)]
    fair = next(gap for gap in parity([*hard, *easy], MONDAY).gaps if gap.outcome is Outcome.RELIEF)
    assert fair.linked is not None and fair.others is not None and fair.difference is not None
    assert (fair.linked.share or 0) + 300_000 < (fair.others.share or 0)
    assert (fair.difference.low or 0) < 0 < (fair.difference.high or 0)
    unfair = [replace(case, relief=False) if case.linked else case for case in [*hard, *easy]]
    seen = next(gap for gap in parity(unfair, MONDAY).gaps if gap.outcome is Outcome.RELIEF)
    assert seen.difference is not None and (seen.difference.high or 0) < 0


def weeks(linked: Sequence[int], relief: Sequence[int]) -> list[Case]:
    """Fifty complaints a week: so many linked, so many relieved."""
    return [
        replace(
            PLAIN,
            received_on=MONDAY + timedelta(weeks=week, days=n % 7),
            linked=n < linked[week],
            relief=n < relief[week],
        )
        for week in range(len(linked))
        for n in range(50)
    ]


@pytest.mark.parametrize(
    ("linked", "relief", "said"),
    [
        ([5] * 9, [20] * 9, []),
        ([5] * 8 + [25], [20] * 9, ["linked"]),
        ([5] * 12, [30] * 8 + [8] * 4, ["relief"]),
        ([5] * 11 + [30], [30] * 8 + [8] * 4, ["linked", "relief"]),
        ([25] + [5] * 8, [8] + [30] * 8, []),
        ([5], [20], []),
    ],
)
def test_jumps_alarm_and_nothing_else_does(linked: list[int], relief: list[int], said: list[str]) -> None:
    over = MONDAY + timedelta(weeks=len(linked))
    alarms = [words.en for words in parity(weeks(linked, relief), over).alarms]
    assert [one for one in ("linked", "relief") if any(one in alarm for alarm in alarms)] == said
    assert len(alarms) == len(said)


def test_a_week_that_is_not_over_is_not_looked_at() -> None:
    cases = weeks([5] * 8 + [25], [20] * 9)
    last = MONDAY + timedelta(weeks=9)
    assert parity(cases, last).alarms != ()
    assert parity(cases, last - timedelta(days=1)).alarms == ()
    assert parity([], last).weeks == ()
