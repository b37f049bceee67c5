"""The welfare lane: words of self-harm, threats, contact-bombing now or minors lift a complaint; nothing lowers one.

Recall before precision: to be read early harms nobody. Only a plain denial just before the word, a rule that is quoted, or
wear and tear of speech (累死, 笑死, 利息高得要死) is left out.
"""

import re

from mingcha.model.text import Folded, Passage

SELF_HARM = (
    r"自杀|自尽|自残|自殘|轻生|寻死|寻短见|想不开|不想活|活不下去|没法活|不活了|活着(?:还有|有)?什么意思|想死|去死|死给|以死|一死了之|只有死路|死了算了|"
    r"跳(?:楼|河|桥|江)|割腕|喝(?:农|毒|了?药)|吃安眠药|上吊|遗书|遗言|结束(?:自己的?|我的?|这条)?生命|抑郁症|重度抑郁|精神崩溃|逼(?:死|上绝路|得?走投无路)|出人命"
    r"|suicid|kill (?:myself|me\b)|(?:end|take) my (?:own )?life|end it all|self[- ]?harm|want to die|don't want to live|no reason to live|better off dead"
)
THREATS = (
    r"死亡威胁|威胁.{0,8}(?:人身|生命|家人|孩子|安全)|人身(?:威胁|攻击|安全)|要(?:弄|打|砍|整)死|砍死|杀(?:了|死|我|你)全?家?|恐吓|卸(?:你|我|了)?.{0,2}(?:胳膊|腿|手)|"
    r"上门.{0,6}(?:打|砸|泼|堵|闹|威胁)|泼(?:油漆|粪)|堵(?:门|锁眼)|扣押|拘禁|跟踪|殴打|动手打|花圈|寄.{0,4}(?:骨灰|冥币)"
    r"|threat\w{0,6} .{0,20}(?:kill|hurt|harm|beat|violence)|death threat|physically (?:attack|assault)|come to my (?:house|home) and"
)
BOMBING = (
    r"爆(?:我|了我|了)?(?:的)?通[讯信]录|通[讯信]录.{0,6}(?:轰炸|群发|爆|骚扰|全部|都)|轰炸(?:我|家|通讯录|亲友|联系人)|(?:正在|还在|现在|不停|一直).{0,6}轰炸|呼死你|云呼|短信轰炸|电话轰炸"
    r"|bombard|call(?:ing)? (?:everyone|all (?:of )?my contacts)"
)
MINORS = (
    r"未成年|(?<![\d十])(?:1[0-7]|十[一二三四五六七]?)(?:周)?岁|(?:初|高)[一二三](?:的)?学生|中学生|学校.{0,6}(?:老师|同学|班主任).{0,8}(?:打|发|骚扰|知道)|(?:老师|同学|班主任).{0,8}(?:接到|收到).{0,8}(?:电话|短信|催)"
    r"|underage|i(?:'m| am) (?:1[0-7]|a minor)\b|minor child"
)
WORDS = re.compile("|".join((SELF_HARM, THREATS, BOMBING, MINORS)))
DENIED = re.compile(r"(?:不会|没有?想?过?|并未|从未|没想过?|并非|无|not|never|no) ?(?:要|去|再|是|遭到?|受到?)?$")
QUOTED = re.compile(r"(?:不得|禁止|严禁|不准|不能|不应)[^。!?;,，\n]{0,16}$")
WORN = re.compile(r"(?:累|笑|烦|热|忙|困|饿|气|高得?要|贵得?要)死|死(?:循环|板|机|账|规定)")


def welfare(folded: Folded) -> Passage | None:
    """The first passage that lifts a complaint, or None."""
    text = folded.text
    for match in WORDS.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if DENIED.search(before) or QUOTED.search(before) or WORN.search(text[max(0, match.start() - 3) : match.end()]):
            continue
        return folded.passage(*match.span())
    return None
