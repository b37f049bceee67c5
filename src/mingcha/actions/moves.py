"""Every paper that was to move a clock in a period, with what came of it: for inspectors, counted by person. Asking is sealed."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from mingcha.actions.complaint_desk import clock_of
from mingcha.actions.deps import Deps
from mingcha.actions.lots import lots
from mingcha.actions.permit import may, may_reveal
from mingcha.actions.personal import filed, veiled
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.errors import InputError
from mingcha.model.actor import LOCAL, Actor
from mingcha.model.assessment import Label
from mingcha.model.clock import Clock, ClockEvent
from mingcha.model.moves import MoveCount, Moves, PaperMoved
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day


def clock_moves(deps: Deps, actor: Actor, first: date, last: date) -> Moves:
    """Papers whose day is in the period, both ends included; personal data in them are masked. InputError for an empty period.

    Whether a complaint is linked stays closed to whoever may decide its merit until that is sealed.
    """
    may(actor, "see_clock_moves")
    if last < first:
        raise InputError(where="to", found=last, expected=Words(f"不早于{first}", f"not before {first}"))
    with deps.store.read() as view:
        ids = [stored.id for stored in view.records.scan("complaints") if stored.wrapped]
        found = [paper for lot in lots(ids) for paper in _papers(deps, view, actor, lot, (first, last))]
        units = {one.name: one.unit or "" for one in view.accounts.all()}
    papers = sorted(found, key=lambda one: (one.event.at, one.complaint, one.title.en))
    read = sorted({one.complaint for one in papers})
    with deps.store.write() as work:
        act = {"act": "clock_moves", "from": first.isoformat(), "to": last.isoformat(), "complaints": read}
        seal_act(deps, work, ACCESS, actor, act)
    return Moves(
        first=first,
        last=last,
        made_at=deps.now(),
        counts=count_moves(papers, lambda by: by),
        units=count_moves(papers, lambda by: units.get(by.removeprefix(LOCAL), "")),
        papers=tuple(papers),
    )


def count_moves(papers: Sequence[PaperMoved], whose: Callable[[str], str]) -> tuple[MoveCount, ...]:
    """Counts by kind and by whose a recorder's papers are; one about several clocks is counted once, with effect if on any."""
    groups: dict[tuple[str, str], dict[tuple[str, datetime, str], list[PaperMoved]]] = {}
    for one in papers:
        paper = (one.complaint, one.event.at, one.event.document or "")
        groups.setdefault((one.event.kind.value, whose(one.event.by)), {}).setdefault(paper, []).append(one)
    return tuple(
        MoveCount(
            kind=next(iter(mine.values()))[0].event.kind,
            by=by,
            papers=len(mine),
            took_effect=sum(any(one.took_effect for one in clocks) for clocks in mine.values()),
            suggested=sum(clocks[0].suggested is True for clocks in mine.values()),
            withheld=sum(clocks[0].suggested is None for clocks in mine.values()),
        )
        for (_, by), mine in sorted(groups.items())
    )


def _papers(deps: Deps, work: Work, actor: Actor, ids: Sequence[str], days: tuple[date, date]) -> Iterator[PaperMoved]:
    def inside(event: ClockEvent) -> bool:
        return days[0] <= local_day(event.at) <= days[1]

    events = {id_: told for id_, told in work.desk.clock_events(ids).items() if any(map(inside, told))}
    rows = work.desk.rows(list(events))
    assessed = work.desk.assessments(list(events))
    for id_, row in sorted(rows.items()):
        one = filed(deps, work, id_)
        state = clock_of(deps, one.kept.keyed, row.received_at, events[id_])
        linked = id_ in assessed and assessed[id_].label == Label.LINKED
        suggested = linked if may_reveal(actor, row.merit_decided) else None
        for clock in (state, *state.further):
            yield from veiled(tuple(p for p in _moved(id_, clock, suggested) if inside(p.event)), one)


def _moved(complaint: str, clock: Clock, suggested: bool | None) -> Iterator[PaperMoved]:
    before = clock.first_due
    for move in clock.moves:
        yield PaperMoved(
            complaint=complaint,
            title=clock.title,
            event=move.event,
            took_effect=move.took_effect,
            due_before=before,
            due_after=move.due_after,
            why=move.why,
            suggested=suggested,
        )
        before = move.due_after
