"""Texts as they sound: homophones and syllables in letters are one, every unit knows where it stands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.text.likeness import heard, sounds, syllables
from mingcha.text.sounded import sounded

HAN = "加微信专业停息挂账征信修复退保代理催收律师行长重"
WORDS = st.text(st.sampled_from(HAN + "abcxyz0189 ,。!vx"), max_size=24)


def slow(text: str) -> list[str]:
    """One name a unit, read off the dictionaries character by character; runs of letters stay letters."""
    return [chr(heard()[ord(char)]) if not char.isdigit() else "0" for char in text]


@given(st.text(st.sampled_from(HAN + "0189 ,。!"), max_size=24))
def test_without_letters_it_is_the_dictionary_character_by_character(text: str) -> None:
    assert [chr(code) for code in sounded(text).codes] == slow(text)


@given(WORDS)
def test_units_cover_the_text_in_order(text: str) -> None:
    units = sounded(text)
    assert units.starts.tolist() == [0, *units.ends.tolist()[:-1]] if text else len(units.codes) == 0
    assert not text or units.ends[-1] == len(text)


@given(st.lists(st.sampled_from(HAN), min_size=1, max_size=8), st.data())
def test_another_character_of_the_same_first_reading_is_the_same_unit(chars: list[str], data: st.DataObject) -> None:
    table = heard()
    alike = [data.draw(st.sampled_from(_same(table, char))) for char in chars]
    assert sounded("".join(chars)).codes.tolist() == sounded("".join(alike)).codes.tolist()


def _same(table: np.ndarray, char: str) -> list[str]:
    return [chr(code) for code in np.flatnonzero(table == table[ord(char)])[:50]]


@pytest.mark.parametrize(
    ("letters", "units"),
    [("weixin", 2), ("cuishou", 2), ("zhuang", 1), ("xian", 1), ("vx", 2), ("wx888", 5), ("qq", 2), ("a", 1)],
)
def test_letters_are_syllables_only_where_none_is_left_over(letters: str, units: int) -> None:
    assert len(sounded(letters).codes) == units


def test_syllables_in_letters_are_their_characters() -> None:
    assert sounded("jia微xin").codes.tolist() == sounded("加weixin").codes.tolist() == sounded("加微信").codes.tolist()


def test_every_syllable_stands_for_a_character_that_is_said_so() -> None:
    for said, code in list(syllables().items())[::17]:
        assert said in sounds()[chr(code)]
