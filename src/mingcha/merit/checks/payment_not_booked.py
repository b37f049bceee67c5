"""Was money that was paid not entered into the account? Our ledger and the consumer's own proof have equal rank."""

from datetime import timedelta

from mingcha.merit.calls import held_in
from mingcha.merit.check import result
from mingcha.merit.ledger import NOT_WHOLE, whole
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState, Searched
from mingcha.model.payment import Payment
from mingcha.model.provenance import Cite
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.load import Standards

GRACE = timedelta(days=3)  # days a payment may take to be booked, and that two records of one payment may lie apart
INCOMPLETE = Words("记录不全，未能核查还款是否入账", "our records are incomplete: bookings could not be checked")
NO_LEDGER = Words("本机构未提供还款入账记录", "no records of booked repayments were provided")


def payment_not_booked(file: MeritFile, _standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Repayments up to the receipt: ours that are not booked, theirs that we do not have, ours booked late."""
    day = local_day(file.received_at)
    paid = [one for one in file.payments if one.direction == "repayment" and one.paid_on <= day]
    ours = [one for one in paid if one.source != "consumer"]
    missing = [one for one in ours if one.booked_on is None and one.paid_on + GRACE < day]
    unknown = [one for one in paid if one.source == "consumer" and not any(_same(one, other) for other in ours)]
    late = [one for one in ours if one.booked_on is not None and one.booked_on - one.paid_on > GRACE]
    complete = bool(ours) and whole(file, "payments", claim)
    state, why, found = _judge(ours, missing, unknown, late)
    if state is MeritState.NOT_FOUND and not complete:
        state, why = MeritState.UNCHECKED, INCOMPLETE
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    return result(
        "payment_not_booked",
        claim,
        state,
        None,
        why,
        grievance=Grievance.PAYMENT_NOT_BOOKED,
        cites=tuple(
            Cite(held_in(one.id, "payments"), one.id) for one in sorted(found, key=lambda one: (one.paid_on, one.id))
        ),
        searched=Searched(records=len(paid), missing=() if complete else (NOT_WHOLE,) if ours else (NO_LEDGER,)),
        figures=(("late", len(late)), ("not_booked", len(missing)), ("only_theirs", len(unknown))),
    )


def _same(one: Payment, other: Payment) -> bool:
    return one.amount == other.amount and abs(one.paid_on - other.paid_on) <= GRACE


def _judge(
    ours: list[Payment], missing: list[Payment], unknown: list[Payment], late: list[Payment]
) -> tuple[MeritState, Words, list[Payment]]:
    if missing:
        told = Words(
            f"有{len(missing)}笔还款未入账，最早一笔付于{min(p.paid_on for p in missing)}",
            f"{len(missing)} repayments are not booked, the first of them paid on {min(p.paid_on for p in missing)}",
        )
        return MeritState.CONFIRMED, told, missing
    if unknown and ours:
        told = Words(
            f"投诉人的凭证有{len(unknown)}笔还款，我方记录没有",
            f"the complainer's proof shows {len(unknown)} repayments that our records do not",
        )
        return MeritState.DISPUTED, told, unknown
    if late:
        told = Words(f"有{len(late)}笔还款迟于3日入账", f"{len(late)} repayments were booked more than 3 days late")
        return MeritState.PARTLY, told, late
    if not ours:
        return MeritState.UNCHECKED, INCOMPLETE, unknown
    return MeritState.NOT_FOUND, Words("查到的还款均已入账", "every repayment found is booked"), []
