"""Were there collection calls in the hours when nobody may call?"""

from datetime import datetime, timedelta

from mingcha.merit.calls import Found, cites, gather, judge, searched
from mingcha.merit.check import result
from mingcha.model.call import Call
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.provenance import Clause
from mingcha.model.words import Words
from mingcha.standards.calendar import local
from mingcha.standards.load import Standards


def night_calls(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Contacts between the clause's hours, local time, by the rule in force on each day; agreed hours are excused.

    Attempts count like answered calls: the standard forbids collecting at night, not only being heard. A call that began in
    time and went on into these hours is shown, and whether that was proper is for people: the standard does not say.
    """
    agreed = {account.id: account.agreed_night_calls is True for account in file.accounts}

    def breaks(call: Call, rule: Clause) -> bool | None:
        if not _at_night(call.called_at, rule):
            return None if _at_night(_end(call), rule) else False
        named = call.account_id in agreed
        consent = agreed[call.account_id or ""] if named else bool(agreed) and all(agreed.values())
        return None if consent and rule.parameter("unless_agreed") == "yes" else True

    found = gather(file, standards, "collect.hours", breaks)
    looked = searched(file, claim)
    state = judge(file, claim, found, looked)
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    return result(
        "night_calls",
        claim,
        state,
        found.clause,
        _why(state, found),
        grievance=Grievance.NIGHT_CALLS,
        cites=cites(found.calls),
        searched=looked,
        figures=(("excused", len(found.excused)), ("ours", len(found.ours)), ("theirs", len(found.theirs))),
    )


def _end(call: Call) -> datetime:
    """The last moment of a call."""
    return call.called_at + timedelta(seconds=max(0, (call.seconds or 0) - 1))


def _at_night(at: datetime, rule: Clause) -> bool:
    hour = local(at).hour
    return hour >= int(rule.parameter("from_hour")) or hour < int(rule.parameter("to_hour"))


def _why(state: MeritState, found: Found) -> Words:
    ours, theirs, excused = len(found.ours), len(found.theirs), len(found.excused)
    match state:
        case MeritState.CONFIRMED:
            return Words(
                f"22:00至次日8:00有催收联系：我方记录{ours}次，投诉人记录{theirs}次",
                f"contacts between 22:00 and 08:00: {ours} in our records, {theirs} in the complainer's",
            )
        case MeritState.DISPUTED:
            return Words(
                f"投诉人记录有{theirs}次夜间来电，我方记录没有",
                f"the complainer's records show {theirs} night calls, ours none",
            )
        case MeritState.PARTLY if ours or theirs:
            return Words(
                f"夜间来电有{ours + theirs}次，但不在投诉所说的日期",
                f"{ours + theirs} night calls, but on other days than the complaint names",
            )
        case MeritState.PARTLY:
            return Words(
                f"夜间确有{excused}次来电，但合同约定可夜间联系、当时规则尚未施行，或通话在限制时段前已开始，是否妥当由人判断",
                f"{excused} night calls there were, but night contact was agreed, the rule not yet in force or the call begun "
                "in time: for people",
            )
        case MeritState.UNCHECKED:
            return Words("记录不全，未能核查夜间来电", "our records are incomplete: night calls could not be checked")
        case _:
            return Words("在查到的记录中未见夜间来电", "no night calls in the records searched")
