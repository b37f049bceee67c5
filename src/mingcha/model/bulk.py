"""One deed for many complaints: shown whole before it is done, done exactly as shown, and taken back within a day.

A bulk deed is one of four, and the type holds no other: it never decides, answers, declines, extends, restarts, merges,
withdraws, links or refers, because no value that says so fits in it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mingcha.model.handling import Assigned, RecordsRequested, Tagged
from mingcha.model.stored import DeskRow
from mingcha.model.words import Words

MOST = 1_000  # complaints at once
SAMPLED = 20
UNDO_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Draft:
    """Put the drafted answer of each on file."""


BulkDeed = Assigned | Tagged | RecordsRequested | Draft


class DeedKind(StrEnum):
    """Which deed it is. The codes are stable and public."""

    ASSIGN = "assign"
    TAG = "tag"
    RECORDS = "records"
    DRAFT = "draft"


DEED_KINDS: dict[type[BulkDeed], DeedKind] = {
    Assigned: DeedKind.ASSIGN,
    Tagged: DeedKind.TAG,
    RecordsRequested: DeedKind.RECORDS,
    Draft: DeedKind.DRAFT,
}
DEED_WORDS: dict[DeedKind, Words] = {
    DeedKind.ASSIGN: Words("指派", "assign"),
    DeedKind.TAG: Words("加标签", "tag"),
    DeedKind.RECORDS: Words("调取本机构记录", "ask for our own records"),
    DeedKind.DRAFT: Words("起草答复存档", "put drafts on file"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which complaints: by id, or by facts of the queue and nothing else (law 2). Days are China's, both included.

    By facts, only those still handled are meant: open, to be repaired, or reopened.
    """

    ids: tuple[str, ...] = ()
    channel: str | None = None
    received_from: date | None = None
    received_to: date | None = None
    welfare: bool | None = None
    due_before: date | None = None
    tag: str | None = None
    assigned_to: str | None = None
    unassigned: bool | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """One complaint the deed leaves as it is, and why."""

    complaint: str
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPreview:
    """What would be done. `digest` stands for the exact set, the deed and what is skipped: only that is ever applied."""

    deed: BulkDeed
    count: int
    sample: tuple[DeskRow, ...]  # the first, the last and some in between, in the order of the queue
    skipped: tuple[Skipped, ...]
    aside: int  # name the asker's own line: others handle them, and they are not shown
    digest: str


@dataclass(frozen=True, slots=True)
class BulkItem:
    """One complaint it was done to, by which act; how many decisions and papers there were then."""

    complaint: str
    act: str
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkApplied:
    """It was done, to these."""

    deed: BulkDeed
    digest: str
    skipped: int
    items: tuple[BulkItem, ...]


class Kept(StrEnum):
    """Why a complaint stays as it is when a bulk deed is taken back. The codes are stable and public."""

    MOVED_ON = "moved_on"
    ERASED = "erased"
    ASIDE = "aside"
    NAMED = "named"


KEPT_WORDS: dict[Kept, Words] = {
    Kept.MOVED_ON: Words("此后有人办理过，不予覆盖", "somebody acted on it since: not overridden"),
    Kept.ERASED: Words("数据已删除，不予恢复", "its data were erased: never restored"),
    Kept.ASIDE: Words("该件指名本人或所在条线，由他人办理", "it names the asker's own line: others handle it"),
    Kept.NAMED: Words("该件指名此前的经办人，不予交回", "it names whoever had it before: not given back"),
}


@dataclass(frozen=True, slots=True)
class LeftAsIs:
    """One complaint that was not restored, and why."""

    complaint: str
    why: Kept


@dataclass(frozen=True, slots=True)
class BulkUndone:
    """It was taken back: what is as it was before, and what stays."""

    restored: tuple[str, ...]
    left: tuple[LeftAsIs, ...]


BulkBody = BulkApplied | BulkUndone


class BulkActKind(StrEnum):
    """Which act it is. The codes are stable and public."""

    APPLIED = "bulk_applied"
    UNDONE = "bulk_undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """A bulk deed as it stands."""

    id: str
    at: datetime
    by: str
    applied: BulkApplied
    undone: BulkUndone | None = None

    @property
    def until(self) -> datetime:
        """Until when it can be taken back."""
        return self.at + UNDO_WITHIN
