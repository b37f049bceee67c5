"""Put complaints on the desk the moment they arrive: clock, welfare lane, search words and sketch, in one go.

The clock needs nothing but the receipt, the channel and papers (law 1); the welfare lane only ever lifts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mingcha.actions.deps import Deps
from mingcha.actions.personal import own_values
from mingcha.actions.ports.store import Work
from mingcha.campaign.sketches import sketch
from mingcha.clock.regimes import MAIN, carried
from mingcha.clock.run import Filing, run_all
from mingcha.clock.welfare import welfare
from mingcha.model.clock import ClockEvent, ClockEventKind, ClockState
from mingcha.model.complaint import Complaint
from mingcha.model.stored import DeskRow
from mingcha.text.masking import masked_for_certain
from mingcha.text.normalise import normalise

OPEN, NEEDS_REPAIR, ANSWERED, WITHDRAWN = "open", "needs_repair", "answered", "withdrawn"
NOT_HANDLED = "not_handled"
ENDED = {
    ClockEventKind.WITHDRAWAL: WITHDRAWN,
    ClockEventKind.ANSWERED: ANSWERED,
    ClockEventKind.NOT_HANDLED: NOT_HANDLED,
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A complaint that came in: keyed, whether it needs repair, and in clear for masking its own values."""

    keyed: Complaint
    needs_repair: bool
    clear: Complaint


def desk_rows(deps: Deps, work: Work, arrivals: Sequence[Arrival]) -> None:
    """Insert or refresh the desk rows, search words and sketches of complaints just taken in."""
    ids = [arrival.keyed.id for arrival in arrivals]
    before = work.desk.rows(ids)
    events = work.desk.clock_events(ids)
    rows, words = [], []
    for arrival in arrivals:
        complaint, old = arrival.keyed, before.get(arrival.keyed.id)
        text = complaint.text or ""
        folded = normalise(text)
        received = received_at(deps, complaint, old)
        clock = clock_of(deps, complaint, received, events.get(complaint.id, ()))
        rows.append(_row(arrival, received, clock, welfare(folded) is not None, old))
        words.append((complaint.id, masked_for_certain(folded, own_values(arrival.clear))))
    work.desk.put_rows(rows)
    work.search.put(words)
    texts = [(arrival.keyed.id, arrival.keyed.text or "") for arrival in arrivals]
    work.campaigns.put_sketches(sketch(texts, deps.keys.sketch_key()))


def received_at(deps: Deps, complaint: Complaint, old: DeskRow | None) -> datetime:
    """When the clock started: the earliest receipt ever stated for this complaint, else the time of import."""
    known = [at for at in (complaint.received_at, old.received_at if old else None) if at is not None]
    return min(known) if known else deps.now()


def clock_of(
    deps: Deps, complaint: Complaint, received: datetime, events: Sequence[ClockEvent], on: date | None = None
) -> ClockState:
    """The complaint's clock as of a day, today unless another is given, and the further clocks of what else it is about."""
    filing = Filing(
        received_on=received.astimezone(deps.zone).date(),
        licence=complaint.licence or "unknown",
        channel=complaint.channel or "unknown",
        matter=complaint.matter or MAIN,
        channel_due=complaint.channel_due,
    )
    matters = carried(deps.standards.deadlines, filing.licence, filing.channel, complaint.matter or "")
    return run_all(matters, filing, events, on or deps.now().astimezone(deps.zone).date(), deps.standards.holidays)


def state_of(clock: ClockState, *, needs_repair: bool) -> str:
    """The desk's word for where a complaint stands: done when every clock of it has ended."""
    for move in reversed(clock.moves):
        if not clock.running and move.took_effect and move.event.kind in ENDED:
            return ENDED[move.event.kind]
    return NEEDS_REPAIR if needs_repair else OPEN


def _row(arrival: Arrival, received: datetime, clock: ClockState, lift: bool, old: DeskRow | None) -> DeskRow:
    complaint = arrival.keyed
    return DeskRow(
        complaint=complaint.id,
        received_at=received,
        channel=complaint.channel,
        product=complaint.product,
        licence=clock.licence,
        matter=complaint.matter or MAIN,
        due=clock.due,
        first_due=clock.first_due,
        nearest=clock.nearest,
        welfare=lift or bool(old and old.welfare),
        state=state_of(clock, needs_repair=arrival.needs_repair),
        unread_clock=clock.nearest_unread,
        merit_decided=bool(old and old.merit_decided),
        concluded=bool(old and old.concluded),
        assigned_to=old.assigned_to if old else None,
        reopened=bool(old and old.reopened),
    )
