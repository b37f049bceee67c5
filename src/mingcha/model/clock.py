"""Statutory deadlines: what moves them is a document the law names, and nothing else (law 1)."""

from dataclasses import dataclass, fields
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
    REVIVAL = "revival"  # a withdrawal taken back: the clock runs on at its old date
    ANSWERED = "answered"
    ASKED = "asked"  # papers asked for: the clock runs on
    NOT_HANDLED = "not_handled"  # nobody who may complain stands behind it, and whoever filed was told so


PAPER_WORDS: dict[ClockEventKind, Words] = {
    ClockEventKind.FOUND_COMPLEX: Words("情况复杂", "found complex"),
    ClockEventKind.EXTENSION: Words("延长", "extension"),
    ClockEventKind.APPRAISAL: Words("鉴定检测", "appraisal"),
    ClockEventKind.MEDIATION: Words("调解", "mediation"),
    ClockEventKind.RESTART: Words("新事实重启", "restart"),
    ClockEventKind.MERGE: Words("合并", "merge"),
    ClockEventKind.WITHDRAWAL: Words("撤回", "withdrawal"),
    ClockEventKind.REVIVAL: Words("收回撤回", "taken back"),
    ClockEventKind.ANSWERED: Words("已答复", "answered"),
    ClockEventKind.ASKED: Words("请补材料", "papers asked for"),
    ClockEventKind.NOT_HANDLED: Words("不予办理", "not handled"),
}


OWN_VERB = (
    ClockEventKind.ASKED,
    ClockEventKind.NOT_HANDLED,
)  # what is checked before they are recorded is more than a paper
PAPERS = tuple(kind for kind in ClockEventKind if kind not in OWN_VERB)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent:
    """Something that happened to a clock. Without its document it has no effect."""

    kind: ClockEventKind
    at: datetime
    document: str | None  # digest or record id of the paper
    by: str  # who recorded it
    approver_rank: str | None = None
    notified_at: datetime | None = None
    until: date | None = None  # last excluded day (appraisal, mediation), or the day papers are waited for
    new_passage: str | None = None  # what is new (restart)
    contacted_first_by: str | None = None  # withdrawal: consumer or institution
    channel: str | None = None  # withdrawal: how they spoke
    offered: str | None = None  # withdrawal: what the institution offered; "nothing" is said too
    matter: str | None = None  # the clock it is about; None: every clock of the filing
    asked: str | None = None  # which papers were asked for: codes of `Material`, by commas


@dataclass(frozen=True, slots=True)
class Move:
    """One event as the clock took it: the due date after it, or why it had no effect."""

    event: ClockEvent
    took_effect: bool
    due_after: date
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock as of now. `first_due` always stays visible."""

    regime: str  # clause id of the deadline's source
    licence: str
    channel: str
    matter: str
    title: Words  # what the matter is called
    started_on: date
    first_due: date
    due: date
    channel_due: date | None
    ended_on: date | None
    unread: bool  # no first-hand or reported source: shown with a mark
    moves: tuple[Move, ...]
    warnings: tuple[Words, ...] = ()

    @property
    def own_nearest(self) -> date:
        """The earlier of the law's date and the channel's own."""
        return min(self.due, self.channel_due) if self.channel_due else self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState(Clock):
    """A filing's clock, and the `further` ones of whatever else it is about: each runs and ends by itself."""

    further: tuple[Clock, ...]  # no default: readers of plain data find it always

    @classmethod
    def of(cls, first: Clock, further: tuple[Clock, ...]) -> "ClockState":
        """The clocks of a filing from the clocks by themselves."""
        return cls(**{one.name: getattr(first, one.name) for one in fields(first)}, further=further)

    @property
    def running(self) -> tuple[Clock, ...]:
        """The clocks that have not ended."""
        return tuple(one for one in (self, *self.further) if one.ended_on is None)

    @property
    def nearest(self) -> date:
        """The date the queue sorts by: the earliest of all that run; of all there are when none runs."""
        return min(one.own_nearest for one in self.running or (self, *self.further))

    @property
    def nearest_unread(self) -> bool:
        """Whether the nearest date that runs stands on no source at all; what runs later says so of itself."""
        return bool(self.running) and all(one.unread for one in self.running if one.own_nearest == self.nearest)
