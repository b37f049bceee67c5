"""Claims read from text: the development table exactly, the held-out one above a floor, passages where they stand."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.merit.claims import read_claims
from mingcha.text.normalise import normalise

CASES = tomllib.loads((Path(__file__).parent / "claims_cases.toml").read_text(encoding="utf-8"))["cases"]
DEV, HELD = [c for c in CASES if not c.get("held")], [c for c in CASES if c.get("held")]


def read(text: str) -> list[str]:
    return [claim.grievance.value for claim in read_claims(normalise(text))]


@pytest.mark.parametrize("case", DEV, ids=lambda c: c["text"])
def test_development_sentences(case: dict[str, list[str]]) -> None:
    assert read(str(case["text"])) == case["claims"]


def test_held_out_sentences_mostly_right() -> None:
    right = sum(read(case["text"]) == case["claims"] for case in HELD)
    assert right >= 0.7 * len(HELD), "the figures themselves are in bench/results"


def test_a_claim_never_crosses_a_sentence() -> None:
    assert read("凌晨我在睡觉。他们打电话了") == []


def test_disguised_spelling_is_read() -> None:
    text = "半*夜十二点打 电 话 催 收"
    (claim,) = read_claims(normalise(text))
    assert text[claim.passage.start : claim.passage.end] == claim.passage.quote


@given(st.text(max_size=80))
def test_passages_lie_in_the_text(text: str) -> None:
    for claim in read_claims(normalise(text)):
        assert text[claim.passage.start : claim.passage.end] == claim.passage.quote
