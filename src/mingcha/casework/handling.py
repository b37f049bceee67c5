"""How the handling of a complaint stands after its acts, and what may follow; nothing of it decides or touches a clock.

An act that is refused where it stands changes nothing, whoever kept it. Only the last act that stands can be taken back, and
then everything is exactly as it was before it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mingcha.model.handling import (
    Assigned,
    DeskAct,
    DeskBody,
    Drafted,
    Handling,
    KeptDraft,
    RecordsArrived,
    RecordsRequested,
    Request,
    Tagged,
    TakenBack,
    Untagged,
)
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

LONGEST = 30  # characters of a tag
LONGEST_NAME = 100  # and of a department
MOST_TAGS = 20


def fold(acts: Iterable[DeskAct]) -> Handling:
    """How it stands after its acts, in the order they were kept; those refused where they stand change nothing."""
    before: list[Handling] = []
    now = Handling()
    for act in acts:
        if refusal(now, act.body, act.at) is not None:
            continue
        if isinstance(act.body, TakenBack):
            now = before.pop()
        else:
            before.append(now)
            now = replace(now, **_CHANGES[type(act.body)](now, act, act.body), last=act.id)
    return now


def refusal(facts: Handling, body: DeskBody, at: datetime) -> Words | None:
    """Why an act may not follow; None where it may. Whom a complaint names, and what of merit is decided, the action asks."""
    return _REFUSALS[type(body)](facts, body, local_day(at))


def _may_assign(facts: Handling, body: Assigned, _: date) -> Words | None:
    if body.to == facts.holder:
        return Words("已由此人经办", "they have it already")
    if body.before != facts.holder:
        if facts.holder is None:
            return Words("现在无人经办，无从接手", "nobody has it: there is nobody to take it over from")
        return Words(
            f"现由 {facts.holder} 经办，须写明从谁接手", f"{facts.holder} has it: say from whom it is taken over"
        )
    return None if body.to.strip() else Words("须写明由谁经办", "it needs somebody's name")


def _may_tag(facts: Handling, body: Tagged, _: date) -> Words | None:
    if body.tag in facts.tags:
        return Words("已有此标签", "it has the tag already")
    if len(facts.tags) >= MOST_TAGS:
        return Words(f"标签已满 {MOST_TAGS} 个", f"it has {MOST_TAGS} tags already")
    if body.tag != body.tag.strip() or not 0 < len(body.tag) <= LONGEST or not body.tag.isprintable():
        return Words(f"标签须为 1 至 {LONGEST} 个字的一行", f"a tag is one line of 1 to {LONGEST} characters")
    return None


def _may_untag(facts: Handling, body: Untagged, _: date) -> Words | None:
    return None if body.tag in facts.tags else Words("没有此标签", "it does not have the tag")


def _may_request(facts: Handling, body: RecordsRequested, today: date) -> Words | None:
    if not body.department.strip():
        return Words("须写明向哪个部门调取", "it has to name the department")
    if len(body.department) > LONGEST_NAME or not body.department.isprintable():
        return Words(
            f"部门名称须为至多 {LONGEST_NAME} 个字的一行",
            f"a department is one line of at most {LONGEST_NAME} characters",
        )
    if body.until < today:
        return Words("期限已过", "the day is over")
    if any((one.asked.records, one.asked.department) == (body.records, body.department) for one in facts.waiting):
        return Words("已向该部门调取，尚未到达", "the department was asked already and has not sent them")
    return None


def _may_arrive(facts: Handling, body: RecordsArrived, _: date) -> Words | None:
    if any(one.id == body.request for one in facts.waiting):
        return None
    return Words("没有待到达的这项记录", "no such records are waited for")


def _may_draft(facts: Handling, body: Drafted, _: date) -> Words | None:
    if facts.draft is not None and facts.draft.text.decision == body.decision:
        return Words("已按此裁定起草存档", "a draft made after this decision is on file")
    return None


def _may_take_back(facts: Handling, body: TakenBack, _: date) -> Words | None:
    if facts.last is not None and body.act == facts.last:
        return None
    return Words("只能撤销最后一步", "only the last act can be taken back")


def _arrived(facts: Handling, act: DeskAct, body: RecordsArrived) -> dict[str, Any]:
    came = tuple(replace(one, arrived_at=act.at) if one.id == body.request else one for one in facts.requests)
    return {"requests": came}


_REFUSALS: dict[type[DeskBody], Callable[[Handling, Any, date], Words | None]] = {
    Assigned: _may_assign,
    Tagged: _may_tag,
    Untagged: _may_untag,
    RecordsRequested: _may_request,
    RecordsArrived: _may_arrive,
    Drafted: _may_draft,
    TakenBack: _may_take_back,
}
_CHANGES: dict[type[DeskBody], Callable[[Handling, DeskAct, Any], dict[str, Any]]] = {
    Assigned: lambda _, __, body: {"holder": body.to},
    Tagged: lambda facts, _, body: {"tags": tuple(sorted({*facts.tags, body.tag}))},
    Untagged: lambda facts, _, body: {"tags": tuple(one for one in facts.tags if one != body.tag)},
    RecordsRequested: lambda facts, act, body: {"requests": (*facts.requests, Request(act.id, body, act.by, act.at))},
    RecordsArrived: _arrived,
    Drafted: lambda _, act, body: {"draft": KeptDraft(act.by, act.at, body)},
}
