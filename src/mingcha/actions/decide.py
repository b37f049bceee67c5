"""People decide: merit first and sealed, then agency and organisation; accusing verdicts take two; undo keeps both.

Machines have no way in: a decision needs an actor with a role, a reason, and for the second stage a sealed merit decision.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.proofs import decision_digest
from mingcha.actions.reasons import keep_reason
from mingcha.actions.recusal import stand_aside
from mingcha.actions.sealing import DECISIONS, seal_act
from mingcha.actions.second import independent
from mingcha.actions.settling import settle
from mingcha.errors import NotFound, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.decision import ACCUSING, Conclusion, Decision, MeritVerdict, Stage
from mingcha.model.merit import Grievance
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Standing:
    """The decisions in force on one complaint."""

    merit: Decision | None
    conclusion: Decision | None
    awaiting_second: Decision | None


def standing(decisions: Sequence[Decision]) -> Standing:
    """What stands after undos and confirmations, from all decisions oldest first."""
    undone = {d.undoes for d in decisions if d.undoes}
    alive = [d for d in decisions if d.id not in undone and not d.undoes]
    confirmed = {d.confirms: d for d in alive if d.confirms}
    merit = conclusion = awaiting = None
    for decision in alive:
        if decision.confirms:
            continue
        if decision.stage is Stage.MERIT:
            merit = decision
        elif decision.verdict not in ACCUSING:
            conclusion, awaiting = decision, None
        elif decision.id in confirmed:
            conclusion, awaiting = replace(decision, second=confirmed[decision.id].by), None
        else:
            awaiting = decision
    return Standing(merit, conclusion, awaiting)


def decisions_by_complaint(work: Work) -> Mapping[str, Sequence[Decision]]:
    """Every decision of the house, oldest first, by complaint; read in one go."""
    made: dict[str, list[Decision]] = defaultdict(list)
    for one in work.desk.all_decisions():
        made[one.complaint].append(one)
    return dict(made)


def decide_merit(
    deps: Deps, actor: Actor, complaint: str, verdict: MeritVerdict, grievances: tuple[Grievance, ...], reason: str
) -> Decision:
    """Record and seal the merit decision; only then do agency and organisation open."""
    may(actor, "decide_merit")
    with deps.store.write() as work:
        _known(deps, work, actor, complaint)
        decision = _decision(deps, actor, complaint, Stage.MERIT, verdict.value, reason)
        return _keep(deps, work, actor, replace(decision, grievances=grievances))


def decide_conclusion(
    deps: Deps, actor: Actor, complaint: str, conclusion: Conclusion, reason: str, clause: str | None
) -> Decision:
    """Record the second stage. A verdict that accuses waits for a second person (see `confirm`)."""
    may(actor, "decide_conclusion")
    with deps.store.write() as work:
        _known(deps, work, actor, complaint)
        if standing(work.desk.decisions(complaint)).merit is None:
            raise OutOfOrder(
                what=Words("裁定代理与团伙", "decide agency and organisation"),
                why=Words("诉求尚未裁定并封存", "merit has not been decided and sealed yet"),
            )
        if conclusion in ACCUSING and clause is None:
            raise OutOfOrder(
                what=Words(f"作出结论 {conclusion.value}", f"decide {conclusion.value}"),
                why=Words("须写明所依据的条款", "it needs the clause it rests on"),
            )
        decision = _decision(deps, actor, complaint, Stage.CONCLUSION, conclusion.value, reason)
        return _keep(deps, work, actor, replace(decision, clause=clause))


def confirm(deps: Deps, actor: Actor, complaint: str, decision_id: str, reason: str) -> Decision:
    """The second pair of eyes: another person, neither the other's subordinate."""
    may(actor, "decide_conclusion")
    with deps.store.write() as work:
        stand_aside(deps, work, actor, complaint)
        first = standing(work.desk.decisions(complaint)).awaiting_second
        if first is None or first.id != decision_id:
            raise NotFound(what=Words("等待第二人确认的决定", "decision awaiting a second person"), which=decision_id)
        independent(work, first.by, actor)
        decision = _decision(deps, actor, complaint, Stage.CONCLUSION, first.verdict, reason)
        return _keep(deps, work, actor, replace(decision, confirms=first.id, clause=first.clause))


def undo(deps: Deps, actor: Actor, complaint: str, decision_id: str, reason: str) -> Decision:
    """Take a decision back: what stood before it stands again, and both stay. It takes who could have made it."""
    may(actor, "undo_decision")
    with deps.store.write() as work:
        stand_aside(deps, work, actor, complaint)
        decisions = work.desk.decisions(complaint)
        undone = {d.undoes for d in decisions if d.undoes}
        target = next((d for d in decisions if d.id == decision_id and d.id not in undone and not d.undoes), None)
        if target is None:
            raise NotFound(what=Words("仍然有效的决定", "decision that stands"), which=decision_id)
        if target.stage is Stage.MERIT:
            may(actor, "decide_merit")
        else:
            may(actor, "decide_conclusion")
        now = standing(decisions)
        if target.stage is Stage.MERIT and (now.conclusion or now.awaiting_second):
            raise OutOfOrder(
                what=Words("撤销诉求裁定", "undo the merit decision"),
                why=Words("须先撤销以它为前提的结论", "the conclusion that rests on it must be undone first"),
            )
        decision = _decision(deps, actor, complaint, target.stage, target.verdict, reason)
        return _keep(deps, work, actor, replace(decision, undoes=target.id))


def _known(deps: Deps, work: Work, actor: Actor, complaint: str) -> None:
    """NotFound for no complaint, NotPermitted for one that names the actor's line."""
    if complaint not in work.desk.rows([complaint]):
        raise NotFound(what=Words("投诉", "complaint"), which=complaint)
    stand_aside(deps, work, actor, complaint)


def _decision(deps: Deps, actor: Actor, complaint: str, stage: Stage, verdict: str, reason: str) -> Decision:
    if not reason.strip():
        raise OutOfOrder(what=Words("作出决定", "decide"), why=Words("决定须写明理由", "a decision needs its reason"))
    return Decision(
        id=deps.new_id(), complaint=complaint, stage=stage, verdict=verdict, grievances=(), reason=reason, clause=None,
        by=actor.name, at=deps.now(),
    )  # fmt: skip


def _keep(deps: Deps, work: Work, actor: Actor, decision: Decision) -> Decision:
    work.desk.put_decision(replace(decision, reason=""))
    now = standing(work.desk.decisions(decision.complaint))
    row = work.desk.rows([decision.complaint])[decision.complaint]
    reopened = row.reopened and decision.stage is not Stage.MERIT  # whoever decides merit anew has seen what changed
    changed = replace(row, merit_decided=now.merit is not None, concluded=now.conclusion is not None, reopened=reopened)
    work.desk.put_rows([changed])
    act = {
        "act": "decide",
        "decision": decision.id,
        "complaint": decision.complaint,
        "stage": decision.stage.value,
        "verdict": decision.verdict,
        **keep_reason(deps, work, decision.id, decision.reason, decision.complaint),
        "clause": decision.clause or "",
        "undoes": decision.undoes or "",
        "confirms": decision.confirms or "",
        "digest": decision_digest(decision),
    }
    seal_act(deps, work, DECISIONS, actor, act)
    if decision.stage is Stage.MERIT:
        settle(deps, work, actor, [decision.complaint])
    return decision
