"""How an objection stands after its acts, what may follow, and which are alike: a slow, obviously right state machine.

Every objection is answered, whether or not anything was found by it, and nothing of it says anything of who objects.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from mingcha.model.objection import (
    ANSWERED_IN,
    MOST_ADDED,
    Lodged,
    Matched,
    MoreSaid,
    ObjectionAct,
    ObjectionBody,
    ObjectionDecided,
    ObjectionFacts,
    ObjectionState,
    TakenBack,
    TouchedLinked,
    TouchedUnlinked,
)
from mingcha.model.words import Words
from mingcha.text.normalise import normalise

NO_REASON = Words("须写明理由", "it needs a reason")


def fold(acts: Iterable[ObjectionAct]) -> ObjectionFacts:
    """How it stands after its acts, in the order they were kept; those refused where they stand change nothing."""
    facts = ObjectionFacts()
    for act in acts:
        if refusal(facts, act) is None:
            facts = replace(facts, **_CHANGES[type(act.body)](facts, act, act.body))
    return facts


def refusal(facts: ObjectionFacts, act: ObjectionAct) -> Words | None:
    """Why an act may not follow; None where it may. Who is on a case is not known here: the action asks."""
    body = act.body
    if isinstance(body, Lodged):
        return _may_lodge(facts, body)
    if facts.state is None:
        return Words("没有这份异议", "there is no such objection")
    if facts.state is not ObjectionState.WAITING:
        return Words("已答复或已撤回", "it was answered or taken back")
    check = _REFUSALS.get(type(body))
    return check(facts, body) if check else None


def due_on(facts: ObjectionFacts, day_of: Callable[[datetime], date]) -> date:
    """The last day on which it is answered in time; `day_of` gives the local day of a time."""
    assert facts.lodged_at is not None
    return day_of(facts.lodged_at) + timedelta(days=ANSWERED_IN)


def alike(waiting: Mapping[str, ObjectionFacts]) -> Iterator[tuple[str, ...]]:
    """Objections of one text, or that name the same: groups, each sorted by when it was lodged, the earliest group first."""
    order = sorted(waiting, key=lambda id_: (waiting[id_].lodged_at, id_))
    group = {id_: id_ for id_ in order}
    first: dict[tuple[str, str], str] = {}
    for id_ in order:
        for key in _keys(waiting[id_].lodged):
            _join(group, first.setdefault(key, id_), id_)
    members: dict[str, list[str]] = {}
    for id_ in order:
        members.setdefault(_root(group, id_), []).append(id_)
    return (tuple(of) for of in members.values())


def _keys(lodged: Lodged) -> Iterator[tuple[str, str]]:
    for what, text in (("named", lodged.named), ("said", lodged.said)):
        if words := "".join(normalise(text).text.split()):
            yield what, words


def _root(group: dict[str, str], id_: str) -> str:
    while group[id_] != id_:
        id_ = group[id_]
    return id_


def _join(group: dict[str, str], one: str, other: str) -> None:
    """The earlier of two roots stays."""
    group[_root(group, other)] = _root(group, one)


def _may_lodge(facts: ObjectionFacts, body: Lodged) -> Words | None:
    if facts.state is not None:
        return Words("已提出", "it is lodged already")
    if not body.named.strip() and not body.said.strip():
        return Words("须写明内容", "it needs what it says")
    return None


def _may_add(facts: ObjectionFacts, body: MoreSaid) -> Words | None:
    if len(facts.more) >= MOST_ADDED:
        return Words(f"已补充 {MOST_ADDED} 次", f"something was added {MOST_ADDED} times")
    return None if body.text.strip() else Words("须写明内容", "it needs what it says")


def _may_match(facts: ObjectionFacts, body: Matched) -> Words | None:
    if not facts.looked or set(body.found) - facts.found:
        return None
    return Words("没有新的所指", "nothing was found beside what it names")


def _may_link(facts: ObjectionFacts, body: TouchedLinked) -> Words | None:
    if body.touched in facts.touched:
        return Words("已关联", "it is linked already")
    return None if body.reason.strip() else NO_REASON


def _may_unlink(facts: ObjectionFacts, body: TouchedUnlinked) -> Words | None:
    if body.touched not in facts.touched:
        return Words("并未关联", "it is not linked")
    return None if body.reason.strip() else NO_REASON


def _may_decide(facts: ObjectionFacts, body: ObjectionDecided) -> Words | None:
    if not body.reason.strip() or not body.told.strip():
        return NO_REASON
    if body.upheld and facts.touched and not body.falls:
        return Words("支持异议须写明哪项发现被推翻", "an objection upheld says what falls")
    if body.falls and not body.upheld:
        return Words("驳回异议时没有发现被推翻", "nothing falls by an objection that is refused")
    return None


_REFUSALS: dict[type[ObjectionBody], Callable[[ObjectionFacts, Any], Words | None]] = {
    MoreSaid: _may_add,
    Matched: _may_match,
    TouchedLinked: _may_link,
    TouchedUnlinked: _may_unlink,
    ObjectionDecided: _may_decide,
}


def _ended(state: ObjectionState, act: ObjectionAct) -> dict[str, Any]:
    return {"state": state, "ended_at": act.at, "ended_by": act.by}


_CHANGES: dict[type[ObjectionBody], Callable[[ObjectionFacts, ObjectionAct, Any], dict[str, Any]]] = {
    Lodged: lambda _, act, body: {
        "id": act.objection,
        "state": ObjectionState.WAITING,
        "lodged": body,
        "lodged_at": act.at,
    },
    MoreSaid: lambda facts, _, body: {"more": (*facts.more, body.text)},
    TakenBack: lambda _, act, __: _ended(ObjectionState.TAKEN_BACK, act),
    Matched: lambda facts, _, body: {"looked": True, "found": facts.found | set(body.found)},
    TouchedLinked: lambda facts, _, body: {
        "linked": facts.linked | {body.touched},
        "unlinked": facts.unlinked - {body.touched},
    },
    TouchedUnlinked: lambda facts, _, body: {
        "linked": facts.linked - {body.touched},
        "unlinked": facts.unlinked | {body.touched},
    },
    ObjectionDecided: lambda _, act, body: {"decided": body, **_ended(ObjectionState.ANSWERED, act)},
}
