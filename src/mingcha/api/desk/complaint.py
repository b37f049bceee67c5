"""One complaint: the merit stage, the reveal after it, decisions, and papers that move the clock."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path

from mingcha.actions import decide, look
from mingcha.actions.care import stop_contact
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.codec import to_plain
from mingcha.actions.export import finding
from mingcha.actions.personal import reveal_personal
from mingcha.api.desk.queue import shape
from mingcha.api.desk.shapes import (
    ClockPaperRequest,
    ConclusionRequest,
    DecisionAnswer,
    MeritAnswer,
    MeritDecisionRequest,
    PersonalAnswer,
    PersonalRequest,
    RevealAnswer,
    SecondRequest,
    Span,
    StopRequest,
)
from mingcha.api.desk.who import House, Who
from mingcha.errors import InputError
from mingcha.model.clock import ClockEvent
from mingcha.model.decision import ACCUSING, Decision
from mingcha.model.finding import Finding, Unchecked
from mingcha.model.times import credible
from mingcha.model.words import Words

router = APIRouter(prefix="/api/complaints", tags=["complaint"])
REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"description": "Not signed in."},
    403: {"description": "Not permitted, or not before merit is sealed."},
    404: {"description": "No such complaint."},
}
ORDER: dict[int | str, dict[str, Any]] = {**REFUSALS, 409: {"description": "Not in this order."}}
Id = Annotated[str, Path(max_length=64, examples=["C-ABCDEFGHIJKLMNOPQRST"])]


@router.get("/{id_}", responses=REFUSALS)
def merit_stage(deps: House, who: Who, id_: Id) -> MeritAnswer:
    """The complaint, its clock, and what the records say. Personal data are masked; nothing about agency or organisation."""
    view = look.merit_view(deps, who, id_)
    stands = view.standing
    return MeritAnswer(
        row=shape(view.row, view.handling),
        text=view.complaint.text,
        highlights=[Span(start=c.passage.start, end=c.passage.end, what=c.grievance.value) for c in view.claims],
        clock=to_plain(view.clock),
        claims=[to_plain(claim) for claim in view.claims],
        merit=[to_plain(result) for result in view.merit],
        strip=to_plain(view.strip),
        handling=to_plain(view.handling),
        stopped=to_plain(view.stopped) if view.stopped else None,
        possible_refilings=list(view.possible_refilings),
        decisions={
            "merit": to_plain(stands.merit) if stands.merit else None,
            "conclusion": to_plain(stands.conclusion) if stands.conclusion else None,
            "awaiting_second": to_plain(stands.awaiting_second) if stands.awaiting_second else None,
        },
    )


@router.get("/{id_}/reveal", responses=REFUSALS)
def reveal(deps: House, who: Who, id_: Id) -> RevealAnswer:
    """Agency and organisation, with every finding for and against and the arithmetic."""
    view = look.reveal(deps, who, id_)
    made = view.assessment
    found = [r for r in made.results if isinstance(r, Finding)]
    passages = [(c.passage, f.detector) for f in found for c in f.cites if c.record == id_ and c.passage is not None]
    return RevealAnswer(
        suggestion=to_plain(made.suggestion),
        findings=[finding(one) for one in found],
        unchecked=[to_plain(r) for r in made.results if isinstance(r, Unchecked)],
        observations=[to_plain(one) for one in made.observations],
        campaign=to_plain(view.campaign) if view.campaign else None,
        group=to_plain(view.group) if view.group else None,
        highlights=[Span(start=p.start, end=p.end, what=what) for p, what in passages],
        schemes=dict(made.schemes),
    )


@router.post("/{id_}/personal", responses=ORDER)
def personal(deps: House, who: Who, id_: Id, asked: PersonalRequest) -> PersonalAnswer:
    """Names, numbers, addresses and the text in clear; who asked and why is sealed before this answers."""
    view = reveal_personal(deps, who, id_, asked.reason)
    return PersonalAnswer(
        id=id_, complaint=to_plain(view.complaint), customer=to_plain(view.customer) if view.customer else None
    )


@router.post("/{id_}/merit", status_code=201, responses=ORDER)
def decide_merit(deps: House, who: Who, id_: Id, asked: MeritDecisionRequest) -> DecisionAnswer:
    """Decide merit; sealed at once."""
    return _made(decide.decide_merit(deps, who, id_, asked.verdict, tuple(asked.grievances), asked.reason))


@router.post("/{id_}/conclusion", status_code=201, responses=ORDER)
def conclude(deps: House, who: Who, id_: Id, asked: ConclusionRequest) -> DecisionAnswer:
    """Decide agency and organisation; only after merit."""
    return _made(decide.decide_conclusion(deps, who, id_, asked.conclusion, asked.reason, asked.clause))


@router.post("/{id_}/confirm", status_code=201, responses=ORDER)
def confirm(deps: House, who: Who, id_: Id, asked: SecondRequest) -> DecisionAnswer:
    """Confirm an accusing verdict as the second person."""
    return _made(decide.confirm(deps, who, id_, asked.decision, asked.reason))


@router.post("/{id_}/undo", status_code=201, responses=ORDER)
def undo(deps: House, who: Who, id_: Id, asked: SecondRequest) -> DecisionAnswer:
    """Take a decision back; both stay in the record."""
    return _made(decide.undo(deps, who, id_, asked.decision, asked.reason))


@router.post("/{id_}/clock", status_code=201, responses=REFUSALS)
def clock_paper(deps: House, who: Who, id_: Id, asked: ClockPaperRequest) -> dict[str, Any]:
    """Record a paper; the answer shows whether it moved the clock and why."""
    aware("at", asked.at)
    aware("notified_at", asked.notified_at)
    event = ClockEvent(
        kind=asked.event,
        at=(asked.at or deps.now()).astimezone(UTC),
        document=asked.document,
        by=who.name,
        approver_rank=asked.approver_rank,
        notified_at=asked.notified_at,
        until=asked.until,
        new_passage=asked.new_passage,
        contacted_first_by=asked.contacted_first_by,
        channel=asked.channel,
        offered=asked.offered,
        matter=asked.matter,
    )
    plain: dict[str, Any] = to_plain(record_clock_event(deps, who, id_, event))
    return plain


@router.post("/{id_}/stop-contact", responses=ORDER)
def stop(deps: House, who: Who, id_: Id, asked: StopRequest) -> dict[str, Any]:
    """Stop collection contacts, or lift the stop; sealed, and on the dialler's list from then on."""
    stopped = stop_contact(deps, who, id_, asked.reason, lift=asked.lift)
    return {"id": id_, "stopped": to_plain(stopped) if stopped else None}


def aware(name: str, value: datetime | None) -> None:
    """InputError for a time without its zone."""
    if value is not None and (value.utcoffset() is None or credible(value) is None):
        raise InputError(where=name, found=value.isoformat(), expected=Words("带时区的时间", "a time with its zone"))


def _made(decision: Decision) -> DecisionAnswer:
    waiting = decision.verdict in ACCUSING and not decision.confirms and not decision.undoes
    return DecisionAnswer(decision=to_plain(decision), awaiting_second=waiting)
