"""What falls, falls in every case that rests on it: in the transaction in which it falls, by whoever did what felled it (law 8).

An index says which cases rest on what, so that no case is read where none does. The sweep of the night looks at all of them,
and finds nothing where all is well.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from mingcha.actions.ad_book import acts_on
from mingcha.actions.case_book import all_cases, complaints_of, keep_case_acts, some_cases
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.ports.index import ALL_ROWS
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import ring_events, rings_named
from mingcha.ads.cycle import fold as fold_ad
from mingcha.casework.lost import Now, gone, lost
from mingcha.casework.outgoing import live, resting
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import Solicits
from mingcha.model.case import CaseAct, SubjectKind
from mingcha.model.case_facts import CaseFacts
from mingcha.model.case_out import Lost
from mingcha.model.decision import Decision
from mingcha.model.kinds import ID_PREFIX
from mingcha.model.ring import Became, RingStatus

RESTS = "case_rests"  # of summaries: a row a finding and a case whose referrals rest on it
RING, AD, EXHIBIT = "R-", "AD-", "EX-"
COMPLAINT, CUSTOMER = ID_PREFIX["complaints"], ID_PREFIX["customers"]


def settle(deps: Deps, work: Work, actor: Actor, changed: Collection[str]) -> tuple[CaseAct, ...]:
    """Enter what fell by what was done to these (rings, complaints, ads, exhibits, …) in the cases that rest on them."""
    rows = work.summaries.starting(RESTS, [f"{id_} " for id_ in sorted(changed)], ALL_ROWS) if changed else {}
    resting = [row.split(" ") for found in rows.values() for row, _ in found]
    if not resting:
        return ()
    complaints = sorted({id_ for id_, _ in resting if id_.startswith(COMPLAINT)})
    merit = {id_: work.desk.decisions(id_) for id_ in complaints}
    return _settled(deps, work, actor, some_cases(deps, work, sorted({case for _, case in resting})), merit)


def settle_case(deps: Deps, work: Work, actor: Actor, case: str) -> tuple[CaseAct, ...]:
    """Enter what fell by what was done to one case."""
    return _settled(deps, work, actor, some_cases(deps, work, [case]), {})


def settle_all(deps: Deps, actor: Actor) -> int:
    """Look at every case, for whatever was missed, and mend the index; how many findings fell that no act said."""
    may(actor, "work_cases")
    with deps.store.write() as work:
        held = {case: facts for case, facts in all_cases(deps, work).items() if resting(facts)}
        work.summaries.replace(RESTS, [row for case, facts in held.items() for row in _rows(case, facts)])
        merit: dict[str, list[Decision]] = {id_: [] for facts in held.values() for id_ in resting(facts)}
        for one in work.desk.all_decisions() if held else ():
            if one.complaint in merit:
                merit[one.complaint].append(one)
        return len(_settled(deps, work, actor, held, merit))


def rest(work: Work, case: str, facts: CaseFacts) -> None:
    """Keep on what the referrals of a case rest, now that two agreed."""
    work.summaries.add(RESTS, _rows(case, facts))


def _rows(case: str, facts: CaseFacts) -> list[tuple[str, bytes]]:
    found = set(resting(facts))
    if found:  # what leaves a ring is told by it
        found |= {one.id for one in facts.subjects if one.kind is SubjectKind.RING}
    return [(f"{id_} {case}", b"") for id_ in sorted(found)]


def gone_now(deps: Deps, work: Work, facts: CaseFacts, findings: Sequence[str]) -> dict[str, Lost]:
    """Those of the findings that do not stand now, and why; what was decided on merit is not looked at."""
    now = _now(deps, work, facts, findings, {})
    return {id_: cause for id_ in findings if (cause := gone(facts, id_, now)) is not None}


def _settled(
    deps: Deps, work: Work, actor: Actor, cases: Mapping[str, CaseFacts], merit: Mapping[str, Sequence[Decision]]
) -> tuple[CaseAct, ...]:
    out: list[CaseAct] = []
    for case, facts in sorted(cases.items()):
        findings = list(
            dict.fromkeys(id_ for one in live(facts) for id_ in one.rests_on)
        )  # what fell before counts too
        bodies = lost(facts, _now(deps, work, facts, findings, merit))
        if bodies:
            out += keep_case_acts(deps, work, actor, case, bodies)
            work.summaries.drop(RESTS, [f"{one.finding} {case}" for one in bodies if one.cause is Lost.ERASED])
    return tuple(out)


def _now(
    deps: Deps, work: Work, facts: CaseFacts, findings: Sequence[str], merit: Mapping[str, Sequence[Decision]]
) -> Now:
    """How it stands with what a case rests on, by one statement a kind of thing."""
    rings: dict[str, RingStatus | None] = dict.fromkeys(_only(findings, RING))
    rings.update((ring.id, ring.status) for ring in rings_named(work, rings))
    heirs = went_into(work, {id_ for id_, status in rings.items() if status is None})
    about = {id_ for ring in rings_named(work, set(heirs.values())) for id_ in ring.complaints}
    about |= set(complaints_of(work, facts))
    ads = _only(findings, AD)
    states = {ad: fold_ad(acts) for ad, acts in acts_on(deps, work, ads).items()}
    known = (RING, AD, EXHIBIT, COMPLAINT, CUSTOMER)
    families = [one for one in findings if not one.startswith(known)]
    return Now(
        rings=rings,
        merged=frozenset(heirs),
        families={one: bool(work.campaigns.members(one)) for one in families},
        complaints={one: one in about for one in _only(findings, COMPLAINT)},
        no_ads=frozenset(ad for ad, one in states.items() if one.word and one.word.solicits is not Solicits.YES),
        erased=_erased(work, findings),
        merit=merit,
    )


def went_into(work: Work, gone_rings: Set[str]) -> dict[str, str]:
    """Into which ring each of these went; those that merely fell asleep are left out."""
    if not gone_rings:
        return {}
    last = {event.ring: event for event in ring_events(work)}
    went = {id_: event.other for id_, event in last.items() if event.became is Became.MERGED}  # not if it woke since
    heirs = {}
    for ring in gone_rings:
        heir = went.get(ring)
        while heir is not None and (further := went.get(heir)) is not None:
            heir = further
        if heir is not None:
            heirs[ring] = heir
    return heirs


def _erased(work: Work, findings: Sequence[str]) -> frozenset[str]:
    """Those of which nothing is held any more."""
    ads, exhibits = work.ads.items(_only(findings, AD)), work.exhibits.get(_only(findings, EXHIBIT))
    held = work.records.heads("ads", sorted({id_ for item in ads.values() for id_ in item.sightings}))
    gone_ads = {ad for ad, item in ads.items() if not any(id_ in held and held[id_].wrapped for id_ in item.sightings)}
    records = {
        id_: one
        for code, prefix in (("complaints", COMPLAINT), ("customers", CUSTOMER))
        for id_, one in work.records.heads(code, _only(findings, prefix)).items()
    }
    erased = {id_ for held_ in (records, exhibits) for id_, one in held_.items() if not one.wrapped}
    return frozenset(erased | gone_ads)


def _only(findings: Iterable[str], prefix: str) -> list[str]:
    return [one for one in findings if one.startswith(prefix)]
