"""The interval of a median is the sign test's, exactly, and holds the median of what is sampled often enough."""

from math import comb
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.middle import middle


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=60))
def test_the_ends_are_the_ranks_of_the_sign_test(values: list[int]) -> None:
    made = middle(values)
    assert made is not None
    size, held = len(values), sorted(values)
    ranks = [rank for rank in range(1, size + 1) if sum(comb(size, k) for k in range(rank)) <= 0.025 * 2**size]
    if not ranks:
        assert (made.low, made.high) == (None, None)
        return
    assert (made.low, made.high) == (held[max(ranks) - 1], held[size - max(ranks)])
    assert made.low <= made.value <= made.high


def test_five_values_leave_the_ends_open_and_six_do_not() -> None:
    five, six = middle([1, 2, 3, 4, 5]), middle([1, 2, 3, 4, 5, 6])
    assert five is not None
    assert six is not None
    assert (five.value, five.low, five.high) == (3, None, None)
    assert (six.value, six.low, six.high) == (3, 1, 6)
    assert middle([]) is None


def test_the_interval_holds_the_median_nineteen_times_of_twenty() -> None:
    random, held = Random(7), 0
    for _ in range(2_000):
        made = middle([round(random.gauss(100, 30)) for _ in range(25)])
        assert made is not None
        assert made.low is not None
        assert made.high is not None
        held += made.low <= 100 <= made.high
    assert held >= 0.95 * 2_000
