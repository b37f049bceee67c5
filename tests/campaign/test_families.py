"""Families equal the slow twin, are stars with a floor, and do not depend on the order of rows or on threads."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign.slow import Rows, jaccard, raw, slow_families, text_rows

from mingcha.campaign.families import Families, find_families
from mingcha.campaign.scheme import SCHEME
from mingcha.campaign.sketches import pack

SMALL = replace(SCHEME, min_shingles=5, near=700_000, floor=500_000, counted=3)


def families(rows: Rows, threads: int = 1) -> Families:
    return find_families(pack(((c, raw(h)) for c, h in rows), SMALL.min_shingles), SMALL, threads)


@settings(max_examples=300, deadline=None)
@given(text_rows())
def test_equals_the_slow_twin(rows: Rows) -> None:
    got = families(rows)
    expected, left_out = slow_families(rows, SMALL)
    assert {(f.name, frozenset(c for c, _ in f.members), f.similarity_min) for f in got.families} == expected
    assert set(got.skipped.left_out) == left_out
    assert set(got.skipped.too_short) == {c for c, h in rows if len(h) < SMALL.min_shingles}


@settings(max_examples=100, deadline=None)
@given(text_rows())
def test_every_member_is_near_its_representative_and_no_pair_is_below_the_floor(rows: Rows) -> None:
    texts = dict(rows)
    for family in families(rows).families:
        for complaint, similarity in family.members:
            exact = jaccard(texts[complaint], texts[family.representative])
            assert exact * 10**6 >= SMALL.near
            assert similarity == int(exact * 10**6)
        least = min(jaccard(texts[a], texts[b]) for a, _ in family.members for b, _ in family.members)
        assert family.similarity_min == int(least * 10**6)
        assert least * 10**6 >= SMALL.floor


@settings(max_examples=100, deadline=None)
@given(text_rows(), st.randoms(use_true_random=False), st.integers(1, 3))
def test_order_and_threads_do_not_matter(rows: Rows, rng: random.Random, threads: int) -> None:
    shuffled = list(rows)
    rng.shuffle(shuffled)
    assert families(shuffled, threads) == families(rows)


@settings(max_examples=100, deadline=None)
@given(text_rows())
def test_nobody_is_in_two_families(rows: Rows) -> None:
    members = [c for f in families(rows).families for c, _ in f.members]
    assert len(members) == len(set(members))


def test_a_chain_is_not_a_family() -> None:
    """Each text is near the next one, the ends have nothing in common: no family may hold both."""
    rows = [(f"c{i:02d}", frozenset(range(2 * i, 2 * i + 20))) for i in range(11)]
    for family in families(rows).families:
        assert not {"c00", "c10"} <= {c for c, _ in family.members}
        assert family.similarity_min >= SMALL.floor


def test_exact_copies_are_one_text() -> None:
    got = families([(f"c{i}", frozenset(range(30))) for i in range(5)])
    assert [(f.texts, len(f.members), f.similarity_min) for f in got.families] == [(1, 5, 1_000_000)]


def test_short_texts_are_named_not_dropped() -> None:
    got = families([("a", frozenset({1, 2})), ("b", frozenset({1, 2}))])
    assert got.families == ()
    assert got.skipped.too_short == ("a", "b")


def test_large_sizes_stay_exact() -> None:
    """10,000 shingles with a Jaccard of exactly the threshold is near; one shingle less is not."""
    base = frozenset(range(10_000))
    at = frozenset(range(3_000, 10_000))
    below = frozenset(range(3_001, 10_000))
    assert len(families([("a", base), ("b", at)]).families) == 1
    assert families([("a", base), ("b", below)]).families == ()


def test_a_complaint_given_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        families([("a", frozenset(range(30))), ("a", frozenset(range(30)))])
