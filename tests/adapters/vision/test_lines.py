"""Lines become text in reading order, cut into words that know their places in it and in the image."""

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.vision.lines import Corners, Line, Piece, in_reading_order, one_each

HIGH = 20.0


def corners(left: float, top: float, width: float, turn: float = 0.0) -> Corners:
    """An oblong 20 high, turned about the origin by degrees, moved to where all coordinates are positive."""
    c, s = cos(radians(turn)), sin(radians(turn))
    flat = ((left, top), (left + width, top), (left + width, top + HIGH), (left, top + HIGH))
    return tuple((x * c - y * s + 200, x * s + y * c + 200) for x, y in flat)


def line(text: str, left: float, top: float, turn: float = 0.0, *, pieces: bool = True) -> Line:
    """A line whose characters are ten wide."""
    each = tuple(
        Piece(character, 0.9, corners(left + 10 * n, top, 10, turn))
        for n, character in enumerate(text)
        if character != " "
    )
    return Line(text, 0.8, corners(left, top, 10 * len(text), turn), each if pieces else ())


@pytest.mark.parametrize("turn", [-8.0, 0.0, 8.0])
def test_rows_are_read_along_the_way_they_run(turn: float) -> None:
    lines = [line(f"第{n}行的字一共十个整", 0, 24 * n, turn) for n in range(8)]
    found = in_reading_order(lines[::-1], 2000, 2000)
    assert found.text.split("\n") == [one.text for one in lines]


def test_pieces_of_one_row_are_one_line_and_far_ones_are_not() -> None:
    label, value, far = line("微信：", 0, 100), line("wjq80213", 50, 103), line("右边一栏", 400, 98)
    assert in_reading_order([value, far, label], 2000, 2000).text == "微信： wjq80213\n右边一栏"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("加微信wjq80213吧", ["加", "微", "信", "wjq80213", "吧"]),
        ("a_b-c.d@e.com 24h", ["a_b-c.d@e.com", "24h"]),
        ("https://u.wechat.com/aB?c=1", ["https://u.wechat.com/aB?c=1"]),
        ("QQ：1234", ["QQ", "：", "1234"]),
        ("电报@abc_1", ["电", "报", "@", "abc_1"]),
    ],
)
def test_words_are_single_characters_of_chinese_and_runs_of_others(text: str, words: list[str]) -> None:
    found = in_reading_order([line(text, 0, 0)], 2000, 2000)
    assert [word.text for word in found.words] == words
    assert [found.text[start:end] for start, end in found.spans] == words
    for word, (start, end) in zip(found.words, found.spans, strict=True):
        assert word.box == (200 + 10 * start, 200, 201 + 10 * end, 221)
        assert word.confidence == 900_000


def test_where_pieces_are_not_told_a_word_has_its_share_of_the_line() -> None:
    found = in_reading_order([line("ab 加微", 0, 0, pieces=False)], 2000, 2000)
    assert [(word.text, word.box[0], word.box[2], word.confidence) for word in found.words] == [
        ("ab", 200, 221, 800_000),
        ("加", 230, 241, 800_000),
        ("微", 240, 251, 800_000),
    ]


@given(
    st.lists(
        st.tuples(
            st.text("微信加ab1 _-.：", min_size=1, max_size=12), st.integers(0, 900), st.integers(0, 900), st.booleans()
        ),
        max_size=8,
    )
)
def test_every_word_lies_in_the_text_and_in_the_image(made: list[tuple[str, int, int, bool]]) -> None:
    lines = [line(text, left, top, pieces=told) for text, left, top, told in made if text.strip()]
    found = in_reading_order(lines, 1000, 1000)
    assert [found.text[start:end] for start, end in found.spans] == [word.text for word in found.words]
    assert list(found.spans) == sorted(found.spans)
    assert "".join(word.text for word in found.words) == "".join(found.text.split())
    for left, top, right, bottom in (word.box for word in found.words):
        assert 0 <= left <= right <= 1000
        assert 0 <= top <= bottom <= 1000


def test_a_line_read_in_two_pieces_of_an_image_is_told_once() -> None:
    whole, cut, below = line("加微信wjq80213", 0, 100), line("信wjq80213", 21, 102), line("先办后付", 0, 126)
    assert one_each([cut, whole, below]) == [whole, below]


def test_dense_lines_of_a_turned_image_are_all_kept() -> None:
    lines = [
        line("这一行字很长很长很长很长很长", 0, 0, 8),
        line("短的", 100, 24, 8),
        line("这一行字也很长很长很长很长", 0, 48, 8),
    ]
    assert len(one_each(lines)) == 3
