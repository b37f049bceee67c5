"""Words spelt to hide them: in letters, taken apart, broken up; what other people write is not read as them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.text.likeness import heard, parts_of, usual
from mingcha.text.sounded import VEIL, sounded
from mingcha.text.spelt import Spelt

WORDS = ("贷款", "停息挂账", "不成功不收费", "加微信", "利率低", "法援", "欠款", "骗子")
SPELT = Spelt(WORDS)


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.phrase, text[hit.start : hit.end]) for hit in SPELT.find(text, sounded(text))]


@pytest.mark.parametrize(
    ("text", "word", "surface"),
    [
        ("当天dai款秒到", "贷款", "dai款"),
        ("要daikuan找我", "贷款", "daikuan"),
        ("不/成/功/不/收/费", "不成功不收费", "不/成/功/不/收/费"),
        ("加✨微🔥信", "加微信", "加✨微🔥信"),
        ("停自心挂账", "停息挂账", "停自心挂账"),
        ("禾刂率低", "利率低", "禾刂率低"),
        ("力口微信", "加微信", "力口微信"),
        ("tingxi挂仗", "停息挂账", "tingxi挂仗"),
    ],
)
def test_a_disguised_word_is_found_where_it_stands(text: str, word: str, surface: str) -> None:
    assert found(text) == [(word, surface)]


@pytest.mark.parametrize(
    "text", ["停息挂账", "法院判决", "前款所称", "带款待查", "骗了一个人", "贷。款", "dai", "人口微信"]
)
def test_what_is_no_disguise_is_left_alone(text: str) -> None:
    assert found(text) == []


@given(st.sampled_from(WORDS), st.data())
def test_marks_hide_no_word_and_letters_hide_none_of_three(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    assert (word, f"{word[:at]}/{word[at:]}") in found(f"{word[:at]}/{word[at:]}")


def test_parts_are_pairs_of_their_character() -> None:
    assert {"禾刂", "日月", "扌丁"} <= {pair for char in "利明打" for pair in parts_of()[char]}
    assert all(usual(char) and all(len(pair) == 2 for pair in pairs) for char, pairs in parts_of().items())


def test_a_character_taken_apart_sounds_as_it_did_unless_both_parts_are_in_use() -> None:
    assert sounded("禾刂率").codes.tolist() == sounded("利率").codes.tolist()
    assert len(sounded("日月").codes) == 2


def test_marks_are_not_heard_between_words_but_between_numbers_and_in_sentences_they_are() -> None:
    assert sounded("加/微✨信").codes.tolist() == sounded("加微信").codes.tolist()
    assert len(sounded("5-10").codes) == 4
    assert len(sounded("好。来").codes) == 3
    assert chr(heard()[ord("加")]) in map(chr, sounded("5/加").codes)


def test_what_is_blacked_out_is_one_unit() -> None:
    units = sounded(f"加{VEIL * 9}咨")
    assert (len(units.codes), units.starts.tolist(), units.ends.tolist()) == (3, [0, 1, 10], [1, 10, 11])
