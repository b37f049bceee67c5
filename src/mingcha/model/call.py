"""Calls made to collect, and which part of the past our call logs cover."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.record import Personal, Type, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One contact attempt to collect a debt."""

    id: str = column("通话编号", "call id", Type.ID, required=True)
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    account_id: str | None = column("账户号", "account id", Type.REF, target="accounts")
    called_at: datetime = column("呼叫时间", "called at", Type.TIME, required=True)
    agency: str | None = column("催收机构", "agency")
    number_from: str | None = column("主叫号码", "calling number", personal=Personal.PHONE)
    number_to: str | None = column("被叫号码", "called number", personal=Personal.PHONE)
    callee: str | None = column("接听人", "who was called", Type.CHOICE, choices=("customer", "contact", "unknown"))
    connected: bool | None = column("是否接通", "connected", Type.FLAG)
    seconds: int | None = column("时长(秒)", "seconds", Type.COUNT)
    medium: str | None = column("方式", "medium", Type.CHOICE, choices=("voice", "robot", "sms", "visit"))
    source: str | None = column("记录来源", "whose record", Type.CHOICE, choices=("institution", "consumer"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which agencies, numbers and dates our logs of one kind hold; what is not covered was not searched."""

    id: str = column("覆盖编号", "coverage id", Type.ID, required=True)
    record_kind: str = column("记录类型", "kind of record", required=True)
    agency: str | None = column("催收机构", "agency")
    number: str | None = column("号码", "number", personal=Personal.PHONE)
    from_on: date = column("起", "from", Type.DATE, required=True)
    to_on: date = column("止", "to", Type.DATE, required=True)
