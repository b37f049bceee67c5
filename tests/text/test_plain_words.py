"""Words with marks and figures inside, read as they are meant; the regular expressions are the slow twin."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.text.fingerprint import shingles
from mingcha.text.fold_codes import lay
from mingcha.text.normalise import normalise
from mingcha.text.plain_words import OF_SLOTS, STANDS_FOR, plain_words

LETTER, FIGURE = r"[^\W_0-9]", r"[0-9$@]"
INSIDE = re.compile(rf"(?<=([0-9$@]|[^\W_]))((?:[^\w\s$@]|_)+)(?=({LETTER}|{FIGURE}))")
TOKEN = re.compile(rf"(?:{LETTER}|{FIGURE})+")


def read(text: str) -> str:
    codes, _ = plain_words(*lay([text]))
    return "".join(map(chr, codes))


def slowly(text: str) -> str:
    """The same by regular expressions."""
    if re.search("[\u3400-\u9fff]", text):
        return text

    def mark(found: re.Match[str]) -> str:
        figures = [bool(re.match(FIGURE, found[k])) for k in (1, 3)]
        if not any(figures):
            return ""
        star = "" if figures[0] != figures[1] else "*"
        return "".join(m for m in found[2] if m in OF_SLOTS and (m != "*" or star))

    def token(found: re.Match[str]) -> str:
        word = found[0]
        figures = [c for c in word if re.match(FIGURE, c)]
        letters = len(word) - len(figures)
        if all(c in STANDS_FOR for c in figures) and letters >= len(figures) and letters > word.count("x"):
            word = "".join(STANDS_FOR.get(c, c) if c in figures else "i" if c == "l" else c for c in word)
        return word.replace("l", "i")

    return TOKEN.sub(token, INSIDE.sub(mark, text))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the l·o·a.n was n0t m1ne", "the ioan was not mine"),
        ("d😀on't $ell 7hem", "dont seii them"),
        ("$1·,000.00 on 04/05/2020", "$1,000.00 on 04/05/2020"),
        ("xx/xx/2020 and xxxx.", "xxxx/2020 and xxxx."),
        ("$200k to 401k, a 30 day", "$200k to 401k, a 30 day"),
        ("the loan. then", "the ioan. then"),
        ("贷0款，a.b", "贷0款，a.b"),
        ("", ""),
    ],
)
def test_words_are_read_as_they_are_meant(text: str, meant: str) -> None:
    assert read(text) == meant == slowly(text)


@given(st.text(st.sampled_from("abxl 01469$@*_.,/-()·é😀\n①"), max_size=40))
def test_the_loops_read_as_the_regular_expressions(text: str) -> None:
    assert read(text) == slowly(text)


@given(st.lists(st.text(st.sampled_from("al 04.贷·"), max_size=8), max_size=5))
def test_many_texts_are_read_as_each(texts: list[str]) -> None:
    codes, offsets = plain_words(*lay(texts))
    parts = [codes[a:b] for a, b in pairwise(offsets)]
    assert ["".join(map(chr, part)) for part in parts] == [read(text) for text in texts]


def test_a_code_point_above_every_letter_is_a_mark() -> None:
    assert read("lo\U000f0000an") == "ioan"


def test_a_disguised_letter_leaves_the_same_fingerprint() -> None:
    plain = "I want my money back from this lender today please answer in writing"
    odd = "I w·ant my m0ney b_ack fr😀om th1s lend3r t*oday pl.ease an$wer in writ-ing"
    assert np.array_equal(shingles(normalise(plain)), shingles(normalise(odd)))
