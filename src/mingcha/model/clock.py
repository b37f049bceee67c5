"""Statutory deadlines: what moves them is a document the law names, and nothing else (law 1)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.words import Words


class ClockEventKind(StrEnum):
    """The only things that can move or end a clock."""

    FOUND_COMPLEX = "found_complex"  # 15 -> 30 days
    EXTENSION = "extension"  # +30 with approval before expiry and notice
    APPRAISAL = "appraisal"  # days of outside appraisal or testing are excluded
    MEDIATION = "mediation"  # days of agreed mediation are excluded
    RESTART = "restart"  # new facts or reasons in a document of the complainer's
    MERGE = "merge"  # the same complaint again within the period
    WITHDRAWAL = "withdrawal"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent:
    """Something that happened to a clock. Without its document it has no effect."""

    kind: ClockEventKind
    at: datetime
    document: str | None  # digest or record id of the paper
    by: str  # who recorded it
    approver_rank: str | None = None
    notified_at: datetime | None = None
    until: date | None = None  # last excluded day (appraisal, mediation)
    new_passage: str | None = None  # what is new (restart)
    contacted_first_by: str | None = None  # withdrawal: consumer or institution


@dataclass(frozen=True, slots=True)
class Move:
    """One event as the clock took it: the due date after it, or why it had no effect."""

    event: ClockEvent
    took_effect: bool
    due_after: date
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """A clock as of now. `first_due` always stays visible."""

    regime: str  # clause id of the deadline's source
    licence: str
    channel: str
    matter: str
    started_on: date
    first_due: date
    due: date
    channel_due: date | None
    ended_on: date | None
    unread: bool  # no first-hand or reported source: shown with a mark
    moves: tuple[Move, ...]
    warnings: tuple[Words, ...] = ()

    @property
    def nearest(self) -> date:
        """The date the queue sorts by: the earlier of the law's and the channel's own."""
        return min(self.due, self.channel_due) if self.channel_due else self.due
