"""Money that moved or was promised: repayments, refunds, and what the institution said it would give back or waive."""

from dataclasses import dataclass
from datetime import date

from mingcha.model.record import Type, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One repayment by the customer, or one refund to him. `booked_on` is when it was entered into the account."""

    id: str = column("收付编号", "payment id", Type.ID, required=True)
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    account_id: str | None = column("账户号", "account id", Type.REF, target="accounts")
    direction: str = column("方向", "direction", Type.CHOICE, required=True, choices=("repayment", "refund"))
    paid_on: date = column("付款日", "paid on", Type.DATE, required=True)
    amount: int = column("金额", "amount", Type.MONEY, required=True)
    booked_on: date | None = column("入账日", "booked on", Type.DATE)
    source: str | None = column("记录来源", "whose record", Type.CHOICE, choices=("institution", "consumer"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Something the institution promised to give back or not to ask for, and whether it was done."""

    id: str = column("承诺编号", "promise id", Type.ID, required=True)
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    account_id: str | None = column("账户号", "account id", Type.REF, target="accounts")
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    promise: str = column("承诺内容", "what was promised", Type.CHOICE, required=True, choices=("refund", "waiver"))
    promised_on: date = column("承诺日", "promised on", Type.DATE, required=True)
    amount: int | None = column("金额", "amount", Type.MONEY)
    due_on: date | None = column("承诺期限", "due on", Type.DATE)
    done_on: date | None = column("履行日", "done on", Type.DATE)
