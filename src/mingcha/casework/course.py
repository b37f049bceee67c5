"""How a case stands after its acts, what may follow, and what waits: a slow, obviously right state machine.

An act that is refused where it stands changes nothing, whoever kept it. Nothing leaves before what speaks for those named is
written and two people agreed; nothing leaves while an objection waits, unless counsel says that harm is urgent; and nothing
that is done to a case reaches the clock, the merit or the decision of a complaint in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from mingcha.model.actor import LOCAL
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
    CorrectionConfirmed,
    Exculpated,
    Filing,
    FindingFell,
    Held,
    HoldLifted,
    Line,
    Noted,
    ObjectionAnswered,
    Opened,
    OutcomeKnown,
    ReferralAgreed,
    ReferralDrafted,
    ReferralFiled,
    ReferralSent,
    Reopened,
    SetAside,
    Shown,
    StepDone,
    TaskDone,
    TaskSet,
    UrgentHarm,
)
from mingcha.model.case_facts import CaseDue, CaseFacts, Objection, Referral, Task
from mingcha.model.times import credible
from mingcha.model.words import Words

AGREE = 2  # people, before a referral leaves
ANSWERED_IN = 15  # days in which an objection is answered
REPORT, FULL = 1, 2  # stages: a redacted report; the full pack, which opens with an authority's order

NOT_OPEN = Words("案件尚未立案", "the case was not opened")
NO_REASON = Words("须写明理由", "it needs a reason")
NO_REFERRAL = Words("没有这份移送", "there is no such referral")
DISPUTED = Words("异议尚未答复，暂缓移送", "an objection waits: nothing is referred meanwhile")


def fold(acts: Iterable[CaseAct]) -> CaseFacts:
    """How a case stands after its acts, in the order they were kept; those refused where they stand change nothing."""
    facts = CaseFacts()
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
    return _person(name) in facts.admitted


def referral(facts: CaseFacts, id_: str) -> Referral | None:
    """One of its referrals."""
    return next((one for one in facts.referrals if one.id == id_), None)


def unwritten(facts: CaseFacts) -> tuple[Line, ...]:
    """The lines of what speaks for those named that nobody wrote yet."""
    written = {one.line for one in facts.lines}
    return tuple(line for line in Line if line not in written)


def may_leave(facts: CaseFacts, one: Referral) -> Words | None:
    """Why a referral cannot leave; None where it can."""
    if facts.disputed:
        return DISPUTED
    if (why := _agreements(one)) is not None:
        return why
    if set(one.drafted.rests_on) & set(facts.fallen):
        return Words("所依据的发现已被推翻", "a finding it rests on fell")
    return None


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
    for one in facts.referrals:
        if one.owes_correction and one.sent is not None:
            yield CaseDue(Words("送达更正", "get the correction confirmed"), day_of(one.sent.handed_over))
        if one.filed is not None and one.filed.filing is Filing.REFUSED and one.filed.review_until is not None:
            yield CaseDue(Words("申请复议或复核的最后一日", "last day to ask for a review"), one.filed.review_until)


def _person(name: str) -> str:
    return name.removeprefix(LOCAL)


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


def _may_draft(facts: CaseFacts, _: CaseAct, body: ReferralDrafted) -> Words | None:
    if facts.state in (CaseState.OPEN, CaseState.REOPENED):
        return Words("须先开始调查", "the investigation has to begin first")
    if missing := unwritten(facts):
        names = "、".join(line for line in missing)
        return Words(f"有利于对方的情况尚未写明：{names}", f"what speaks for those named is not written: {names}")
    if not body.rests_on:
        return Words("须写明所依据的发现", "it has to say on which findings it rests")
    if set(body.rests_on) & set(facts.fallen):
        return Words("所依据的发现已被推翻", "a finding it rests on fell")
    return _stage(body)


def _stage(body: ReferralDrafted) -> Words | None:
    if body.stage not in (REPORT, FULL):
        return Words("阶段只有 1 与 2", "there are stages 1 and 2")
    if body.stage == FULL and not (body.order or "").strip():
        return Words("完整材料须有办案机关文书", "the full pack opens with the authority's own paper")
    if body.stage == FULL and not body.scope:
        return Words("须写明文书调取的投诉", "it has to name the complaints the paper asks for")
    return None


def _may_agree(facts: CaseFacts, act: CaseAct, body: ReferralAgreed) -> Words | None:
    one = referral(facts, body.referral)
    if one is None:
        return NO_REFERRAL
    if len(one.agreed) >= AGREE:
        return Words("已有足够的人同意", "enough people agreed already")
    who = _person(act.by)
    if who in map(_person, one.agreed):
        return Words("同一人只能同意一次", "one person agrees once")
    if one.agreed and who == _person(one.by):
        return Words("起草人只能作为第一人", "whoever drafted it can be the first alone")
    return None


def _may_send(facts: CaseFacts, act: CaseAct, body: ReferralSent) -> Words | None:
    """That something left is never hidden by what came after: what fell since is owed a correction."""
    one = referral(facts, body.referral)
    if one is None:
        return NO_REFERRAL
    if one.sent is not None:
        return Words("已移送过", "it was handed over already")
    if body.handed_over > act.at:
        return Words("时间尚未到来", "the time is still to come")
    if credible(body.handed_over) is None:
        return Words("时间早于 1990 年", "the time is before 1990")
    return None if one.cleared_at is not None else _agreements(one)


def _agreements(one: Referral) -> Words | None:
    if len(one.agreed) >= AGREE:
        return None
    return Words(
        f"须 {AGREE} 人同意，现有 {len(one.agreed)} 人", f"{AGREE} people have to agree, {len(one.agreed)} did"
    )


def _may_file(facts: CaseFacts, _: CaseAct, body: ReferralFiled) -> Words | None:
    one = referral(facts, body.referral)
    if one is None or one.sent is None:
        return Words("尚未移送", "it was not handed over")
    return None if body.number.strip() else Words("须写明文号", "it needs the number of the paper")


def _may_know(facts: CaseFacts, _: CaseAct, body: OutcomeKnown) -> Words | None:
    one = referral(facts, body.referral)
    if one is None or one.sent is None:
        return Words("尚未移送", "it was not handed over")
    if min(body.people, body.rings, body.sentences, body.restitution) < 0:
        return Words("数目不得为负", "no number is below nought")
    return None


def _may_answer(facts: CaseFacts, act: CaseAct, body: ObjectionAnswered) -> Words | None:
    if not facts.objections:
        return Words("没有待答复的异议", "no objection waits")
    if _person(act.by) in on_the_case(facts):
        return Words("办理本案的人不能答复", "whoever works on the case does not answer")
    if body.upheld and body.finding not in findings(facts):
        return Words("支持异议须写明本案的哪项发现被推翻", "an objection upheld says which finding of the case falls")
    return None


def on_the_case(facts: CaseFacts) -> tuple[str, ...]:
    """Everyone who works on it: by an act, as its holder, or with a task."""
    given = (facts.holder or "", *(task.owner for task in facts.tasks))
    return tuple(sorted({*facts.worked_on_by, *map(_person, filter(None, given))}))


def findings(facts: CaseFacts) -> frozenset[str]:
    """What of a case can fall: what its referrals rest on, and what it is about."""
    return frozenset(id_ for one in facts.referrals for id_ in one.drafted.rests_on) | {
        one.id for one in facts.subjects
    }


def _may_harm(facts: CaseFacts, _: CaseAct, __: UrgentHarm) -> Words | None:
    return None if facts.disputed else Words("没有待答复的异议", "no objection waits")


def _may_fall(facts: CaseFacts, _: CaseAct, body: FindingFell) -> Words | None:
    return Words("已登记", "it is entered already") if body.finding in facts.fallen else None


def _may_confirm(facts: CaseFacts, _: CaseAct, body: CorrectionConfirmed) -> Words | None:
    one = referral(facts, body.referral)
    if one is None or not one.owes_correction:
        return Words("没有待送达的更正", "no correction is owed")
    return None if body.how.strip() else Words("须写明对方如何确认", "it needs how it was confirmed")


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


CONTENT = (Added, SetAside, Shown, Exculpated)  # what a pack is written from
AFTER_CLOSING = (  # what reaches a case that is closed: who was named may still object, and what left is still corrected
    Reopened, Noted, CaseObjected, ObjectionAnswered, FindingFell, CorrectionConfirmed, OutcomeKnown, BrokeGlass, Held, HoldLifted
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
    ReferralDrafted: _may_draft,
    ReferralAgreed: _may_agree,
    ReferralSent: _may_send,
    ReferralFiled: _may_file,
    OutcomeKnown: _may_know,
    ObjectionAnswered: _may_answer,
    UrgentHarm: _may_harm,
    FindingFell: _may_fall,
    CorrectionConfirmed: _may_confirm,
    Held: _may_hold,
    HoldLifted: _may_lift,
    Closed: _may_close,
    Reopened: _may_reopen,
}


def _apply(facts: CaseFacts, act: CaseAct) -> CaseFacts:
    body = act.body
    if not isinstance(body, CaseObjected | ObjectionAnswered | BrokeGlass):
        facts = replace(facts, worked_on_by=tuple(sorted({*facts.worked_on_by, _person(act.by)})))
    change = _CHANGES.get(type(body))
    facts = replace(facts, **change(facts, act, body)) if change else facts
    return _unagreed(facts) if isinstance(body, CONTENT) else facts


def _unagreed(facts: CaseFacts) -> CaseFacts:
    """What is to leave changed: nobody agreed to that yet."""
    kept = tuple(one if one.sent else replace(one, agreed=()) for one in facts.referrals)
    return replace(facts, referrals=kept)


def _moved(facts: CaseFacts, id_: str, **values: Any) -> dict[str, Any]:
    """The referrals with one of them changed."""
    return {"referrals": tuple(replace(one, **values) if one.id == id_ else one for one in facts.referrals)}


def _opened(_: CaseFacts, act: CaseAct, body: Opened) -> dict[str, Any]:
    return {
        "state": CaseState.OPEN,
        "title": body.title,
        "playbook": body.playbook,
        "parent": body.parent,
        "subjects": tuple(sorted(set(body.subjects))),
        "admitted": (_person(act.by),),
    }


def _drafted(facts: CaseFacts, act: CaseAct, body: ReferralDrafted) -> dict[str, Any]:
    made = Referral(id=act.id, drafted=body, by=act.by, drafted_at=act.at)
    return {"referrals": (*facts.referrals, made)}


def _agreed(facts: CaseFacts, act: CaseAct, body: ReferralAgreed) -> dict[str, Any]:
    one = referral(facts, body.referral)
    agreed = (*(one.agreed if one else ()), act.by)
    cleared = act.at if len(agreed) >= AGREE else one.cleared_at if one else None
    return _moved(facts, body.referral, agreed=agreed, cleared_at=cleared)


def _filed(facts: CaseFacts, _: CaseAct, body: ReferralFiled) -> dict[str, Any]:
    state = {Filing.ACCEPTED: CaseState.ACCEPTED, Filing.RETURNED: CaseState.INVESTIGATED}.get(body.filing, facts.state)
    return {**_moved(facts, body.referral, filed=body), "state": state}


def _known(facts: CaseFacts, _: CaseAct, body: OutcomeKnown) -> dict[str, Any]:
    one = referral(facts, body.referral)
    return _moved(facts, body.referral, outcomes=(*(one.outcomes if one else ()), body))


def _answered(facts: CaseFacts, _: CaseAct, body: ObjectionAnswered) -> dict[str, Any]:
    settled: dict[str, Any] = {"objections": facts.objections[1:]}
    return {**settled, **_fall(facts, body.finding)} if body.upheld and body.finding else settled


def _fall(facts: CaseFacts, finding: str) -> dict[str, Any]:
    """A finding falls: each referral that rests on it has to be corrected where it left."""
    hit = tuple(
        replace(one, fallen=(*one.fallen, finding))
        if finding in one.drafted.rests_on and finding not in one.fallen
        else one
        for one in facts.referrals
    )
    return {"referrals": hit, "fallen": tuple(dict.fromkeys((*facts.fallen, finding)))}


def _confirmed(facts: CaseFacts, _: CaseAct, body: CorrectionConfirmed) -> dict[str, Any]:
    one = referral(facts, body.referral)
    return _moved(facts, body.referral, corrected=len(one.fallen) if one else 0)


def _finished(facts: CaseFacts, act: CaseAct, body: TaskDone) -> dict[str, Any]:
    return {"tasks": tuple(replace(one, done_at=act.at) if one.id == body.task else one for one in facts.tasks)}


_CHANGES: dict[type[CaseBody], Callable[[CaseFacts, CaseAct, Any], dict[str, Any]]] = {
    Opened: _opened,
    Added: lambda facts, _, body: {"subjects": tuple(sorted({*facts.subjects, body.subject}))},
    SetAside: lambda facts, _, body: {"subjects": tuple(one for one in facts.subjects if one != body.subject)},
    Admitted: lambda facts, _, body: {"admitted": tuple(sorted({*facts.admitted, _person(body.person)}))},
    Assigned: lambda _, __, body: {"holder": body.to},
    Begun: lambda _, __, ___: {"state": CaseState.INVESTIGATED},
    StepDone: lambda facts, _, body: {"steps": (*facts.steps, body)},
    TaskSet: lambda facts, act, body: {"tasks": (*facts.tasks, Task(act.id, body.text, body.owner, body.due))},
    TaskDone: _finished,
    Shown: lambda facts, _, body: {"shown": (*facts.shown, body)},
    Exculpated: lambda facts, _, body: {"lines": (*facts.lines, body)},
    ReferralDrafted: _drafted,
    ReferralAgreed: _agreed,
    ReferralSent: lambda facts, _, body: {**_moved(facts, body.referral, sent=body), "state": CaseState.REFERRED},
    ReferralFiled: _filed,
    OutcomeKnown: _known,
    CaseObjected: lambda facts, act, _: {"objections": (*facts.objections, Objection(act.at))},
    ObjectionAnswered: _answered,
    UrgentHarm: lambda facts, _, __: {"objections": tuple(replace(one, urgent=True) for one in facts.objections)},
    FindingFell: lambda facts, _, body: _fall(facts, body.finding),
    CorrectionConfirmed: _confirmed,
    Held: lambda _, __, ___: {"held": True},
    HoldLifted: lambda _, __, ___: {"held": False},
    Closed: lambda _, __, ___: {"state": CaseState.CLOSED},
    Reopened: lambda _, __, ___: {"state": CaseState.REOPENED},
}
