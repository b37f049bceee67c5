"""The welfare lane lifts for words of danger, whatever their spelling, and leaves worn phrases and rules alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.clock.welfare import welfare
from mingcha.text.normalise import normalise

LIFTED = [
    "再这样下去我只有死路一条", "被催得想不开了", "我真的不想活了", "我已经写好遗书", "昨晚我割腕了", "我有重度抑郁，医生有诊断", "他们要逼死我全家", "快出人命了",
    "催收员说要砍死我", "扬言上门泼油漆", "昨天有人跟踪我下班", "寄花圈到我家门口", "威胁我孩子的安全", "收到恐吓短信", "动手打了我父亲",
    "爆我通讯录", "通讯录里所有人都收到短信，全部被骚扰", "正在轰炸我的亲友", "一直用呼死你轰炸", "每天短信轰炸",
    "我今年才16岁", "我是高二学生", "借款时还未成年", "学校老师都接到催债电话", "班主任收到了催款短信",
    "自 杀", "轻 生的念头", "I want to die", "they threatened to hurt my kids", "I will end my life", "death threats every day", "they keep bombarding my family", "I am a minor",
]  # fmt: skip
LEFT = [
    "利息太高了", "每天打电话，烦死了", "累死累活还房贷", "利息高得要死", "合同是死规定", "系统死机了", "不得恐吓、威胁债务人", "规定禁止跟踪、殴打债务人", "我不会自杀，只是把情况说清楚",
    "希望早日上岸", "我想申请停息挂账", "请保护我的个人信息安全", "我要向监管部门投诉", "我会全程录音", "请提供工号", "the rate is too high", "I never missed a payment", "上门走访时请提前预约", "我今年36岁",
]  # fmt: skip


@pytest.mark.parametrize("text", LIFTED)
def test_words_of_danger_lift(text: str) -> None:
    passage = welfare(normalise(text))
    assert passage is not None
    assert text[passage.start : passage.end] == passage.quote


@pytest.mark.parametrize("text", LEFT)
def test_look_alikes_do_not(text: str) -> None:
    assert welfare(normalise(text)) is None


@given(st.text(max_size=60), st.sampled_from(LIFTED), st.text(max_size=60))
def test_what_stands_on_other_lines_never_hides_danger(before: str, danger: str, after: str) -> None:
    assert welfare(normalise(f"{before}。\n{danger}\n。{after}")) is not None
