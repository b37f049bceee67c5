"""Monthly and quarterly tables of complaints by the codes of JR/T 0169: what came in, and what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingcha.model.words import Words


class By(StrEnum):
    """What a table is by. Codes are the ledger's own: the standard's lists are not first-hand here and are not shipped."""

    CHANNEL = "channel_code"
    BUSINESS = "business_code"
    CAUSE = "cause_code"
    REGION = "region"


BY_WORDS: dict[By, Words] = {
    By.CHANNEL: Words("投诉渠道（JR/T 0169代码）", "channel (code of JR/T 0169)"),
    By.BUSINESS: Words("业务类别（JR/T 0169代码）", "business (code of JR/T 0169)"),
    By.CAUSE: Words("投诉原因（JR/T 0169代码）", "cause (code of JR/T 0169)"),
    By.REGION: Words("地区", "region"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month or a quarter of the calendar; both days included."""

    name: str  # 2026-10 or 2026Q3
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One complaint as the tables see it. `answered` on time or `late`; `days` from receipt to answer."""

    received_on: date
    codes: tuple[str, ...]  # in the order of By; where the ledger gave none, the house's own word or ""
    coded: tuple[bool, ...]  # whether the ledger gave it
    answered: bool
    late: bool  # answered after its day, or open past it
    withdrawn: bool
    not_handled: bool
    upheld: bool  # whole or part
    refused: bool
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """One code of one table; the sum of a table's lines is its total."""

    code: str
    received: int
    before: int  # received in the period before
    year_before: int  # and in the same period of the year before
    answered: int
    late: int
    open: int
    withdrawn: int
    not_handled: int
    upheld: int
    refused: int
    median_days: int | None  # of those answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """All tables of a period as of a day. `uncoded`: complaints for which the ledger gave no code of a table."""

    period: Period
    on: date
    total: ReturnLine
    tables: tuple[tuple[By, tuple[ReturnLine, ...]], ...]  # what came most first
    uncoded: tuple[tuple[By, int], ...]


COLUMN_WORDS: dict[str, Words] = {  # the fields of a line in reading order
    "code": Words("代码", "code"),
    "received": Words("受理", "received"),
    "before": Words("上期", "before"),
    "year_before": Words("上年同期", "a year ago"),
    "answered": Words("已答复", "answered"),
    "late": Words("逾期", "late"),
    "open": Words("办理中", "open"),
    "withdrawn": Words("撤回", "withdrawn"),
    "not_handled": Words("不予办理", "not handled"),
    "upheld": Words("支持", "upheld"),
    "refused": Words("不支持", "refused"),
    "median_days": Words("答复天数中位", "median days"),
}
