"""Read from a text which grievances it claims, each with the passage that claims it.

A claim is something that happened to the writer. A rule quoted, a thing denied, a wish or a fear is none; a claim is read in
one sentence and never across a sentence's end.
"""

import re
from collections.abc import Iterator

from mingcha.model.merit import Claim, Grievance
from mingcha.model.text import Folded
from mingcha.text.segment import sentences

CALL = r"(?:打(?:了|来|过|我)?(?:的)?(?:骚扰|催收)?电话|来电|致电|电话|催收|催债|骚扰|轰炸|打给|呼叫|打|发短信|call(?:s|ed|ing)?|phon(?:e|ed|ing)|harass\w*)"
NIGHT = (
    r"(?:半夜|深夜|凌晨|夜里|夜间|大半夜|三更半夜|大晚上|晚上(?:的)?(?:10|11|12|十|十一|十二)点|晚(?:10|11|12|十|十一)点|2[2-3]点|2[2-3]:\d\d|"
    r"(?:早上|清晨|一大早|早晨)(?:的)?(?:不到)?(?:[5-7]|五|六|七)点|夜晚|晚上.{0,4}(?:还|都)?(?:不让)?睡|"
    r"late at night|middle of the night|after (?:10|11) ?p\.?m|before (?:[5-7]|8) ?a\.?m|at midnight|(?:10|11|12) ?p\.?m|[1-7] ?a\.?m)"
)
MANY = (
    r"(?:(?:每天|一天|天天|当天|今天|一日|单日)[^,，。]{0,8}?(?:[4-9]|[1-9]\d+|[四五六七八九十百几]|几十|十几|数十|好几|无数|多次|多个|不停|不断|上百)[^,，。]{0,3}?(?:个|通|次|遍|条)?|"
    r"不停(?:地|的)?|不断(?:地|的)?|频繁|连续(?:不断)?|一直|反复|轮番|疯狂|高频|(?:十几|几十|上百|无数)(?:个|通|次)|"
    r"(?:\d{2,4}|[4-9]) (?:times|calls)|constantly|repeatedly|every (?:hour|day|single day)|multiple times a day|nonstop|non-stop)"
)
OTHERS = (
    r"(?:家人|家属|父母|父亲|母亲|爸妈|爸爸|妈妈|老婆|妻子|老公|丈夫|配偶|孩子|亲戚|亲属|亲友|朋友|同事|领导|单位|公司|邻居|村委|居委|老乡|"
    r"通讯录|紧急联系人|联系人|第三方|第三人|其他人|他人|身边(?:的)?人|my (?:family|mother|father|parents|wife|husband|boss|employer|coworkers?|friends?|relatives?|neighbou?rs?|work))"
)
REACH = r"(?:打|联系|骚扰|催|轰炸|致电|告知|泄露|透露|告诉|发(?:短信|信息)|曝光|爆|通知|call\w*|contact\w*|told|tell\w*|harass\w*|disclos\w*)"
PRICE = (
    r"(?:(?:利息|利率|年化|息费|费率|服务费|担保费|手续费|违约金|罚息|综合成本|砍头息|费用)[^。]{0,16}?(?:过高|太高|很高|高得|高达|超过?|超出|远超|高于|离谱|违规|不合理|不合法|违法|乱收)|"
    r"高利贷|砍头息|(?:实际)?年化(?:利率)?[^。]{0,6}(?:2[4-9]|[3-9]\d|\d{3})|(?:超|超过|高于|突破)(?:了)?(?:国家|法定|法律|央行|lpr|4倍|四倍)[^。]{0,12}(?:利率|利息|规定|标准|上限|保护)?|"
    r"(?:收取?|多收|乱收|扣)(?:了|取)?[^。]{0,10}(?:高额|高昂|不明|额外|巨额)(?:的)?(?:利息|费用|服务费|担保费)|高额(?:的)?(?:利息|费用|罚息|违约金|服务费|担保费)|"
    r"(?:excessive|outrageous|very high|illegal|usurious|exorbitant) (?:interest|fees?|rates?|charges?)|(?:interest|apr|fees?|rate)[^.]{0,30}(?:too high|excessive|over \d{2,}|of \d{2,3} ?%|\d{3} ?%))"
)
PATTERNS: tuple[tuple[Grievance, "re.Pattern[str]"], ...] = (
    (Grievance.NIGHT_CALLS, re.compile(rf"{NIGHT}[^。!?;\n]{{0,16}}?{CALL}|{CALL}[^。!?;\n]{{0,12}}?{NIGHT}")),
    (Grievance.CALL_FREQUENCY, re.compile(rf"{MANY}[^。!?;\n]{{0,10}}?{CALL}|{CALL}[^。!?;\n]{{0,10}}?{MANY}")),
    (Grievance.THIRD_PARTIES, re.compile(rf"{REACH}[^。!?;\n]{{0,14}}?{OTHERS}|{OTHERS}[^。!?;\n]{{0,10}}?{REACH}")),
    (Grievance.PRICE, re.compile(PRICE)),
)
DENIAL = re.compile(
    r"(?:没有?|未|不曾|从不|从未|并非|不是|不会|无|不要|不准|不许|不得|请勿|勿|别|停止|禁止|never|not|didn't|don't|no)(?:再|在|有|被|人|什么|给我|任何|过|曾| )*$"
)
RULE = re.compile(
    r"(?:不得|不能|不应|不可以|不准|禁止|严禁|应当?在|规定|条例|办法|指引|标准要求|法律|依据|根据|按照|第[一二三四五六七八九十\d]+条)[^。!?;,\n]{0,24}$"
)
UNREAL = re.compile(
    r"(?:如果|假如|若|万一|一旦|担心|害怕|怕|会不会|是否会|可能会|以后|将来|请问|能否|would|might|if )[^。!?;,\n]{0,14}$"
)
INNER_DENIAL = re.compile(r"不得|禁止|严禁|没(?:有|人)?(?:给|接|回|再)|回(?:个)?电话|不要|请勿")
ACTUAL = re.compile(r"(?:但|可是|却|仍|还是|违反|竟|居然|实际|他们|你们|催收(?:员|人员)?|客服)")


def read_claims(folded: Folded) -> tuple[Claim, ...]:
    """One claim a grievance, the first passage that states it, in order of grievance."""
    found: dict[Grievance, Claim] = {}
    for start, end in sentences(folded):
        sentence = folded.text[start:end]
        for grievance, pattern in PATTERNS:
            if grievance in found:
                continue
            for first, last in _stated(sentence, pattern):
                found[grievance] = Claim(grievance, folded.passage(start + first, start + last))
                break
    return tuple(found[grievance] for grievance in Grievance if grievance in found)


def _stated(sentence: str, pattern: "re.Pattern[str]") -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(sentence):
        before = sentence[max(0, match.start() - 30) : match.start()]
        clause = before[max(before.rfind(","), before.rfind(":")) + 1 :]
        if DENIAL.search(clause) or UNREAL.search(clause):
            continue
        if RULE.search(clause) and not ACTUAL.search(clause):
            continue
        if INNER_DENIAL.search(match.group()):
            continue
        yield match.span()
