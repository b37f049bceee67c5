"""The welfare lane: words of self-harm, threats, contact-bombing now or minors lift a complaint; nothing lowers one.

Recall before precision: to be read early harms nobody.
"""

import re

from mingcha.model.text import Folded, Passage

WORDS = re.compile(
    r"自杀|轻生|不想活|活不下去|想死|去死|寻短见|跳楼|跳河|割腕|喝农药|遗书|结束(?:自己的?|我的?)?生命|抑郁症|重度抑郁|精神崩溃"
    r"|死亡威胁|威胁.{0,6}(?:人身|生命|家人|孩子)|要(?:弄|打)死|砍死|上门.{0,4}(?:打|砸|泼|堵)|泼油漆|堵门|扣押|拘禁"
    r"|爆通讯录|轰炸(?:我|家|通讯录)|正在.{0,4}轰炸|未成年|我才1[0-7]岁|学校.{0,6}(?:老师|同学).{0,6}(?:打|发|骚扰)"
    r"|suicid|kill (?:myself|me)|end my life|self-harm|threaten\w* to (?:kill|hurt)"
)
DENIED = re.compile(r"(?:不会|没有想?|并未|从未|没想过?)$")


def welfare(folded: Folded) -> Passage | None:
    """The first passage that lifts a complaint, or None."""
    for match in WORDS.finditer(folded.text):
        if not DENIED.search(folded.text[max(0, match.start() - 4) : match.start()]):
            return folded.passage(*match.span())
    return None
