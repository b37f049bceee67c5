"""Promotions and who claims them: rings of accounts that one hand harvests a promotion with, against its rules."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.record import Personal, Type, column
from mingcha.model.ring import Ring, RingStatus
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """A promotion and the rule that counts: how often one person may have it."""

    id: str = column("活动编号", "promotion id", Type.ID, required=True)
    name: str | None = column("活动名称", "name")
    per_person: int | None = column("每人次数上限", "claims a person may make", Type.COUNT)
    from_on: date | None = column("开始日", "from", Type.DATE)
    to_on: date | None = column("结束日", "to", Type.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitClaim:
    """One claim of a promotion: by which account, of which customer, from where, paid or sent to whom; or used at which shop."""

    id: str = column("领取编号", "claim id", Type.ID, required=True)
    account: str = column("领取账户", "account", required=True, personal=Personal.HANDLE)
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    promotion: str | None = column("活动编号", "promotion id", Type.REF, target="promotions")
    claimed_at: datetime | None = column("领取时间", "claimed at", Type.TIME)
    amount: int | None = column("金额", "amount", Type.MONEY)
    phone: str | None = column("联系电话", "phone", personal=Personal.PHONE)
    device: str | None = column("设备标识", "device id", personal=Personal.DEVICE)
    ip: str | None = column("IP地址", "IP address", personal=Personal.IP)
    payee: str | None = column("收款账户", "payee account", personal=Personal.HANDLE)
    merchant: str | None = column("用于商户", "shop it was used at", Type.REF, target="merchant")
    address: str | None = column("收货地址", "delivery address", personal=Personal.ADDRESS)


STATUS_WORDS: dict[RingStatus, Words] = {
    RingStatus.SUSPECTED: Words("疑似违规套取优惠", "suspected promotion abuse"),
    RingStatus.JOINT_GRIEVANCE: Words("共用，但未见违反规则", "they share, no rule is broken"),
    RingStatus.EXPLAINED: Words("有无辜的解释", "innocently explained"),
    RingStatus.UNTESTED: Words("解释未检验完", "explanations not all tested"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitRing:
    """A ring of accounts: its `complaints` are accounts, its `customers` those who hold them, who may not know of it."""

    ring: Ring
    claims: int
    amount: int  # fen, where stated
    promotions: tuple[str, ...]
    over: tuple[tuple[str, int, int], ...]  # promotion, claims that went to one hand, what one person may have


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitRings:
    """All rings of accounts, those with the most customers first, and what could not be looked at."""

    rings: tuple[BenefitRing, ...]
    claims: int
    hubs: int  # values so many accounts share that they link nobody
    without_rule: int  # claims of a promotion whose rule the house does not hold
    without_customer: int  # claims of nobody the house knows: they count as no person
    simulated: bool  # the house holds a simulated town
    places_held: bool  # without a list of shops, offices and dormitories no innocent explanation is tested
