"""What is learned is the least of the penalised loss, stays within the floors, and is called better only when it is."""

from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mingcha.model.finding import Answer, Side
from mingcha.model.weights import MOST_POINTS, Example, Fired, reach, weighed
from mingcha.quality.learning import LEAST_OF_EACH, RIDGE, fit, joint

NAMED = 3
STRONG = Fired("strong", Side.FOR, 8)
IDLE = Fired("idle", Side.FOR, 6)
WEAK = Fired("weak", Side.FOR, 2)
SAMPLE = Fired("sample", Side.AGAINST, 5)


def examples(seed: int, size: int, chances: dict[tuple[Fired, ...], float]) -> list[Example]:
    """So many complaints of each kind in turn, accused with the chance of their kind."""
    random, kinds = Random(seed), list(chances.items())
    return [Example(kinds[n % len(kinds)][0], random.random() < kinds[n % len(kinds)][1]) for n in range(size)]


def deltas(held: list[Example]) -> dict[str, int]:
    return {one.detector: one.delta for one in fit(Answer.ORGANISATION, held, NAMED).learned}


def test_a_finding_people_do_not_bear_out_loses_and_what_they_bear_out_keeps() -> None:
    held = examples(1, 600, {(): 0.05, (STRONG,): 0.85, (IDLE,): 0.08})
    found = fit(Answer.ORGANISATION, held, NAMED)
    learned = {one.detector: one for one in found.learned}
    assert learned["idle"].delta < -2
    assert learned["strong"].delta >= 0
    assert (learned["idle"].fired, learned["strong"].accused.of) == (200, 200)
    assert found.better
    assert found.loss_after < found.loss_before
    assert found.unit > 0


def test_where_the_shipped_points_are_right_nothing_is_called_better() -> None:
    held = examples(2, 600, {(): 0.12, (WEAK,): 0.25, (IDLE,): 0.65, (STRONG,): 0.82})
    found = fit(Answer.ORGANISATION, held, NAMED)
    assert not found.better
    assert all(abs(one.delta) <= 2 for one in found.learned)


def test_an_innocent_explanation_never_loses_however_often_people_accuse_beside_it() -> None:
    held = examples(3, 600, {(): 0.05, (STRONG,): 0.7, (STRONG, SAMPLE): 0.95})
    assert deltas(held)["sample"] == 0


def test_what_is_too_weak_to_be_named_stays_so_however_often_people_accuse() -> None:
    held = examples(4, 600, {(): 0.05, (WEAK,): 0.97, (STRONG,): 0.9})
    assert 0 <= deltas(held)["weak"] <= NAMED - 1 - WEAK.points


@pytest.mark.parametrize("accused", [LEAST_OF_EACH - 1, LEAST_OF_EACH])
def test_too_few_conclusions_teach_nothing(accused: int) -> None:
    held = [Example((STRONG,), accused=True)] * accused + [Example((IDLE,), accused=False)] * 100
    found = fit(Answer.AGENCY, held, NAMED)
    assert found.enough is (accused == LEAST_OF_EACH)
    if not found.enough:
        assert not found.better
        assert not any(one.delta for one in found.learned)
        assert found.bands == ()


def test_points_that_run_the_wrong_way_teach_nothing() -> None:
    held = examples(5, 400, {(): 0.9, (STRONG,): 0.1})
    found = fit(Answer.AGENCY, held, NAMED)
    assert (found.unit, found.better, found.bands) == (0, False, ())


def test_a_detector_that_hardly_fires_is_left_alone() -> None:
    held = [*examples(6, 400, {(): 0.1, (STRONG,): 0.8}), *[Example((IDLE,), accused=False)] * 9]
    assert "idle" not in deltas(held)


def test_better_means_better_than_what_is_in_force() -> None:
    held = examples(1, 600, {(): 0.05, (STRONG,): 0.85, (IDLE,): 0.08})
    now = deltas(held)
    assert not fit(Answer.ORGANISATION, held, NAMED, now).better


