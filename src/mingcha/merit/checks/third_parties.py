"""Were people other than the debtor contacted about the debt while the debtor could be reached?"""

from datetime import timedelta

from mingcha.merit.calls import Found, cites, gather, judge, searched
from mingcha.merit.check import result
from mingcha.model.call import Call
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.provenance import Clause
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.load import Standards


def third_parties(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Contacts called on a day the debtor answered, or within the clause's days after it: reachable, so not allowed.

    A contact called when no such answer is on record is excused, not absent: whether the debtor was out of reach is
    for people.
    """
    answered = [local_day(call.called_at) for call in file.calls if call.callee == "customer" and call.connected]

    def breaks(call: Call, rule: Clause) -> bool | None:
        if call.callee != "contact":
            return False
        if call.source == "consumer":
            return True
        day = local_day(call.called_at)
        window = timedelta(days=int(rule.parameter("reachable_days")))
        return True if any(day - window <= at <= day for at in answered) else None

    found = gather(file, standards, "collect.contacts", breaks)
    looked = searched(file, claim)
    state = judge(file, claim, found, looked)
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    ours = len(found.ours) + sum(call.source != "consumer" for call in found.excused)
    return result(
        "third_parties",
        claim,
        state,
        found.clause,
        _why(state, found),
        grievance=Grievance.THIRD_PARTIES,
        cites=cites(found.calls),
        searched=looked,
        figures=(("contacts_called", ours), ("theirs", len(found.theirs)), ("while_reachable", len(found.ours))),
    )


def _why(state: MeritState, found: Found) -> Words:
    ours, theirs, excused = len(found.ours), len(found.theirs), len(found.excused)
    match state:
        case MeritState.CONFIRMED:
            return Words(
                f"在债务人可联系期间联系了联系人：我方记录{ours}次，投诉人记录{theirs}次",
                f"contacts were called while the debtor could be reached: {ours} in our records, {theirs} in theirs",
            )
        case MeritState.PARTLY if ours or theirs:
            return Words(
                "联系过联系人，但不在投诉所说的日期", "contacts were called, but on other days than the complaint names"
            )
        case MeritState.PARTLY:
            return Words(
                f"联系过联系人{excused}次，但此前记录中未与债务人接通，或当时规则尚未施行，由人判断",
                f"contacts were called {excused} times; no answered call with the debtor before it, or the rule not yet in force: for people",
            )
        case MeritState.DISPUTED:
            return Words(
                f"投诉人记录有{theirs}次联系第三人，我方记录没有",
                f"{theirs} contacts to others in their records, none in ours",
            )
        case MeritState.UNCHECKED:
            return Words(
                "记录不全，未能核查是否联系第三人",
                "our records are incomplete: contacts to others could not be checked",
            )
        case _:
            return Words("在查到的记录中未见联系第三人", "no contact to others in the records searched")
