"""Were there more effective collection calls in one day than allowed, lender and agencies together?"""

from collections import defaultdict
from datetime import date

from mingcha.merit.calls import cites, judge, local, of_source, searched
from mingcha.merit.check import result
from mingcha.model.call import Call
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.provenance import Clause
from mingcha.model.words import Words
from mingcha.standards.load import Standards


def call_frequency(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Days with more effective voice calls to the debtor than the clause in force that day allows."""
    clause = next(iter(standards.in_force("collect.frequency", local(file.received_at).date())), None)
    ours = _over(of_source(file.calls, "institution"), standards)
    theirs = _over(of_source(file.calls, "consumer"), standards)
    looked = searched(file)
    our_calls = [call for calls in ours.values() for call in calls]
    their_calls = [call for calls in theirs.values() for call in calls]
    state = judge(our_calls, their_calls, looked)
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    busiest = max((len(calls) for calls in [*ours.values(), *theirs.values()]), default=0)
    return result(
        "call_frequency",
        claim,
        state,
        clause,
        _why(state, len(ours), len(theirs), busiest),
        grievance=Grievance.CALL_FREQUENCY,
        cites=cites(our_calls + their_calls),
        searched=looked,
        figures=(("busiest_day", busiest), ("days_ours", len(ours)), ("days_theirs", len(theirs))),
    )


def _over(calls: list[Call], standards: Standards) -> dict[date, list[Call]]:
    by_day: dict[date, list[Call]] = defaultdict(list)
    for call in calls:
        by_day[local(call.called_at).date()].append(call)
    out = {}
    for day, those in by_day.items():
        rule = next(iter(standards.in_force("collect.frequency", day)), None)
        if rule is None:
            continue
        effective = [call for call in those if _effective(call, rule)]
        if len(effective) > int(rule.parameter("per_day")):
            out[day] = effective
    return out


def _effective(call: Call, rule: Clause) -> bool:
    """Connected voice, a robot's included, to the debtor, at least the clause's seconds where a length is known."""
    voice = call.medium in (None, "voice", "robot") and call.callee in (None, "customer", "unknown")
    long_enough = call.seconds is None or call.seconds >= int(rule.parameter("effective_seconds"))
    return voice and call.connected is True and long_enough


def _why(state: MeritState, ours: int, theirs: int, busiest: int) -> Words:
    if state is MeritState.CONFIRMED:
        return Words(
            f"超过每日次数的有{max(ours, theirs)}天，最多一天{busiest}次有效通话（各机构合计）",
            f"{max(ours, theirs)} days above the daily limit, at most {busiest} effective calls in a day (all agencies)",
        )
    if state is MeritState.DISPUTED:
        return Words(
            f"投诉人记录有{theirs}天超次，我方记录没有",
            f"{theirs} days above the limit in the complainer's records, none in ours",
        )
    if state is MeritState.UNCHECKED:
        return Words(
            "记录不全，未能核查来电次数", "our records are incomplete: the number of calls could not be checked"
        )
    return Words("在查到的记录中未见超过每日次数", "no day above the limit in the records searched")
