"""Cells to typed values, by the type a column declares; what does not fit says what was expected, in both languages."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from mingcha.errors import InputError
from mingcha.model.record import Column, Personal, Type
from mingcha.model.times import credible
from mingcha.model.words import Words
from mingcha.text.canonical import canonical
from mingcha.text.normalise import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file writes things: the zone of naive times, the order of day and month, and values by column."""

    zone: ZoneInfo | None = None
    day_first: bool | None = None  # for 05/01/2024; None: such dates are refused
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Unfit(Exception):
    """A cell does not fit its column: what was expected."""

    def __init__(self, expected: Words) -> None:
        super().__init__(expected.en)
        self.expected = expected


def parse(column: Column, text: str, reading: Reading) -> Any:
    """The value of one cell; None for an empty one. Raises Unfit."""
    text = reading.values.get(column.name, {}).get(text.strip(), text)
    stripped = text.strip()
    if not stripped:
        return () if column.type in (Type.REFS, Type.PAYMENTS, Type.FEES) else None
    if column.type is Type.CHOICE:
        return _choice(column, stripped)
    value = _PARSERS[column.type](stripped if column.type is not Type.TEXT else text, reading)
    if column.personal in (Personal.PHONE, Personal.ID_NUMBER, Personal.CARD):
        _check_personal(column.personal, stripped)
    return value


def _check_personal(personal: Personal, text: str) -> None:
    try:
        canonical(personal, text)
    except InputError as error:
        raise Unfit(_PERSONAL_WORDS[personal]) from error


_PERSONAL_WORDS = {
    Personal.PHONE: Words("手机号、带区号的座机或服务号码", "a mobile, a landline with area code or a service number"),
    Personal.ID_NUMBER: Words("15位或校验正确的18位身份证号", "an ID number of 15, or 18 with a right check character"),
    Personal.CARD: Words("校验正确的12至19位卡号", "a card number of 12 to 19 digits with a right check digit"),
}


def _choice(column: Column, text: str) -> str:
    if text in column.choices:
        return text
    lowered = text.lower()
    if lowered in column.choices:
        return lowered
    for code, words in column.named.items():
        if lowered in (words.zh, words.en):
            return code
    listed = " / ".join(column.choices)
    named = " / ".join(words.zh for words in column.named.values())
    raise Unfit(Words(f"以下之一：{named or listed}", f"one of {listed}"))


STAMP = re.compile(
    r"(?P<y>\d{4})(?:[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?|(?P<m2>\d{2})(?P<d2>\d{2}))"
    r"(?:[ t]*(?P<h>\d{1,2})[:时点](?P<i>\d{1,2})(?:[:分](?P<s>\d{1,2})(?:\.\d+)?)?[分秒]?)?\s*(?P<z>z|[+-]\d{2}:?\d{2})?"
)
SLASHED = re.compile(
    r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d{2})(?:[ t]+(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2}))?)?"
)
SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?")
TIME_WORDS = Words(
    "日期时间，如 2026-03-05 21:14（或写明时区）", "a date and time such as 2026-03-05 21:14 with a known zone"
)
DATE_WORDS = Words("日期，如 2026-03-05", "a date such as 2026-03-05")
ZONE_WORDS = Words(
    "带时区的时间，或在映射文件中写明 timezone", "a time with its zone, or `timezone` in the mapping file"
)


def parse_time(text: str, reading: Reading) -> datetime:
    """An aware time; a naive one takes the mapping's zone, and without one is refused."""
    at, zone = _stamp(text, reading, TIME_WORDS)
    if credible(at) is None:
        raise Unfit(TIME_WORDS)
    if zone is not None:
        return datetime.fromisoformat(at.isoformat() + zone)
    if reading.zone is None:
        raise Unfit(ZONE_WORDS)
    return at.replace(tzinfo=reading.zone)


def _date(text: str, reading: Reading) -> date:
    return _stamp(text, reading, DATE_WORDS)[0].date()


