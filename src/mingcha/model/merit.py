"""What a complaint claims and what our and the consumer's own records say about it.

`MeritFile` is all that a merit check sees: it has no field that could hold a finding, a campaign or a ring (law 2).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.account import Account, Event, Offer, Reply
from mingcha.model.call import Call, Coverage
from mingcha.model.notice import Assignment, Notice
from mingcha.model.payment import Payment, Waiver
from mingcha.model.provenance import Cite, Rank
from mingcha.model.text import Folded, Passage
from mingcha.model.transcript import ConsumerRecord, Turn
from mingcha.model.words import Words


class Grievance(StrEnum):
    """Kinds of grievance a complaint can claim. The codes are stable and public."""

    NIGHT_CALLS = "night_calls"
    CALL_FREQUENCY = "call_frequency"
    THIRD_PARTIES = "third_parties"
    PRICE = "price"
    PAYMENT_NOT_BOOKED = "payment_not_booked"
    REFUND_NOT_MADE = "refund_not_made"
    REFUSED_AGAIN = "refused_again"
    DEBT_TOLD = "debt_told"
    SETTLEMENT_NOT_KEPT = "settlement_not_kept"
    NO_ANSWER = "no_answer"
    BUNDLED = "bundled"
    HARDSHIP_REQUEST = "hardship_request"
    CREDIT_RECORD = "credit_record"
    DISCLOSURE = "disclosure"
    PARTNER_FAILED = "partner_failed"
    IMPERSONATED = "impersonated"


@dataclass(frozen=True, slots=True)
class Claim:
    """One grievance read from the text, with the passage that states it."""

    grievance: Grievance
    passage: Passage
    period: tuple[date, date] | None = None  # the dates the passage names


class MeritState(StrEnum):
    """What checking a claim came to. `unchecked` and `not_found` never weigh against anyone."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Searched:
    """What a check looked through, and what it could not look through."""

    agencies: tuple[str, ...] = ()
    numbers: int = 0
    dates: tuple[date, date] | None = None
    records: int = 0
    missing: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class MeritResult:
    """One check's answer. `claim` is None where records show a grievance nobody claimed."""

    check: str
    grievance: Grievance
    claim: Claim | None
    state: MeritState
    clause: str
    rank: Rank | None
    why: Words
    cites: tuple[Cite, ...]
    searched: Searched
    figures: tuple[tuple[str, int], ...] = ()  # rates in millionths, money in fen, counts


@dataclass(frozen=True, slots=True, kw_only=True)
class MeritFile:
    """All a merit check may look at. Personal values are keyed tokens, every `id` is a keyed record id."""

    complaint_id: str
    received_at: datetime
    licence: str | None
    product: str | None
    text: Folded
    claims: tuple[Claim, ...] = ()
    accounts: tuple[Account, ...] = ()
    calls: tuple[Call, ...] = ()
    replies: tuple[Reply, ...] = ()
    offers: tuple[Offer, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    payments: tuple[Payment, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    notices: tuple[Notice, ...] = ()
    turns: tuple[Turn, ...] = ()
    consumer_records: tuple[ConsumerRecord, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    events: tuple[Event, ...] = ()  # of the institution and its partners up to the receipt
    kinds_held: frozenset[str] = frozenset()
