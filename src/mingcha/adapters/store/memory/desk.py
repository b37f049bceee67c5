"""The desk and the evidence chains in memory."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from mingcha.adapters.store.memory.tables import Session
from mingcha.adapters.store.times import utc
from mingcha.errors import OutOfOrder
from mingcha.model.clock import ClockEvent
from mingcha.model.decision import Decision
from mingcha.model.stored import DeskRow, Link, Mark, QueueFilter, StoredAssessment
from mingcha.model.words import Words


class MemoryDesk:
    """Queue rows, assessments, decisions and clock papers."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put_rows(self, rows: Sequence[DeskRow]) -> None:
        """Insert or replace queue rows."""
        held = self._db.own("desk")
        held.desk.update((row.complaint, replace(row, received_at=utc(row.received_at))) for row in rows)

    def rows(self, ids: Sequence[str]) -> dict[str, DeskRow]:
        """Queue rows by complaint id."""
        held = self._db.held.desk
        return {id_: held[id_] for id_ in ids if id_ in held}

    def page(self, where: QueueFilter, after: tuple[bool, date, str] | None, limit: int) -> Sequence[DeskRow]:
        """Rows by welfare lane, nearest deadline, id; `after` is the last row's (welfare, nearest, id)."""
        _times(where)
        found = sorted(
            (not row.welfare, row.nearest, row.complaint) for row in self._db.held.desk.values() if _fits(row, where)
        )
        last = (not after[0], after[1], after[2]) if after else None
        return [self._db.held.desk[place[2]] for place in found if last is None or place > last][:limit]

    def count(self, where: QueueFilter) -> int:
        """How many rows the filter holds."""
        _times(where)
        return sum(_fits(row, where) for row in self._db.held.desk.values())

    def put_assessments(self, rows: Sequence[StoredAssessment]) -> None:
        """Keep assessments; older ones of the same complaint stay. The same id again is the same one, made newest."""
        held = self._db.own("assessments")
        for row in rows:
            held.assessments.pop(row.id, None)
            held.assessments[row.id] = replace(row, made_at=utc(row.made_at))

    def assessments(self, ids: Sequence[str]) -> dict[str, StoredAssessment]:
        """The newest assessment of each complaint."""
        newest = self._newest()
        return {id_: newest[id_] for id_ in ids if id_ in newest}

    def erase_assessments(self, complaints: Sequence[str]) -> int:
        """Destroy the data keys and bodies of all assessments of these complaints; returns how many."""
        held = self._db.own("assessments")
        gone = [row for row in held.assessments.values() if row.complaint in complaints and row.wrapped]
        held.assessments.update((row.id, replace(row, wrapped=b"", body=b"")) for row in gone)
        return len(gone)

    def labels(self) -> dict[str, int]:
        """How many complaints carry each newest label."""
        labels = sorted(row.label for row in self._newest().values())
        return {label: labels.count(label) for label in dict.fromkeys(labels)}

    def _newest(self) -> dict[str, StoredAssessment]:
        return {row.complaint: row for row in self._db.held.assessments.values()}

    def put_decision(self, decision: Decision) -> None:
        """Keep one decision; nothing is overwritten."""
        held = self._db.own("decisions")
        if decision.id in held.decisions:
            raise OutOfOrder(
                what=Words(f"保存决定 {decision.id}", f"keep decision {decision.id}"),
                why=Words("已保存过", "it is kept already"),
            )
        held.decisions[decision.id] = replace(decision, at=utc(decision.at))

    def decisions(self, complaint: str) -> Sequence[Decision]:
        """All decisions on one complaint, oldest first."""
        return [decision for decision in self._db.held.decisions.values() if decision.complaint == complaint]

    def put_clock_event(self, complaint: str, event: ClockEvent, seq: int) -> None:
        """Keep one paper of a clock; `seq` is its record in the custody chain."""
        held = self._db.own()
        kept = replace(event, at=utc(event.at), notified_at=utc(event.notified_at) if event.notified_at else None)
        held.clock_events = (*held.clock_events, (complaint, seq, kept))

    def clock_events(self, ids: Sequence[str]) -> dict[str, tuple[ClockEvent, ...]]:
        """The papers of each complaint's clock, in the order recorded."""
        out: dict[str, tuple[ClockEvent, ...]] = {}
        for complaint, _, event in self._db.held.clock_events:
            if complaint in ids:
                out[complaint] = (*out.get(complaint, ()), event)
        return out

    def erase_papers(self, complaints: Sequence[str]) -> int:
        """Blank what the papers of these complaints quote; returns how many papers quoted."""
        held = self._db.own()
        blank = [
            (one, seq, replace(event, new_passage=None, offered=None) if one in complaints else event)
            for one, seq, event in held.clock_events
        ]
        gone = sum(now != was for now, was in zip(blank, held.clock_events, strict=True))
        held.clock_events = tuple(blank)
        return gone

    def all_rows(self) -> Iterator[DeskRow]:
        """Every queue row by complaint id."""
        return iter([row for _, row in sorted(self._db.held.desk.items())])

    def newest_assessments(self) -> Iterator[StoredAssessment]:
        """The newest assessment of every complaint, in the order kept."""
        newest = {row.id for row in self._newest().values()}
        return iter([row for row in self._db.held.assessments.values() if row.id in newest])

    def all_decisions(self) -> Iterator[Decision]:
        """Every decision, oldest first."""
        return iter(list(self._db.held.decisions.values()))

    def all_clock_events(self) -> Iterator[tuple[str, int, ClockEvent]]:
        """(complaint, seq in the custody chain, paper) in the order recorded."""
        return iter(self._db.held.clock_events)


