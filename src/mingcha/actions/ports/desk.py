"""The desk: the queue row of each complaint, what was suggested, what people decided, and the clock's papers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from mingcha.model.clock import ClockEvent
from mingcha.model.decision import Decision
from mingcha.model.stored import DeskRow, QueueFilter, StoredAssessment


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

    def erase_assessments(self, complaints: Sequence[str]) -> int:
        """Destroy the data keys and bodies of all assessments of these complaints; returns how many."""

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

    def erase_papers(self, complaints: Sequence[str]) -> int:
        """Blank what the papers of these complaints quote (a new passage, an offer); returns how many papers quoted."""

    def all_rows(self) -> Iterator[DeskRow]:
        """Every queue row by complaint id, streamed: what an inspector holds against what was sealed."""

    def newest_assessments(self) -> Iterator[StoredAssessment]:
        """The newest assessment of every complaint, in the order kept, streamed."""

    def all_decisions(self) -> Iterator[Decision]:
        """Every decision, oldest first, streamed."""

    def all_clock_events(self) -> Iterator[tuple[str, int, ClockEvent]]:
        """(complaint, seq in the custody chain, paper) in the order recorded, streamed."""
