"""Traces agents leave: devices, parcels, companies, the first cold call, and what a customer lost. The customer is a possible victim.

Each says which complaint or customer it is about; what several unrelated customers state ties them (`network`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.record import Personal, Type, column

PROOFS = ("transfer_record", "receipt", "contract", "chat", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device, network or SIM card a complaint was filed or a call was made with."""

    id: str = column("设备记录编号", "device record id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    device: str | None = column("设备标识", "device id", personal=Personal.DEVICE)
    ip: str | None = column("IP地址", "IP address", personal=Personal.IP)
    sim: str | None = column("SIM卡号", "SIM card", personal=Personal.DEVICE)
    seen_at: datetime | None = column("时间", "seen at", Type.TIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """A parcel papers came in: who sent it, from where."""

    id: str = column("寄件记录编号", "parcel record id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    waybill: str | None = column("运单号", "waybill", personal=Personal.DEVICE)
    sender: str | None = column("寄件人", "sender", personal=Personal.NAME)
    sender_phone: str | None = column("寄件人电话", "sender's phone", personal=Personal.PHONE)
    sender_address: str | None = column("寄件地址", "sender's address", personal=Personal.ADDRESS)
    sent_on: date | None = column("寄件日", "sent on", Type.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company a complaint, a contract or a receipt names; no register is asked, and naming one proves nothing."""

    id: str = column("企业记录编号", "company record id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    name: str | None = column("企业名称", "company", personal=Personal.COMPANY)
    credit_code: str | None = column("统一社会信用代码", "unified social credit code", personal=Personal.COMPANY)
    part: str | None = column("作用", "its part", Type.CHOICE, choices=("contract", "payee", "advertiser", "other"))
    source: str | None = column("来源", "who says so")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The customer's account of how an agent first got in touch."""

    id: str = column("来电线索编号", "lead id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    called_at: datetime | None = column("来电时间", "called at", Type.TIME)
    caller_phone: str | None = column("来电号码", "caller's number", personal=Personal.PHONE)
    handle: str | None = column("联系方式", "handle", personal=Personal.HANDLE)
    platform: str | None = column("平台", "platform")
    told: str | None = column("客户陈述", "what the customer tells", personal=Personal.FREE_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a customer paid an agent: to whom, when, and how it is proven. Speaks against the agent, never the customer."""

    id: str = column("损失编号", "loss id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    paid_on: date | None = column("付款日", "paid on", Type.DATE)
    amount: int | None = column("金额", "amount", Type.MONEY)
    payee: str | None = column("收款账户", "payee account", personal=Personal.HANDLE)
    company: str | None = column("收款企业", "payee company", personal=Personal.COMPANY)
    contract: str | None = column("合同编号", "contract number", personal=Personal.HANDLE)
    proof: str = column("凭证", "proof", Type.CHOICE, required=True, choices=PROOFS)
