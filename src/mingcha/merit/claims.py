"""Read from a text which grievances it claims, each with the passage that claims it and the days it names.

A claim is something that happened to the writer. A rule quoted, a thing denied, a wish or a fear is none, nor is a call the
writer made; a claim is read in one sentence and never across a sentence's end. Every repeat is bounded: time is linear.
"""

import re
from collections.abc import Iterator
from datetime import date

from mingcha.merit.dates import stated_period
from mingcha.merit.readings import CALL_PATTERNS, FURTHER_PATTERNS, MONEY_PATTERNS
from mingcha.model.merit import Claim, Grievance
from mingcha.model.text import Folded
from mingcha.text.segment import sentences

OF_CALLS = frozenset(grievance for grievance, _, _ in CALL_PATTERNS)
DATED = (OF_CALLS | {Grievance.REFUSED_AGAIN, Grievance.DEBT_TOLD}) - {Grievance.PRICE}
READINGS = tuple(
    (grievance, re.compile(says), re.compile(needs))
    for grievance, says, needs in (*CALL_PATTERNS, *MONEY_PATTERNS, *FURTHER_PATTERNS)
)

DENIAL = re.compile(
    r"(?:没有?|未|不曾|从不|从未|并非|不是|不会|不想|不希望|不愿|无|不要|不准|不许|不得|请勿|勿|别|停止|禁止|never|not|nobody|no one|didn't|don't|no)"
    r"(?:再|在|有|被|人|让|什么|给我|任何|过|曾|has|have|been|was|ever|you|i| ){0,4}$"
)
RULE = re.compile(
    r"(?:不得|不能|不应|不可以|不准|禁止|严禁|应当?在|规定|条例|办法|指引|标准要求|按标准|法律|依据|根据|按照|第[一二三四五六七八九十\d]{1,4}条)[^。!?;,\n]{0,24}$"
)
UNREAL = re.compile(
    r"(?:如果|假如|倘若|若|如(?=[贵再你每仍继有])|万一|一旦|担心|害怕|怕|会不会|是否|可能会|(?<![点半\d之])以后|将来|请问|能否|想问|would|might|could|what is|\bif |请(?!求)|要求|诉求|退还|减免)[^。!?;,\n]{0,14}$"
)
WRITER = re.compile(
    r"(?:^|[,，:：])(?:但|而|后来|同时)?(?:我|本人|\bi\b)(?:们)?(?!(?:的|家|爸|妈|哥|姐|弟|妹|老|公司|单位))[^,，。]{0,4}(?:给|打|拨|会|把|将|想|要|可以|让|已|自己|希望|主动|联系|一天打|每天给|call|phone|told|contact|text|also)"
    r"[^,，。你他催收]{0,14}$"
)
OWN_SHOP = re.compile(
    r"(?:我|本人|自己|我们)[^,，。;]{0,6}?(?:开|经营|办|投资|管理)[^,，。;]{0,6}$"
)  # the writer's own business
INNER = re.compile(
    r"不得|禁止|严禁|按照|规定|不能(?!接受|承受)|不应|没(?:有|人)?(?:给|接|回|再|打|联系|在)|从未|从没|未曾|回(?:个)?电话|不要|请勿|不希望|打不通|没人接|占线|我自己|打客服|客服电话|我会联系|才打通|打不进|下班|投诉电话|拨打(?:客服|投诉|12)|看到短信|我催|nobody|\bnever\b"
)
AFTER = re.compile(
    r"^[^。!?;,，\n]{0,8}(?:客服|打不通|没人接|占线|12378|12345|才打通|才接通)|^[^。!?;\n]{0,8}(?:符合规定|nobody answered)"
)
ACTUAL = re.compile(r"(?:但|可是|却|仍|还是|违反|竟|居然|实际|他们|你们|催收(?:员|人员)?|客服|远超)")


def read_claims(folded: Folded, received_on: date | None = None) -> tuple[Claim, ...]:
    """One claim a grievance, the first passage that states it, in order of grievance.

    `received_on` (the day in China) resolves days without a year and words like 昨晚; without it only full dates count.
    """
    found: dict[Grievance, Claim] = {}
    for start, end in sentences(folded):
        sentence = folded.text[start:end]
        for grievance, says, needs in READINGS:
            if grievance in found or not needs.search(sentence):
                continue
            first = next(_stated(sentence, says, grievance), None)
            if first is not None:
                days = stated_period(sentence, first, received_on) if grievance in DATED else None
                found[grievance] = Claim(grievance, folded.passage(start + first[0], start + first[1]), days)
    return tuple(found[grievance] for grievance in Grievance if grievance in found)


def _stated(sentence: str, says: "re.Pattern[str]", grievance: Grievance) -> Iterator[tuple[int, int]]:
    """Where a sentence states it. A call the writer made or a thing he told is no claim; asking and paying are his own doing."""
    of_calls = grievance in OF_CALLS
    by_others = of_calls or grievance is Grievance.DEBT_TOLD
    for match in says.finditer(sentence):
        before = sentence[max(0, match.start() - 30) : match.start()]
        clause = before[max(before.rfind(","), before.rfind("，"), before.rfind(":")) + 1 :]
        if DENIAL.search(clause) or UNREAL.search(clause) or (RULE.search(clause) and not ACTUAL.search(clause)):
            continue
        after = sentence[match.end() : match.end() + 24]
        if of_calls and (INNER.search(match.group()) or AFTER.search(after)):
            continue
        if grievance is Grievance.PARTNER_FAILED and OWN_SHOP.search(clause):
            continue
        if by_others and WRITER.search(before):
            continue
        yield match.span()
