"""Were people other than the debtor contacted about the debt while the debtor could be reached?"""

from datetime import timedelta

from mingcha.merit.calls import cites, judge, local, of_source, searched
from mingcha.merit.check import result
from mingcha.model.call import Call
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.words import Words
from mingcha.standards.load import Standards


def third_parties(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Contacts called within the clause's days of a connected call with the debtor: reachable, so not allowed."""
    clause = next(iter(standards.in_force("collect.contacts", local(file.received_at).date())), None)
    window = timedelta(days=int(clause.parameter("reachable_days"))) if clause else timedelta(days=30)
    reached = [c for c in file.calls if c.callee == "customer" and c.connected]
    ours = _to_contacts(of_source(file.calls, "institution"))
    theirs = _to_contacts(of_source(file.calls, "consumer"))
    while_reachable = [c for c in ours if any(abs(c.called_at - r.called_at) <= window for r in reached)]
    looked = searched(file)
    state = judge(while_reachable, theirs, looked)
    if ours and not while_reachable:
        state = MeritState.PARTLY
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    return result(
        "third_parties",
        claim,
        state,
        clause,
        _why(state, len(ours), len(while_reachable), len(theirs)),
        grievance=Grievance.THIRD_PARTIES,
        cites=cites(ours + theirs),
        searched=looked,
        figures=(("contacts_called", len(ours)), ("theirs", len(theirs)), ("while_reachable", len(while_reachable))),
    )


def _to_contacts(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.callee == "contact"]


def _why(state: MeritState, ours: int, reachable: int, theirs: int) -> Words:
    match state:
        case MeritState.CONFIRMED:
            return Words(
                f"在债务人可联系期间联系了联系人：我方记录{reachable}次，投诉人记录{theirs}次",
                f"contacts were called while the debtor could be reached: {reachable} in our records, {theirs} in theirs",
            )
        case MeritState.PARTLY:
            return Words(
                f"联系过联系人{ours}次，但记录中当时未与债务人接通，是否失联须人工判断",
                f"contacts were called {ours} times; no connected call with the debtor then: whether unreachable is for people",
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
