"""Is the credit record wrong, or was a dispute over it not settled in time?"""

from mingcha.merit.check import result
from mingcha.merit.ledger import repaid, whole
from mingcha.merit.requests import judge_requests, looked_at, notice_cites, request_figures, sort_requests
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.notice import Notice
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.load import Standards

RULE = "art.25"


def credit_record(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Reported arrears against what was paid by that day, and disputes against the days the article gives."""
    clauses = [
        one for one in standards.in_force(RULE, local_day(file.received_at)) if one.id.startswith("credit-regulations@")
    ]
    rule = clauses[0] if clauses else None
    found = sort_requests(file, ("credit_dispute",), int(rule.parameter("days")) if rule else 20, reasoned=False)
    reported = sorted(
        (one for one in file.notices if one.about == "overdue_reported" and one.given_at <= file.received_at),
        key=lambda one: (one.given_at, one.id),
    )
    wrong = tuple(one for one in reported if _was_paid(file, one))
    state, why = judge_requests(file, found, claim)
    cites = notice_cites(found.shown)
    if wrong:
        state, cites = MeritState.CONFIRMED, notice_cites(wrong)
        why = Words(
            f"上报的逾期有{len(wrong)}笔当日已还足，首笔所涉日期为{wrong[0].about_on}",
            f"{len(wrong)} reported arrears had been paid by their day, the first of {wrong[0].about_on}",
        )
    elif state is MeritState.NOT_FOUND and reported and not whole(file, "payments", claim):
        state = MeritState.UNCHECKED
        why = Words(
            "还款记录不全，上报的逾期未能核对", "payments are incomplete: reported arrears could not be compared"
        )
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    return result(
        "credit_record",
        claim,
        state,
        rule,
        why,
        grievance=Grievance.CREDIT_RECORD,
        cites=cites,
        searched=looked_at(file, claim, len(file.notices) + len(file.payments)),
        figures=(*request_figures(found), ("reported", len(reported)), ("wrong", len(wrong))),
    )


def _was_paid(file: MeritFile, one: Notice) -> bool:
    """Whether everything due on the account by the reported day had been paid by then, in our own books alone."""
    if one.about_on is None:
        return False
    account = next((account for account in file.accounts if account.id == one.account_id), None)
    if account is None or not account.schedule:
        return False
    due = sum(fen for day, fen in account.schedule if day <= one.about_on)
    return 0 < due <= repaid(file.payments, account.id, one.about_on)
