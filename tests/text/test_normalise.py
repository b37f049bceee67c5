"""Folding: what it undoes, what it leaves alone, and that offsets always point at what was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.slow_fold import slow_fold

from mingcha.text.fold_codes import fold_batch, fold_codes, lay
from mingcha.text.normalise import FOLD_SCHEME, normalise
from mingcha.text.tables import CONTACT_WORDS, MARKS, NOISE, NUMERALS, RADICALS, fold_table

UNDONE = [
    ("ＡＢＣ１２３", "abc123"), ("停*息*挂*账", "停息挂账"), ("加 薇❤信", "加薇信"), ("亻言用卡", "信用卡"), ("氵肖费", "消费"), ("每天打電話催債", "每天打电话催债"),
    ("一三八零零一三八零零零", "13800138000"), ("微信一二三", "微信123"), ("①③⑧⓪", "1380"), ("太过分了！！！！", "太过分了!"), ("0️⃣1️⃣3️⃣8️⃣", "0138"), ("Hello   WORLD", "hello world"),
    ("wеiхin", "weixin"), ("停​息‌挂账", "停息挂账"), ("貸款", "贷款"), ("电话：一 三八", "电话:138"), ("微_信", "微信"), ("a\r\n\r\nb", "a\nb"), ("  前后  ", "前后"), ("扌别123", "8123"), ("停-*_息", "停息"), ("微信，一二", "微信,12"), ("微信在这里：一二", "微信在这里:12"), ("ｖＸ：Ａb1", "vx:ab1"),
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
    "停-*_~息",  # more marks than stand inside a word
    "微信。一二",
    "微信!一二",
    "微信\n一二",
    "微信都在这里:一二",  # five characters between
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
SPECIAL = sorted(
    fold_table().fold.keys()
    | MARKS
    | NOISE
    | set(NUMERALS)
    | set(RADICALS)
    | set(" \n\r\x1c\x85\u1680\u2028\u3000\ud800\U000e0001")
)
PIECES = st.one_of(
    st.sampled_from(SPECIAL),
    st.sampled_from(sorted("".join(NUMERALS) + "0189- ")),
    st.sampled_from(sorted(MARKS | NOISE | {"\n", " "})),
    st.sampled_from(sorted(fold_table().joins)),
    st.sampled_from(sorted(CONTACT_WORDS)),
    st.sampled_from(sorted(RADICALS)),
    st.sampled_from("我们一定要还钱abc"),
    st.characters(),
)
MIXED = st.lists(PIECES, max_size=30).map("".join)


def test_special_characters_fold_as_their_twin_does() -> None:
    """Every character of the table: alone, doubled, between ideographs, and after a radical."""
    for char in SPECIAL:
        text = f"{char}停{char}息{char}{char}亻{char}"
        folded = normalise(text)
        assert (folded.text, folded.starts.tolist(), folded.ends.tolist()) == slow_fold(text), hex(ord(char))
        assert normalise(folded.text).text == folded.text, hex(ord(char))
        assert normalise(normalise(char).text).text == normalise(char).text


@settings(max_examples=1500, deadline=None)
@given(st.one_of(MIXED, TRICKY))
def test_the_compiled_fold_is_the_regular_expressions(text: str) -> None:
    folded = normalise(text)
    assert (folded.text, folded.starts.tolist(), folded.ends.tolist()) == slow_fold(text)
    assert list(folded.ends) == sorted(folded.ends)
    assert normalise(folded.text).text == folded.text


HOSTILE = {
    "one mark": "!" * 1_000_000,
    "all marks": "!?.-" * 250_000,
    "all radicals": "亻" * 1_000_000,
    "radicals and blanks": "亻 " * 500_000,
    "all numerals": "一" * 1_000_000,
    "numerals apart": "一二-" * 300_000,
    "noise between": "停*-_" * 250_000,
    "contact words": "微信" * 500_000 + "一二",
    "white space": " \n" * 500_000,
    "expanding": "\ufdfa" * 100_000,
    "vanishing": "\u200b" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_long_hostile_texts_fold_as_short_ones_do(name: str) -> None:
    """A quadratic step would hang here; what the folds are is checked on their first stretch against the twin."""
    text = HOSTILE[name]
    folded = normalise(text)
    assert folded.text[:100] == slow_fold(text[:600])[0][:100]
    assert normalise(folded.text).text == folded.text
    codes, offsets = fold_codes([text[:600], text])
    assert "".join(map(chr, codes[offsets[1] :].tolist())) == folded.text


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


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(TRICKY, MIXED), max_size=6), st.integers(1, 4))
def test_batches_fold_to_the_same_text(texts: list[str], threads: int) -> None:
    codes, offsets = fold_codes(texts, threads)
    assert len(offsets) == len(texts) + 1
    for at, text in enumerate(texts):
        folded = codes[offsets[at] : offsets[at + 1]]
        assert "".join(map(chr, folded.tolist())) == normalise(text).text


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_share_a_large_batch_and_change_nothing(threads: int) -> None:
    texts = [f"第{i}封：停*息*挂*账，一三八零零{i}，亻言用卡！！" for i in range(9_000)] + ["", "长" * 200_000, ""]
    codes, offsets = fold_batch(*lay(texts), threads)
    for at in (0, 1, 4_500, 8_999, 9_000, 9_001, 9_002):
        folded = codes[offsets[at] : offsets[at + 1]]
        assert "".join(map(chr, folded.tolist())) == normalise(texts[at]).text
    assert (codes == fold_codes(texts, 1)[0]).all()


def test_a_part_of_a_batch_is_a_batch() -> None:
    codes, offsets = lay(["甲！！", "乙 丙", "丁"])
    part, bounds = fold_batch(codes, offsets[1:])
    assert ("".join(map(chr, part.tolist())), bounds.tolist()) == ("乙丙丁", [0, 2, 3])
