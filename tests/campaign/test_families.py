"""Families of the house's complaints: what gathering finds, told by complaint, and nobody lost on the way."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign.letters import SENTENCES, letters
from tests.campaign.test_gathering import gathered

from mingcha.campaign.families import Families, find_families
from mingcha.campaign.sketches import distinct, passage, sketch
from mingcha.model.stored import Sketch
from mingcha.text.fingerprint import shingles
from mingcha.text.normalise import normalise


def named(rows: Sequence[str], key: int = 0) -> list[Sketch]:
    return sketch([(f"C-{n:03}", text) for n, text in enumerate(rows)], key)


def families(rows: Sequence[str], threads: int = 1) -> Families:
    return find_families(named(rows), threads=threads)


@settings(max_examples=100)
@given(letters(), st.randoms(use_true_random=False), st.integers(1, 3))
def test_families_are_those_of_gathering_whatever_the_order(rows: list[str], rng: object, threads: int) -> None:
    got = families(rows, threads)
    expected = gathered(rows, scheme="mingcha")
    names = [f"C-{n:03}" for n in range(len(rows))]
    by_row = {frozenset(names[row] for row in f.rows): (f.texts, f.common) for f in expected.families}
    assert {frozenset(c for c, _ in f.members): (f.texts, f.common) for f in got.families} == by_row
    shuffled = named(rows)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    again = find_families(shuffled, threads=threads)
    assert {f.name: {c for c, _ in f.members} for f in again.families} == {
        f.name: {c for c, _ in f.members} for f in got.families
    }
    assert (again.too_short, again.left) == (got.too_short, got.left)


def test_a_sketch_holds_the_shingles_of_the_fingerprint_in_their_order() -> None:
    texts = [
        "本人於三月办理贷款 5,000 元。请退还！谢谢",
        "I was charged $20 twice. Please refund me the money today",
        "",
        "短",
    ]
    for text, one in zip(texts, named(texts, 7), strict=True):
        assert distinct(one.hashes).tolist() == shingles(normalise(text), 7).tolist()
    assert [passage(one).breaks.tolist() for one in named(["本人要求退款。请尽快核实答复"])] == [[6]]


def test_what_is_too_short_or_empty_is_named() -> None:
    got = families(["", "投诉", SENTENCES[0] + SENTENCES[1], SENTENCES[0] + SENTENCES[1]])
    assert got.too_short == ("C-000", "C-001")
    (family,) = got.families
    assert [(m.complaint, m.family, m.representative, m.similarity) for m in family.memberships("F")] == [
        ("C-002", "F", True, 1_000_000),
        ("C-003", "F", False, 1_000_000),
    ]


def test_a_complaint_given_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        find_families([*named([SENTENCES[0]]), *named([SENTENCES[1]])])


def test_half_a_hash_is_an_error() -> None:
    with pytest.raises(ValueError, match="whole"):
        find_families([Sketch(complaint="C-1", scheme="s", hashes=b"1234567", breaks=b"")])
