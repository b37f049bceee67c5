"""Read from a text which grievances it claims, each with the passage that claims it and the days it names.

A claim is something that happened to the writer. A rule quoted, a thing denied, a wish or a fear is none, nor is a call the
writer made; a claim is read in one sentence and never across a sentence's end. Every repeat is bounded: time is linear.
"""

import re
from collections.abc import Iterator
from datetime import date

from mingcha.merit.dates import stated_period
from mingcha.model.merit import Claim, Grievance
from mingcha.model.text import Folded
from mingcha.text.segment import sentences

CALL = (
    r"(?:打[^,，。]{0,4}?(?:电话|手机)|来电|致电|电话|催收|催债|催款|催还|催我|骚扰|轰炸|拨打|呼叫|打给|打(?:过来|进来|来|过|了|我|不停)?|拨(?:我|了|到)|联系(?:我|本人)|铃声|(?:发|收到|接到)[^,，。]{0,6}?(?:短信|信息)|短信(?:轰炸|催)|"
    r"\bcall(?:s|ed|ing)?\b|\bphon(?:e|ed|ing)\b|\brang\b|\bring(?:ing|s)?\b|\btext(?:s|ed|ing)?\b|harass)"
)
CLOCK_PM = r"(?:1[0-2]|2[2-3]|十一|十二|十)(?:点|:\d\d)(?:半|多|钟)?"
NIGHT = (
    rf"(?:半夜|深夜|凌晨|夜里|夜间|夜晚|后半夜|半夜三更|三更半夜|深更半夜|三更|大晚上|午夜|零点|0点|晚(?:上|间)?(?:的)?(?:快|都|将近)?{CLOCK_PM}|(?<!\d)2[23](?:点|:\d\d)|"
    r"天(?:还)?(?:没|不|未)亮|(?:十一|十二|1[12])点[^,，。]{0,4}睡|睡(?:着|下|梦)|(?:早上|清晨|一大早|早晨|清早|大早上)(?:的)?(?:不到|才|刚)?0?(?:[5-7]|五|六|七)(?:点|:\d\d)|晚上[^,，。]{0,4}(?:不让|睡)|"
    r"late at night|middle of the night|at night|midnight|(?:1[0-2]|ten|eleven) ?p\.?m|before (?:[5-8]|seven|eight) ?a\.?m|\b(?:1[12]|[1-6]) ?a\.?m)"
)
BIG = r"(?:\d{2,3}|[4-9]|[四五六七八九]|[二三四五六七八九几数]?十[一二三四五六七八九几多来余]{0,3}|[四五六七八九][、]?[五六七八九]|上百|好几十?|几百|无数|n)"
SPAN_OF_TIME = r"(?:每天|每日|天天|当天|今天|昨天|同一天|(?:一|半|两|三|1|2|3)(?:天|日|小时|个小时|个下午|个上午|晚上)|上午|下午|平均|同一个?[上下]午|之内|以内|短时间)"
MANY = (
    r"(?:不停|不断|频繁|连续(?:不断)?(?![一二两三四五六七八九十几\d]{1,3}(?:个|天|晚|年|月|期))|反复|轮番|疯狂|高频|接连|不间断|一个接一个|没完没了|换(?:一|个|着|了|不同)[^,，。]{0,4}号码?|一直(?:在)?打|多次(?:打|拨|来电|致电|骚扰)|打爆|"
    r"constant(?:ly)?|repeated(?:ly)?|every (?:hour|single day)|multiple times a day|non-?stop|all day long|nonstop)"
)
TIMES = r"(?:个|通|次|遍|条)"
EN_MANY = r"(?:[4-9]|\d{2,3}|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|dozens of|hundreds of)(?: or more)? (?:times|calls)"
KIN = (
    r"家人|家属|父母|父亲|母亲|爸妈|爸爸|妈妈|我(?:的)?[爸妈哥姐弟妹]|老婆|妻子|老公|丈夫|配偶|前夫|前妻|女友|男友|[男女]朋友|儿子|女儿|孩子|岳父|岳母|公婆|丈母娘|老丈人|女婿|儿媳|家里人|家里|亲人|闺蜜|室友|舍友|房东|辅导员|爷爷|奶奶|外公|外婆|"
    r"[哥姐弟妹][哥姐弟妹]|叔叔|舅舅|姑姑|亲戚|亲属|亲友|朋友|同事|领导|老板|人事|前台|班主任|老师|同学|好友|邻居|村委|居委|村里|老家|老乡|老人|学校"
)
OTHERS = rf"(?:{KIN}|通讯录|紧急联系人|联系人|第三方|第三人|其他人|他人|别人|无关(?:的)?人|身边(?:的)?人|我(?:的|们|所在)?(?:的)?(?:公司|单位)|单位|公司(?:人事|前台|领导|座机|电话|同事|老板))"
EN_OTHERS = r"my (?:whole |entire |elderly |own )?(?:family|mother|mom|father|dad|parents|wife|husband|boss|employer|co-?workers?|friends?|relatives?|neighbou?rs?|work|workplace|sister|brother|son|daughter|contacts)"
REACH = r"(?:打(?:电话|了|过)?(?:给|到)|打|致电|联系(?!人|方式|电话|你|贵)(?:了|到|过)?|骚扰|轰炸|催|告诉|告知|通知|透露|泄露|散布|发(?:给|送|到|布|短信|信息)|群发|曝光|爆)"
EN_REACH = r"(?:call(?:ed|ing|s)?|contact(?:ed|ing|s)?|told|tell(?:ing|s)?|text(?:ed|ing)?|messag(?:ed|ing|es)|phon(?:ed|ing)|harass(?:ed|ing)?|disclos(?:ed|ing)|bother(?:ed|ing)?|visit(?:ed|ing)?|rang)"
HEARD = r"(?:(?:接到|收到|接了|收了)[^,，。]{0,8}?(?:电话|短信|信息|催)|知道我(?:欠|逾期|借)|被[^,，。]{0,8}?(?:打|骚扰|催|联系|轰炸|骂|吓|威胁))"
COST = r"(?:利息|利率|年化|息费|费率|服务费|担保费|手续费|违约金|罚息|综合成本|总成本|费用|会员费|权益费|保险费|成本)"
TOO_MUCH = r"(?:过高|太高|很高|超高|高得|高达|超过?|超出|远超|高于|离谱|违规|不合理|不合法|违法|乱收|不透明|比(?:本金|利息)(?:还|都)?(?:多|高)|[太很超特]?(?:别)?高(?:[,，。!还了到 ]|$)|(?:太|很|特别|实在)贵)"
LINE = r"(?:国家|法定|法律|央行|lpr|4倍|四倍)[^。]{0,12}?(?:利率|利息|规定|标准|上限|保护|lpr|红线)"

