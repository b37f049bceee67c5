"""What becomes of what an objection named once it is answered or taken back: cases and ads go on, or what they rest on falls.

An ad or case that another objection still names stays disputed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mingcha.actions.ad_book import item_of, keep_act, state_of
from mingcha.actions.ad_reports import Correction, corrections_owed
from mingcha.actions.ad_ties import complaints_stating, meet_ad
from mingcha.actions.case_book import all_cases, facts_of, keep_case_act
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import PARTED
from mingcha.actions.increment import AT_ONCE, update
from mingcha.actions.objection_book import DOOR, objection_of
from mingcha.actions.objection_match import by_door, contested_ads, match_waiting, names
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import rings_named
from mingcha.actions.settling import settle
from mingcha.casework.outgoing import findings
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import ObjectionRefused, ObjectionUpheld
from mingcha.model.case import ObjectionAnswered
from mingcha.model.case_out import FindingFell
from mingcha.model.objection import ObjectionDecided, ObjectionFacts, Touched, TouchedKind

TAKEN = "本人撤回 taken back"


@dataclass(frozen=True, slots=True)
class Done:
    """Corrections of reports now owed, cases that go on, rings of which no value was named, and complaints on which a person decides
    anew: nothing was decided there but by people, and only people undo it (law 5)."""

    corrections: tuple[Correction, ...]
    cases: tuple[str, ...]
    rings: tuple[str, ...]
    complaints: tuple[str, ...]


def carry_answer(
    deps: Deps, work: Work, actor: Actor, ids: Sequence[str], touched: Collection[Touched], body: ObjectionDecided
) -> Done:
    """Carry an answer that was kept to the cases, ads and rings it names; the first is the one a person read."""
    falls = body.falls if body.upheld else ()
    named = names(deps, objection_of(deps, work, ids[0])) if falls else frozenset[str]()
    cases = _answer_cases(deps, work, actor, ids, body)
    owed = [
        one
        for ad in falls
        if _is(touched, TouchedKind.AD, ad)
        for one in _uphold_ad(deps, work, actor, ad, body.reason)
    ]
    lift_dispute(deps, work, actor, ids, [one for one in touched if one.id not in falls], body.reason)
    rings = rings_named(work, falls)
    values = {member.value for ring in rings for member in ring.members} & named
    if values:
        changed = complaints_stating(work, values) | {id_ for ring in rings for id_ in ring.complaints}
        work.summaries.add(PARTED, [(value, ids[0].encode()) for value in sorted(values)])
        if len(changed) <= AT_ONCE:  # else the next run relates them
            update(deps, work, actor, sorted(changed))
    left = [ring.id for ring in rings if values.isdisjoint(member.value for member in ring.members)]
    anew = [one for one in falls if _is(touched, TouchedKind.COMPLAINT, one)]
    return Done(tuple(owed), cases, tuple(left), tuple(anew))


def lift_dispute(
    deps: Deps, work: Work, actor: Actor, ids: Sequence[str], touched: Collection[Touched], reason: str
) -> None:
    """Cases and ads these objections named are disputed no more, unless another still names them."""
    for one in touched:
        if one.kind is TouchedKind.CASE:
            for id_ in _waits(deps, work, one.id, ids):
                keep_case_act(deps, work, actor, one.id, ObjectionAnswered(0, reason, None, id_))
    still = contested_ads(deps, work)
    for one in sorted(touched):
        if one.kind is TouchedKind.AD and one.id not in still and by_door(deps, work, one.id):
            keep_act(deps, work, actor, one.id, ObjectionRefused(reason))


def lift_taken_back(deps: Deps, work: Work, facts: ObjectionFacts) -> None:
    """The same for one that was taken back, and for every case that waits for it in the name of others alike: those dispute anew."""
    waits = {
        Touched(TouchedKind.CASE, case)
        for case, stands in all_cases(deps, work).items()
        if any(one.id == facts.id for one in stands.objections)
    }
    lift_dispute(deps, work, DOOR, [facts.id], facts.touched | waits, TAKEN)
    match_waiting(deps, work)


def _is(touched: Collection[Touched], kind: TouchedKind, id_: str) -> bool:
    return Touched(kind, id_) in touched


def _waits(deps: Deps, work: Work, case: str, ids: Sequence[str]) -> list[str]:
    return [one.id for one in facts_of(deps, work, case).objections if one.id in ids]


def _answer_cases(deps: Deps, work: Work, actor: Actor, ids: Sequence[str], body: ObjectionDecided) -> tuple[str, ...]:
    """Answer these on every case that waits for them; what falls, falls in the case."""
    out = []
    for case, facts in all_cases(deps, work).items():
        fallen = [one for one in body.falls if one in findings(facts)]
        for id_ in (one.id for one in facts.objections if one.id in ids):
            first = fallen[0] if fallen else None
            keep_case_act(deps, work, actor, case, ObjectionAnswered(int(first is not None), body.reason, first, id_))
            out.append(case)
        for one in fallen[1:] if case in out else ():
            if one not in facts.fallen:
                keep_case_act(deps, work, actor, case, FindingFell(one, body.reason))
    return tuple(dict.fromkeys(out))


def _uphold_ad(deps: Deps, work: Work, actor: Actor, ad: str, reason: str) -> tuple[Correction, ...]:
    """Every report of the ad falls, and it is none from now on."""
    if not state_of(deps, work, ad).upheld:
        keep_act(deps, work, actor, ad, ObjectionUpheld(reason))
        meet_ad(deps, work, actor, item_of(work, ad).sightings)
        settle(deps, work, actor, [ad])
    return tuple(corrections_owed(deps, work, ad))
