"""What kind of thing a slot takes, from the values members filled in (folded) and the words round it.

Dates before sums before numbers, then lenders, then people; what is none of these for most members is free text.
"""

import re
from collections.abc import Mapping

from mingcha.model.template import SlotKind

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
FIGURE = r"[\dx*]"
DATE = re.compile(
    rf"{FIGURE}{{4}}\s?[-/.年]\s?{FIGURE}{{1,2}}(?:\s?[-/.月]\s?(?:{FIGURE}{{1,2}}\s?[日号]?)?)?|{FIGURE}{{1,2}}月{FIGURE}{{1,2}}[日号]?"
    rf"|{FIGURE}{{1,2}}/{FIGURE}{{1,2}}(?:/{FIGURE}{{2,4}})?|{MONTH}(?:\s?{FIGURE}{{1,2}}(?:st|nd|rd|th)?)?(?:\s?,?\s?{FIGURE}{{2,4}})?"
    rf"|{FIGURE}{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH}(?:\s?,?\s?{FIGURE}{{2,4}})?"
)
SUM = re.compile(
    r"(?:rmb|usd|[$¥£€])\s?\d[\d,.]*\d?[万千百]?|\d[\d,.]*\s?(?:[万千百]?[元块圆]|[万千百]|usd|dollars?|yuan)"
)
NUMBER = re.compile(r"[\dx*][\dx*,.:/ -]*%?|[a-z]{0,4}\d[\da-z*-]*")
SUM_BEFORE = re.compile(r"(?:[$¥£€]|rmb|金额|本金|欠款|共计|合计)[\s{:为是]*\Z")
SUM_AFTER = re.compile(r"[}\s]*(?:[万千百]?[元块圆]|dollars?\b|usd\b|yuan\b)")
DATE_AFTER = re.compile(r"[年月日号](?!码)")
LENDER = re.compile(
    r".*(?:银行|消费金融|小贷|金服|金融|贷款?|信贷|借款|花呗|白条|财富|信用卡|公司|bank|credit|financ|capital|lend|loan|funding|card"
    r"|mortgage|trust|services|union|llc|inc|corp|co)\b.*|.*(?:银行|金融|小贷|金服|贷|公司).*"
)
PERSON_BEFORE = re.compile(
    r"(?:我叫|姓名|名叫|我是|本人|借款人|经办人|投诉人|申请人|客服|经理|专员|持卡人|\bmy name is|\bi am|\bmr\.?|\bmrs\.?|\bms\.?|\bdear|\bname|\bnamed"
    r"|\bcalled|\bby|\bspoke (?:to|with)|\bagent|\brepresentative|\bmanager)[\s:,是为]*\Z"
)
PERSON_AFTER = re.compile(r"\s?(?:先生|女士|小姐|经理|客服)")
NAME = re.compile(r"[\u3400-\u9fff·*某]{2,4}|[a-z]+(?:[ .'-]{1,2}[a-z]+){0,3}\.?")
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁马方俞任袁柳鲍唐费薛雷贺倪汤罗毕郝安常于傅齐康伍余顾孟黄萧尹姚邵汪毛"
    "狄成戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万卢丁邓洪包石崔龚程陆曲段侯武刘叶黎白温阎廖"
)
MOST = 2  # more than one in so many values must fit
FIGURES = 4  # for figures one in so many will do: each of their characters may have been changed


def kind_of(values: Mapping[str, int], before: str, after: str) -> SlotKind:
    """The kind of a slot; `values` gives how many members filled in what, `before` and `after` are skeleton beside it.

    >>> kind_of({"2024年3月5日": 3, "2023年11月20日": 2}, "我于", "在贵行借款")
    <SlotKind.DATE: 'date'>
    """
    dates, figures = _fit(DATE, values), _fit(SUM, values) + _fit(NUMBER, values, DATE)
    if max(dates, figures) * FIGURES >= sum(values.values()) > 0:
        if dates >= figures or DATE_AFTER.match(after):
            return SlotKind.DATE
        summed = SUM_BEFORE.search(before) or SUM_AFTER.match(after) or _fit(SUM, values) * MOST > figures
        return SlotKind.SUM if summed else SlotKind.NUMBER
    half = sum(values.values()) // MOST
    if _fit(LENDER, values) > half:
        return SlotKind.LENDER
    surnames = sum(weight for value, weight in values.items() if value[:1] in SURNAMES and len(value) <= 4)
    named = PERSON_BEFORE.search(before) or PERSON_AFTER.match(after) or surnames > half
    return SlotKind.PERSON if named and _fit(NAME, values) > half else SlotKind.TEXT


def _fit(pattern: "re.Pattern[str]", values: Mapping[str, int], other: "re.Pattern[str] | None" = None) -> int:
    """How many members' values are wholly of a form, and not of another."""
    fitting = ((value, weight) for value, weight in values.items() if pattern.fullmatch(value))
    return sum(weight for value, weight in fitting if other is None or not other.fullmatch(value))
