"""Folding: what it undoes, what it leaves alone, and that offsets always point at what was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.text.fold_codes import fold_codes
from mingcha.text.normalise import FOLD_SCHEME, normalise

UNDONE = [
    ("ＡＢＣ１２３", "abc123"), ("停*息*挂*账", "停息挂账"), ("加 薇❤信", "加薇信"), ("亻言用卡", "信用卡"), ("氵肖费", "消费"), ("每天打電話催債", "每天打电话催债"),
    ("一三八零零一三八零零零", "13800138000"), ("微信一二三", "微信123"), ("①③⑧⓪", "1380"), ("太过分了！！！！", "太过分了!"), ("0️⃣1️⃣3️⃣8️⃣", "0138"), ("Hello   WORLD", "hello world"),
    ("wеiхin", "weixin"), ("停​息‌挂账", "停息挂账"), ("貸款", "贷款"), ("电话：一 三八", "电话:138"), ("微_信", "微信"), ("a\r\n\r\nb", "a\nb"), ("  前后  ", "前后"), ("ｖＸ：Ａb1", "vx:ab1"),
]  # fmt: skip
UNTOUCHED = [
    "一定",
    "三方",
    "女子",
    "日月",
    "十一点",
    "我在三月一日",
    "第三十二条",
    "一二三",
    "人言可畏",
    "水口",
    "好。停",
    "息。挂账",
    "甲/乙",
    "5元/月",
    "二零二四"[:3],
]


@pytest.mark.parametrize(("written", "read"), UNDONE)
def test_disguises_are_undone(written: str, read: str) -> None:
    assert normalise(written).text == read


@pytest.mark.parametrize("text", UNTOUCHED)
def test_ordinary_words_stay_themselves(text: str) -> None:
    assert normalise(text).text == text


TRICKY = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("微信一二三四五六零〇亻言氵 -_*\n\t.:：！!。❤①１ＡaB0123人寺電\u200b️⃣")
    ),
    max_size=40,
)


@settings(max_examples=500, deadline=None)
@given(TRICKY)
def test_folding_is_idempotent_and_spans_lie_inside(text: str) -> None:
    folded = normalise(text)
    assert normalise(folded.text).text == folded.text
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    assert folded.scheme == FOLD_SCHEME


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="我们投诉利息太高了abc,。", max_size=30), st.text(alphabet="我们投诉利息太高了abc,。", max_size=30)
)
def test_a_sentence_end_keeps_what_is_before_it(first: str, second: str) -> None:
    before = normalise(first + "好。").text
    assert normalise(first + "好。" + second).text.startswith(before[:-1])


def test_a_passage_is_what_was_written() -> None:
    written = "请加薇❤信：ＡＢ１２３ 谢谢"
    folded = normalise(written)
    start = folded.text.index("ab123")
    assert folded.passage(start, start + 5).quote == "ＡＢ１２３"


@settings(max_examples=200, deadline=None)
@given(st.lists(TRICKY, max_size=6))
def test_batches_fold_to_the_same_text(texts: list[str]) -> None:
    codes, offsets = fold_codes(texts)
    for at, text in enumerate(texts):
        folded = codes[offsets[at] : offsets[at + 1]]
        assert "".join(map(chr, folded.tolist())) == normalise(text).text
