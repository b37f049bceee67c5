"""Masking: character for character, certain for what has a form or stands in the record, and said to be best effort beyond."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.model.record import Personal
from mingcha.text.canonical import mask, personal_spans, redact
from mingcha.text.masking import masked

OWN = (
    ("王小明", Personal.NAME),
    ("13812345678", Personal.PHONE),
    ("示例市样板路1号院2栋", Personal.ADDRESS),
    ("6222021234567890128", Personal.CARD),
)


@settings(deadline=None)  # the first call loads the tables
@given(st.text(max_size=60), st.lists(st.sampled_from(OWN), max_size=4))
def test_masking_keeps_every_character_s_place(text: str, own: list[tuple[str, Personal]]) -> None:
    shown = masked(text, own)
    assert len(shown) == len(text)
    assert all(a == b or b == "*" for a, b in zip(text, shown, strict=True))


@settings(deadline=None)  # the first call loads the tables
@given(st.sampled_from(Personal), st.text(min_size=1, max_size=40))
def test_a_mask_is_as_long_as_its_value_and_hides_a_good_part(personal: Personal, value: str) -> None:
    shown = mask(personal, value)
    assert len(shown) == len(value)
    assert shown.count("*") >= max(1, len(value) // 3)


@settings(deadline=None)  # the first call loads the tables
@given(st.text(alphabet="王小明13八８⑧ -a@.路号微信", max_size=40), st.data())
def test_redacting_keeps_length_however_spans_overlap(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(places, places), max_size=5))
    spans = [(min(pair), max(pair), Personal.PHONE) for pair in pairs if pair[0] != pair[1]]
    shown = redact(text, spans)
    assert len(shown) == len(text)
    inside = {at for start, end, _ in spans for at in range(start, end)}
    assert all(text[at] == shown[at] for at in range(len(text)) if at not in inside)


def test_overlapping_spans_are_masked_as_one() -> None:
    assert redact("0123456789abcdef", [(0, 12, Personal.PHONE), (8, 16, Personal.PHONE)]) == "012*********cdef"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我是王小明，请回电", "小明"),
        ("我是王 小 明，请回电", "小"),
        ("王​小明被骚扰", "小"),
        ("電話１３８ １２３４ ５６７８", "１２３４"),
        ("打一三八一二三四五六七八", "一二三四"),
        ("我住示例市样板路1号院2栋", "样板路1号"),
        ("卡号6222 0212 3456 7890 128", "3456"),
        ("邮箱abcdef12@example.com", "f12@"),
        ("身份证11010519491231002X", "19491231"),
    ],
)
def test_formatted_values_and_the_record_s_own_are_hidden_for_certain(text: str, hidden: str) -> None:
    assert hidden in text
    assert hidden not in masked(text, OWN)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我叫李建国，今年四十岁", "建国"),
        ("受陈静委托提出投诉", "静"),
        ("贵司赵先生说可以减免", "赵先生"),
        ("加微信 ab_cd1234 办理", "cd12"),
        ("家住朝阳区幸福路18号楼3单元", "18号"),
        ("联系地址：某县某镇某村", "某镇某村"),
    ],
)
def test_other_people_s_are_hidden_where_words_introduce_them(text: str, hidden: str) -> None:
    assert hidden in text
    assert hidden not in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "本人因家庭变故无力偿还，要求停止催收并减免全部利息。",
        "根据《消费者权益保护法》第八条，半夜十二点打电话催收，每天打50个电话，年利率36%。",
        "2026年3月5日借款10000元，分12期，每期940元，共还11280元。",
        "高利贷行为，金融机构违规，钱已还清，本人于三月结清。",
    ],
)
def test_what_is_nobody_s_stays_readable(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "storm", ["省市区县路街号" * 6_000, "王" * 40_000, "地址" * 20_000, "我叫王" * 13_000, "路1号" * 13_000]
)
def test_masking_is_linear_in_storms(storm: str) -> None:
    assert len(masked(storm, OWN)) == len(storm)


def test_spans_of_the_original_stay_right() -> None:
    text = "13812345678 半夜打电话，王小明被骚扰，半夜又打"
    at = text.rindex("半夜又打")
    assert masked(text, OWN)[at : at + 4] == "半夜又打"
    assert personal_spans(masked(text, OWN)) == ()
