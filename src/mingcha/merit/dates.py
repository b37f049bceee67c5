"""The days a claim names: full dates, days of a month, spans between two, and words like 昨晚 resolved by the day of receipt.

Only dates in the claim's own clause, or standing alone just before it, count: a date beside borrowing or paying is not when
the calls came. A day after the receipt, or that is none, is left out: no period is better than a wrong one.
"""

import re
from datetime import date, timedelta

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
DATE = re.compile(
    r"(?:(?P<y>20\d\d)[年./-])?(?<![\d.])(?P<m>1[0-2]|0?[1-9])[月/-](?P<d>3[01]|[12]\d|0?[1-9])(?:[日号]|(?![\d月./-]))"
    r"|(?P<y2>20\d\d)[./-](?P<m2>1[0-2]|0?[1-9])[./-](?P<d2>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|(?P<en>{'|'.join(MONTHS)}) (?P<d3>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)?(?:,? (?P<y3>20\d\d))?"
)
WORDS = (
    (re.compile(r"昨晚|昨夜|last night"), 1, 0),
    (re.compile(r"昨天|昨日|yesterday"), 1, 1),
    (re.compile(r"前天"), 2, 2),
    (re.compile(r"今天|今日|今早|今晨|this morning"), 0, 0),
    (re.compile(r"(?:近|最近|过去)(?:一周|7天|七天)|上周|last week"), 14, 0),
    (re.compile(r"(?:近|最近|过去)一?个?月|上个?月|last month"), 62, 0),
)
ELSEWHERE = re.compile(r"借|贷|放款|办理|逾期|到期|签|还款日|开户|borrow|loan|signed|opened|due")
OPEN_END = re.compile(r"^[^,，。]{0,3}(?:起|开始|至今|以来|到现在)|^ ?onwards")
NIGHT = re.compile("夜|晚|凌晨|零点|night")
OPENING = re.compile(r"(?:从|自|since)[^,，。]{0,3}$")


def stated_period(sentence: str, claim: tuple[int, int], received_on: date | None) -> tuple[date, date] | None:
    """First and last day the claim at `claim` (span in the sentence) names, both included; None where it names none.

    What happens in a night belongs to two days: a period's last day is followed by one more where a night is named.
    """
    clause, offset = _clause(sentence, claim)
    days = [day for day in _dates(clause, received_on) if received_on is None or day <= received_on]
    if days:
        first, last = min(days), max(days)
        if received_on is not None and _goes_on(clause):
            return first, received_on
        last += timedelta(days=1 if NIGHT.search(sentence[offset:]) else 0)
        return first, last if received_on is None else min(last, received_on)
    word = next((row for row in WORDS if row[0].search(clause)), None)
    if word is None or received_on is None:
        return None
    return received_on - timedelta(days=word[1]), received_on - timedelta(days=word[2])


def _clause(sentence: str, claim: tuple[int, int]) -> tuple[str, int]:
    """The claim's clause with the one before it, unless that one speaks of borrowing or paying."""
    marks = [m.end() for m in re.finditer(r"[,，:：;]", sentence[: claim[0]])]
    start = marks[-1] if marks else 0
    before = marks[-2] if len(marks) > 1 else 0
    end = min((m.start() for m in re.finditer(r"[,，;]", sentence[claim[1] :])), default=len(sentence) - claim[1])
    if start and not ELSEWHERE.search(sentence[before:start]):
        start = before
    clause = sentence[start : claim[1] + end]
    return ("" if ELSEWHERE.search(clause[: max(0, claim[0] - start)]) else clause), start


def _goes_on(clause: str) -> bool:
    return any(OPEN_END.search(clause[m.end() :]) or OPENING.search(clause[: m.start()]) for m in DATE.finditer(clause))


def _dates(clause: str, received_on: date | None) -> list[date]:
    out = []
    for match in DATE.finditer(clause):
        part = match.groupdict()
        year = part["y"] or part["y2"] or part["y3"]
        month = int(part["m"] or part["m2"] or MONTHS.index(part["en"]) + 1)
        day = _day(int(year) if year else None, month, int(part["d"] or part["d2"] or part["d3"]), received_on)
        if day is not None:
            out.append(day)
    return out


def _day(year: int | None, month: int, day: int, received_on: date | None) -> date | None:
    """The date; without a year the latest such day that is not after the receipt."""
    if year is None and received_on is None:
        return None
    years = [year] if year is not None else [received_on.year, received_on.year - 1] if received_on else []
    for one in years:
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if year is not None or (received_on is not None and found <= received_on):
            return found
    return None
