"""Was something promised to be given back, and not given? The promise is in our own records or it is not found."""

from datetime import date

from mingcha.merit.promises import Promises, promise_result, promises
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult
from mingcha.model.payment import Waiver
from mingcha.model.words import Words
from mingcha.standards.load import Standards

INCOMPLETE = Words("记录不全，未能核查退款承诺", "our records are incomplete: promises could not be checked")
NO_PROMISES = Words("本机构未提供承诺退款的记录", "no records of promised refunds were provided")


def refund_not_made(file: MeritFile, _standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Promised refunds up to the receipt that are neither marked as done nor matched by a refund of that amount."""

    def paid_back(promise: Waiver, day: date) -> bool:
        return any(
            one.direction == "refund" and promise.promised_on <= one.paid_on <= day and one.amount == promise.amount
            for one in file.payments
        )

    found = promises(file, "refund", paid_back)
    return promise_result(
        "refund_not_made",
        Grievance.REFUND_NOT_MADE,
        file,
        claim,
        found,
        why=_why(found),
        incomplete=INCOMPLETE,
        none=NO_PROMISES,
    )


def _why(found: Promises) -> Words:
    if found.overdue:
        return Words(
            f"有{len(found.overdue)}笔承诺的退款过期未退，最早应于{found.since}前退还",
            f"{len(found.overdue)} promised refunds are overdue, the first of them since {found.since}",
        )
    if found.unkept:
        return Words(
            f"有{len(found.unkept)}笔承诺的退款尚未退还，期限未到或未写明",
            f"{len(found.unkept)} promised refunds are still to be made; their day has not come or was not stated",
        )
    if found.made:
        return Words("承诺的退款均已退还", "every promised refund found was made")
    return Words("记录中未见退款承诺", "no promise of a refund in our records")
