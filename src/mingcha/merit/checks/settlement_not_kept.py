"""Was a settlement or a waiver that we agreed to not put into effect?"""

from datetime import date

from mingcha.merit.promises import Promises, promise_result, promises
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult
from mingcha.model.payment import Waiver
from mingcha.model.words import Words
from mingcha.standards.load import Standards

INCOMPLETE = Words("记录不全，未能核查减免或协商方案", "our records are incomplete: settlements could not be checked")
NONE = Words("本机构未提供减免或协商方案的记录", "no records of settlements or waivers were provided")


def settlement_not_kept(file: MeritFile, _standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Waivers we agreed to up to the receipt that are not marked as carried out."""

    def otherwise(_promise: Waiver, _day: date) -> bool:
        return False  # nothing but its own mark shows that a waiver was carried out

    found = promises(file, "waiver", otherwise)
    return promise_result(
        "settlement_not_kept",
        Grievance.SETTLEMENT_NOT_KEPT,
        file,
        claim,
        found,
        why=_why(found),
        incomplete=INCOMPLETE,
        none=NONE,
    )


def _why(found: Promises) -> Words:
    if found.overdue:
        return Words(
            f"有{len(found.overdue)}项约定的减免或方案过期未落实，最早应于{found.since}前落实",
            f"{len(found.overdue)} agreed waivers are overdue, the first of them since {found.since}",
        )
    if found.unkept:
        return Words(
            f"有{len(found.unkept)}项约定的减免或方案尚未落实，期限未到或未写明",
            f"{len(found.unkept)} agreed waivers are still to be carried out; their day has not come or was not stated",
        )
    if found.made:
        return Words("约定的减免均已落实", "every agreed waiver found was carried out")
    return Words("记录中未见约定的减免或方案", "no agreed waiver in our records")
