"""Work on cases: whoever was admitted acts, each act sealed; what leaves takes two, neither the other's subordinate.

No act here takes a complaint's clock, merit or decision, and none can: a case knows complaints by their ids alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from mingcha.actions.case_book import CASE, acts_of, all_cases, case_acts, facts_of, keep_case_act, may_see
from mingcha.actions.deps import Deps
from mingcha.actions.exhibit_book import seen_exhibit
from mingcha.actions.permit import acting_roles, may
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import rings_named
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.actions.second import independent
from mingcha.casework.course import due, fold, referral
from mingcha.casework.progress import element_ids
from mingcha.errors import InputError, NotFound
from mingcha.model.actor import Actor, Role
from mingcha.model.case import (
    SUBJECT_WORDS,
    Added,
    Admitted,
    Assigned,
    Begun,
    BrokeGlass,
    CaseAct,
    CaseObjected,
    Closed,
    CorrectionConfirmed,
    Exculpated,
    FindingFell,
    Held,
    HoldLifted,
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
    Subject,
    SubjectKind,
    TaskDone,
    TaskSet,
    UrgentHarm,
)
from mingcha.model.case_facts import CaseDue, CaseFacts
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

Worked = (
    Added
    | SetAside
    | Admitted
    | Assigned
    | Noted
    | Begun
    | StepDone
    | TaskSet
    | TaskDone
    | Shown
    | Exculpated
    | FindingFell
    | Held
    | HoldLifted
    | Closed
    | Reopened
)
Referred = ReferralDrafted | ReferralSent | ReferralFiled | OutcomeKnown | CorrectionConfirmed


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with all that was done and what waits."""

    id: str
    facts: CaseFacts
    acts: tuple[CaseAct, ...]
    due: tuple[CaseDue, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list."""

    id: str
    facts: CaseFacts
    next_due: date | None


def open_case(deps: Deps, actor: Actor, body: Opened) -> CaseAct:
    """Open a case; sealed. NotFound for a subject or a parent that is not held."""
    may(actor, "work_cases")
    _among("playbook", body.playbook, deps.standards.casework.playbooks)
    with deps.store.write() as work:
        for subject in body.subjects:
            _held(work, subject)
        if body.parent is not None and not acts_of(deps, work, [body.parent]):
            raise NotFound(what=CASE, which=body.parent)
        return keep_case_act(deps, work, actor, f"CASE-{deps.new_id()[-12:]}", body)


def work_on_case(deps: Deps, actor: Actor, case: str, body: Worked) -> CaseAct:
    """Do one thing to a case; sealed. OutOfOrder where it may not follow, NotPermitted for whoever was not admitted."""
    may(actor, "work_cases")
    if isinstance(body, Shown):
        _among("element", body.element, element_ids(deps.standards.casework.offences.values()))
    with deps.store.write() as work:
        case_acts(deps, work, actor, case)
        if isinstance(body, Added):
            _held(work, body.subject)
        if isinstance(body, Shown | StepDone):
            for exhibit in body.exhibits:
                seen_exhibit(deps, work, actor, exhibit)
        return keep_case_act(deps, work, actor, case, body)


def refer(deps: Deps, actor: Actor, case: str, body: Referred) -> CaseAct:
    """Draft a referral, say that it was handed over, or what became of it; sealed. Nothing is sent from here."""
    may(actor, "refer")
    if isinstance(body, ReferralDrafted):
        _among("offence", body.offence, deps.standards.casework.offences)
        _among("addressee", body.addressee, deps.standards.casework.addressees)
    with deps.store.write() as work:
        case_acts(deps, work, actor, case)
        return keep_case_act(deps, work, actor, case, body)


def record_case_objection(deps: Deps, actor: Actor, case: str, text: str) -> CaseAct:
    """Somebody named in a case objects; whoever writes it down need not be on the case; sealed."""
    may(actor, "record_case_objection")
    with deps.store.write() as work:
        _opened(deps, work, case)
        return keep_case_act(deps, work, actor, case, CaseObjected(text))


def answer_case_objection(deps: Deps, actor: Actor, case: str, body: ObjectionAnswered) -> CaseAct:
    """Answer an objection: only somebody who is not on the case; sealed."""
    may(actor, "answer_case_objection")
    with deps.store.write() as work:
        _opened(deps, work, case)
        return keep_case_act(deps, work, actor, case, body)


def say_urgent(deps: Deps, actor: Actor, case: str, reason: str) -> CaseAct:
    """Counsel says that harm is urgent: it may be referred while an objection waits; sealed."""
    may(actor, "say_urgent")
    with deps.store.write() as work:
        case_acts(deps, work, actor, case)
        return keep_case_act(deps, work, actor, case, UrgentHarm(reason))


def agree_to_referral(deps: Deps, actor: Actor, case: str, of: str) -> CaseAct:
    """Agree that a referral leaves: whoever drafted it may be the first; nobody beside their own superior or subordinate; sealed."""
    may(actor, "agree_referral")
    with deps.store.write() as work:
        case_acts(deps, work, actor, case)
        one = referral(facts_of(deps, work, case), of)
        if one is not None and one.agreed:
            for first in dict.fromkeys((*one.agreed, one.by)):
                independent(work, first, actor)
        roles = acting_roles(actor)
        role = Role.LEGAL if Role.LEGAL in roles else min(roles)
        return keep_case_act(deps, work, actor, case, ReferralAgreed(of, role))


def see_case(deps: Deps, actor: Actor, case: str) -> CaseView:
    """A case for whoever was admitted to it, and for an inspection; the look is logged."""
    may(actor, "see_cases")
    with deps.store.write() as work:
        acts = case_acts(deps, work, actor, case)
        seal_act(deps, work, ACCESS, actor, {"act": "see_case", "of": case})
    facts = fold(acts)
    return CaseView(case, facts, acts, due(facts, local_day))


def break_glass(deps: Deps, actor: Actor, case: str, reason: str) -> CaseView:
    """Look at a case without having been admitted: the reason is sealed on the case before it answers."""
    may(actor, "see_cases")
    with deps.store.write() as work:
        _opened(deps, work, case)
        keep_case_act(deps, work, actor, case, BrokeGlass(reason))
        acts = acts_of(deps, work, [case])[case]
    facts = fold(acts)
    return CaseView(case, facts, acts, due(facts, local_day))


def cases(deps: Deps, actor: Actor) -> tuple[CaseLine, ...]:
    """The cases somebody was admitted to, those with the nearest day first; how many there are besides is not told."""
    may(actor, "see_cases")
    with deps.store.read() as work:
        held = all_cases(deps, work)
    lines = [
        CaseLine(id_, facts, next((one.on for one in due(facts, local_day)), None))
        for id_, facts in held.items()
        if may_see(facts, actor)
    ]
    return tuple(sorted(lines, key=lambda one: (one.next_due or date.max, one.id)))


def _among(where: str, found: str, known: Collection[str]) -> None:
    """InputError, with what there is, for a name that is none of the standards'."""
    if found not in known:
        listed = ", ".join(known)
        raise InputError(where=where, found=found, expected=Words(listed, listed))


def _opened(deps: Deps, work: Work, case: str) -> None:
    """NotFound where there is no such case."""
    if not acts_of(deps, work, [case]):
        raise NotFound(what=CASE, which=case)


def _held(work: Work, subject: Subject) -> None:
    """NotFound where what a case is to be about is not held."""
    if subject.id not in set(_known(work, subject)):
        raise NotFound(what=SUBJECT_WORDS[subject.kind], which=subject.id)


def _known(work: Work, subject: Subject) -> Iterator[str]:
    match subject.kind:
        case SubjectKind.COMPLAINT:
            yield from work.desk.rows([subject.id])
        case SubjectKind.RING:
            yield from (ring.id for ring in rings_named(work, [subject.id]))
        case SubjectKind.FAMILY:
            yield from (one.family for one in work.campaigns.members(subject.id))
        case SubjectKind.AD:
            yield from work.ads.items([subject.id])
        case SubjectKind.CUSTOMER:
            yield from work.records.heads("customers", [subject.id])