def _times(where: QueueFilter) -> None:
    """InputError for times no store keeps, as where they are written."""
    for at in (where.received_from, where.received_before):
        if at is not None:
            utc(at)


def _fits(row: DeskRow, where: QueueFilter) -> bool:
    tests: tuple[tuple[object, Callable[[], bool]], ...] = (
        (where.state, lambda: row.state == where.state),
        (where.channel, lambda: row.channel == where.channel),
        (where.product, lambda: row.product == where.product),
        (where.due_before, lambda: where.due_before is not None and row.nearest < where.due_before),
        (where.assigned_to, lambda: row.assigned_to == where.assigned_to),
        (where.unassigned, lambda: (row.assigned_to is None) is where.unassigned),
        (where.received_from, lambda: where.received_from is not None and row.received_at >= where.received_from),
        (where.received_before, lambda: where.received_before is not None and row.received_at < where.received_before),
        (where.welfare, lambda: row.welfare is where.welfare),
        (where.merit_decided, lambda: row.merit_decided is where.merit_decided),
        (where.reopened, lambda: row.reopened is where.reopened),
        (where.ids, lambda: where.ids is not None and row.complaint in where.ids),
    )
    return all(fits() for asked, fits in tests if asked is not None)


class MemoryChains:
    """Append-only hash chains."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def tail(self, chain: str) -> Link | None:
        """The newest record of a chain."""
        links = self._db.held.links.get(chain, ())
        return links[-1] if links else None

    def append(self, link: Link) -> None:
        """Keep a sealed record; OutOfOrder unless its seq follows the tail's (1 for the first)."""
        held = self._db.own("links")
        before = held.links.get(link.chain, ())
        if link.seq != len(before) + 1:
            raise OutOfOrder(
                what=Words(
                    f"向 {link.chain} 链追加第 {link.seq} 条记录", f"append record {link.seq} to the {link.chain} chain"
                ),
                why=Words(f"下一条应为 {len(before) + 1}", f"{len(before) + 1} comes next"),
            )
        held.links[link.chain] = (*before, replace(link, at=utc(link.at)))

    def read(self, chain: str, after: int = 0) -> Iterator[Link]:
        """Records in order."""
        return iter([link for link in self._db.held.links.get(chain, ()) if link.seq > after])

    def marks(self, chain: str, until: int) -> Iterator[Mark]:
        """Places, times and hashes up to a place."""
        held = self._db.held.links.get(chain, ())[: max(until, 0)]
        return iter([Mark(chain=chain, seq=link.seq, at=link.at, hash=link.hash) for link in held])

    def names(self) -> tuple[str, ...]:
        """Chains that hold at least one record."""
        return tuple(sorted(self._db.held.links))
