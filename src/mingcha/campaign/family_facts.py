"""What the page of a family is made from: each member as the house knows it, and complaints outside to compare with."""

from dataclasses import dataclass
from datetime import datetime

from mingcha.campaign.summary import CHINA, MemberFacts
from mingcha.model.account import Event
from mingcha.model.decision import MeritVerdict
from mingcha.model.merit import MeritResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What one complaint, inside or outside, is about and how it came. Ids and personal values are keyed."""

    complaint: str
    received_at: datetime | None
    channel: str | None
    product: str | None
    lender: str | None
    region: str | None
    merchant: str | None  # NO_ONE where the customer is known to have none
    agencies: frozenset[str]  # that called this customer
    headings: frozenset[str]  # of a form, as its text carries them (see `forms.headings`)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMember:
    """One member: as the family's summary takes it, its circumstances, and what looking at its grievance came to."""

    facts: MemberFacts
    seen: Circumstances
    wording: str | None  # keyed digest of the text: equal texts, equal digest
    person_known: bool  # a customer, or at least the filer's number
    merit: tuple[MeritResult, ...]
    decided: MeritVerdict | None

    @property
    def complaint(self) -> str:
        """The member's keyed id."""
        return self.facts.complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """All that the page of one family is made from."""

    id: str
    similarity_min: int
    members: tuple[PageMember, ...]
    unread: int  # members that could not be read
    outside: tuple[Circumstances, ...]
    outside_of: int  # complaints outside in all
    events: tuple[Event, ...]
    kinds_held: frozenset[str]  # kinds of records the house holds


def day_of(at: datetime | None) -> str | None:
    """The day in China, as ISO writes it."""
    return at.astimezone(CHINA).date().isoformat() if at is not None else None
