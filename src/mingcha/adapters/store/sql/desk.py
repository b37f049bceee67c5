"""The desk over SQL: queue rows by keyset, assessments, decisions, clock papers; suspicion orders and filters nothing."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from mingcha.adapters.store.sql import tables as t
from mingcha.adapters.store.sql.session import PAGE, Row, Session, names, plain
from mingcha.adapters.store.sql.types import Said
from mingcha.adapters.store.times import utc
from mingcha.errors import OutOfOrder
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.decision import Decision, Stage
from mingcha.model.merit import Grievance
from mingcha.model.stored import DeskRow, QueueFilter, StoredAssessment
from mingcha.model.words import Words

ROW = [t.desk.c[name] for name in names(DeskRow) if name != "welfare"]
ROWS = sa.select(*ROW, t.desk.c.lane)
ORDER = (t.desk.c.lane, t.desk.c.nearest, t.desk.c.complaint)
ASSESSMENT = [t.assessments.c[name] for name in names(StoredAssessment)]
NEWEST = sa.select(*ASSESSMENT).join(t.newest_assessments, t.newest_assessments.c.number == t.assessments.c.number)
DECISION = [t.decisions.c[name] for name in names(Decision)]
DECISIONS = sa.select(*DECISION).order_by(t.decisions.c.number)
EVENT = [t.clock_events.c[name] for name in names(ClockEvent)]
EVENTS = sa.select(t.clock_events.c.complaint, *EVENT).order_by(t.clock_events.c.number)


class SqlDesk:
    """Queue rows, assessments, decisions and clock papers."""

    def __init__(self, session: Session) -> None:
        self._db = session

    def put_rows(self, rows: Sequence[DeskRow]) -> None:
        """Insert or replace queue rows."""
        self._db.allow_change()
        self._db.upsert(t.desk, [_desk_plain(row) for row in rows])

    def rows(self, ids: Sequence[str]) -> dict[str, DeskRow]:
        """Queue rows by complaint id."""
        if not ids:
            return {}
        found = self._db.whose(ROWS, t.desk.c.complaint, ids)
        return {row.complaint: _desk_row(row) for row in found}

    def page(self, where: QueueFilter, after: tuple[bool, date, str] | None, limit: int) -> Sequence[DeskRow]:
        """Rows by welfare lane, nearest deadline, id; `after` is the last row's (welfare, nearest, id)."""
        query = ROWS.where(*self._filters(where)).order_by(*ORDER).limit(limit)
        if after is not None:
            last = (0 if after[0] else 1, after[1], after[2])
            place = [sa.literal(last[0], sa.Integer()), sa.literal(last[1], sa.Date()), sa.literal(last[2], Said())]
            query = query.where(sa.tuple_(*ORDER) > sa.tuple_(*place))
        return [_desk_row(row) for row in self._db.rows(query)]

    def count(self, where: QueueFilter) -> int:
        """How many rows the filter holds."""
        return int(self._db.scalar(sa.select(sa.func.count()).select_from(t.desk).where(*self._filters(where))))

    def _filters(self, where: QueueFilter) -> list[sa.ColumnElement[bool]]:
        desk = t.desk.c
        equal: list[tuple[sa.Column[Any], Any]] = [
            (desk.state, where.state),
            (desk.channel, where.channel),
            (desk.product, where.product),
            (desk.assigned_to, where.assigned_to),
            (desk.lane, None if where.welfare is None else 0 if where.welfare else 1),
            (desk.merit_decided, where.merit_decided),
            (desk.reopened, where.reopened),
        ]
        out: list[sa.ColumnElement[bool]] = [column == value for column, value in equal if value is not None]
        if where.due_before is not None:
            out.append(desk.nearest < where.due_before)
        if where.received_from is not None:
            out.append(desk.received_at >= utc(where.received_from))
        if where.received_before is not None:
            out.append(desk.received_at < utc(where.received_before))
        if where.unassigned is not None:
            out.append(desk.assigned_to.is_(None) if where.unassigned else desk.assigned_to.is_not(None))
        if where.ids is not None:
            out.append(self._db.among(desk.complaint, where.ids))
        return out

    def put_assessments(self, rows: Sequence[StoredAssessment]) -> None:
        """Keep assessments; older ones of the same complaint stay. The same id again is the same one, made newest."""
        self._db.allow_change()
        if not rows:
            return
        last = {row.id: row for row in rows}
        ordered = [row for row in rows if last[row.id] is row]
        self._db.change(sa.delete(t.assessments).where(self._db.among(t.assessments.c.id, last)))
        first = self._db.next_number(t.assessments.c.number)
        numbered = [{**plain(row), "number": number} for number, row in enumerate(ordered, first)]
        self._db.insert(t.assessments, numbered)
        newest = [{name: row[name] for name in ("complaint", "number", "label")} for row in numbered]
        self._db.upsert(t.newest_assessments, newest)

    def assessments(self, ids: Sequence[str]) -> dict[str, StoredAssessment]:
        """The newest assessment of each complaint."""
        if not ids:
            return {}
        found = self._db.whose(NEWEST, t.newest_assessments.c.complaint, ids)
        return {row.complaint: StoredAssessment(**row._mapping) for row in found}

    def erase_assessments(self, complaints: Sequence[str]) -> int:
        """Destroy the data keys and bodies of all assessments of these complaints; returns how many."""
        self._db.allow_change()
        if not complaints:
            return 0
        self._db.erased = True
        held = sa.and_(self._db.among(t.assessments.c.complaint, complaints), t.assessments.c.wrapped != b"")
        return self._db.change(sa.update(t.assessments).where(held).values(wrapped=b"", body=b""))

    def labels(self) -> dict[str, int]:
        """How many complaints carry each newest label."""
        label = t.newest_assessments.c.label
        return {
            name: count
            for name, count in self._db.rows(sa.select(label, sa.func.count()).group_by(label).order_by(label))
        }

    def put_decision(self, decision: Decision) -> None:
        """Keep one decision; nothing is overwritten."""
        self._db.allow_change()
        if self._db.row(sa.select(t.decisions.c.id).where(t.decisions.c.id == decision.id)):
            raise OutOfOrder(
                what=Words(f"保存决定 {decision.id}", f"keep decision {decision.id}"),
                why=Words("已保存过", "it is kept already"),
            )
        upheld = " ".join(grievance.value for grievance in decision.grievances)
        codes = {
            "stage": decision.stage.value,
            "grievances": upheld,
            "number": self._db.next_number(t.decisions.c.number),
        }
        self._db.insert(t.decisions, [{**plain(decision), **codes}])

    def decisions(self, complaint: str) -> Sequence[Decision]:
        """All decisions on one complaint, oldest first."""
        return [_decision(row) for row in self._db.whose(DECISIONS, t.decisions.c.complaint, [complaint])]

    def put_clock_event(self, complaint: str, event: ClockEvent, seq: int) -> None:
        """Keep one paper of a clock; `seq` is its record in the custody chain."""
        self._db.allow_change()
        number = self._db.next_number(t.clock_events.c.number)
        own = {"kind": event.kind.value, "complaint": complaint, "seq": seq, "number": number}
        self._db.insert(t.clock_events, [{**plain(event), **own}])

    def clock_events(self, ids: Sequence[str]) -> dict[str, tuple[ClockEvent, ...]]:
        """The papers of each complaint's clock, in the order recorded."""
        if not ids:
            return {}
        out: dict[str, list[ClockEvent]] = {}
        for complaint, *values in self._db.whose(EVENTS, t.clock_events.c.complaint, ids):
            out.setdefault(complaint, []).append(_event(values))
        return {complaint: tuple(events) for complaint, events in out.items()}

    def erase_papers(self, complaints: Sequence[str]) -> int:
        """Blank what the papers of these complaints quote; returns how many papers quoted."""
        self._db.allow_change()
        if not complaints:
            return 0
        self._db.erased = True
        quotes = (t.clock_events.c.new_passage, t.clock_events.c.offered)
        held = sa.and_(
            self._db.among(t.clock_events.c.complaint, complaints), sa.or_(*(one.is_not(None) for one in quotes))
        )
        return self._db.change(sa.update(t.clock_events).where(held).values(dict.fromkeys(quotes)))

    def all_rows(self) -> Iterator[DeskRow]:
        """Every queue row by complaint id, streamed."""
        query = ROWS.order_by(t.desk.c.complaint).limit(PAGE)
        found = self._db.pages(lambda after: query.where(t.desk.c.complaint > after), "", "complaint")
        return (_desk_row(row) for row in found)

    def newest_assessments(self) -> Iterator[StoredAssessment]:
        """The newest assessment of every complaint, in the order kept, streamed."""
        number = t.assessments.c.number
        newest = t.newest_assessments
        query = sa.select(number, *ASSESSMENT).join(newest, newest.c.number == number).order_by(number).limit(PAGE)
        for row in self._db.pages(lambda after: query.where(number > after), 0, "number"):
            yield StoredAssessment(**{name: row._mapping[name] for name in names(StoredAssessment)})

    def all_decisions(self) -> Iterator[Decision]:
        """Every decision, oldest first, streamed."""
        number = t.decisions.c.number
        query = sa.select(number, *DECISION).order_by(number).limit(PAGE)
        for row in self._db.pages(lambda after: query.where(number > after), 0, "number"):
            yield _decision(row)

    def all_clock_events(self) -> Iterator[tuple[str, int, ClockEvent]]:
        """(complaint, seq in the custody chain, paper) in the order recorded, streamed."""
        own = t.clock_events.c
        query = sa.select(own.number, own.complaint, own.seq, *EVENT).order_by(own.number).limit(PAGE)
        for row in self._db.pages(lambda after: query.where(own.number > after), 0, "number"):
            _, complaint, seq, *values = row
            yield complaint, seq, _event(values)


def _event(values: Sequence[Any]) -> ClockEvent:
    event = dict(zip(names(ClockEvent), values, strict=True))
    return ClockEvent(**{**event, "kind": ClockEventKind(event["kind"])})


def _desk_plain(row: DeskRow) -> dict[str, Any]:
    values = plain(row)
    values["lane"] = 0 if values.pop("welfare") else 1
    return values


def _desk_row(row: Row) -> DeskRow:
    values = dict(row._mapping)
    return DeskRow(welfare=values.pop("lane") == 0, **values)


def _decision(row: Row) -> Decision:
    upheld = tuple(Grievance(code) for code in row.grievances.split())
    values = {name: row._mapping[name] for name in names(Decision)}
    return Decision(**{**values, "stage": Stage(row.stage), "grievances": upheld})
