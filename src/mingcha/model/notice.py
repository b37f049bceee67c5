"""What the parties told each other apart from calls, and cases a regulator handed over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingcha.model.record import Personal, Type, column

COLLECTED = timedelta(days=90)  # an agency may be what is complained of so long after
SPEAKERS = ("customer", "contact", "institution")
MATTERS = (
    "stop_contact", "hardship", "instalment", "complaint", "credit_dispute", "not_my_loan",  # told to the institution
    "price", "insurance", "identity_check", "overdue_reported", "other",  # told or done by the institution
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One request or statement and what was answered to it.

    What the institution tells: `price` (the yearly cost was shown before signing), `insurance` (a guarantee or insurance was
    offered as a choice), `identity_check` (who took the loan was checked), `overdue_reported` (arrears of the day `about_on`
    were reported to the credit bureau). `answer` is the other side's: for an identity check, whether it was passed.
    """

    id: str = column("告知编号", "notice id", Type.ID, required=True)
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    account_id: str | None = column("账户号", "account id", Type.REF, target="accounts")
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    given_at: datetime = column("提出时间", "given at", Type.TIME, required=True)
    by: str = column("提出方", "told by", Type.CHOICE, required=True, choices=SPEAKERS)
    about: str = column("事项", "about", Type.CHOICE, required=True, choices=MATTERS)
    number: str | None = column("提出方号码", "number of who told it", personal=Personal.PHONE)
    about_on: date | None = column("所涉日期", "day it is about", Type.DATE)
    answered_at: datetime | None = column("答复时间", "answered at", Type.TIME)
    answer: str | None = column("答复", "answer", Type.CHOICE, choices=("granted", "refused"))
    reason: str | None = column("理由", "reason", personal=Personal.FREE_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Which agency collected an account, and when: its calls belong to our logs too."""

    id: str = column("委外编号", "assignment id", Type.ID, required=True)
    customer_id: str | None = column("客户号", "customer id", Type.REF, target="customers")
    account_id: str | None = column("账户号", "account id", Type.REF, target="accounts")
    agency: str = column("催收机构", "agency", required=True)
    from_on: date = column("起", "from", Type.DATE, required=True)
    to_on: date | None = column("止", "to", Type.DATE)

    def collecting(self, on: date) -> bool:
        """Whether a complaint received on that day may be about it: while it lasts, and ninety days on."""
        return self.from_on <= on and (self.to_on is None or self.to_on >= on - COLLECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One line of the list of complaints a regulator or another body handed over to the institution."""

    id: str = column("转办编号", "transfer id", Type.ID, required=True)
    complaint_id: str | None = column("投诉编号", "complaint id", Type.REF, target="complaints")
    authority: str | None = column("转办机关", "handed over by")
    transferred_on: date = column("转办日", "handed over on", Type.DATE, required=True)
    due_on: date | None = column("要求办结日", "due on", Type.DATE)
