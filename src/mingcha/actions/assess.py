"""Assess complaints: merit first and blind, then families, ties and groups, then detectors and a suggestion; all sealed.

Two passes: groups need the conduct and the innocent explanations found in their members (law 3), so members of ties are
examined once before groups are judged, and every complaint is examined once after.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from mingcha.actions.codec import dumps
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import Loaded, Shared, dossier, load, load_shared, merit_file
from mingcha.actions.landscape import Landscape, survey
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.schemes import schemes
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.detect.run import examine
from mingcha.evidence.merkle import root
from mingcha.grade.suggest import suggest
from mingcha.merit.run import check_all
from mingcha.model.actor import Actor
from mingcha.model.assessment import Assessment
from mingcha.model.dossier import Dossier
from mingcha.model.merit import MeritFile
from mingcha.model.stored import StoredAssessment
from mingcha.network.law_three import test_group

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The sealed inputs of one assessment: replaying them under the same schemes gives the same bytes."""

    merit: MeritFile
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a run did."""

    complaints: int
    labels: dict[str, int]
    landscape: dict[str, int]


def assess(deps: Deps, actor: Actor, progress: Callable[[str, int, int], None] = lambda *_: None) -> Assessed:
    """Assess every complaint in the house in one transaction; `progress` hears (stage, done, of)."""
    may(actor, "assess")
    labels: dict[str, int] = {}
    with deps.store.write() as work:
        shared = load_shared(deps, work)
        ids = [stored.id for stored in work.records.scan("complaints") if stored.wrapped]
        as_of = work.records.last_seq()
        landscape = survey(deps, work, shared, ids, progress)
        digests: list[str] = []
        for done, loaded in _loaded(deps, work, ids):
            rows = [_assess_one(deps, shared, landscape, one, as_of) for one in loaded]
            work.desk.put_assessments(rows)
            digests += [row.digest for row in rows]
            for row in rows:
                labels[row.label] = labels.get(row.label, 0) + 1
            progress("assess", done, len(ids))
        act = {
            "act": "assess",
            "as_of_seq": as_of,
            "complaints": len(digests),
            "merkle_root": root([d.encode() for d in digests]) if digests else "",
            "schemes": dict(schemes(deps)),
        }
        seal_act(deps, work, CUSTODY, actor, act)
    return Assessed(len(digests), labels, landscape.counts)


def conclude(deps: Deps, inputs: Inputs, as_of: int) -> Assessment:
    """The pure heart: the same inputs and schemes always give the same assessment."""
    merit = check_all(inputs.merit, deps.standards)
    full = replace(inputs.dossier, merit=merit)
    results, observations = examine(full)
    law_three = test_group(full.group) if full.group else None
    return Assessment(
        complaint=full.complaint.id,
        as_of_seq=as_of,
        schemes=schemes(deps),
        dossier_digest=sha256(dumps(inputs)).hexdigest(),
        claims=full.claims,
        merit=merit,
        results=results,
        observations=observations,
        suggestion=suggest(results, full.group, law_three),
        campaign=full.campaign.id if full.campaign else None,
        group=full.group.id if full.group else None,
    )


def _loaded(deps: Deps, work: Work, ids: Sequence[str]) -> Iterator[tuple[int, list[Loaded]]]:
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        yield start + len(chunk), load(deps, work, chunk)


def _assess_one(deps: Deps, shared: Shared, landscape: Landscape, one: Loaded, as_of: int) -> StoredAssessment:
    inputs = Inputs(merit=merit_file(one, shared), dossier=landscape.place(dossier(one, shared)))
    assessment = conclude(deps, inputs, as_of)
    output = dumps(assessment)
    digest = sha256(output).hexdigest()
    packed = zlib.compress(dumps(inputs) + b"\n" + output, 3)
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
