"""Fingerprints: refilled slots read the same, the key changes everything, similarity equals the slow way."""

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.text import fingerprint, kernels
from mingcha.text.fingerprint import SIZE, shingles
from mingcha.text.normalise import normalise
from mingcha.text.similarity import MILLION, jaccard


def _of(text: str, key: int = 7) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    return shingles(normalise(text), key)


def test_dates_sums_and_masks_are_slots() -> None:
    first = "本人于2018年6月26日借款51000元，每月还款1918.9元，要求退还多收的利息"
    other = "本人于2019年11月2日借款8000元，每月还款733元，要求退还多收的利息"
    assert jaccard(_of(first), _of(other)) == MILLION
    assert (
        jaccard(_of("On XX/XX/2020 I called about {$500.00} owed"), _of("On XX/XX/XXXX I called about {$9.00} owed"))
        == MILLION
    )


def test_characters_that_sound_alike_read_the_same() -> None:
    said = "要求银行停止骚扰本人并书面答复此事"
    assert jaccard(_of(said), _of("药球印行亭指搔绕笨人病书面达付次是")) == MILLION
    assert jaccard(_of(said), _of("要求银行停止骚扰家人并电话答复此事")) < MILLION


def test_pictures_between_the_words_of_a_letter_are_noise() -> None:
    said = "要求银行停止骚扰本人并书面答复此事"
    assert jaccard(_of(said), _of("💰要求📞银行停止骚扰🏠本人并书面💬答复此事🔥")) == MILLION


def test_another_key_shares_nothing() -> None:
    text = "要求停止骚扰本人及家人并书面答复"
    assert jaccard(_of(text, 1), _of(text, 2)) == 0


@given(
    st.text(alphabet="投诉利息太高要求退还abc def 。", max_size=60),
    st.text(alphabet="投诉利息太高要求退还abc def 。", max_size=60),
)
def test_jaccard_equals_sets(a: str, b: str) -> None:
    one, other = set(_of(a).tolist()), set(_of(b).tolist())
    expected = len(one & other) * MILLION // len(one | other) if one and other else 0
    assert jaccard(_of(a), _of(b)) == expected


@given(st.text(max_size=60))
def test_hashes_are_sorted_and_unique(text: str) -> None:
    hashes = _of(text)
    assert hashes.dtype == np.uint64
    assert (np.diff(hashes.astype(object)) > 0).all() if len(hashes) > 1 else True


HAN = re.compile("[\u3400-\u9fff]")
SLOTS = re.compile(r"[\[{(<]{0,3}\$?(?:x{2,}|\*{2,}|[0-9])(?:[0-9x*,./:$-]*[0-9x*])?[\]})>]{0,3}")


def slow_slots(text: str) -> str:
    """Twin: a folded text with dates, sums and masks as one slot, and slots with no word between them as one."""
    return re.sub(r"0(?:[\W_]*0)*", lambda run: "0" + run[0].replace("0", ""), SLOTS.sub("0", text))


def _slow_words(text: str) -> tuple[list[str], bool]:
    """Twin: the words of a folded text with its slots, and whether it is Chinese."""
    plain = slow_slots(text)
    return re.findall(r"[^\W_]+", plain), HAN.search(plain) is not None


@settings(max_examples=1500, deadline=None)
@given(
    st.one_of(
        st.text(alphabet="{([<>])}$x*0195,./:- _a投", max_size=30),
        st.text(alphabet="{($x*1,. a", max_size=20),
        st.text(max_size=40),
    )
)
def test_the_compiled_slots_are_the_regular_expression(text: str) -> None:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    words, chinese = kernels.slotted(codes, fingerprint._classes())
    parts, is_chinese = _slow_words(text)
    assert chinese is is_chinese
    assert "".join(map(chr, words.tolist())) == ("" if is_chinese else "\0").join(parts)


def test_a_slot_takes_three_brackets_on_each_side_and_no_more() -> None:
    for text in ("a{{$5}}b", "a{{{$5}}}b", "a{{{{$5}}}}b", "a[(<$$5.)>]b", "ax*x5xb", "a5,,,b"):
        words, _ = kernels.slotted(np.frombuffer(text.encode("utf-32-le"), dtype="<u4"), fingerprint._classes())
        assert "".join(map(chr, words.tolist())) == "\0".join(_slow_words(text)[0]), text


def _slow(text: str) -> set[str]:
    parts, chinese = _slow_words(normalise(text).text)
    parts = "".join(parts) if chinese else parts
    joined = (lambda run: "".join(run)) if chinese else (lambda run: " ".join(run))
    return {joined(parts[i : i + SIZE]) for i in range(max(1, len(parts) - SIZE + 1))} if parts else set()


@given(
    st.text(alphabet="投诉利息太高要求退还abc def 12x* 。", max_size=60),
    st.text(alphabet="投诉利息太高要求退还abc def 12x* 。", max_size=60),
)
def test_the_compiled_hashes_are_the_shingles(a: str, b: str) -> None:
    """Twin: as many hashes as distinct shingles, and as many in common."""
    one, other = set(_of(a).tolist()), set(_of(b).tolist())
    assert len(one) == len(_slow(a))
    chinese = {"\u3400" <= c <= "\u9fff" for c in a}, {"\u3400" <= c <= "\u9fff" for c in b}
    if (True in chinese[0]) == (True in chinese[1]):
        assert len(one & other) == len(_slow(a) & _slow(b))