def test_bands_hold_every_example_once_and_expect_what_came() -> None:
    held = examples(7, 2000, {(): 0.12, (WEAK,): 0.25, (IDLE,): 0.65, (STRONG,): 0.82})
    bands = fit(Answer.ORGANISATION, held, NAMED).bands
    assert sum(band.accused.of for band in bands) == 2000
    assert all(before.most < after.least for before, after in pairwise(bands))
    for band in bands:
        assert band.accused.low is not None
        assert band.accused.high is not None
        assert band.accused.low - 30_000 <= band.expected <= band.accused.high + 30_000


KINDS = st.lists(
    st.builds(Fired, st.sampled_from("abcd"), st.sampled_from(Side), st.integers(0, 12)),
    max_size=3,
    unique_by=lambda one: one.detector,
).map(tuple)


@settings(max_examples=40, deadline=None)
@given(
    kinds=st.dictionaries(KINDS, st.floats(0, 1), min_size=1, max_size=6),
    seed=st.integers(0, 99),
)
def test_whatever_people_conclude_every_finding_stays_within_its_floors(
    kinds: dict[tuple[Fired, ...], float], seed: int
) -> None:
    held = examples(seed, 300, kinds)
    fixed = {name: side for case in held for one in case.fired for name, side in [(one.detector, one.side)]}
    held = [Example(tuple(one for one in e.fired if fixed[one.detector] is one.side), e.accused) for e in held]
    learned = {one.detector: one.delta for one in fit(Answer.AGENCY, held, NAMED).learned}
    for one in {one for case in held for one in case.fired}:
        least, most = reach(one.side, one.points, NAMED)
        assert least <= one.points + learned.get(one.detector, 0) <= most


@given(
    side=st.sampled_from(Side),
    points=st.integers(0, 40),
    delta=st.integers(-100, 100),
)
@example(side=Side.AGAINST, points=5, delta=-3)
@example(side=Side.FOR, points=2, delta=9)
def test_what_a_finding_weighs_is_within_the_floors_whatever_was_learned(side: Side, points: int, delta: int) -> None:
    weight = weighed(side, points, delta, NAMED)
    assert 0 <= weight <= max(MOST_POINTS, points)
    if side is Side.AGAINST:
        assert weight >= points
    elif points < NAMED:
        assert weight < NAMED
    assert weighed(side, points, 0, NAMED) == points


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_fit_is_the_least_of_its_loss_as_a_slow_search_finds_it(seed: int) -> None:
    """The slow twin: no step of the unit or of a delta within its bounds makes the loss, summed up plainly, any smaller."""
    random = np.random.default_rng(seed)
    points = random.integers(0, 10, 80).astype(float)
    fired = random.integers(0, 2, (80, 3)).astype(float)
    accused = (random.random(80) < 1 / (1 + np.exp(2 - 0.5 * points))).astype(float)
    bounds = [(-3.0, 3.0), (0.0, 5.0), (-2.0, 0.0)]
    deltas, unit = joint(points, fired, accused, bounds)
    assert all(low - 1e-9 <= one <= high + 1e-9 for one, (low, high) in zip(deltas, bounds, strict=True))
    if not unit:
        return
    starts = np.linspace(-8, 8, 801)[:, None]

    def loss(unit: float, deltas: np.ndarray) -> float:
        chance = 1 / (1 + np.exp(-(starts + unit * (points + fired @ deltas))))
        told = -np.log(np.where(accused, chance, 1 - chance)).sum(axis=1)
        return float(told.min() + RIDGE / 2 * sum((unit * one) ** 2 for one in deltas))

    here = loss(unit, deltas)
    for step in (-0.1, 0.1):
        assert loss(max(unit + step, 0.0), deltas) >= here - 0.01
        for k, (low, high) in enumerate(bounds):
            moved = deltas.copy()
            moved[k] = min(max(moved[k] + 5 * step, low), high)
            assert loss(unit, moved) >= here - 0.01
