"""How far our own books were handed over: only where they are said to be whole does a record that is not there speak."""

from collections.abc import Iterable, Sequence
from datetime import date

from mingcha.merit.calls import period
from mingcha.model.account import Account
from mingcha.model.call import Coverage
from mingcha.model.merit import Claim, MeritFile
from mingcha.model.payment import Payment
from mingcha.model.words import Words

NOT_WHOLE = Words("未说明该类记录完整覆盖所涉日期", "the records were not said to cover the days in question whole")


def whole(file: MeritFile, kind: str, claim: Claim | None) -> bool:
    """Whether one coverage record says that our records of a kind hold every day a claim speaks of."""
    first, last = period(file, claim)
    return any(row.record_kind == kind and row.from_on <= first and row.to_on >= last for row in file.coverage)


def repaid(payments: Iterable[Payment], account: str, by: date) -> int:
    """Fen repaid into an account up to a day, by our own books; a payment that names no account counts for none."""
    return sum(
        one.amount
        for one in payments
        if one.direction == "repayment" and one.source != "consumer" and one.account_id == account and one.paid_on <= by
    )


def overdue_since(account: Account, payments: Sequence[Payment], coverage: Iterable[Coverage], on: date) -> date | None:
    """The first instalment due before a day that everything repaid by then does not cover. None where all is covered, and where our
    books cannot say: not whole from the first instalment on, or a repayment names no account."""
    due = sorted((day, fen) for day, fen in account.schedule if day < on)
    known = due and any(
        row.record_kind == "payments" and row.from_on <= due[0][0] and row.to_on >= on for row in coverage
    )
    if not known or any(one.direction == "repayment" and one.account_id is None for one in payments):
        return None
    left = repaid(payments, account.id, on)
    for day, fen in due:
        left -= fen
        if left < 0:
            return day
    return None