def _stamp(text: str, reading: Reading, expected: Words) -> tuple[datetime, str | None]:
    folded = normalise(text).text
    try:
        match = STAMP.fullmatch(folded)
        if match:
            day = int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"])
            zone = match["z"]
            return datetime(*day, *_clock(match)), "+00:00" if zone == "z" else zone  # noqa: DTZ001 -- the zone is added by the caller
        match = SLASHED.fullmatch(folded)
        if match and reading.day_first is not None:
            first, second = int(match["a"]), int(match["b"])
            year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
            month, day_of = (second, first) if reading.day_first else (first, second)
            return datetime(year, month, day_of, *_clock(match)), None  # noqa: DTZ001 -- the zone is added by the caller
        if SERIAL.fullmatch(folded):
            return datetime(1899, 12, 30) + timedelta(days=float(folded)), None  # noqa: DTZ001 -- Excel's epoch has no zone
    except ValueError:
        raise Unfit(expected) from None
    raise Unfit(expected)


def _clock(match: "re.Match[str]") -> tuple[int, int, int]:
    return int(match["h"] or 0), int(match["i"] or 0), int(match["s"] or 0)


MONEY_WORDS = Words("金额（元），如 1,234.56", "an amount in yuan such as 1,234.56")


def _money(text: str, _: Reading) -> int:
    folded = normalise(text).text.replace(",", "").replace(" ", "")
    match = re.fullmatch(r"(?:¥|rmb|cny|y)?(-?\d+(?:\.\d+)?)(万)?元?", folded)
    if not match:
        raise Unfit(MONEY_WORDS)
    fen = Decimal(match[1]) * (1_000_000 if match[2] else 100)
    if fen != fen.to_integral_value() or abs(fen) > 10**15:
        raise Unfit(MONEY_WORDS)
    return int(fen)


RATE_WORDS = Words("利率，如 24% 或 0.24", "a rate such as 24% or 0.24")


def _rate(text: str, _: Reading) -> int:
    folded = normalise(text).text.replace(" ", "")
    try:
        value = Decimal(folded.removesuffix("%"))
    except InvalidOperation:
        raise Unfit(RATE_WORDS) from None
    millionths = value * (10_000 if folded.endswith("%") else 1_000_000)
    if not value.is_finite() or not 0 <= millionths <= 100_000_000 or (not folded.endswith("%") and value > 10):
        raise Unfit(RATE_WORDS)
    return int(millionths)


def _count(text: str, _: Reading) -> int:
    folded = normalise(text).text
    if not re.fullmatch(r"\d{1,15}", folded):
        raise Unfit(Words("非负整数", "a whole number from 0"))
    return int(folded)


FLAGS = {
    **dict.fromkeys(("是", "y", "yes", "true", "1", "有", "已"), True),
    **dict.fromkeys(("否", "n", "no", "false", "0", "无", "未"), False),
}


def _flag(text: str, _: Reading) -> bool:
    folded = normalise(text).text
    if folded not in FLAGS:
        raise Unfit(Words("是或否", "yes or no"))
    return FLAGS[folded]


def _refs(text: str, _: Reading) -> tuple[str, ...]:
    return tuple(one for part in re.split(r"[;；、|]", text) if (one := part.strip()))


PAYMENT_WORDS = Words("如 2024-02-01:940.00;2024-03-01:940.00", "such as 2024-02-01:940.00;2024-03-01:940.00")
FEE_WORDS = Words("如 guarantee:2024-01-01:500.00", "such as guarantee:2024-01-01:500.00")


def _payments(text: str, reading: Reading) -> tuple[tuple[date, int], ...]:
    out = []
    for part in _refs(text, reading):
        day, colon, amount = part.rpartition(":")
        if not colon:
            raise Unfit(PAYMENT_WORDS)
        out.append((_date(day, reading), _money(amount, reading)))
    return tuple(out)


def _fees(text: str, reading: Reading) -> tuple[tuple[str, date, int], ...]:
    out = []
    for part in _refs(text, reading):
        pieces = part.split(":")
        if len(pieces) != 3:
            raise Unfit(FEE_WORDS)
        out.append((pieces[0].strip(), _date(pieces[1], reading), _money(pieces[2], reading)))
    return tuple(out)


def _text(text: str, _: Reading) -> str:
    return text


_PARSERS: dict[Type, Callable[[str, Reading], Any]] = {
    Type.TEXT: _text,
    Type.ID: _text,
    Type.REF: _text,
    Type.REFS: _refs,
    Type.TIME: parse_time,
    Type.DATE: _date,
    Type.MONEY: _money,
    Type.RATE: _rate,
    Type.COUNT: _count,
    Type.FLAG: _flag,
    Type.PAYMENTS: _payments,
    Type.FEES: _fees,
}
