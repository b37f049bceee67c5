"""Was something promised to be given back, and not given? The promise is in our own records or it is not found."""

from datetime import date

from mingcha.merit.check import result
from mingcha.merit.ledger import NOT_WHOLE, whole
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState, Searched
from mingcha.model.payment import Waiver
from mingcha.model.provenance import Cite
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.load import Standards

INCOMPLETE = Words("记录不全，未能核查退款承诺", "our records are incomplete: promises could not be checked")
NO_PROMISES = Words("本机构未提供承诺退款的记录", "no records of promised refunds were provided")


def refund_not_made(file: MeritFile, _standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Promised refunds up to the receipt that are neither marked as done nor matched by a refund of that amount."""
    day = local_day(file.received_at)
    promised = [one for one in file.waivers if one.promise == "refund" and one.promised_on <= day]
    unkept = [one for one in promised if not _kept(file, one, day)]
    overdue = [one for one in unkept if one.due_on is not None and one.due_on < day]
    complete = whole(file, "waivers", claim)
    state, why = _judge(promised, unkept, overdue)
    if state is MeritState.NOT_FOUND and not complete:
        state, why = MeritState.UNCHECKED, INCOMPLETE
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    shown = overdue or unkept or promised
    return result(
        "refund_not_made",
        claim,
        state,
        None,
        why,
        grievance=Grievance.REFUND_NOT_MADE,
        cites=tuple(Cite("waivers", one.id) for one in sorted(shown, key=lambda one: (one.promised_on, one.id))),
        searched=Searched(
            records=len(promised), missing=() if complete else (NOT_WHOLE,) if promised else (NO_PROMISES,)
        ),
        figures=(("overdue", len(overdue)), ("promised", len(promised)), ("unkept", len(unkept))),
    )


def _kept(file: MeritFile, promise: Waiver, day: date) -> bool:
    if promise.done_on is not None and promise.done_on <= day:
        return True
    return any(
        one.direction == "refund" and promise.promised_on <= one.paid_on <= day and one.amount == promise.amount
        for one in file.payments
    )


def _judge(promised: list[Waiver], unkept: list[Waiver], overdue: list[Waiver]) -> tuple[MeritState, Words]:
    if overdue:
        first = min(one.due_on for one in overdue if one.due_on is not None)
        return MeritState.CONFIRMED, Words(
            f"有{len(overdue)}笔承诺的退款过期未退，最早应于{first}前退还",
            f"{len(overdue)} promised refunds are overdue, the first of them since {first}",
        )
    if unkept:
        return MeritState.PARTLY, Words(
            f"有{len(unkept)}笔承诺的退款尚未退还，期限未到或未写明",
            f"{len(unkept)} promised refunds are still to be made; their day has not come or was not stated",
        )
    if promised:
        return MeritState.NOT_FOUND, Words("承诺的退款均已退还", "every promised refund found was made")
    return MeritState.NOT_FOUND, Words("记录中未见退款承诺", "no promise of a refund in our records")
