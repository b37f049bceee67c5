"""Objections at the desk: listed by the day they are due, seen, linked by hand, and answered by somebody who is on nothing they name.

What an objection names is disputed until it is answered here or taken back. Nothing of it reaches a complaint, a queue or a score.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from mingcha.actions.ad_book import state_of
from mingcha.actions.ad_reports import Correction
from mingcha.actions.book import forget, shown
from mingcha.actions.case_book import all_cases, closed
from mingcha.actions.deps import Deps
from mingcha.actions.objection_book import (
    OBJECTIONS,
    all_objections,
    keep_objection_act,
    objection_of,
    waiting,
)
from mingcha.actions.objection_ends import carry_answer, lift_dispute, lift_taken_back
from mingcha.actions.objection_match import match_waiting, named_by, names
from mingcha.actions.permit import may, may_reveal
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reasoned
from mingcha.actions.recusal import aside
from mingcha.actions.ring_book import judgements, rings_named
from mingcha.actions.sealing import ACCESS, CUSTODY, seal_act
from mingcha.actions.second import independent
from mingcha.answer.lint import lint
from mingcha.casework.course import on_the_case
from mingcha.casework.objecting import alike, due_on
from mingcha.casework.outgoing import findings
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.model.actor import LOCAL, Actor, Purpose
from mingcha.model.case_facts import CaseFacts
from mingcha.model.kinds import KINDS
from mingcha.model.objection import (
    OBJECTION_ACT_WORDS,
    TOUCHED_WORDS,
    Lodged,
    ObjectionAct,
    ObjectionActKind,
    ObjectionDecided,
    ObjectionFacts,
    ObjectionState,
    Touched,
    TouchedKind,
    TouchedLinked,
    TouchedUnlinked,
)
from mingcha.model.record import Personal
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.text.canonical import mask
from mingcha.text.masking import masked

PART = re.compile(r"\S+")
ANSWER = OBJECTION_ACT_WORDS[ObjectionActKind.DECIDED]
FREE = ("said", "text", "told", "reason")  # fields that people write freely
PREFIXES = "|".join(("CASE", "AD", "EX", "OBJ", "BULK", *(kind.prefix for kind in KINDS)))
HOUSE_IDS = re.compile(rf"(?<![0-9A-Za-z])(?:{PREFIXES})-[0-9A-Za-z]{{4,}}")  # also right behind a Chinese word
RIGHT = Words(
    "您的异议成立。据以作出的判断不再使用；已经发出的，我们会通知收到的一方更正。",
    "You are right. What was held by it is used no more; whoever was sent it is told of the correction.",
)
SAME = Words(  # the same words whether nothing was found or nothing changes: an answer is no look-up either (law 10)
    "我们请没有参与此事的人核对了您所说的内容，没有需要更正的事项。您仍可向下列渠道反映。",
    "Somebody who took no part looked at what you say, and there is nothing to correct. You may still turn to those named below.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionLine:
    """One objection in the list. `withheld` counts what it names that is closed to the reader; `alike` how many wait like it."""

    id: str
    state: ObjectionState
    lodged_on: date
    due: date
    days_left: int
    touched: tuple[Touched, ...]
    withheld: int
    alike: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionView:
    """One objection: masked, with the others that are alike and wait. `left` parts of what is named were not looked for: a person does."""

    line: ObjectionLine
    lodged: Lodged
    more: tuple[str, ...]
    decided: ObjectionDecided | None
    alike: tuple[str, ...]
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """An answer to be given. `told` is what the objector reads; the house's own words where nothing is written."""

    upheld: bool
    reason: str
    told: str = ""
    falls: tuple[str, ...] = ()
    alike: bool = False  # to all that are alike and wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What an answer did: which objections it ended, corrections of reports it makes owed, rings whose ties a person has to look at
    because no value of theirs was named, and complaints on which a person decides anew."""

    answered: tuple[str, ...]
    corrections: tuple[Correction, ...]
    cases: tuple[str, ...]
    rings: tuple[str, ...]
    complaints: tuple[str, ...]


def objections(deps: Deps, actor: Actor, *, ended: bool = False) -> tuple[ObjectionLine, ...]:
    """Those that wait, the nearest day first; with `ended` all. The look is sealed, and looks for what is named once more."""
    may(actor, "see_objections")
    with deps.store.write() as work:
        if actor.purpose is not Purpose.INSPECTION:  # who inspects changes nothing
            match_waiting(deps, work)
        waits = waiting(deps, work)
        held = [one for one in (all_objections(deps, work) if ended else waits).values() if one.state is not None]
        groups = tuple(alike(waits))
        hidden = _closed(deps, work, actor, frozenset(one for facts in held for one in facts.touched))
        lines = [_line(deps, facts, groups, hidden) for facts in held]
        seal_act(deps, work, ACCESS, actor, {"act": "see_objections", "objections": sorted(one.id for one in lines)})
    return tuple(sorted(lines, key=lambda one: (one.state is not ObjectionState.WAITING, one.due, one.id)))


def see_objection(deps: Deps, actor: Actor, id_: str) -> ObjectionView:
    """One, masked; the look is sealed."""
    may(actor, "see_objections")
    with deps.store.write() as work:
        view = _view(deps, work, actor, objection_of(deps, work, id_), clear=False)
        seal_act(deps, work, ACCESS, actor, {"act": "see_objections", "objections": [id_]})
    return view


def reveal_objection(deps: Deps, actor: Actor, id_: str, reason: str) -> ObjectionView:
    """One in clear, for whoever answers it and has to look for what is named, or reach whoever objects; for a sealed reason."""
    may(actor, "answer_objections")
    reasoned(reason, Words("查看异议原文", "see an objection in clear"))
    with deps.store.write() as work:
        facts = objection_of(deps, work, id_)
        _open_to(deps, work, actor, facts)
        kept = keep_reason(deps, work, deps.new_id(), reason, None)
        seal_act(deps, work, ACCESS, actor, {"act": "reveal_objection", "objections": [id_], **kept})
        return _view(deps, work, actor, facts, clear=True)


def link_objection(deps: Deps, actor: Actor, id_: str, body: TouchedLinked | TouchedUnlinked) -> ObjectionAct:
    """Say that an objection names something, or does not; sealed. What is linked is disputed at once, what is not is free again."""
    may(actor, "answer_objections")
    with deps.store.write() as work:
        match_waiting(deps, work)
        facts = objection_of(deps, work, id_)
        touched = facts.touched | {body.touched}
        _open_to(deps, work, actor, replace(facts, found=touched, unlinked=frozenset()))
        _apart(deps, work, actor, touched)
        if isinstance(body, TouchedLinked):
            _held(deps, work, body.touched)
        act = keep_objection_act(deps, work, actor, id_, body)
        if isinstance(body, TouchedUnlinked):
            lift_dispute(deps, work, actor, [id_], {body.touched}, body.reason)
        match_waiting(deps, work)
    return act


def answer_objections(deps: Deps, actor: Actor, id_: str, given: Answering) -> Settled:
    """Answer an objection, and with it those alike where so asked: one decision, each sealed. NotPermitted for whoever is on what it
    names, or stands above or below somebody who is (law 5)."""
    may(actor, "answer_objections")
    body = ObjectionDecided(
        upheld=int(given.upheld), told=_told(deps, given), reason=given.reason, falls=tuple(dict.fromkeys(given.falls))
    )
    with deps.store.write() as work:
        match_waiting(deps, work)
        facts = objection_of(deps, work, id_)
        ids = _answered_as_one(deps, work, facts, given)
        touched = frozenset(one for each in ids for one in objection_of(deps, work, each).touched)
        _open_to(deps, work, actor, replace(facts, found=touched, linked=frozenset(), unlinked=frozenset()))
        _apart(deps, work, actor, touched)
        _may_fall(deps, work, touched, body)
        for each in ids:
            theirs = body if objection_of(deps, work, each).touched or not body.falls else replace(body, falls=())
            keep_objection_act(deps, work, actor, each, theirs)
        done = carry_answer(deps, work, actor, ids, touched, body)
        match_waiting(deps, work)
    return Settled(
        answered=ids, corrections=done.corrections, cases=done.cases, rings=done.rings, complaints=done.complaints
    )


def erase_objection(deps: Deps, actor: Actor, id_: str, reason: str) -> int:
    """Destroy what an objection says, once it was answered or taken back; that there was one, and how it ended, stays sealed."""
    may(actor, "erase")
    reasoned(reason, Words("删除个人数据", "erase personal data"))
    with deps.store.write() as work:
        facts = objection_of(deps, work, id_)
        if facts.state is ObjectionState.WAITING:
            why = Words("异议尚未答复；本人可凭回执撤回", "it waits for an answer; whoever objects may take it back")
            raise OutOfOrder(what=Words("删除异议", "erase the objection"), why=why)
        if facts.state is ObjectionState.TAKEN_BACK:  # the worker may not have come yet
            lift_taken_back(deps, work, facts)
        acts = forget(work, OBJECTIONS, [id_])
        act = {"act": "erase", "records": [], "versions": 0, "exhibits": [], "book_acts": acts}
        seal_act(deps, work, CUSTODY, actor, {**act, **keep_reason(deps, work, deps.new_id(), reason, None)})
    return len(acts)


def _answered_as_one(deps: Deps, work: Work, facts: ObjectionFacts, given: Answering) -> tuple[str, ...]:
    """The objection, and with it those alike where so asked. Where they are right, only those that name nothing else: what else others
    name nobody looked at, and it would part from its ties with it."""
    if not given.alike:
        return (facts.id,)
    waits = waiting(deps, work)
    others = [id_ for id_ in next((of for of in alike(waits) if facts.id in of), ()) if id_ != facts.id]
    if given.upheld:
        read = names(deps, facts)
        others = [id_ for id_ in others if names(deps, waits[id_]) <= read]
    return (facts.id, *others)


def _view(deps: Deps, work: Work, actor: Actor, facts: ObjectionFacts, *, clear: bool) -> ObjectionView:
    groups = tuple(alike(waiting(deps, work)))
    line = _line(deps, facts, groups, _closed(deps, work, actor, facts.touched))
    others = next((of for of in groups if facts.id in of), ())
    return ObjectionView(
        line=line,
        lodged=facts.lodged if clear else _masked(facts.lodged),
        more=facts.more if clear else tuple(map(masked, facts.more)),
        decided=shown(facts.decided, FREE) if facts.decided else None,
        alike=tuple(one for one in others if one != facts.id),
        left=named_by(deps, facts.lodged.named).left,
    )


def _masked(lodged: Lodged) -> Lodged:
    """Who objects, how they are reached and what they are named by are masked whole: a bare name or account is found by no reader."""
    return replace(
        shown(lodged, FREE),
        named=PART.sub(lambda part: mask(Personal.HANDLE, part[0]), lodged.named),
        who=PART.sub(lambda part: mask(Personal.NAME, part[0]), lodged.who),
        reach=PART.sub(lambda part: mask(Personal.HANDLE, part[0]), lodged.reach),
    )


def _line(
    deps: Deps, facts: ObjectionFacts, groups: Iterable[tuple[str, ...]], hidden: frozenset[Touched]
) -> ObjectionLine:
    due = due_on(facts, local_day)
    assert facts.lodged_at is not None
    assert facts.state is not None
    return ObjectionLine(
        id=facts.id,
        state=facts.state,
        lodged_on=local_day(facts.lodged_at),
        due=due,
        days_left=(due - local_day(deps.now())).days,
        touched=tuple(sorted(facts.touched - hidden)),
        withheld=len(facts.touched & hidden),
        alike=next((len(of) for of in groups if facts.id in of), 1) - 1,
    )


def _closed(deps: Deps, work: Work, actor: Actor, touched: Iterable[Touched]) -> frozenset[Touched]:
    """What an objection names that the reader may not see: complaints that name them, and rings and cases of those or of complaints
    whose merit they could decide (law 2)."""
    ids = {kind: [one.id for one in touched if one.kind is kind] for kind in TouchedKind}
    cases = all_cases(deps, work) if ids[TouchedKind.CASE] else {}
    out = {
        Touched(TouchedKind.CASE, id_)
        for id_ in ids[TouchedKind.CASE]
        if id_ in cases and closed(deps, work, actor, cases[id_])
    }
    out |= {Touched(TouchedKind.COMPLAINT, id_) for id_ in aside(deps, work, actor, ids[TouchedKind.COMPLAINT])}
    for ring in rings_named(work, ids[TouchedKind.RING]):
        rows = work.desk.rows(ring.complaints).values()
        sealed = all(may_reveal(actor, row.merit_decided) for row in rows)
        if not sealed or aside(deps, work, actor, ring.complaints):
            out.add(Touched(TouchedKind.RING, ring.id))
    return frozenset(out)


def _open_to(deps: Deps, work: Work, actor: Actor, facts: ObjectionFacts) -> None:
    """NotPermitted where something it names is closed to whoever would answer."""
    if _closed(deps, work, actor, facts.touched):
        why = Words(
            "其所指中有您现在不能查看的内容，须由他人答复", "it names what is closed to you now: somebody else answers"
        )
        raise NotPermitted(actor=actor.name, verb=ANSWER, why=why)


def _apart(deps: Deps, work: Work, actor: Actor, touched: Iterable[Touched]) -> None:
    """NotPermitted for whoever is on anything it names, and for their superiors and subordinates."""
    me = actor.name.removeprefix(LOCAL)
    for name in sorted(set(_on(deps, work, touched))):
        if name.removeprefix(LOCAL) == me:
            why = Words("办理所指事项的人不能答复", "whoever works on what it names does not answer")
            raise NotPermitted(actor=actor.name, verb=ANSWER, why=why)
        independent(work, name, actor)


def _on(deps: Deps, work: Work, touched: Iterable[Touched]) -> Iterator[str]:
    """Who worked on it: on the case, on reports of the ad, by a word on ties of the ring, or by a decision on the complaint."""
    ids = {kind: [one.id for one in touched if one.kind is kind] for kind in TouchedKind}
    cases = all_cases(deps, work) if ids[TouchedKind.CASE] else {}
    for id_ in ids[TouchedKind.CASE]:
        yield from on_the_case(cases.get(id_, CaseFacts()))
    for ad in ids[TouchedKind.AD]:
        state = state_of(deps, work, ad)
        yield from (name for name in (state.word_by,) if name)
        for report in state.reports:
            yield from (report.by, *(one.by for one in report.approvals))
    for complaint in ids[TouchedKind.COMPLAINT]:
        yield from (name for one in work.desk.decisions(complaint) for name in (one.by, one.second) if name)
    members = {one for ring in rings_named(work, ids[TouchedKind.RING]) for one in ring.complaints}
    yield from (said.by for said in judgements(work) if members.issuperset(said.complaints))


def _held(deps: Deps, work: Work, one: Touched) -> None:
    """NotFound where what is to be linked is not held."""
    match one.kind:
        case TouchedKind.AD:
            known = bool(work.ads.items([one.id]))
        case TouchedKind.RING:
            known = bool(rings_named(work, [one.id]))
        case TouchedKind.COMPLAINT:
            known = bool(work.desk.rows([one.id]))
        case TouchedKind.CASE:
            known = one.id in all_cases(deps, work)
    if not known:
        raise NotFound(what=TOUCHED_WORDS[one.kind], which=one.id)


def _may_fall(deps: Deps, work: Work, touched: frozenset[Touched], body: ObjectionDecided) -> None:
    """InputError for what falls and is nothing the objection names, nor a finding of a case it names."""
    ids = {one.id for one in touched if one.kind is not TouchedKind.CASE}
    cases = all_cases(deps, work) if body.falls else {}
    for one in touched:
        if one.kind is TouchedKind.CASE and one.id in cases:
            ids |= findings(cases[one.id])
    for fallen in body.falls:
        if fallen not in ids:
            listed = ", ".join(sorted(ids)) or "-"
            raise InputError(where="falls", found=fallen, expected=Words(f"其中之一：{listed}", f"one of {listed}"))


def _told(deps: Deps, given: Answering) -> str:
    """What the objector reads; InputError where it holds an id of the house or words no letter may hold."""
    if not given.told.strip():
        both = RIGHT if given.upheld else SAME
        return f"{both.zh}\n{both.en}"
    found = [one.words for one in lint(given.told, "", deps.standards.answers.refused)]
    if (held := HOUSE_IDS.search(given.told)) is not None:
        found.append(held[0])
    if found:
        expected = Words("不含内部编号、标签与威胁的答复", "an answer without ids of ours, labels or threats")
        raise InputError(where="told", found=found[0], expected=expected)
    return given.told
