"""What may leave the house as files: assessments, a plain line a complaint, under keyed or imported ids.

Imported ids leave only by a logged act with a reason and an expiry; labels with identities take two people once there are
accounts, and the second proves who they are.
Whoever may decide a complaint's merit gets nothing of agency or organisation before it is sealed (law 2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mingcha.actions.assessments import open_assessment
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.look import opened_early
from mingcha.actions.permit import may, may_reveal, refused
from mingcha.actions.personal import filed, veiled
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.actions.second import independent
from mingcha.errors import InputError
from mingcha.model.actor import Actor
from mingcha.model.assessment import Assessment
from mingcha.model.finding import Finding
from mingcha.model.provenance import Cite
from mingcha.model.words import Words

CHUNK = 500
HIDDEN = ("suggestion", "agency", "campaign", "organisation", "findings")  # null in a line that says `withheld`
WITHHELD = "merit_not_decided"
DAYS, MOST_DAYS = 90, 365  # how long whoever takes imported ids out may keep them


@dataclass(frozen=True, slots=True)
class Identities:
    """An export under imported ids: its lines, and the day by which it is to be destroyed."""

    expires: date
    lines: Iterator[dict[str, Any]]


def export_assessments(deps: Deps, actor: Actor) -> Iterator[dict[str, Any]]:
    """One plain line a complaint, keyed ids only."""
    may(actor, "export_assessments")
    with deps.store.write() as work:
        act = {"act": "export_assessments", "ids": "keyed", **opened_early(work, actor)}
        seal_act(deps, work, ACCESS, actor, act)
    yield from _lines(deps, actor, source_ids=False)


def export_with_source_ids(deps: Deps, actor: Actor, reason: str, second: Actor | None, days: int = DAYS) -> Identities:
    """The same with imported ids. Needs a reason and, as soon as there are accounts, a second person who signed in."""
    may(actor, "export_source_ids")
    if not reason.strip():
        raise refused(actor.name, "export_source_ids", Words("须写明理由", "a reason must be given"))
    if not 1 <= days <= MOST_DAYS:
        raise InputError(where="days", found=days, expected=Words(f"1 至 {MOST_DAYS}", f"1 to {MOST_DAYS}"))
    expires = deps.now().astimezone(deps.zone).date() + timedelta(days=days)
    with deps.store.write() as work:
        _two_agree(work, actor, second)
        act = {"act": "export_assessments", "ids": "source", "second": second.name if second else ""}
        act |= {"expires": expires.isoformat(), **keep_reason(deps, work, deps.new_id(), reason, None)}
        seal_act(deps, work, ACCESS, actor, {**act, **opened_early(work, actor)})
    return Identities(expires, _lines(deps, actor, source_ids=True))


def _two_agree(work: Work, first: Actor, second: Actor | None) -> None:
    if second is not None:
        may(second, "export_source_ids")
        independent(work, first.name, second)
    elif any(not person.disabled for person in work.accounts.all()):
        raise refused(
            first.name, "export_source_ids", Words("须有第二人登录并同意", "a second person must sign in and agree")
        )


def _lines(deps: Deps, actor: Actor, *, source_ids: bool) -> Iterator[dict[str, Any]]:
    with deps.store.read() as work:
        batch: list[str] = []
        for stored in work.records.scan("complaints"):
            batch.append(stored.id)
            if len(batch) == CHUNK:
                yield from _chunk(deps, actor, work, batch, source_ids=source_ids)
                batch = []
        yield from _chunk(deps, actor, work, batch, source_ids=source_ids)


def _chunk(deps: Deps, actor: Actor, work: Work, ids: list[str], *, source_ids: bool) -> Iterator[dict[str, Any]]:
    assessments = work.desk.assessments(ids)
    rows = work.desk.rows(ids)
    heads = work.records.heads("complaints", ids) if source_ids else {}
    for id_ in ids:
        stored = assessments.get(id_)
        if stored is None or not stored.wrapped:
            continue
        assessment = _quoting_nobody(deps, work, open_assessment(deps, stored)[1])
        shown = open_record(deps.keys, heads[id_]).clear.id if source_ids and heads[id_].wrapped else id_
        whole = line(assessment, shown, rows[id_].nearest)
        yield whole if may_reveal(actor, rows[id_].merit_decided) else withheld(whole)


def _quoting_nobody(deps: Deps, work: Work, assessment: Assessment) -> Assessment:
    """Where a finding quotes the text, the quote is masked."""
    if any(one.passage for found in findings_of(assessment) for one in found.cites):
        return veiled(assessment, filed(deps, work, assessment.complaint))
    return assessment


def findings_of(assessment: Assessment) -> tuple[Finding, ...]:
    """What was found, for and against."""
    return tuple(one for one in assessment.results if isinstance(one, Finding))


def line(assessment: Assessment, id_: str, due: date) -> dict[str, Any]:
    """One complaint as a plain line. The names are public and stable."""
    return {
        "id": id_,
        "suggestion": assessment.suggestion.label.value,
        "merit": [{"claim": m.grievance.value, "state": m.state.value} for m in assessment.merit],
        "agency": assessment.suggestion.agency_points,
        "campaign": assessment.campaign,
        "organisation": assessment.group,
        "findings": [finding(f) for f in findings_of(assessment)],
        "due": due.isoformat(),
    }


def withheld(line: dict[str, Any]) -> dict[str, Any]:
    """The line without agency and organisation, saying why they are not there."""
    return {**line, **dict.fromkeys(HIDDEN), "withheld": WITHHELD}


def finding(found: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "detector": found.detector,
        "clause": found.clause,
        "side": found.side.value,
        "family": found.family.value,
        "weight": found.points,
        "why": {"zh": found.why.zh, "en": found.why.en},
        "cites": [cite(one) for one in found.cites],
    }


def cite(one: Cite) -> dict[str, Any]:
    """One source as plain data."""
    out: dict[str, Any] = {"kind": one.kind, "record": one.record}
    if one.passage:
        out["passage"] = {"field": one.passage.field, "start": one.passage.start, "end": one.passage.end}
    return out
