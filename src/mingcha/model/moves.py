"""Papers that were to move a clock, as an inspector counts them: which, by whom, and what came of each."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMoved:
    """One paper and one clock of one complaint. `suggested` is None where the reader may not know yet."""

    complaint: str
    title: Words  # which of the filing's clocks
    event: ClockEvent
    took_effect: bool
    due_before: date
    due_after: date
    why: Words
    suggested: bool | None  # linked to a suspected organisation when this was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCount:
    """How many papers of a kind one person or unit recorded, and how many of them had an effect and were on linked complaints."""

    kind: ClockEventKind
    by: str
    papers: int
    took_effect: int
    suggested: int
    withheld: int  # of which the reader may not know whether they are on linked complaints


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Every paper of a period, oldest first, and the counts. `made_at` is when it was asked."""

    first: date
    last: date
    made_at: datetime
    counts: tuple[MoveCount, ...]
    units: tuple[MoveCount, ...]  # the same by branch or department as accounts say today; "" where they say none
    papers: tuple[PaperMoved, ...]
