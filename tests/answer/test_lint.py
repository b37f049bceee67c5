"""Letters that label, threaten, trade on withdrawal, ask for what we hold or speak of organisations are refused."""

import pytest

from mingcha.adapters.shelf import read_package
from mingcha.answer.lint import lint
from mingcha.standards.load import load

REFUSED = load(read_package()).answers.refused
BAD = [
    ("您属于恶意投诉。", "恶意投诉", "labels"),
    ("您这种惡 意维权行为我们见多了。", "惡 意维权", "labels"),
    ("经查系反催收人员代为提交。", "反催收", "labels"),
    ("如不还款，后果自负。", "后果自负", "threatens"),
    ("我司将追究您的法律责任。", "追究您的法律责任", "threatens"),
    ("否则我们将上报征信。", "否则我们将上报征信", "threatens"),
    ("我们会通知您的单位。", "通知您的单位", "threatens"),
    ("您撤回投诉后方可退款。", "撤回投诉后方可", "condition"),
    ("请您先撤诉。", "请您先撤诉", "condition"),
    ("请您提供通话记录。", "请您提供通话记录", "institution holds"),
    ("请提交借款合同后再处理。", "请提交借款合同", "institution holds"),
    ("系统评分显示风险等级较高。", "评分", "merit alone"),
    ("Your malicious complaint is rejected.", "malicious", "labels"),
    ("Legal action will be taken.", "Legal action will be taken", "threatens"),
    ("We refund only if you withdraw.", "only if you withdraw", "condition"),
    ("Please send us your call log.", "send us your call log", "institution holds"),
    ("You seem to be part of a suspected ring.", "suspected ring", "merit alone"),
]
GOOD = [
    "经核查，情况属实，我们向您道歉。",
    "您可以向人民法院提起诉讼，也可以申请调解。",
    "您反映征信记录有误，我们已于3月1日更正。",
    "您有权随时撤回投诉。",
    "如果有人以代您投诉为由向您收费，请告诉我们。",
    "我们已调取通话记录12条。",
    "您的还款记录显示已结清。",
    "You may sue at the district court.",
    "We have looked through our call log.",
]


@pytest.mark.parametrize(("letter", "words", "why"), BAD)
def test_what_no_answer_may_hold_is_named(letter: str, words: str, why: str) -> None:
    found = lint(f"您好。{letter}谢谢。", "", REFUSED)
    assert [one for one in found if one.words == words and why in one.why.en], found


@pytest.mark.parametrize("letter", GOOD)
def test_what_an_answer_needs_to_say_is_let_through(letter: str) -> None:
    assert lint(letter, "", REFUSED) == ()


def test_the_consumers_own_words_may_be_quoted_and_nothing_else() -> None:
    complaint = "你们说我是老赖，还说后果自负，我不服。"
    assert lint("您提出：“你们说我是老赖”。我们已核查。", complaint, REFUSED) == ()
    assert [one.words for one in lint("您提出：“你是老赖”。", complaint, REFUSED)] == ["老赖"]
    assert [one.words for one in lint("您说老赖，“我不服”。后果自负。", complaint, REFUSED)] == ["老赖", "后果自负"]
