"""Work on cases: whoever was admitted acts, each act sealed; what leaves takes two, neither the other's subordinate.

No act here takes a complaint's clock, merit or decision, and none can: a case knows complaints by their ids alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from mingcha.actions.case_book import (
    CASE,
    acts_of,
    case_acts,
    complaints_of,
    facts_of,
    keep_case_act,
    open_cases,
    rings_of,
    shown_act,
    stay_out,
)
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import load
from mingcha.actions.exhibit_book import people_of, seen_exhibit
from mingcha.actions.objection_match import match_waiting
from mingcha.actions.permit import acting_roles, may
from mingcha.actions.ports.store import Work
from mingcha.actions.referral_facts import exhibits_shown
from mingcha.actions.referral_order import scan_of
from mingcha.actions.referral_rows import COMPLAINTS, waived_for
from mingcha.actions.ring_book import rings_named
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.actions.second import independent
from mingcha.actions.settling import gone_now, rest, settle_case
from mingcha.casework.course import due, fold, on_the_case
from mingcha.casework.outgoing import DISPUTED, FULL, referral
from mingcha.casework.progress import element_ids
from mingcha.errors import InputError, NotFound, OutOfOrder
from mingcha.model.actor import LOCAL, Actor, Role
from mingcha.model.case import (
    CASE_ACT_WORDS,
    SUBJECT_WORDS,
    Added,
    Admitted,
    Assigned,
    Begun,
    BrokeGlass,
    CaseAct,
    CaseActKind,
    CaseObjected,
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
    Subject,
    SubjectKind,
    TaskDone,
    TaskSet,
    UrgentHarm,
)
from mingcha.model.case_facts import CaseDue, CaseFacts
from mingcha.model.case_out import (
    LOST_WORDS,
    CorrectionConfirmed,
    CorrectionSent,
    FindingFell,
    OutcomeKnown,
    PreservationAnswered,
    ReferralAgreed,
    ReferralDrafted,
    ReferralFiled,
    ReferralReceived,
    ReferralSent,
)
from mingcha.model.ring import STATUS_WORDS, RingStatus
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.text.masking import masked

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
    | DemandNoted
    | Exculpated
    | FindingFell
    | PreservationAnswered
    | Held
    | HoldLifted
    | Closed
    | Reopened
)
Referred = (
    ReferralDrafted
    | ReferralSent
    | ReferralReceived
    | ReferralFiled
    | OutcomeKnown
    | CorrectionSent
    | CorrectionConfirmed
)


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
        stay_out(deps, work, actor, CaseFacts(subjects=body.subjects))
        done = keep_case_act(deps, work, actor, f"CASE-{deps.new_id()[-12:]}", body)
        match_waiting(deps, work)
        return done


def work_on_case(deps: Deps, actor: Actor, case: str, body: Worked) -> CaseAct:
    """Do one thing to a case; sealed. OutOfOrder where it may not follow, NotPermitted for whoever was not admitted."""
    may(actor, "work_cases")
    if isinstance(body, Shown):
        _among("element", body.element, element_ids(deps.standards.casework.offences.values()))
    with deps.store.write() as work:
        case_acts(deps, work, actor, case)
        if isinstance(body, Added):
            _held(work, body.subject)
        if isinstance(body, DemandNoted):
            _noted_of(deps, work, actor, facts_of(deps, work, case), body)
        if isinstance(body, Shown | StepDone):
            for exhibit in body.exhibits:
                seen_exhibit(deps, work, actor, exhibit)
        if isinstance(body, Closed):
            match_waiting(deps, work)
        done = keep_case_act(deps, work, actor, case, body)
        if isinstance(body, Added):
            match_waiting(deps, work)
        if isinstance(body, SetAside):
            settle_case(deps, work, actor, case)
        return done


def refer(deps: Deps, actor: Actor, case: str, body: Referred) -> CaseAct:
    """Draft a referral, say that it was handed over, or what became of it; sealed. Nothing is sent from here."""
    may(actor, "refer")
    if isinstance(body, ReferralDrafted):
        _among("offence", body.offence, deps.standards.casework.offences)
        _among("addressee", body.addressee, deps.standards.casework.addressees)
    with deps.store.write() as work:
        case_acts(deps, work, actor, case)
        if isinstance(body, ReferralDrafted):
            facts = facts_of(deps, work, case)
            may_rest(deps, work, facts, body)
            scan_of(deps, work, actor, case, facts, body)
        if isinstance(body, ReferralSent):
            match_waiting(deps, work)
            _may_hand_over(facts_of(deps, work, case), body)
        return keep_case_act(deps, work, actor, case, body)


def _may_hand_over(facts: CaseFacts, body: ReferralSent) -> None:
    """OutOfOrder for what is handed over while an objection waits; what left before it was lodged is entered at any time, and what
    left all the same once it is answered."""
    since = min((one.at for one in facts.objections if not one.urgent), default=None)
    if since is not None and body.handed_over > since:
        raise OutOfOrder(what=CASE_ACT_WORDS[CaseActKind.REFERRAL_SENT], why=DISPUTED)


def may_rest(deps: Deps, work: Work, facts: CaseFacts, body: ReferralDrafted) -> None:
    """The same as `may_refer`, and OutOfOrder for a finding that does not stand."""
    may_refer(work, facts, body)
    for finding, cause in gone_now(deps, work, facts, body.rests_on).items():
        why = LOST_WORDS[cause]
        why = Words(f"{finding}：{why.zh}", f"{finding}: {why.en}")
        raise OutOfOrder(what=CASE_ACT_WORDS[CaseActKind.REFERRAL_DRAFTED], why=why)


def may_refer(work: Work, facts: CaseFacts, body: ReferralDrafted) -> None:
    """OutOfOrder for a ring law 3 does not let be suspected, NotFound for a finding that is nothing the case holds."""
    lawful = [ring for ring in rings_of(work, facts) if ring.status is not RingStatus.SUSPECTED]
    if lawful:
        why = STATUS_WORDS[lawful[0].status]
        raise OutOfOrder(what=CASE_ACT_WORDS[CaseActKind.REFERRAL_DRAFTED], why=why)
    held = {one.id for one in facts.subjects} | {id_ for one in facts.shown for id_ in one.exhibits}
    held |= {one.exhibit for one in facts.demands}
    held |= set(complaints_of(work, facts))
    for finding in body.rests_on:
        if finding not in held:
            raise NotFound(
                what=Words(
                    "所依据的发现（团伙、投诉、广告或证据的编号）", "finding (a ring, complaint, ad or exhibit)"
                ),
                which=finding,
            )


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
        facts = _opened(deps, work, case)
        stay_out(deps, work, actor, facts)
        for name in on_the_case(facts):
            if name != actor.name.removeprefix(LOCAL):  # that one, the course of the case refuses
                independent(work, name, actor)
        return keep_case_act(deps, work, actor, case, body)


def say_urgent(deps: Deps, actor: Actor, case: str, reason: str) -> CaseAct:
    """Counsel, who neither drafted nor agreed, says that harm is urgent: it may leave while an objection waits; sealed."""
    may(actor, "say_urgent")
    with deps.store.write() as work:
        case_acts(deps, work, actor, case)
        match_waiting(deps, work)
        for one in facts_of(deps, work, case).referrals:
            for name in dict.fromkeys((one.by, *one.agreed)):
                independent(work, name, actor)
        return keep_case_act(deps, work, actor, case, UrgentHarm(reason))


def agree_to_referral(deps: Deps, actor: Actor, case: str, of: str) -> CaseAct:
    """Agree that a referral leaves: whoever drafted it may be the first; nobody beside their own superior or subordinate; sealed."""
    may(actor, "agree_referral")
    with deps.store.write() as work:
        case_acts(deps, work, actor, case)
        match_waiting(deps, work)
        facts = facts_of(deps, work, case)
        if facts.disputed:
            raise OutOfOrder(what=CASE_ACT_WORDS[CaseActKind.REFERRAL_AGREED], why=DISPUTED)
        one = referral(facts, of)
        if one is not None and one.agreed:
            for first in dict.fromkeys((*one.agreed, one.by)):
                independent(work, first, actor)
        roles = acting_roles(actor)
        role = Role.LEGAL if Role.LEGAL in roles else min(roles)
        told: tuple[str, ...] = ()
        if one is not None:
            may_rest(deps, work, facts, one.drafted)
            scan_of(deps, work, actor, case, facts, one.drafted)
            told = tells(deps, work, facts, one.drafted)
        done = keep_case_act(deps, work, actor, case, ReferralAgreed(of, role, told))
        rest(work, case, facts_of(deps, work, case))
        return done


def tells(deps: Deps, work: Work, facts: CaseFacts, drafted: ReferralDrafted) -> tuple[str, ...]:
    """What a referral tells of as the case stands: complaints, where its addressee's form lists them, and exhibits; sorted."""
    exhibits = exhibits_shown(work, facts, drafted.offence)
    form = deps.standards.casework.addressees.get(drafted.addressee)
    if form is None or not form.columns:
        return tuple(sorted(exhibits))
    told = {one.id for one in facts.subjects if one.kind is SubjectKind.COMPLAINT}
    told |= {id_ for ring in rings_of(work, facts) for id_ in ring.complaints}
    told &= {one.id for one in work.records.heads(COMPLAINTS, sorted(told)).values() if one.wrapped}
    scope = set(drafted.scope) if drafted.stage == FULL else told
    return tuple(sorted((told & scope) - set(facts.barred) | exhibits))


