"""What a referral pack is written from: facts of a case as they leave the house, shown masked or, on an order, in clear.

No score, likeness, community or level is here, and none can be: no field holds one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.case import Line
from mingcha.model.decision import MeritVerdict
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """One complaint of the case. Money in fen; None where it is not known, of `merit` where nobody decided yet."""

    complaint: str
    customer: str
    account: str | None
    amount: int | None
    overdue_since: date | None
    filed_at: datetime
    channel: str
    claims: tuple[Words, ...]
    merit: MeritVerdict | None
    in_person: Words
    caller: str
    agent: str
    papers: str
    threat: str
    demanded: int | None
    waived: int | None
    exhibits: tuple[int, ...]

    @property
    def true(self) -> bool:
        """Whether the demand was found true, wholly or in part."""
        return self.merit in (MeritVerdict.UPHELD, MeritVerdict.PARTLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """One number, account, handle, seal or script of the organisation, and what it does in it; never a customer."""

    kind: Words
    value: str
    part: Words
    complaints: int
    first: date | None
    last: date | None
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitRow:
    """One exhibit as the catalogue lists it."""

    number: int
    name: str
    media: str
    size: int
    sha256: str
    system: str
    how: str
    taken_at: datetime
    by: str
    derived_from: int | None


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element of the offence with the exhibits held for it; none is a gap."""

    title: Words
    show: Words
    exhibits: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, and where that is written."""

    at: datetime
    what: Words
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """Everything the papers of a pack are written from. `order` is the authority's paper, of stage 2 alone."""

    case: str
    title: str
    stage: int
    order: str | None
    made_at: datetime
    institution: str
    department: str
    phone: str
    address: str
    offence: Words
    article: Words
    addressee: Words
    form: Words
    branch: Words
    place: Words
    thresholds: tuple[Words, ...]
    counter: Words
    elements: tuple[ElementRow, ...]
    lines: tuple[tuple[Line, str], ...]
    rests_on: tuple[str, ...]
    complaints: tuple[ComplaintRow, ...]
    parties: tuple[PartyRow, ...]
    exhibits: tuple[ExhibitRow, ...]
    timeline: tuple[Moment, ...]
    personal_items: int  # items of personal data in clear in the tables
    left_out: int  # exhibits the order does not ask for
    root_note: Words
