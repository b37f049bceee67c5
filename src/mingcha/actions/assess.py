"""Assess complaints: merit first and blind, then families, ties and groups, then detectors and a suggestion; all sealed.

Two passes: groups need the conduct and the innocent explanations found in their members (law 3), so members of ties are
examined once before groups are judged, and every complaint is examined once after. A run looks at one consistent view and
keeps what it found a few hundred complaints at a time, each lot sealed in a transaction of its own, so that the desk never
waits for it; a run that is cut off leaves whole lots, and the rest as it was.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from mingcha.actions.ad_reach import reach_missing
from mingcha.actions.assessments import Inputs
from mingcha.actions.cases import Facts, amount_of, cases_of, disposed, seal_parity
from mingcha.actions.codec import canonical, dumps
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import Loaded, Shared, dossier, load, load_shared, merit_file
from mingcha.actions.increment import update
from mingcha.actions.indexing import index_families
from mingcha.actions.landscape import Landscape, Survey, survey
from mingcha.actions.lots import LOT, lots
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.proofs import heads_of, members_digest
from mingcha.actions.reopen import reopen
from mingcha.actions.ring_book import keep_rings, keep_statistics, keep_ties, rings_remembered, seal_rings
from mingcha.actions.schemes import schemes
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.actions.settling import settle
from mingcha.actions.sketching import cut_missing
from mingcha.actions.standings import keep_all, since
from mingcha.actions.weights import in_force
from mingcha.campaign.reconcile import Reconciled
from mingcha.detect.run import examine
from mingcha.evidence.merkle import root
from mingcha.grade.suggest import suggest
from mingcha.merit.run import check_all
from mingcha.model.actor import Actor
from mingcha.model.assessment import Assessment
from mingcha.model.quality import Case
from mingcha.model.stored import StoredAssessment
from mingcha.model.weights import Weights
from mingcha.network.law_three import test_group
from mingcha.quality.parity import parity

CHUNK = LOT


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a run did."""

    complaints: int
    labels: dict[str, int]
    landscape: dict[str, int]
    reopened: int  # complaints whose merit was decided on what the records no longer say


def assess(deps: Deps, actor: Actor, progress: Callable[[str, int, int], None] = lambda *_: None) -> Assessed:
    """Assess every complaint in the house as of now; `progress` hears (stage, done, of)."""
    may(actor, "assess")
    labels: Counter[str] = Counter()
    cases: list[Case] = []
    reopened = 0
    today = deps.now().astimezone(deps.zone).date()
    run = deps.new_id()
    cut_missing(deps)
    reach_missing(deps)
    with deps.store.read() as view:
        shared = load_shared(deps, view)
        ids = [stored.id for stored in view.records.scan("complaints") if stored.wrapped]
        as_of, weights = view.records.last_seq(), in_force(view)
        seen = survey(deps, view, shared, ids, progress)
        landscape = seen.landscape
        _keep_families(deps, actor, run, seen, set(ids))
        _keep_rings(deps, actor, run, seen, as_of)
        for done, loaded in _loaded(deps, view, ids):
            rows = [_assess_one(deps, shared, landscape, one, as_of, weights) for one in loaded]
            whole, more = _keep(deps, actor, run, rows, weights)
            reopened += more
            kept = {row.complaint: row.label for row in whole}
            labels.update(kept.values())
            cases += cases_of(view, [_facts(one, kept) for one in loaded if one.complaint.id in kept], today)
            progress("assess", done, len(ids))
    with deps.store.write() as work:  # no setting leaves this out
        cases += [one.case for one in disposed(work)]
        seal_parity(deps, work, actor, parity(cases, today))
    return Assessed(labels.total(), dict(labels), seen.counts, reopened)


def conclude(deps: Deps, inputs: Inputs, digest: str, as_of: int, weights: Weights) -> Assessment:
    """The pure heart: the same inputs (and their digest) and schemes always give the same assessment."""
    merit = check_all(inputs.merit, deps.standards)
    full = replace(inputs.dossier, merit=merit)
    results, observations = examine(full)
    law_three = test_group(full.group) if full.group else None
    return Assessment(
        complaint=full.complaint.id,
        as_of_seq=as_of,
        schemes=schemes(deps, weights),
        dossier_digest=digest,
        claims=full.claims,
        merit=merit,
        results=results,
        observations=observations,
        suggestion=suggest(results, full.group, law_three, weights),
        campaign=full.campaign.id if full.campaign else None,
        group=full.group.id if full.group else None,
    )


def _loaded(deps: Deps, work: Work, ids: Sequence[str]) -> Iterator[tuple[int, list[Loaded]]]:
    done = 0
    for lot in lots(ids, CHUNK):
        done += len(lot)
        yield done, load(deps, work, lot)


def _facts(one: Loaded, labels: Mapping[str, str]) -> Facts:
    birth_year = one.customer.birth_year if one.customer else None
    amount = amount_of(one.complaint.id, one.records["waivers"])
    return Facts(one.complaint, birth_year, one.claims, labels[one.complaint.id], amount)