def see_case(deps: Deps, actor: Actor, case: str) -> CaseView:
    """A case for whoever was admitted to it, and for an inspection; the look is logged."""
    may(actor, "see_cases")
    with deps.store.write() as work:
        acts = case_acts(deps, work, actor, case)
        seal_act(deps, work, ACCESS, actor, {"act": "see_case", "of": case})
    return _view(case, acts)


def break_glass(deps: Deps, actor: Actor, case: str, reason: str) -> CaseView:
    """Look at a case without having been admitted: the reason is sealed on the case before it answers."""
    may(actor, "see_cases")
    with deps.store.write() as work:
        stay_out(deps, work, actor, _opened(deps, work, case))
        keep_case_act(deps, work, actor, case, BrokeGlass(reason))
        acts = acts_of(deps, work, [case])[case]
    return _view(case, acts)


def _view(case: str, acts: tuple[CaseAct, ...]) -> CaseView:
    told = tuple(shown_act(act) for act in acts)
    facts = fold(told)
    return CaseView(case, facts, told, due(facts, local_day))


def cases(deps: Deps, actor: Actor) -> tuple[CaseLine, ...]:
    """The cases open to somebody, those with the nearest day first; how many there are besides is not told. Logged."""
    may(actor, "see_cases")
    with deps.store.write() as work:
        held = open_cases(deps, work, actor)
        seal_act(deps, work, ACCESS, actor, {"act": "see_cases", "of": sorted(held)})
    lines = [
        CaseLine(id_, replace(facts, title=masked(facts.title)), next((one.on for one in due(facts, local_day)), None))
        for id_, facts in held.items()
    ]
    return tuple(sorted(lines, key=lambda one: (one.next_due or date.max, one.id)))


