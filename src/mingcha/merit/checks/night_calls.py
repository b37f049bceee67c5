"""Were there collection calls in the hours when nobody may call?"""

from mingcha.merit.calls import cites, judge, local, of_source, searched
from mingcha.merit.check import result
from mingcha.model.call import Call
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.provenance import Clause
from mingcha.model.words import Words
from mingcha.standards.load import Standards


def night_calls(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Calls between the clause's hours, local time, by the rule in force on each call's day; agreed hours excepted."""
    found: dict[str, list[Call]] = {"institution": [], "consumer": []}
    clause: Clause | None = None
    agreed = any(account.agreed_night_calls for account in file.accounts)
    for source, calls in found.items():
        for call in of_source(file.calls, source):
            rule = _in_force(standards, call)
            if rule is not None and call.medium != "visit" and not agreed and _at_night(call, rule):
                clause = rule
                calls.append(call)
    looked = searched(file)
    state = judge(found["institution"], found["consumer"], looked)
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    clause = clause or next(iter(standards.in_force("collect.hours", local(file.received_at).date())), None)
    hits = found["institution"] + found["consumer"]
    return result(
        "night_calls",
        claim,
        state,
        clause,
        _why(state, len(found["institution"]), len(found["consumer"]), agreed=agreed),
        grievance=Grievance.NIGHT_CALLS,
        cites=cites(hits),
        searched=looked,
        figures=(("ours", len(found["institution"])), ("theirs", len(found["consumer"]))),
    )


def _in_force(standards: Standards, call: Call) -> Clause | None:
    return next(iter(standards.in_force("collect.hours", local(call.called_at).date())), None)


def _at_night(call: Call, rule: Clause) -> bool:
    hour = local(call.called_at).hour
    return hour >= int(rule.parameter("from_hour")) or hour < int(rule.parameter("to_hour"))


def _why(state: MeritState, ours: int, theirs: int, *, agreed: bool) -> Words:
    if state is MeritState.CONFIRMED:
        return Words(
            f"22:00至次日8:00有催收联系：我方记录{ours}次，投诉人记录{theirs}次",
            f"contacts between 22:00 and 08:00: {ours} in our records, {theirs} in the complainer's",
        )
    if state is MeritState.DISPUTED:
        return Words(
            f"投诉人记录有{theirs}次夜间来电，我方记录没有",
            f"the complainer's records show {theirs} night calls, ours none",
        )
    if state is MeritState.UNCHECKED:
        return Words("记录不全，未能核查夜间来电", "our records are incomplete: night calls could not be checked")
    note = Words("；账户约定可夜间联系", "; the account agreed to night contact") if agreed else Words("", "")
    return Words(f"在查到的记录中未见夜间来电{note.zh}", f"no night calls in the records searched{note.en}")
