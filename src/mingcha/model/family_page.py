"""What the page of one family shows, as values: is this our fault, what may innocently explain it, signs of organisation last.

The page is of the family and of no complaint or person in it: no field holds a score, a level, a label or a person (law 4).
Shares are millionths, days are days in China.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.campaign import Unrelated
from mingcha.model.decision import MeritVerdict
from mingcha.model.merit import Grievance
from mingcha.model.provenance import Cite
from mingcha.model.share import Share
from mingcha.model.words import Words


class Checked(StrEnum):
    """What looking at one member's grievance came to. Not confirmed and open weigh against nobody."""

    CONFIRMED = "confirmed"  # in whole or in part
    NOT_CONFIRMED = "not_confirmed"
    OPEN = "open"  # not decided, or nothing the records could confirm or not


@dataclass(frozen=True, slots=True)
class MeritTally:
    """How many members' grievances are confirmed of those looked at; `customers` are the known ones behind them."""

    confirmed: Share
    not_confirmed: int
    open: int
    customers: int


@dataclass(frozen=True, slots=True)
class GrievanceTally:
    """One kind of grievance: members whose claim of it the checks confirmed, of those they could check."""

    grievance: Grievance
    confirmed: Share
    open: int


class Fault(StrEnum):
    """What the confirmed grievances say of us."""

    LIKELY = "likely"  # many people met it: repair it
    SOME = "some"
    NOT_SHOWN = "not_shown"
    UNKNOWN = "unknown"  # nothing was looked at yet


class Tells(StrEnum):
    """What a value that many members have in common says against the complaints outside the family."""

    MORE_COMMON = "more_common"  # the intervals do not touch
    AS_OUTSIDE = "as_outside"  # they do: what every customer has says nothing
    NOT_SHARED = "not_shared"  # no two members have the same
    NO_BASE = "no_base"  # nothing outside to compare with
    NO_DATA = "no_data"  # no member's records say


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """One thing acts of the family have in common, and how common it is outside. `value` may be a keyed id."""

    kind: str  # product, partner, agency, merchant, date
    label: Words
    value: str | None
    members: int
    here: Share  # of acts whose records say
    outside: Share  # of complaints outside whose records say
    tells: Tells


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultPart:
    """Is this our fault?"""

    fault: Fault
    says: Words
    decided: MeritTally  # by people
    checks: MeritTally  # by the checks of our records
    grievances: tuple[GrievanceTally, ...]
    common: tuple[Common, ...]


class Looked(StrEnum):
    """What looking for an innocent explanation came to."""

    FOUND = "found"
    NOTHING = "nothing"  # looked, not found
    UNCHECKED = "unchecked"  # no data to look at


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One innocent explanation: what was found, how many members it reaches, and at most 20 sources."""

    code: str
    label: Words
    looked: Looked
    why: Words
    members: int
    cites: tuple[Cite, ...]

    def __post_init__(self) -> None:
        if (self.looked is Looked.FOUND) != bool(self.cites and self.members) or not (self.why.zh and self.why.en):
            raise ValueError("what was found has its sources and members, what was not has none, and both say why")


@dataclass(frozen=True, slots=True, kw_only=True)
class InnocentPart:
    """All innocent explanations in reading order, and how many members at least one of them reaches."""

    explanations: tuple[Explanation, ...]
    explained: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A value and how many acts have it."""

    value: str
    acts: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The most frequent values, at most 20, how many more there are, and how many acts say nothing."""

    values: tuple[Counted, ...]
    more: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Acts in steps of `days` days from `start` on; `undated` acts stand in none of them."""

    start: date | None
    days: int
    counts: tuple[int, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Pause:
    """A time without any act between two acts."""

    last: date
    next: date
    days: int


@dataclass(frozen=True, slots=True)
class Pauses:
    """Long pauses after which the text came back, the longest first, at most 20 of `of`; and the longest gap of all."""

    at_least: int  # days
    shown: tuple[Pause, ...]
    of: int
    longest: Pause | None


class Rhythm(StrEnum):
    """Whether the acts keep other hours than complaints do."""

    DIFFERENT = "different"
    ALIKE = "alike"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Acts by weekday (Monday first) and hour, beside the complaints outside; `p` is the test's, in millionths."""

    here: tuple[tuple[int, ...], ...]  # 7 rows of 24
    outside: tuple[tuple[int, ...], ...]
    rhythm: Rhythm
    p: int | None
    draws: int
    seed: int
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsPart:
    """Signs of organisation: of the family, never of one complaint. Nothing here is added up."""

    unrelated: Unrelated
    similarity_min: int
    channels: Spread
    lenders: Spread
    regions: Spread
    first_at: datetime | None
    last_at: datetime | None
    active_days: int
    densest_day_acts: int
    timeline: Timeline
    hours: Hours
    pauses: Pauses


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """One cited member. The id is a keyed one; nothing here is personal or says suspicion."""

    complaint: str
    received_at: datetime | None
    channel: str | None
    product: str | None
    decided: MeritVerdict | None
    checks: Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage:
    """One family. `unread` members are counted and stand in nothing else: not assessed yet, or erased."""

    id: str
    scheme: str
    members: int
    unread: int
    acts: int
    compared: int  # complaints outside, drawn by keyed id
    compared_of: int  # complaints outside in all
    ours: FaultPart
    innocent: InnocentPart
    signals: SignalsPart
    cited: tuple[MemberLine, ...]  # at most 20