def _keep_families(deps: Deps, actor: Actor, run: str, seen: Survey, ids: set[str]) -> None:
    """Replace the families and what became of the old ones, sealed; whoever came in since the run began stays a member."""
    found, ids_of = seen.families, seen.reconciled.ids
    rows = [row for family in found.families for row in family.memberships(ids_of[family.name])]
    least = {ids_of[family.name]: family.common for family in found.families}
    with deps.store.write() as work:
        alive = _alive(work, [row.complaint for row in rows])
        kept = [row for row in rows if row.complaint in alive]
        came = [c for held in work.campaigns.families().values() for c in held if c not in ids]
        kept += [row for row in work.campaigns.memberships(came).values() if row.family in least]
        work.campaigns.replace_families(kept, least)
        act = {
            **_events(run, seen.reconciled),
            "members": members_digest(row for row in kept if row.complaint in ids),
            "heads": heads_of(work),
        }
        seal_act(deps, work, CUSTODY, actor, act)
        ended = {*seen.reconciled.died, *(old for old, _ in seen.reconciled.merged)}
        settle(deps, work, actor, ended)
    index_families(deps, ids, found, ids_of)


def _keep_rings(deps: Deps, actor: Actor, run: str, seen: Survey, as_of: int) -> None:
    """Replace the rings and add what became of each, sealed with the statistics they rest on; whoever came in since the run
    began is related to them.
    """
    landscape, statistics = seen.landscape, seen.statistics
    with deps.store.write() as work:
        alive = _alive(work, list(landscape.standings))
        came = since(deps, work, as_of)
        keep_all(work, {id_: one for id_, one in landscape.standings.items() if id_ in alive}, came)
        held = {ring: of for ring, of in rings_remembered(work).items() if not came.issuperset(of)}
        events = keep_rings(work, landscape.rings, landscape.became, held, (run, deps.now()))
        keep_ties(work, landscape.ties)
        keep_statistics(work, statistics)
        seal_rings(deps, work, actor, run, events, statistics)
        settle(deps, work, actor, {event.ring for event in events})
        update(deps, work, actor, came)


def _events(run: str, became: Reconciled) -> dict[str, object]:
    """What became of the families, to be sealed: how many of each, and one digest over all."""
    all_ = (became.born, became.grew, became.shrank, became.merged, became.split, became.died)
    counts = {name: len(getattr(became, name)) for name in ("born", "grew", "shrank", "merged", "split", "died")}
    return {"act": "families", "run": run, **counts, "digest": sha256(canonical(all_)).hexdigest()}


def _alive(work: Work, complaints: Sequence[str]) -> set[str]:
    """Those of the complaints whose data were not erased since the run began."""
    heads = (head for lot in lots(complaints, CHUNK) for head in work.records.heads("complaints", lot).values())
    return {head.id for head in heads if head.wrapped}


def _keep(
    deps: Deps, actor: Actor, run: str, rows: Sequence[StoredAssessment], weights: Weights
) -> tuple[list[StoredAssessment], int]:
    """Keep and seal one lot, and say how many it reopened; whoever was erased since the run began stays erased."""
    with deps.store.write() as work:
        alive = _alive(work, [row.complaint for row in rows])
        kept = [row for row in rows if row.complaint in alive]
        reopened = reopen(deps, work, actor, run, kept)
        work.desk.put_assessments(kept)
        act = {
            "act": "assess",
            "run": run,
            "as_of_seq": rows[0].as_of_seq if rows else 0,
            "complaints": len(kept),
            "merkle_root": root([row.digest.encode() for row in kept]) if kept else "",
            "schemes": dict(schemes(deps, weights)),
        }
        seal_act(deps, work, CUSTODY, actor, act)
    return kept, reopened


def _assess_one(
    deps: Deps, shared: Shared, landscape: Landscape, one: Loaded, as_of: int, weights: Weights
) -> StoredAssessment:
    inputs = Inputs(merit=merit_file(one, shared), dossier=landscape.place(dossier(one, shared)))
    sealed = dumps(inputs)
    assessment = conclude(deps, inputs, sha256(sealed).hexdigest(), as_of, weights)
    output = dumps(assessment)
    digest = sha256(output).hexdigest()
    packed = zlib.compress(sealed + b"\n" + output, 3)
    id_ = deps.keys.digest("assessment", f"{assessment.complaint}:{as_of}:{digest}".encode())[:32]
    envelope = deps.keys.envelope(packed, id_.encode())
    return StoredAssessment(
        id=id_,
        complaint=assessment.complaint,
        as_of_seq=as_of,
        made_at=deps.now(),
        digest=digest,
        label=assessment.suggestion.label.value,
        campaign=assessment.campaign,
        group=assessment.group,
        wrapped=envelope.wrapped,
        body=envelope.body,
    )
