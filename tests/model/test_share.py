"""Wilson's interval against what it means: the shares that a score test at 5 % does not reject."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.share import Share, Z, above, share

MILLION = 1_000_000


def rejected(hits: int, of: int, millionths: int) -> bool:
    """Whether a score test rejects this true share, in exact fractions."""
    p = Fraction(millionths, MILLION)
    return (Fraction(hits, of) - p) ** 2 * of > Fraction(Z) ** 2 * p * (1 - p)


@given(st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_what_is_not_rejected_and_one_step_out_is(counts: tuple[int, int]) -> None:
    hits, of = counts
    got = share(hits, of)
    assert got.share is not None and got.low is not None and got.high is not None
    assert got.share == hits * MILLION // of
    assert 0 <= got.low <= got.share <= got.high <= MILLION
    assert got.low == 0 or rejected(hits, of, got.low - 1)
    assert got.high == MILLION or rejected(hits, of, got.high + 1)
    assert not rejected(hits, of, got.low + 1)
    assert not rejected(hits, of, got.high - 1)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (81, 263, 2553, 3662),
        (15, 148, 624, 1605),
        (0, 20, 0, 1611),
        (1, 29, 61, 1718),
    ],  # Newcombe 1998, table I, method 3
)
def test_known_values(hits: int, of: int, low: int, high: int) -> None:
    got = share(hits, of)
    assert got.low is not None and got.high is not None
    assert (round(got.low / 100), round(got.high / 100)) == (low, high)


def test_of_nothing_there_is_no_share() -> None:
    assert share(0, 0) == Share(0, 0, None, None, None)


def test_above_needs_intervals_that_do_not_touch() -> None:
    assert above(share(9, 10), share(10, 100))
    assert not above(share(2, 4), share(10, 100))
    assert not above(share(4, 4), share(0, 0))
    assert not above(share(0, 0), share(1, 9))