def _noted_of(deps: Deps, work: Work, actor: Actor, facts: CaseFacts, body: DemandNoted) -> None:
    """NotFound where the complaint is not of the case or the exhibit is not held; InputError where that is about others alone, and where
    more was given because of a threat than our own records say was waived at all."""
    if body.complaint not in complaints_of(work, facts):
        raise NotFound(what=Words("本案的投诉", "complaint of this case"), which=body.complaint)
    exhibit, loaded = seen_exhibit(deps, work, actor, body.exhibit), load(deps, work, [body.complaint])
    people = set(people_of(deps, work, exhibit.of))
    if people and people.isdisjoint({body.complaint, *(one.complaint.customer_id for one in loaded)}):
        expected = Words("与该投诉有关的证据", "an exhibit about this complaint")
        raise InputError(where="exhibit", found=body.exhibit, expected=expected)
    waived = sum(waived_for(one) or 0 for one in loaded)
    if (body.waived_because or 0) > waived:
        most = Words(
            f"不超过记录中实际减免的 {waived} 分", f"no more than the {waived} fen our records say were waived"
        )
        raise InputError(where="waived_because", found=str(body.waived_because), expected=most)


def _among(where: str, found: str, known: Collection[str]) -> None:
    """InputError, with what there is, for a name that is none of the standards'."""
    if found not in known:
        listed = ", ".join(known)
        raise InputError(where=where, found=found, expected=Words(listed, listed))


def _opened(deps: Deps, work: Work, case: str) -> CaseFacts:
    """How a case stands; NotFound where there is none."""
    facts = facts_of(deps, work, case)
    if facts.state is None:
        raise NotFound(what=CASE, which=case)
    return facts


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
