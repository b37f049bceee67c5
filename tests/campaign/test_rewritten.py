"""Letters rewritten throughout: points in the same order, and the alignment beside a slow, sure twin."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.campaign.rewritten import LIKENESS, Letter, align, compare, find_rewritten, points_of
from mingcha.text.segment import sentences_as_written

FEW = frozenset[str]()


@pytest.mark.parametrize(
    ("zh", "en", "points"),
    [
        ("我借了45000元，年化35.9%。", "I borrowed 45,000 yuan at 35.9% a year.", {"45000", "35.9"}),
        ("民法典第六百八十条不许。", "Article 680 of the Civil Code forbids it.", {"§680"}),
        ("根据第二十五条", "Under section 25", {"§25"}),
        ("共4.5万元", "45000 yuan in all", {"45000"}),
        ("2021年8月3日，分24期，利率36%", "3 August 2021, 24 instalments at 36%", set()),
        ("", "", set()),
    ],
)
def test_points_are_the_same_in_both_languages(zh: str, en: str, points: set[str]) -> None:
    assert points_of(zh) == points_of(en) == points


def test_sentences_end_at_their_marks_and_not_at_decimals() -> None:
    assert sentences_as_written("利率35.9%。请退还！\n谢谢") == ["利率35.9%。", "请退还！", "谢谢"]
    assert sentences_as_written("It is 35.9% a year. Please refund. Thanks") == [
        "It is 35.9% a year.",
        "Please refund.",
        "Thanks",
    ]


def slow_best(worth: list[list[float]]) -> float:
    """The greatest sum over all choices of pairs in order."""
    rows, columns = len(worth), len(worth[0]) if worth else 0
    return max(
        sum(max(0.0, worth[i][j]) for i, j in zip(a, b, strict=True))
        for n in range(min(rows, columns) + 1)
        for a in combinations(range(rows), n)
        for b in combinations(range(columns), n)
    )


cosines = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(-8, 10), min_size=n, max_size=n), min_size=1, max_size=5)
)


@settings(max_examples=150)
@given(cosines)
def test_the_alignment_is_the_best_there_is(worth: list[list[int]]) -> None:
    a = np.array(worth, np.float32) / 10
    b = np.eye(len(worth[0]), dtype=np.float32)
    pairs = align(a, b, 0.2)
    assert all(x < y and v < w for (x, v), (y, w) in pairwise(pairs))
    assert all(a[i, j] > 0.2 for i, j in pairs)
    got = sum(float(a[i, j]) - 0.2 for i, j in pairs)
    assert got == pytest.approx(slow_best((a - 0.2).tolist()), abs=1e-5)


def letter(meanings: list[int], points: dict[int, str]) -> Letter:
    """Sentences of different meanings, 30 in all; `points` by sentence."""
    vectors = np.eye(30, dtype=np.float32)[meanings]
    return Letter(vectors, tuple(frozenset({points[k]} if k in points else set()) for k in range(len(meanings))))


ONE = letter([0, 1, 2, 3], {0: "45000", 2: "§680"})


def test_the_same_points_in_the_same_order_are_one_letter() -> None:
    found = compare(ONE, letter([0, 1, 9, 2, 3], {0: "45000", 3: "§680"}), FEW, LIKENESS)
    assert found is not None
    assert (found.aligned, found.points) == (((0, 0), (1, 1), (2, 3), (3, 4)), ("45000", "§680"))


@pytest.mark.parametrize(
    "other",
    [
        letter([3, 2, 1, 0], {3: "45000", 1: "§680"}),  # in another order
        letter([0, 1, 2, 3], {0: "45000", 2: "§681"}),  # one point agrees
        letter([0, 1, 2, 3], {}),  # the same grievance, no point
        letter([0, 1, 2], {0: "45000", 2: "§680"}),  # too short
        letter([0, 1, 2, 3, 4, 5, 6, 7], {0: "45000", 2: "§680"}),  # half of a longer one
        letter([], {}),
    ],
)
def test_what_is_not_enough(other: Letter) -> None:
    assert compare(ONE, other, FEW, LIKENESS) is None
    assert compare(other, ONE, FEW, LIKENESS) is None


def test_points_that_many_make_do_not_count() -> None:
    assert compare(ONE, ONE, frozenset({"45000"}), LIKENESS) is None


def test_without_points_a_long_letter_must_agree_nearly_throughout() -> None:
    whole = letter([0, 1, 2, 3, 4, 5], {})
    assert compare(whole, whole, FEW, LIKENESS) is not None
    assert compare(whole, letter([0, 1, 2, 3, 4, 5, 8, 9], {}), FEW, LIKENESS) is None
    assert compare(whole, whole, FEW, replace(LIKENESS, bare_mean=1.1)) is None


@given(st.lists(st.integers(10, 29), max_size=6), st.data())
def test_sentences_of_ones_own_never_make_letters_more_alike(own: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, 4))
    longer = letter([0, 1, 2, 3][:at] + own + [0, 1, 2, 3][at:], {})
    base = letter([0, 1, 2, 3], {})
    rule = replace(LIKENESS, bare_sentences=1)
    if compare(base, longer, FEW, rule):
        assert compare(base, base, FEW, rule)
    assert len(own) < 2 or compare(base, longer, FEW, rule) is None


def test_letters_are_found_among_others_and_counted() -> None:
    rng = np.random.default_rng(4)
    others = [
        Letter(v / np.linalg.norm(v, axis=1, keepdims=True), (frozenset({"500"}),) * 5)
        for v in rng.normal(size=(30, 5, 30)).astype(np.float32)
    ]
    twins = [letter([0, 1, 2, 3], {0: "45000", 2: "§680"}), letter([0, 1, 2, 3], {0: "45000", 2: "§680"})]
    seen: list[int] = []
    found = find_rewritten([*others[:10], twins[0], *others[10:], twins[1], letter([], {})], seen.append)
    assert [(one.a, one.b) for one in found.found] == [(10, 31)]
    assert found.compared == len(seen) > 0
    assert find_rewritten([], seen.append).found == ()
    assert find_rewritten([letter([], {}), ONE], seen.append).compared == 0
