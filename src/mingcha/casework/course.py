"""How a case stands after its acts, what may follow, and what waits: a slow, obviously right state machine.

An act that is refused where it stands changes nothing, whoever kept it. Nothing leaves before what speaks for those named is
written and two people agreed; nothing leaves while an objection waits, unless counsel says that harm is urgent; and nothing
that is done to a case reaches the clock, the merit or the decision of a complaint in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from mingcha.casework.outgoing import OUT_CHANGES, OUT_REFUSALS, dues, fall, findings, person
from mingcha.model.case import (
    Added,
    Admitted,
    Assigned,
    Begun,
    BrokeGlass,
    CaseAct,
    CaseBody,
    CaseObjected,
    CaseState,
    Closed,
    DemandNoted,
    Exculpated,
    Held,
    HoldLifted,
    Noted,
    ObjectionAnswered,
    Opened,
    Reopened,
    SetAside,
    Shown,
    StepDone,
    TaskDone,
    TaskSet,
    UrgentHarm,
)
from mingcha.model.case_facts import CaseDue, CaseFacts, Fallen, Objection, Task
from mingcha.model.case_out import (
    CorrectionConfirmed,
    CorrectionDrafted,
    CorrectionSent,
    FindingFell,
    FindingLost,
    OutcomeKnown,
    PreservationAnswered,
    ReferralReceived,
)
from mingcha.model.objection import ANSWERED_IN
from mingcha.model.words import Words

NOT_OPEN = Words("案件尚未立案", "the case was not opened")
NO_REASON = Words("须写明理由", "it needs a reason")


def fold(acts: Iterable[CaseAct], before: CaseFacts | None = None) -> CaseFacts:
    """How a case stands after its acts, in the order they were kept; those refused where they stand change nothing. `before` is how
    it stood until then."""
    facts = before or CaseFacts()
    for act in acts:
        if refusal(facts, act) is None:
            facts = _apply(facts, act)
    return facts


def refusal(facts: CaseFacts, act: CaseAct) -> Words | None:
    """Why an act may not follow; None where it may. Roles and who stands above whom are not known here: the action asks."""
    body = act.body
    if isinstance(body, Opened):
        return _may_open(facts, body)
    if facts.state is None:
        return NOT_OPEN
    if facts.state is CaseState.CLOSED and not isinstance(body, AFTER_CLOSING):
        return Words("案件已结，须先重启", "the case is closed: reopen it first")
    if not _reason(body):
        return NO_REASON
    return _REFUSALS.get(type(body), _may)(facts, act, body)


def admitted(facts: CaseFacts, name: str) -> bool:
    """Whether somebody may see the case; an account and the same name at the keyboard are one person."""
    return person(name) in facts.admitted


def due(facts: CaseFacts, day_of: Callable[[datetime], date]) -> tuple[CaseDue, ...]:
    """What waits, the earliest first; `day_of` gives the local day of a time."""
    return tuple(sorted(_due(facts, day_of), key=lambda one: (one.on, one.what.en)))


def _due(facts: CaseFacts, day_of: Callable[[datetime], date]) -> Iterator[CaseDue]:
    for objection in facts.objections:
        day = day_of(objection.at) + timedelta(days=ANSWERED_IN)
        yield CaseDue(Words("答复异议", "answer the objection"), day)
    for task in facts.tasks:
        if task.done_at is None and task.due is not None:
            yield CaseDue(Words(f"任务：{task.text}", f"task: {task.text}"), task.due)
    yield from dues(facts, day_of)


def _reason(body: CaseBody) -> bool:
    """Whether what has to be said in words is said."""
    if isinstance(body, Assigned):
        return True
    said: str = getattr(body, "reason", getattr(body, "text", "-"))
    return bool(said.strip())


def _may(_: CaseFacts, __: CaseAct, ___: CaseBody) -> Words | None:
    return None


def _may_open(facts: CaseFacts, body: Opened) -> Words | None:
    if facts.state is not None:
        return Words("已经立案", "it is open already")
    if not body.title.strip() or not body.subjects:
        return Words("须有名称，并至少有一个对象", "it needs a title and something it is about")
    return None if body.reason.strip() else NO_REASON


def _may_add(facts: CaseFacts, _: CaseAct, body: Added) -> Words | None:
    return Words("已在案中", "it is in the case already") if body.subject in facts.subjects else None


def _may_set_aside(facts: CaseFacts, _: CaseAct, body: SetAside) -> Words | None:
    if body.subject not in facts.subjects:
        return Words("不在案中", "it is not in the case")
    return Words("案件须有对象", "a case is about something") if len(facts.subjects) == 1 else None


def _may_admit(facts: CaseFacts, _: CaseAct, body: Admitted) -> Words | None:
    return Words("此人已可查看", "they may see it already") if admitted(facts, body.person) else None


def _may_break(facts: CaseFacts, act: CaseAct, _: BrokeGlass) -> Words | None:
    return Words("此人已可查看", "they may see it already") if admitted(facts, act.by) else None


def _may_assign(facts: CaseFacts, _: CaseAct, body: Assigned) -> Words | None:
    if body.before != facts.holder:
        had = facts.holder or "-"
        return Words(f"现由 {had} 经办，须写明从谁接手", f"{had} has it: say from whom it is taken over")
    if not admitted(facts, body.to):
        return Words("须先准许此人查看", "they have to be admitted first")
    return Words("已由此人经办", "they have it already") if body.to == facts.holder else None


def _may_begin(facts: CaseFacts, _: CaseAct, __: Begun) -> Words | None:
    if facts.state in (CaseState.OPEN, CaseState.REOPENED):
        return None
    return Words("已在调查或已移送", "it is investigated or referred already")


def _may_finish(facts: CaseFacts, _: CaseAct, body: TaskDone) -> Words | None:
    task = next((one for one in facts.tasks if one.id == body.task), None)
    if task is None:
        return Words("没有这项任务", "there is no such task")
    return Words("已完成", "it is done already") if task.done_at else None


def _may_show(_: CaseFacts, __: CaseAct, body: Shown) -> Words | None:
    return None if body.exhibits else Words("须有证据", "it needs exhibits")


def _may_note(_: CaseFacts, __: CaseAct, body: DemandNoted) -> Words | None:
    if not body.words.strip():
        return Words("须写明原话", "it needs the very words")
    if min(body.at_second or 0, body.demanded or 0, body.waived_because or 0) < 0:
        return Words("数目不得为负", "no number is below nought")
    return None


def _may_answer(facts: CaseFacts, act: CaseAct, body: ObjectionAnswered) -> Words | None:
    if not any(one.id == body.objection for one in facts.objections):
        if facts.objections and not body.objection:
            return Words("异议由本人提出，在异议清单中答复", "it came by their own door: it is answered there")
        return Words("没有待答复的异议", "no objection waits")
    if person(act.by) in on_the_case(facts):
        return Words("办理本案的人不能答复", "whoever works on the case does not answer")
    if body.upheld and body.finding not in findings(facts):
        return Words("支持异议须写明本案的哪项发现被推翻", "an objection upheld says which finding of the case falls")
    return None


def on_the_case(facts: CaseFacts) -> tuple[str, ...]:
    """Everyone who works on it: by an act, as its holder, or with a task."""
    given = (facts.holder or "", *(task.owner for task in facts.tasks))
    return tuple(sorted({*facts.worked_on_by, *map(person, filter(None, given))}))


def _may_harm(facts: CaseFacts, _: CaseAct, __: UrgentHarm) -> Words | None:
    return None if facts.disputed else Words("没有待答复的异议", "no objection waits")


def _may_hold(facts: CaseFacts, _: CaseAct, __: Held) -> Words | None:
    return Words("已在保全", "it is on hold already") if facts.held else None


def _may_lift(facts: CaseFacts, _: CaseAct, __: HoldLifted) -> Words | None:
    return None if facts.held else Words("没有保全", "it is not on hold")


def _may_close(facts: CaseFacts, _: CaseAct, __: Closed) -> Words | None:
    if facts.objections:
        return Words("异议尚未答复", "an objection waits")
    if any(one.owes_correction for one in facts.referrals):
        return Words("更正尚未送达", "a correction is owed")
    return None


def _may_reopen(facts: CaseFacts, _: CaseAct, __: Reopened) -> Words | None:
    return None if facts.state is CaseState.CLOSED else Words("案件未结", "the case is not closed")


CONTENT = (Added, SetAside, Shown, DemandNoted, Exculpated)  # what a pack is written from
AFTER_CLOSING = (  # what reaches a case that is closed: who was named may still object, and what left is still followed and corrected
    Reopened, Noted, CaseObjected, ObjectionAnswered, ReferralReceived, OutcomeKnown, FindingFell, FindingLost, CorrectionDrafted,
    CorrectionSent, CorrectionConfirmed, PreservationAnswered, BrokeGlass, Held, HoldLifted,
)  # fmt: skip
_REFUSALS: dict[type[CaseBody], Callable[[CaseFacts, CaseAct, Any], Words | None]] = {
    Added: _may_add,
    SetAside: _may_set_aside,
    Admitted: _may_admit,
    BrokeGlass: _may_break,
    Assigned: _may_assign,
    Begun: _may_begin,
    TaskDone: _may_finish,
    Shown: _may_show,
    DemandNoted: _may_note,
    ObjectionAnswered: _may_answer,
    UrgentHarm: _may_harm,
    Held: _may_hold,
    HoldLifted: _may_lift,
    Closed: _may_close,
    Reopened: _may_reopen,
    **OUT_REFUSALS,
}


def _apply(facts: CaseFacts, act: CaseAct) -> CaseFacts:
    body = act.body
    if not isinstance(body, CaseObjected | ObjectionAnswered | BrokeGlass | FindingLost):
        facts = replace(facts, worked_on_by=tuple(sorted({*facts.worked_on_by, person(act.by)})))
    change = _CHANGES.get(type(body))
    facts = replace(facts, **change(facts, act, body)) if change else facts
    return _unagreed(facts) if isinstance(body, CONTENT) else facts


def _unagreed(facts: CaseFacts) -> CaseFacts:
    """What is to leave changed: nobody agreed to that yet."""
    kept = tuple(one if one.sent else replace(one, agreed=()) for one in facts.referrals)
    return replace(facts, referrals=kept)


def _opened(_: CaseFacts, act: CaseAct, body: Opened) -> dict[str, Any]:
    return {
        "state": CaseState.OPEN,
        "title": body.title,
        "playbook": body.playbook,
        "parent": body.parent,
        "subjects": tuple(sorted(set(body.subjects))),
        "admitted": (person(act.by),),
    }


def _answered(facts: CaseFacts, act: CaseAct, body: ObjectionAnswered) -> dict[str, Any]:
    first = next((at for at, one in enumerate(facts.objections) if one.id == body.objection), None)
    settled: dict[str, Any] = {"objections": tuple(one for at, one in enumerate(facts.objections) if at != first)}
    if not body.upheld or not body.finding:
        return settled
    return {**settled, **fall(facts, body.finding, Fallen(body.finding, act.at, act.by, reason=body.reason))}


def _finished(facts: CaseFacts, act: CaseAct, body: TaskDone) -> dict[str, Any]:
    return {"tasks": tuple(replace(one, done_at=act.at) if one.id == body.task else one for one in facts.tasks)}


_CHANGES: dict[type[CaseBody], Callable[[CaseFacts, CaseAct, Any], dict[str, Any]]] = {
    Opened: _opened,
    Added: lambda facts, _, body: {"subjects": tuple(sorted({*facts.subjects, body.subject}))},
    SetAside: lambda facts, _, body: {"subjects": tuple(one for one in facts.subjects if one != body.subject)},
    Admitted: lambda facts, _, body: {"admitted": tuple(sorted({*facts.admitted, person(body.person)}))},
    Assigned: lambda _, __, body: {"holder": body.to},
    Begun: lambda _, __, ___: {"state": CaseState.INVESTIGATED},
    StepDone: lambda facts, _, body: {"steps": (*facts.steps, body)},
    TaskSet: lambda facts, act, body: {"tasks": (*facts.tasks, Task(act.id, body.text, body.owner, body.due))},
    TaskDone: _finished,
    Shown: lambda facts, _, body: {"shown": (*facts.shown, body)},
    DemandNoted: lambda facts, _, body: {"demands": (*facts.demands, body)},
    Exculpated: lambda facts, _, body: {"lines": (*facts.lines, body)},
    CaseObjected: lambda facts, act, body: {
        "objections": (*facts.objections, Objection(body.since or act.at, id=body.objection))
    },
    ObjectionAnswered: _answered,
    UrgentHarm: lambda facts, _, __: {"objections": tuple(replace(one, urgent=True) for one in facts.objections)},
    Held: lambda _, __, ___: {"held": True},
    HoldLifted: lambda _, __, ___: {"held": False},
    Closed: lambda _, __, ___: {"state": CaseState.CLOSED},
    Reopened: lambda _, __, ___: {"state": CaseState.REOPENED},
    **OUT_CHANGES,
}
