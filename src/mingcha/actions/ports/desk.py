"""The desk: the queue row of each complaint, what was suggested, what people decided, and the clock's papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from mingcha.model.clock import ClockEvent
from mingcha.model.decision import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """One complaint on the desk. Nothing in it says or implies suspicion (law 1, law 10)."""

    complaint: str
    received_at: datetime
    channel: str | None
    product: str | None
    licence: str
    matter: str
    due: date
    first_due: date
    nearest: date
    welfare: bool
    state: str  # open, needs_repair, answered, withdrawn
    unread_clock: bool
    merit_decided: bool
    concluded: bool
    assigned_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What of the queue to show. There is no field for suspicion, on purpose."""

    state: str | None = None
    channel: str | None = None
    product: str | None = None
    due_before: date | None = None
    assigned_to: str | None = None
    welfare: bool | None = None
    merit_decided: bool | None = None
    ids: tuple[str, ...] | None = None  # from a search


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAssessment:
    """One assessment as kept: ciphertext of its canonical JSON, and its digest for replay."""

    id: str
    complaint: str
    as_of_seq: int
    made_at: datetime
    digest: str
    label: str  # for aggregate counts only; no list filters by it
    campaign: str | None
    group: str | None
    wrapped: bytes
    body: bytes


class Desk(Protocol):
    """Queue rows, assessments, decisions and clock papers."""

    def put_rows(self, rows: Sequence[DeskRow]) -> None:
        """Insert or replace queue rows."""

    def rows(self, ids: Sequence[str]) -> dict[str, DeskRow]:
        """Queue rows by complaint id."""

    def page(self, where: QueueFilter, after: tuple[bool, date, str] | None, limit: int) -> Sequence[DeskRow]:
        """Rows by welfare lane, nearest deadline, id; `after` is the last row's (welfare, nearest, id)."""

    def count(self, where: QueueFilter) -> int:
        """How many rows the filter holds."""

    def put_assessments(self, rows: Sequence[StoredAssessment]) -> None:
        """Keep assessments; older ones of the same complaint stay."""

    def assessments(self, ids: Sequence[str]) -> dict[str, StoredAssessment]:
        """The newest assessment of each complaint."""

    def labels(self) -> dict[str, int]:
        """How many complaints carry each newest label."""

    def put_decision(self, decision: Decision) -> None:
        """Keep one decision; nothing is overwritten."""

    def decisions(self, complaint: str) -> Sequence[Decision]:
        """All decisions on one complaint, oldest first."""

    def put_clock_event(self, complaint: str, event: ClockEvent, seq: int) -> None:
        """Keep one paper of a clock; `seq` is its record in the custody chain."""

    def clock_events(self, ids: Sequence[str]) -> dict[str, tuple[ClockEvent, ...]]:
        """The papers of each complaint's clock, in the order recorded."""
