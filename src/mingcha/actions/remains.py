"""What figures need of what is disposed of, kept without an id, a name, or anybody's day; sealed, so that no figure can be changed by it.

Returns, parity and the totals of help go on as they were. What is not kept: precision, weights to be learned, causes and the report's
tables of findings, which need the complaints themselves, and the funnel of ads, which counts an ad that went as seen and no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from mingcha.actions.aid_remains import AID_REMAINS, aid_remains
from mingcha.actions.cases import REMAINS, cases_of
from mingcha.actions.codec import dumps
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.numbered import add_numbered
from mingcha.actions.ports.store import Work
from mingcha.actions.quality import facts_about
from mingcha.actions.returns import codes_of
from mingcha.model.aid import AidFacts
from mingcha.model.quality import Case
from mingcha.model.retention import Holding, Remains
from mingcha.standards.calendar import local_day

KIND = {Holding.COMPLAINT: REMAINS, Holding.AID: AID_REMAINS}  # of summaries, by what leaves any


def keep_remains(deps: Deps, work: Work, holding: Holding, ids: Sequence[str]) -> dict[str, Any]:
    """Keep what the figures need of these, in an order that tells nothing; what the act seals of it."""
    if holding not in KIND or not ids:
        return {}
    made: Sequence[Remains | AidFacts]
    made = _complaints(deps, work, ids) if holding is Holding.COMPLAINT else aid_remains(deps, work, ids)
    kept = sorted(made, key=dumps)
    add_numbered(work, KIND[holding], kept)
    return {"remains": len(kept), "remains_digest": digest(map(dumps, kept))}


def digest(bodies: Iterable[bytes]) -> str:
    """Over what remains of one batch, in the order kept."""
    return sha256(b"\n".join(bodies)).hexdigest()


def _complaints(deps: Deps, work: Work, ids: Sequence[str]) -> list[Remains]:
    heads = work.records.heads("complaints", ids)
    facts = list(facts_about(deps, work, ids))
    cases = cases_of(work, facts, local_day(deps.now()))
    filed = (open_record(deps.keys, heads[one.complaint.id]).keyed for one in facts)
    return [Remains(_dayless(case), *codes_of(one)) for case, one in zip(cases, filed, strict=True)]


def _dayless(case: Case) -> Case:
    """The same on the first day of its week or month, whichever is later: no figure tells days of one apart."""
    day = case.received_on
    return replace(case, received_on=max(day - timedelta(days=day.weekday()), day.replace(day=1)))
