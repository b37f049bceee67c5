"""Record a paper that may move a complaint's clock: sealed, attributed, and without effect where the law gives it none."""

from dataclasses import replace

from mingcha.actions.complaint_desk import clock_of, state_of
from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.personal import Filed, filed, veiled
from mingcha.actions.ports.store import Work
from mingcha.actions.proofs import paper_digest
from mingcha.actions.recusal import stand_aside
from mingcha.actions.sealing import CUSTODY, seal_act
from mingcha.errors import InputError, NotFound
from mingcha.model.actor import Actor
from mingcha.model.clock import OWN_VERB, PAPER_WORDS, PAPERS, ClockEvent, ClockState
from mingcha.model.words import Words


def record_clock_event(deps: Deps, actor: Actor, complaint: str, event: ClockEvent) -> ClockState:
    """Keep and seal one clock paper and put the new due date on the desk; the first due date stays."""
    may(actor, "record_clock_event")
    if event.kind in OWN_VERB:
        zh, en = (", ".join(f"{kind} ({PAPER_WORDS[kind].say(locale)})" for kind in PAPERS) for locale in ("zh", "en"))
        raise InputError(where="event", found=event.kind.value, expected=Words(zh, en))
    with deps.store.write() as work:
        stand_aside(deps, work, actor, complaint)
        clock, one = put_clock_event(deps, work, actor, complaint, event)
    return veiled(clock, one)


def put_clock_event(
    deps: Deps, work: Work, actor: Actor, complaint: str, event: ClockEvent
) -> tuple[ClockState, Filed]:
    """The same inside a transaction: the clock after it, and the complaint opened."""
    row = work.desk.rows([complaint]).get(complaint)
    if row is None:
        raise NotFound(what=Words("投诉", "complaint"), which=complaint)
    one = filed(deps, work, complaint)
    _known(clock_of(deps, one.kept.keyed, row.received_at, ()), event)
    act = {
        "act": "clock_event",
        "complaint": complaint,
        "event": event.kind.value,
        "document": event.document or "",
        "approver_rank": event.approver_rank or "",
        "matter": event.matter or "",
        "digest": paper_digest(deps, event),
    }
    link = seal_act(deps, work, CUSTODY, actor, act)
    work.desk.put_clock_event(complaint, event, link.seq)
    events = work.desk.clock_events([complaint])[complaint]
    clock = clock_of(deps, one.kept.keyed, row.received_at, events)
    state = state_of(clock, needs_repair=row.state == "needs_repair")
    changed = replace(row, due=clock.due, nearest=clock.nearest, unread_clock=clock.nearest_unread, state=state)
    work.desk.put_rows([changed])
    return clock, one


def _known(clock: ClockState, event: ClockEvent) -> None:
    """InputError for a paper about a matter the filing carries no clock for."""
    carried = (clock, *clock.further)
    if event.matter is None or event.matter in [one.matter for one in carried]:
        return
    zh, en = (", ".join(f"{one.matter} ({one.title.say(locale)})" for one in carried) for locale in ("zh", "en"))
    raise InputError(
        where="matter",
        found=event.matter,
        expected=Words(f"该件的期限之一：{zh}", f"one of this filing's clocks: {en}"),
    )
