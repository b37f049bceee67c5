"""One value, one encoding: no two values share their bytes, and what could be read in two ways is refused."""

import json
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence import twin

from mingcha.evidence import standalone
from mingcha.evidence.canonical import MAX_DEPTH, MAX_INT, canonical, parse

TEXT = st.text(st.characters(codec="utf-8"))
PLAIN = st.recursive(
    st.none() | st.integers(-MAX_INT, MAX_INT) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN, PLAIN)
def test_two_values_never_share_bytes(a: object, b: object) -> None:
    assert (canonical(a) == canonical(b)) is (a == b)


@given(PLAIN)
def test_bytes_are_those_of_the_slow_twin_and_of_the_standalone(value: object) -> None:
    assert canonical(value) == twin.canonical(value) == standalone.canonical(value).encode()
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(TEXT, PLAIN, max_size=4))
def test_objects_come_back_and_their_order_does_not_matter(value: dict[str, Any]) -> None:
    assert parse(canonical(value)) == value
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def _nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "refused",
    [
        1.0, float("nan"), True, {"a": 0.5}, [False], {1: 2}, {None: 1}, MAX_INT + 1, -MAX_INT - 1, object(), b"bytes", {1, 2},
        "\ud800", {"\udfff": 1}, _nested(MAX_DEPTH), _nested(5000),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_has_two_readings_is_refused(refused: object) -> None:
    with pytest.raises(TypeError):
        canonical(refused)


def test_the_refusal_names_the_place() -> None:
    with pytest.raises(TypeError, match=r"\$\.a\[1\]: float cannot be sealed"):
        canonical({"a": [1, 2.0]})


def test_nesting_up_to_the_limit_and_words_of_an_enum_are_sealed() -> None:
    class Word(StrEnum):
        YES = "yes"

    assert canonical(_nested(MAX_DEPTH - 1))
    assert canonical({"a": Word.YES, "b": (1, 2)}) == b'{"a":"yes","b":[1,2]}'


@pytest.mark.parametrize(
    "foreign",
    [
        b"", b"[]", b"1", b'{"a": 1}', b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a":1.0}', b'{"a":-0}', b'{"a":1e2}', b'{"a":true}',
        b'{"a":"\\u0041"}', b'{"a":"\\/"}', b'{"a":"\\ud800"}', b'\xef\xbb\xbf{"a":1}', b'{"a":"\xff"}', b'{"a":1}\n', b'{"a":NaN}',
        b'{"a":' + b"9" * 5000 + b"}", b'{"a":' + b"[" * 50_000, '{"a":1}'.encode("utf-16"),
    ],
    ids=lambda data: repr(data)[:24],
)  # fmt: skip
def test_only_canonical_objects_are_parsed(foreign: bytes) -> None:
    with pytest.raises(ValueError, match="canonical"):
        parse(foreign)
    assert standalone.parse(foreign) is None
