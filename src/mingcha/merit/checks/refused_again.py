"""Was somebody called again after he had refused? A contact's refusal ends it; a debtor's own wish is for people to weigh."""

from datetime import datetime

from mingcha.merit.calls import Found, cites, gather, judge, searched
from mingcha.merit.check import result
from mingcha.merit.ledger import NOT_WHOLE, whole
from mingcha.merit.requests import notice_cites
from mingcha.model.call import Call
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState, Searched
from mingcha.model.notice import Notice
from mingcha.model.provenance import Clause
from mingcha.model.words import Words
from mingcha.standards.load import Standards

NONE = Words("没有拒绝联系的登记", "no refusal stands on the register")


def refused_again(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Calls after a refusal on record, to the number that refused; without a number, to the same sort of person."""
    refusals = [
        one
        for one in file.notices
        if one.about == "stop_contact" and one.by != "institution" and one.given_at <= file.received_at
    ]

    def breaks(call: Call, _rule: Clause) -> bool | None:
        by = {one.by for one in refusals if _again(call, one, file.received_at)}
        return True if "contact" in by else None if by else False

    found = gather(file, standards, "collect.refused", breaks)
    looked = _searched(file, claim, refusals)
    state = judge(file, claim, found, looked)
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    return result(
        "refused_again",
        claim,
        state,
        found.clause,
        _why(state, found, len(refusals)),
        grievance=Grievance.REFUSED_AGAIN,
        cites=(*notice_cites(tuple(sorted(refusals, key=lambda one: (one.given_at, one.id)))), *cites(found.calls)),
        searched=looked,
        figures=(
            ("after_debtors_wish", len(found.excused)),
            ("ours", len(found.ours)),
            ("refusals", len(refusals)),
            ("theirs", len(found.theirs)),
        ),
    )


def _again(call: Call, refusal: Notice, until: datetime) -> bool:
    if not refusal.given_at < call.called_at <= until:
        return False
    if refusal.number is not None and call.number_to is not None:
        return refusal.number == call.number_to
    return call.callee == refusal.by


def _searched(file: MeritFile, claim: Claim | None, refusals: list[Notice]) -> Searched:
    looked = searched(file, claim)
    register = () if whole(file, "notices", claim) else (NOT_WHOLE,) if refusals else (NONE,)
    return Searched(looked.agencies, looked.numbers, looked.dates, looked.records, (*looked.missing, *register))


def _why(state: MeritState, found: Found, refusals: int) -> Words:
    ours, theirs, wish = len(found.ours), len(found.theirs), len(found.excused)
    if state is MeritState.NOT_FOUND:
        return (
            Words("拒绝之后的记录中未见再次联系", "no call after the refusal in the records searched")
            if refusals
            else Words("登记中没有拒绝联系", "the register holds no refusal")
        )
    match state:
        case MeritState.CONFIRMED:
            return Words(
                f"联系人拒绝后又被联系：我方记录{ours}次，投诉人记录{theirs}次",
                f"called again after a contact had refused: {ours} in our records, {theirs} in theirs",
            )
        case MeritState.PARTLY if ours or theirs:
            return Words(
                "拒绝后又有联系，但不在投诉所说的日期", "called again, but on other days than the complaint names"
            )
        case MeritState.PARTLY:
            return Words(
                f"债务人表示不愿接听后又联系{wish}次，或当时规则尚未施行；由人判断",
                f"called {wish} times after the debtor asked for it to stop, or before the rule was in force: for people",
            )
        case MeritState.DISPUTED:
            return Words(
                f"投诉人记录有{theirs}次拒绝后的来电，我方记录没有",
                f"{theirs} calls after a refusal in their records, none in ours",
            )
        case _:
            return Words(
                "拒绝登记或通话记录不全，未能核查",
                "the register of refusals or the call logs are incomplete: this could not be checked",
            )
