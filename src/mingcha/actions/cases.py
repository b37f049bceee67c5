"""Complaints as the figures of parity see them: what each was about and what became of it, without a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from mingcha.actions.codec import dumps, loads
from mingcha.actions.decide import standing
from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import DECISIONS, seal_act
from mingcha.model.actor import Actor
from mingcha.model.assessment import Label
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, Decision, MeritVerdict, Stage
from mingcha.model.merit import Claim
from mingcha.model.payment import Waiver
from mingcha.model.quality import Case, Parity
from mingcha.model.retention import Remains
from mingcha.model.stored import DeskRow
from mingcha.standards.calendar import local_day

BAND = 20  # years
LAST_DAYS = 2
UNKNOWN = "?"
REMAINS = "remains"  # what the figures need of complaints that were disposed of


@dataclass(frozen=True, slots=True)
class Facts:
    """What the figures take from a complaint and its assessment."""

    complaint: Complaint
    birth_year: int | None
    claims: tuple[Claim, ...]
    label: str | None
    amount: int  # fen given back or waived for it


def cases_of(work: Work, facts: Iterable[Facts], today: date) -> list[Case]:
    """Complaints as the figures see them, with what became of each."""
    told = {one.complaint.id: one for one in facts}
    rows = work.desk.rows(list(told))
    events = work.desk.clock_events(list(told))
    return [case_of(one, rows[id_], work.desk.decisions(id_), events.get(id_, ()), today) for id_, one in told.items()]


def disposed(work: Work) -> list[Remains]:
    """Complaints that were disposed of, as the figures go on seeing them; nothing in one leads to anybody."""
    return [loads(Remains, body) for _, body in work.summaries.all(REMAINS)]


def case_of(
    facts: Facts, row: DeskRow, decisions: Sequence[Decision], events: Sequence[ClockEvent], today: date
) -> Case:
    """One complaint as the figures see it."""
    stands = standing(decisions)
    received = local_day(row.received_at)
    ended = [local_day(event.at) for event in events if event.kind is ClockEventKind.ANSWERED and event.document]
    told = {event.kind for event in events if event.document}
    answered = max(ended) if row.state == "answered" and ended else None
    undone = {one.undoes for one in decisions if one.undoes}
    verdict = stands.merit.verdict if stands.merit else None
    concluded = stands.conclusion.verdict if stands.conclusion else None
    return Case(
        linked=facts.label == Label.LINKED or concluded == Conclusion.LINKED,
        product=row.product or UNKNOWN,
        kind="+".join(sorted({claim.grievance.value for claim in facts.claims})) or "none",
        channel=row.channel or UNKNOWN,
        region=facts.complaint.region or UNKNOWN,
        age=_band(facts.birth_year, received),
        assisted=facts.complaint.filer_role not in ("self", "unknown", None),
        received_on=received,
        decided=verdict is not None,
        relief=verdict in (MeritVerdict.UPHELD, MeritVerdict.PARTLY),
        reversed=any(one.stage is Stage.MERIT and one.id in undone for one in decisions),
        withdrawn=row.state == "withdrawn",
        not_handled=row.state == "not_handled",
        revived={ClockEventKind.WITHDRAWAL, ClockEventKind.REVIVAL} <= told and row.state != "withdrawn",
        repeated=ClockEventKind.MERGE in told,
        late=row.state not in ("withdrawn", "not_handled") and (answered or today) > row.due,
        days=(answered - received).days if answered else None,
        amount=facts.amount,
        last_days=answered is not None and (row.due - answered).days < LAST_DAYS,
    )


def amount_of(complaint: str, promised: Iterable[Waiver]) -> int:
    """Fen that were given back or waived for a complaint: promises that name it and were kept."""
    return sum(one.amount or 0 for one in promised if one.complaint_id == complaint and one.done_on is not None)


def _band(birth_year: int | None, on: date) -> str:
    if birth_year is None:
        return UNKNOWN
    start = (on.year - birth_year) // BAND * BAND
    return f"{start}-{start + BAND - 1}"


def seal_parity(deps: Deps, work: Work, actor: Actor, figures: Parity) -> None:
    """Seal figures: a digest over all of them, and how many complaints they count."""
    act = {
        "act": "parity",
        "on": figures.on.isoformat(),
        "linked": figures.linked,
        "others": figures.others,
        "withheld": figures.withheld,
        "digest": sha256(dumps(figures)).hexdigest(),
    }
    seal_act(deps, work, DECISIONS, actor, act)
