"""Were there more effective collection calls in one day than allowed, lender and agencies together?"""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from mingcha.merit.calls import SOURCES, Found, cites, judge, of_source, rule_on, searched
from mingcha.merit.check import result
from mingcha.model.call import Call
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.provenance import Clause
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.load import Standards

NAME = "collect.frequency"


def call_frequency(file: MeritFile, standards: Standards, claim: Claim | None) -> MeritResult | None:
    """Days with more effective voice calls to the debtor than the clause in force that day allows."""
    found, busiest, unsure = _over(file, standards)
    looked = searched(file, claim)
    if unsure:
        note = Words(f"有{unsure}天的通话未注明是否接通", f"whether calls connected is not noted on {unsure} busy days")
        looked = replace(looked, missing=(*looked.missing, note))
    state = judge(file, claim, found, looked)
    if claim is None and state is not MeritState.CONFIRMED:
        return None
    ours, theirs = _days(found.ours), _days(found.theirs)
    return result(
        "call_frequency",
        claim,
        state,
        found.clause,
        _why(state, ours, theirs, busiest),
        grievance=Grievance.CALL_FREQUENCY,
        cites=cites(found.calls),
        searched=looked,
        figures=(("busiest_day", busiest), ("days_ours", ours), ("days_theirs", theirs)),
    )


def _over(file: MeritFile, standards: Standards) -> tuple[Found, int, int]:
    """Calls of days over the limit, the most effective calls in a day, and days that unnoted calls would put over it."""
    sides: dict[str, list[Call]] = {source: [] for source in SOURCES}
    excused: list[Call] = []
    busiest, unsure = 0, 0
    clause: Clause | None = None
    for source in SOURCES:
        for day, calls in sorted(_by_day(of_source(file.calls, source)).items()):
            rule, in_force = rule_on(standards, NAME, day)
            if rule is None:
                continue
            counted = [call for call in calls if effective(call, rule)]
            possible = [call for call in calls if effective(call, rule) is not False]
            busiest = max(busiest, len(counted))
            limit = int(rule.parameter("per_day"))
            if len(counted) > limit:
                (sides[source] if in_force else excused).extend(counted)
                clause = rule if clause is None or in_force else clause
            elif len(possible) > limit:
                unsure += 1
    clause = clause or rule_on(standards, NAME, local_day(file.received_at))[0]
    return Found(tuple(sides["institution"]), tuple(sides["consumer"]), tuple(excused), clause), busiest, unsure


def effective(call: Call, rule: Clause) -> bool | None:
    """Connected interactive voice to the debtor, at least the clause's seconds where noted; None if not noted."""
    if (call.medium or "voice") not in str(rule.parameter("media")).split() or call.callee == "contact":
        return False
    if call.seconds is not None:
        return call.connected is not False and call.seconds >= int(rule.parameter("effective_seconds"))
    return call.connected


def _by_day(calls: list[Call]) -> dict[date, list[Call]]:
    days: dict[date, list[Call]] = defaultdict(list)
    for call in calls:
        days[local_day(call.called_at)].append(call)
    return days


def _days(calls: tuple[Call, ...]) -> int:
    return len({local_day(call.called_at) for call in calls})


def _why(state: MeritState, ours: int, theirs: int, busiest: int) -> Words:
    match state:
        case MeritState.CONFIRMED:
            return Words(
                f"超过每日次数：我方记录{ours}天，投诉人记录{theirs}天，最多一天{busiest}次有效通话（各机构合计）",
                f"days above the limit: {ours} in our records, {theirs} in theirs; at most {busiest} effective calls in a day (all agencies)",
            )
        case MeritState.DISPUTED:
            return Words(
                f"投诉人记录有{theirs}天超次，我方记录没有",
                f"{theirs} days above the limit in the complainer's records, none in ours",
            )
        case MeritState.PARTLY if ours or theirs:
            return Words(
                "有超次的日子，但不是投诉所说的日期", "days above the limit, but others than the complaint names"
            )
        case MeritState.PARTLY:
            return Words(
                f"最多一天{busiest}次，当时规则尚未施行，由人判断",
                f"at most {busiest} in a day, before the rule was in force: for people",
            )
        case MeritState.UNCHECKED:
            return Words(
                "记录不全，未能核查来电次数", "our records are incomplete: the number of calls could not be checked"
            )
        case _:
            return Words("在查到的记录中未见超过每日次数", "no day above the limit in the records searched")
