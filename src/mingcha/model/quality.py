"""The figures of parity: are complaints linked to suspected organisations treated like others of the same kind?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingcha.model.middle import Middle
from mingcha.model.share import Share
from mingcha.model.words import Words


class Outcome(StrEnum):
    """What can become of a complaint. The codes are stable and public."""

    RELIEF = "relief"  # upheld in whole or in part, of those decided on merit
    REFUSED = "refused"  # not upheld, of those decided on merit
    REVERSED = "reversed"  # a merit decision that was taken back, of those ever decided
    WITHDRAWN = "withdrawn"  # of all
    NOT_HANDLED = "not_handled"  # left unhandled as nobody entitled stood behind it, of all
    REVIVED = "revived"  # a withdrawal that was taken back, of those ever withdrawn
    REPEATED = "repeated"  # the same complaint came again within its period, of all
    LATE = "late"  # answered after the due date or still open past it, of all neither withdrawn nor left unhandled
    LAST_DAYS = "last_days"  # answered on the last two days or after, of those answered


OUTCOME_WORDS: dict[Outcome, Words] = {
    Outcome.RELIEF: Words("支持（全部或部分）", "relief, whole or part"),
    Outcome.REFUSED: Words("不支持", "refused"),
    Outcome.REVERSED: Words("诉求决定被撤销", "merit decision taken back"),
    Outcome.WITHDRAWN: Words("撤回", "withdrawn"),
    Outcome.NOT_HANDLED: Words("不予办理", "not handled"),
    Outcome.REVIVED: Words("撤回后收回", "withdrawal taken back"),
    Outcome.REPEATED: Words("期限内重复提出", "filed again within the period"),
    Outcome.LATE: Words("逾期", "late"),
    Outcome.LAST_DAYS: Words("最后两日才答复", "answered in the last two days"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One complaint as the figures see it. No id, no name, no score: whether it was linked, what it was about, what became of it."""

    linked: bool
    product: str
    kind: str  # the grievances it claims
    channel: str
    region: str
    age: str  # a band of twenty years
    assisted: bool  # filed by somebody else for the customer
    received_on: date
    decided: bool
    relief: bool
    reversed: bool
    withdrawn: bool
    not_handled: bool
    revived: bool
    repeated: bool
    late: bool
    days: int | None  # from receipt to answer
    amount: int  # fen given back or waived because of it, by our own records
    last_days: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Linked minus others within the same product and kind of claim, in millionths, with its 95 % interval.

    `strata` of product and kind held both; `left_out` linked complaints stood in strata without any other to compare with.
    """

    value: int | None
    low: int | None
    high: int | None
    strata: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Gap:
    """One outcome: its share among the linked and the others, and the standardised difference. None where too few to say."""

    outcome: Outcome
    linked: Share | None
    others: Share | None
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Relief:
    """Complaints given relief, and the fen given back or waived for those of them for which our records name any."""

    cases: int
    amounts: Middle | None  # None where too few are recorded


@dataclass(frozen=True, slots=True)
class Line:
    """One group of complaints, a channel, a region, an age band, assisted or not: how many are linked, and relief."""

    value: str
    cases: int
    linked: Share | None
    relief: Share | None


@dataclass(frozen=True, slots=True)
class Week:
    """Complaints received in one week (from its Monday), how many of them linked, and relief of those decided."""

    monday: date
    cases: int
    linked: int
    decided: int
    relief: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    """All figures as of one day. `withheld`: complaints with open merit, not counted for whoever may decide it (law 2)."""

    on: date
    linked: int
    others: int
    withheld: int
    gaps: tuple[Gap, ...]
    median_days: tuple[Middle | None, Middle | None]  # linked, others; None where too few were answered
    relief: tuple[Relief, Relief]  # linked, others
    by: tuple[tuple[str, tuple[Line, ...]], ...]
    weeks: tuple[Week, ...]
    alarms: tuple[Words, ...]
