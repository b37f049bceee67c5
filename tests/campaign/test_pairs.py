"""The batch's pairs equal all pairs of plain Python sets, under both schemes, whatever the threads or the key."""

import re
import sys
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.text.test_fingerprint import slow_slots

from mingcha.campaign.cutting import CODES, Cutting, mingcha, plain_5
from mingcha.campaign.kernels.copies import first_copies
from mingcha.campaign.kernels.slots import fill_slots
from mingcha.campaign.letters import Corpus, cut_all, distinct
from mingcha.campaign.pairs import find_text_pairs, row_pairs
from mingcha.text.fingerprint import shingles
from mingcha.text.normalise import normalise

WORDS = [
    "投诉",
    "贷款",
    "高利息",
    "催收",
    "我",
    "ＡＢ",
    "pay",
    "back",
    "the",
    "İS",
    "ΣΟΣ",
    "ΟΣ",
    "_",
    "x_y",
    "，",
    " ",
    "12",
    "XX/XX",
    "\U0001f600",
]


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    """Near copies of a few texts, so that pairs stand on both sides of the threshold."""
    bases = draw(st.lists(st.lists(st.sampled_from(WORDS), max_size=14), min_size=1, max_size=3))
    out = []
    for _ in range(draw(st.integers(0, 12))):
        words = list(draw(st.sampled_from(bases)))
        for _ in range(draw(st.integers(0, 2))):
            words.insert(draw(st.integers(0, len(words))), draw(st.sampled_from(WORDS)))
        out.append(draw(st.sampled_from(["", " "])).join(words))
    return out


def plain_shingles(text: str) -> frozenset[str]:
    """5-shingles as the scheme words them: characters without marks where there is Han, else words."""
    text = text.lower()
    if re.search("[\u4e00-\u9fff]", text):
        units, gap = re.sub(r"[\W_]+", "", text), ""
        return frozenset(units[i : i + 5] for i in range(max(1, len(units) - 4)))
    words, gap = re.findall(r"\w+", text), " "
    return frozenset(gap.join(words[i : i + 5]) for i in range(max(1, len(words) - 4)))


def slow_pairs(sets: Sequence[frozenset[object]], near: int) -> dict[tuple[int, int], Fraction]:
    out = {}
    for j, b in enumerate(sets):
        for i, a in enumerate(sets[:j]):
            if a and b and (alike := Fraction(len(a & b), len(a | b))) * 10**6 >= near:
                out[i, j] = alike
    return out


def cut(rows: Sequence[str], cutting: Cutting, key: int = 0, threads: int = 2) -> Corpus:
    half = len(rows) // 2
    parts = cut_all([rows[:half], rows[half:]], lambda block: cutting.shingles(block, key), threads, lambda _: None)
    return distinct(parts, threads)


def fast_pairs(corpus: Corpus, near: int, threads: int = 2) -> dict[tuple[int, int], Fraction]:
    found = find_text_pairs(corpus, near, threads)
    rows = row_pairs(corpus, found)
    assert found.rows(corpus) == len(rows.first)
    columns = (rows.first.tolist(), rows.second.tolist(), rows.shared.tolist(), rows.union.tolist())
    return {(a, b): Fraction(shared, union) for a, b, shared, union in zip(*columns, strict=True)}


@settings(max_examples=200)
@given(texts(), st.sampled_from([510_000, 700_000, 1_000_000]), st.integers(0, 2**64 - 1), st.integers(1, 3))
def test_plain_pairs_equal_all_pairs_of_sets(rows: list[str], near: int, key: int, threads: int) -> None:
    expected = slow_pairs([plain_shingles(text) for text in rows], near)
    assert fast_pairs(cut(rows, plain_5(), key, threads), near, threads) == expected


@settings(max_examples=100)
@given(texts(), st.sampled_from([400_000, 700_000]))
def test_pairs_of_the_house_scheme_equal_all_pairs_of_fingerprints(rows: list[str], near: int) -> None:
    sets = [frozenset(shingles(normalise(text), 7).tolist()) for text in rows]
    corpus = cut(rows, mingcha(), 7)
    assert fast_pairs(corpus, near) == slow_pairs(sets, near)
    assert corpus.empty.tolist() == [i for i, held in enumerate(sets) if not held]


@settings(max_examples=300)
@given(st.lists(st.text(alphabet="x*09[({$<)>}],./:-ab借", max_size=24), max_size=4))
@example(["[[[[xx", "$$9", "x", "*x*", "9,", "((($xx9]]]]", "<<5"])
def test_slots_are_those_of_the_fingerprint(rows: list[str]) -> None:
    codes = np.array([ord(c) for c in "".join(rows)], np.uint32)
    filled, starts = fill_slots(codes, np.cumsum([0, *map(len, rows)]), mingcha().cut.kind)
    for i, text in enumerate(rows):
        assert "".join(map(chr, filled[starts[i] : starts[i + 1]])) == slow_slots(text)


def test_no_letter_stands_above_the_tables() -> None:
    above = [chr(code) for code in range(CODES, sys.maxunicode + 1)]
    assert not [c for c in above if re.match(r"\w", c) or c.lower() != c]
    assert [chr(c) for c in range(CODES) if len(chr(c).lower()) > 1] == ["\u0130"]


def test_rows_with_equal_sums_and_other_shingles_stay_apart() -> None:
    hashes = np.array([1, 2, 3, 4, 1, 2], np.uint64)
    begin, sizes = np.array([0, 2, 4]), np.full(3, 2, np.int32)
    same = np.zeros((3, 2), np.uint64)
    assert first_copies(begin, sizes, hashes, same, np.array([0, 2, 1])).tolist() == [0, 1, 0]


@pytest.mark.parametrize("rows", [[], [""], ["投"], ["", "", "!"], ["a b c d e f"] * 40])
def test_small_and_equal_rows(rows: list[str]) -> None:
    assert fast_pairs(cut(rows, plain_5()), 700_000) == slow_pairs([plain_shingles(t) for t in rows], 700_000)
