"""When acts came: timelines and pauses against loops over days, and the test of hours against every possible draw."""

from datetime import datetime, timedelta
from itertools import product
from math import comb, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.campaign.pages import MONDAY

from mingcha.campaign.rhythm import DRAWS, LEAST_ACTS, LEAST_OUTSIDE, PAUSE_DAYS, chance, hours, pauses, timeline
from mingcha.campaign.summary import CHINA
from mingcha.model.family_page import Rhythm

SPANS = st.sampled_from([3, 70, 900, 20_000, 60_000])
MOMENTS = SPANS.flatmap(
    lambda days: st.lists(st.integers(0, days * 24).map(lambda n: MONDAY + timedelta(hours=n)), max_size=25)
)


@given(MOMENTS, st.integers(0, 3))
def test_the_timeline_holds_every_act_in_its_own_step(acts: list[datetime], undated: int) -> None:
    got = timeline(acts, undated)
    assert got.undated == undated
    assert sum(got.counts) == len(acts)
    assert len(got.counts) <= 60
    if not acts:
        assert got.start is None and got.counts == ()
        return
    assert got.start == min(at.astimezone(CHINA).date() for at in acts)
    for n, count in enumerate(got.counts):
        days = {got.start + timedelta(days=n * got.days + k) for k in range(got.days)}
        assert count == sum(at.astimezone(CHINA).date() in days for at in acts)
    assert got.counts[-1], "it ends with the last act"


@given(MOMENTS)
def test_pauses_are_the_runs_of_days_without_an_act(acts: list[datetime]) -> None:
    got = pauses(acts)
    taken = {at.astimezone(CHINA).date() for at in acts}
    gaps, day = [], min(taken, default=None)
    while day is not None and day < max(taken):
        following = day + timedelta(days=1)
        while following not in taken:
            following += timedelta(days=1)
        gaps.append((day, following))
        day = following
    long = sorted(((b - a).days, a) for a, b in gaps if (b - a).days >= PAUSE_DAYS)
    assert got.of == len(long)
    assert sorted((p.days, p.last) for p in got.shown) == long[-20:]
    assert (got.longest is None) == (not gaps)
    assert got.longest is None or got.longest.days == max((b - a).days for a, b in gaps)


def exact_chance(here: list[int], outside: list[int]) -> float:
    """The same chance over every possible draw, each weighed by how many ways lead to it."""
    pool, size = [a + b for a, b in zip(here, outside, strict=True)], sum(here)
    cells = [n for n in range(len(pool)) if pool[n]]

    def distance(counts: tuple[int, ...]) -> float:
        expected = [pool[n] * size / sum(pool) for n in cells]
        return sum((c - e) ** 2 / e for c, e in zip(counts, expected, strict=True))

    seen = distance(tuple(here[n] for n in cells))
    ways = 0
    for counts in product(*(range(pool[n] + 1) for n in cells)):
        if sum(counts) == size and distance(counts) >= seen - 1e-9:
            ways += prod(comb(pool[n], c) for n, c in zip(cells, counts, strict=True))
    return ways / comb(sum(pool), size)


@pytest.mark.parametrize(
    ("here", "outside"),
    [([4, 0, 1], [2, 6, 5]), ([2, 2, 2], [3, 3, 3]), ([5, 0, 0, 0], [0, 4, 4, 0]), ([1, 3], [9, 1])],
)
def test_the_chance_is_that_of_all_draws(here: list[int], outside: list[int]) -> None:
    true = exact_chance(here, outside)
    got = chance(here, outside, 40_000, seed=7) / 1_000_000
    assert abs(got - true) <= 5 * (true * (1 - true) / 40_000) ** 0.5 + 1 / 40_000


def test_the_same_seed_gives_the_same_answer_and_chance_is_never_nought() -> None:
    assert chance([9, 0], [0, 90], 500, seed=1) == chance([9, 0], [0, 90], 500, seed=1) == 1_000_000 // 501
    assert chance([1, 3, 2], [9, 7, 8], 500, seed=1) != chance([1, 3, 2], [9, 7, 8], 500, seed=2)


def days(count: int, hour: int) -> list[datetime]:
    return [MONDAY.replace(hour=hour) + timedelta(days=n) for n in range(count)]


def test_other_hours_are_told_and_the_same_are_not() -> None:
    everyone = [at for hour in range(8, 21) for at in days(14, hour)]
    night = hours(days(12, 2), everyone, seed=1)
    assert (night.rhythm, night.draws) == (Rhythm.DIFFERENT, DRAWS)
    assert night.p is not None and night.p < 10_000
    assert sum(map(sum, night.here)) == 12 and night.here[0][2] == 2
    same = hours([everyone[n] for n in range(0, len(everyone), 13)], everyone, seed=1)
    assert same.rhythm is Rhythm.ALIKE


def test_few_acts_few_days_or_nothing_outside_are_too_few_to_tell() -> None:
    everyone = [at for hour in range(8, 21) for at in days(14, hour)]
    burst = [MONDAY.replace(hour=2, minute=n) for n in range(LEAST_ACTS)]
    for acts, outside in (
        (days(LEAST_ACTS - 1, 2), everyone),
        (burst, everyone),
        (days(12, 2), everyone[: LEAST_OUTSIDE - 1]),
        ([], []),
    ):
        got = hours(acts, outside, seed=1)
        assert (got.rhythm, got.p, got.draws) == (Rhythm.TOO_FEW, None, 0)