PATTERNS: tuple[tuple[Grievance, str, str], ...] = (
    (Grievance.NIGHT_CALLS, rf"{NIGHT}[^。!?;\n]{{0,16}}?{CALL}|{CALL}[^。!?;\n]{{0,12}}?{NIGHT}", ""),
    (Grievance.CALL_FREQUENCY, rf"{MANY}[^。!?;\n]{{0,10}}?{CALL}|{CALL}[^。!?;\n]{{0,10}}?{MANY}", ""),
    (Grievance.CALL_FREQUENCY, rf"{SPAN_OF_TIME}[^。!?;\n]{{0,14}}?{BIG}(?:多|余|几)?{TIMES}", CALL),
    (Grievance.CALL_FREQUENCY, rf"(?:打|接|来电|轰炸)(?:了|到|过)?[^,，。]{{0,4}}?{BIG}(?:多|余|几)?{TIMES}", CALL),
    (Grievance.CALL_FREQUENCY, r"每隔?[^,，。]{0,5}(?:分钟|小时)[^,，。]{0,6}打", ""),
    (Grievance.CALL_FREQUENCY, EN_MANY, CALL),
    (Grievance.THIRD_PARTIES, rf"{REACH}[^。!?;\n,，把]{{0,12}}?{OTHERS}", ""),
    (
        Grievance.THIRD_PARTIES,
        rf"(?:给|对|连|向|让)[^。!?;\n,，]{{0,4}}?{OTHERS}[^。!?;\n,，]{{0,8}}?(?:打|催|骚扰|轰炸|发|替我还)",
        "",
    ),
    (
        Grievance.THIRD_PARTIES,
        rf"(?:向|对|跟|和)[^。!?;\n,，]{{0,4}}?{OTHERS}[^。!?;\n,，]{{0,6}}?(?:透露|泄露|披露|散布|说出?|讲)[^。!?;\n,，]{{0,6}}?(?:欠|债|逾期|借款|贷款)",
        "",
    ),
    (Grievance.THIRD_PARTIES, rf"{OTHERS}[^。!?;\n]{{0,16}}?{HEARD}", ""),
    (Grievance.THIRD_PARTIES, rf"{EN_REACH} [a-z ]{{0,16}}?{EN_OTHERS}", ""),
    (
        Grievance.PRICE,
        rf"{COST}[^。]{{0,16}}?{TOO_MUCH}|高利贷|砍头息|利滚利|驴打滚|高额(?:的)?{COST}|{COST}[^。]{{0,6}}(?:翻倍|惊人)",
        "",
    ),
    (
        Grievance.PRICE,
        rf"(?:年化|年利率|年息|成本|利率|利息)[^。]{{0,12}}?(?:(?<![\d.])(?:2[5-9]|[3-9]\d|\d{{3}})(?:\.\d{{1,2}})?%|百分之(?:[三四五六七八九]十|一百|二十[五六七八九])|三十多|四十多|五十多)|年化[^。]{{0,8}}?(?<!\d)(?:2[5-9]|[3-9]\d|\d{{3}})(?!\d)|(?:超|超过|高于|突破)(?:了)?{LINE}",
        "",
    ),
    (
        Grievance.PRICE,
        rf"(?:多收|乱收|额外收取?|先扣|强制收|变相收|违规收取?|多了|多出|多扣|私自扣|擅自扣|无故扣|乱扣|重复扣)[^。]{{0,12}}?{COST}|(?:收费|费用|{COST})[^。]{{0,6}}?(?:没有?|未)(?:提前|事先)?告知|收取?(?:了|取)?[^。]{{0,6}}(?:高额|高昂|不明|额外|巨额)",
        "",
    ),
    (
        Grievance.PRICE,
        rf"到(?:手|账)[^。]{{0,12}}?(?:扣|{COST}|却|计息)|每(?:期|个?月)[^,，。]{{0,6}}(?:扣|收)[^。]{{0,14}}?(?:不合理|权益|会员|服务费|担保费)",
        "",
    ),
    (
        Grievance.PRICE,
        r"(?:excessive|outrageous|very high|illegal|usurious|exorbitant|hidden|huge) (?:interest|fees?|rates?|charges?)|usury|\d{3} ?% (?:interest|apr)|"
        r"(?:interest|\bapr|fees?|rate)\b[^.?]{0,30}?(?:too high|excessive|\d{2,3}(?:\.\d{1,2})? ?%)",
        "",
    ),
)
PAID = r"(?:还(?:款|清|上|了|完)|结清|缴清|扣款|转账|付清|支付)"
NOT_BOOKED = (
    r"[^。!?;\n]{0,20}?(?:未|没有?|不)(?:入账|销账|核销)|[^。!?;\n借放退提申]{0,20}?(?:未|没有?|不)到账|"
    r"[^。!?;\n]{0,20}?(?:仍然?|还|依然|还是|却|继续)(?:显示|说|算|标|被?催)[^。!?;\n没不无]{0,8}?(?:逾期|欠|未还|没还|未结清|催)"
)
GIVE_BACK = r"(?:退款|退费|退还|返还|退回)"
NOT_GIVEN = r"(?:没(?:有)?|未|不)(?:退|到账|收到|履行|兑现|返)"
MONEY_PATTERNS: tuple[tuple[Grievance, str, str], ...] = (
    (Grievance.PAYMENT_NOT_BOOKED, rf"{PAID}(?:{NOT_BOOKED})", ""),
    (
        Grievance.PAYMENT_NOT_BOOKED,
        r"(?:paid|payments?|settled)\b[^.?]{0,40}?(?:(?:was|were|is|are|been|has|have) (?:not|never)(?: been)? (?:credited|posted|reflected|recorded|applied)|not (?:been )?(?:credited|posted|reflected|recorded|applied)|still (?:shows?|showing|says) (?:as )?(?:overdue|past due|unpaid|owing))",
        "",
    ),
    (
        Grievance.REFUND_NOT_MADE,
        rf"(?:承诺|答应|说好|同意)[^。!?;\n]{{0,12}}?{GIVE_BACK}[^。!?;\n]{{0,20}}?{NOT_GIVEN}",
        "",
    ),
    (
        Grievance.REFUND_NOT_MADE,
        r"(?:promised|agreed)\b[^.?]{0,30}?refund[^.?]{0,40}?(?:never|not|n't)\b[^.?]{0,16}?(?:received|paid|arrived|come|issued|refunded|got)|refund\b[^.?]{0,20}?(?:promised|agreed)[^.?]{0,24}?(?:never|not|n't)\b[^.?]{0,16}?(?:received|paid|arrived|come|issued)",
        "",
    ),
)
OF_MONEY = frozenset(grievance for grievance, _, _ in MONEY_PATTERNS)
READINGS = tuple(
    (grievance, re.compile(says), re.compile(needs)) for grievance, says, needs in (*PATTERNS, *MONEY_PATTERNS)
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
            first = next(_stated(sentence, says, of_money=grievance in OF_MONEY), None)
            if first is not None:
                undated = grievance is Grievance.PRICE or grievance in OF_MONEY
                days = None if undated else stated_period(sentence, first, received_on)
                found[grievance] = Claim(grievance, folded.passage(start + first[0], start + first[1]), days)
    return tuple(found[grievance] for grievance in Grievance if grievance in found)


def _stated(sentence: str, says: "re.Pattern[str]", *, of_money: bool) -> Iterator[tuple[int, int]]:
    """Where a sentence states it. A payment is the writer's own doing; a call he made is no claim."""
    for match in says.finditer(sentence):
        before = sentence[max(0, match.start() - 30) : match.start()]
        clause = before[max(before.rfind(","), before.rfind("，"), before.rfind(":")) + 1 :]
        if DENIAL.search(clause) or UNREAL.search(clause) or (RULE.search(clause) and not ACTUAL.search(clause)):
            continue
        after = sentence[match.end() : match.end() + 24]
        if not of_money and (INNER.search(match.group()) or AFTER.search(after) or WRITER.search(before)):
            continue
        yield match.span()
