"""Repair (溯源整改): what many upheld complaints come from, who mends it, and whether it got better afterwards."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.merit import Grievance
from mingcha.model.share import Share
from mingcha.model.words import Words


class Source(StrEnum):
    """Where a cause can lie. The codes are stable and public."""

    PRODUCT = "product"
    LENDER = "lender"
    AGENCY = "agency"  # of the account or the customer on some day of the ninety before the receipt
    PARTNER = "partner"  # this and what follows stand in no record: whoever decides merit names them
    SCRIPT = "script"
    SYSTEM = "system"


NAMED = (Source.PARTNER, Source.SCRIPT, Source.SYSTEM)


SOURCE_WORDS: dict[Source, Words] = {
    Source.PRODUCT: Words("产品", "product"),
    Source.LENDER: Words("机构", "lender"),
    Source.AGENCY: Words("催收机构", "agency"),
    Source.PARTNER: Words("合作方", "partner"),
    Source.SCRIPT: Words("话术", "script"),
    Source.SYSTEM: Words("系统", "system"),
}


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """One grievance at one source, such as night calls of one agency."""

    source: Source
    value: str
    grievance: Grievance


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One complaint as the causes see it: when it came, where its cause may lie, what people upheld of it."""

    received_on: date
    customer: str | None  # a keyed token; nobody known counts as nobody
    sources: tuple[tuple[Source, str], ...]
    decided: bool
    upheld: frozenset[Grievance]


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseLine:
    """A cause with how many customers it hit, its share of the decided complaints there, and that of the other values."""

    cause: Cause
    complaints: int
    customers: int
    here: Share
    elsewhere: Share
    above: bool  # by more than chance
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCause:
    """Where a person found an upheld complaint to come from, when no record says so."""

    source: Source
    value: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NamedCauses:
    """All that was named for one complaint."""

    causes: tuple[NamedCause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """One agency's card: of the customers handed to it how many complained, and how many of their complaints were upheld."""

    agency: str
    complaining: Share  # of the customers handed to it on some day of the period
    before: Share  # the same over as many days before
    upheld: Share  # of their complaints that were decided
    elsewhere: Share  # of those decided where only other agencies collected
    above: bool  # by more than chance
    worst: tuple[tuple[Grievance, int], ...]  # what was upheld most
    open_repairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One line of the ledger. `fix` and `evidence` are free text: kept apart, encrypted, and put in for whoever may read."""

    id: str
    cause: Cause
    owner: str
    fix: str
    due: date
    opened_on: date
    opened_by: str
    fixed_on: date | None
    fixed_by: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The share of a cause in so many days before its fix and after it, by the day of receipt."""

    days: int
    before: Share
    after: Share
    undecided: int  # received after the fix and not decided yet: the share after may still move
    whole: bool  # the days after the fix are over
    better: bool  # lower by more than chance


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A repair with its measures; overdue when it is not fixed by its day."""

    repair: Repair
    overdue: bool
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """The causes of a period, what hit most customers first, and the whole ledger."""

    first: date
    last: date
    decided: int
    undecided: int
    lines: tuple[CauseLine, ...]
    agencies: tuple[AgencyLine, ...]  # most upheld complaints first
    ledger: tuple[LedgerLine, ...]
