"""Cases as the house keeps them: a book of acts read back folded, open to whoever was admitted and to nobody else.

Nor to whom a complaint of the case names (recusal), nor before its merit is sealed to whoever could decide it (law 2).
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from mingcha.actions.book import Entry, keep, said, shown
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may_reveal
from mingcha.actions.ports.store import Work
from mingcha.actions.recusal import NAMED, aside
from mingcha.actions.ring_book import rings_named
from mingcha.casework.course import admitted, fold, refusal
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.model.actor import Actor, Purpose
from mingcha.model.case import CASE_ACT_WORDS, CASE_BODIES, CASE_KIND_OF, CaseAct, CaseBody, SubjectKind
from mingcha.model.case_facts import CaseFacts
from mingcha.model.ring import Ring
from mingcha.model.stored import BookAct
from mingcha.model.words import Words

CASES = "cases"
CASE = Words("案件", "case")
SEE = Words("查看此案", "see this case")
FREE = ("title", "reason", "text", "note", "how", "outcome", "words", "taken_by")  # fields people write freely
_BODIES = {kind.value: body for kind, body in CASE_BODIES.items()}


def keep_case_act(deps: Deps, work: Work, actor: Actor, case: str, body: CaseBody) -> CaseAct:
    """Keep and seal one act; OutOfOrder, with its reason, where it may not follow what was done before."""
    (act,) = keep_case_acts(deps, work, actor, case, [body])
    return act


def keep_case_acts(deps: Deps, work: Work, actor: Actor, case: str, bodies: Sequence[CaseBody]) -> tuple[CaseAct, ...]:
    """The same for several, each after the one before; the case is read once."""
    facts, acts = facts_of(deps, work, case), []
    for body in bodies:
        kind = CASE_KIND_OF[type(body)]
        why = refusal(facts, CaseAct(id="", case=case, at=deps.now(), by=actor.name, body=body))
        if why is not None:
            raise OutOfOrder(what=CASE_ACT_WORDS[kind], why=why)
        kept = keep(deps, work, actor, Entry(CASES, case, kind.value), body)
        acts.append(CaseAct(id=kept.id, case=case, at=kept.at, by=kept.by, body=body))
        facts = fold(acts[-1:], facts)
    return tuple(acts)


def facts_of(deps: Deps, work: Work, case: str) -> CaseFacts:
    """How a case stands; as one that was never opened where there is none."""
    return fold(acts_of(deps, work, [case]).get(case, ()))


def case_acts(deps: Deps, work: Work, actor: Actor, case: str) -> tuple[CaseAct, ...]:
    """All that was done on a case, for whoever may see it; NotFound where there is none, NotPermitted to others."""
    acts = acts_of(deps, work, [case]).get(case)
    if not acts:
        raise NotFound(what=CASE, which=case)
    facts = fold(acts)
    if not may_see(facts, actor):
        why = Words(
            "未获准查看此案；确有必要时可说明理由紧急查看",
            "they were not admitted to it; breaking the glass takes a reason",
        )
        raise NotPermitted(actor=actor.name, verb=SEE, why=why)
    stay_out(deps, work, actor, facts)
    return acts


def stay_out(deps: Deps, work: Work, actor: Actor, facts: CaseFacts) -> None:
    """NotPermitted for whom a complaint of the case names, and for whoever could still decide the merit of one."""
    if (why := closed(deps, work, actor, facts)) is not None:
        raise NotPermitted(actor=actor.name, verb=SEE, why=why)


def closed(deps: Deps, work: Work, actor: Actor, facts: CaseFacts) -> Words | None:
    """Why a case is closed to a person, admitted or not; None where it is not."""
    complaints = complaints_of(work, facts)
    if aside(deps, work, actor, complaints):
        return NAMED
    rows = work.desk.rows(complaints).values()
    if all(may_reveal(actor, row.merit_decided) for row in rows):
        return None
    return Words(
        "此案的投诉中有诉求尚未裁定，可裁定诉求的人此前不能查看",
        "the merit of a complaint of it is not sealed: closed until then to whoever could decide it",
    )


def complaints_of(work: Work, facts: CaseFacts) -> tuple[str, ...]:
    """The complaints a case is about: named, of its rings, of its families, sorted."""
    named = {one.id for one in facts.subjects if one.kind is SubjectKind.COMPLAINT}
    rings = rings_named(work, [one.id for one in facts.subjects if one.kind is SubjectKind.RING])
    families = [one.id for one in facts.subjects if one.kind is SubjectKind.FAMILY]
    members = {one.complaint for family in families for one in work.campaigns.members(family)}
    return tuple(sorted(named | members | {id_ for ring in rings for id_ in ring.complaints}))


def open_cases(deps: Deps, work: Work, actor: Actor) -> dict[str, CaseFacts]:
    """The cases open to somebody: admitted to, or inspected, and closed by no complaint of theirs."""
    return {
        case: facts
        for case, facts in all_cases(deps, work).items()
        if may_see(facts, actor) and closed(deps, work, actor, facts) is None
    }


def rings_of(work: Work, facts: CaseFacts) -> list[Ring]:
    """The organisations a case is about that stand; without those a person said fell."""
    named = [one.id for one in facts.subjects if one.kind is SubjectKind.RING]
    return rings_named(work, [id_ for id_ in named if id_ not in facts.barred])


def may_see(facts: CaseFacts, actor: Actor) -> bool:
    """Need to know: those admitted, and an inspection."""
    return actor.purpose is Purpose.INSPECTION or admitted(facts, actor.name)


def acts_of(deps: Deps, work: Work, cases: Sequence[str]) -> dict[str, tuple[CaseAct, ...]]:
    """What was done on these cases; what was erased is left out."""
    return {case: tuple(_opened(deps, kept)) for case, kept in work.books.acts(CASES, cases).items()}


def some_cases(deps: Deps, work: Work, cases: Sequence[str]) -> dict[str, CaseFacts]:
    """How these cases stand; those never opened, or erased, are left out."""
    return {case: fold(acts) for case, acts in acts_of(deps, work, cases).items() if acts}


def all_cases(deps: Deps, work: Work) -> dict[str, CaseFacts]:
    """How every case stands."""
    acts: dict[str, list[CaseAct]] = {}
    for act in _opened(deps, work.books.all_acts(CASES)):
        acts.setdefault(act.case, []).append(act)
    return {case: fold(of) for case, of in acts.items()}


def not_on_hold(deps: Deps, work: Work, ids: Set[str]) -> None:
    """OutOfOrder where a case on legal hold is about one of these, or names one as an exhibit: a hold goes before erasure (law 8)."""
    for id_, facts in all_cases(deps, work).items():
        held = {one.id for one in facts.subjects} | {exhibit for one in facts.shown for exhibit in one.exhibits}
        held |= {one.exhibit for one in facts.demands} | {exhibit for one in facts.steps for exhibit in one.exhibits}
        if facts.held and not ids.isdisjoint({id_, *held, *complaints_of(work, facts)}):
            why = Words(f"案件 {id_} 处于法律保全", f"case {id_} is on legal hold")
            raise OutOfOrder(what=Words("删除", "erase"), why=why)


def cases_naming(deps: Deps, work: Work, ids: Set[str]) -> tuple[str, ...]:
    """The cases about any of these: what people wrote there a person has to redact."""
    return tuple(
        sorted(
            id_
            for id_, facts in all_cases(deps, work).items()
            if not ids.isdisjoint({one.id for one in facts.subjects} | set(complaints_of(work, facts)))
        )
    )


def shown_act(act: CaseAct) -> CaseAct:
    """An act as it may be shown."""
    return replace(act, body=shown(act.body, FREE))


def _opened(deps: Deps, kept: Sequence[BookAct] | Iterator[BookAct]) -> Iterator[CaseAct]:
    return (
        CaseAct(id=one.id, case=one.of, at=one.at, by=one.by, body=said(deps, one, _BODIES))
        for one in kept
        if one.wrapped
    )
