"""What a referral pack is written from: facts of a case as they leave the house, shown masked or, on an order, in clear.

No score, likeness, community or level is here, and none can be: no field holds one. Which papers and which columns of the case
table go along is said by whom they are for: what their form does not ask for does not leave.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.case import Line
from mingcha.model.case_out import Order
from mingcha.model.decision import MeritVerdict
from mingcha.model.words import Words


class PackPaper(StrEnum):
    """A paper of a pack. The codes stand in the files of standards."""

    COVER = "cover"
    REPORT = "report"
    CATALOGUE = "catalogue"
    SOURCES = "sources"
    PARTIES = "parties"
    COMPLAINTS = "complaints"
    TIMELINE = "timeline"
    LIKENESS = "likeness"
    TIES = "ties"
    ADS = "ads"
    AGENTS = "agents"


class PackColumn(StrEnum):
    """A column of the table of complaints. The codes stand in the files of standards."""

    NUMBER = "number"
    COMPLAINT = "complaint"
    CUSTOMER = "customer"
    ACCOUNT = "account"
    AMOUNT = "amount"
    OVERDUE = "overdue"
    FILED = "filed"
    CLAIMS = "claims"
    MERIT = "merit"
    IN_PERSON = "in_person"
    CALLER = "caller"
    AGENT = "agent"
    PAPERS = "papers"
    THREAT = "threat"
    DEMANDED = "demanded"
    WAIVED = "waived"
    EXHIBITS = "exhibits"


class ItemClass(StrEnum):
    """A class of personal data whose items the law counts together: 法释〔2017〕10号, art. 5, items 3 to 5."""

    CONTENT_CREDIT_PROPERTY = "content_credit_property"  # tracks, content of communication, credit, property
    RECORDS_TRANSACTIONS = "records_transactions"  # lodging, records of communication, health, transactions
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many items of a class are handed over in clear, and from how many on the law calls it serious."""

    of: ItemClass
    title: Words
    items: int
    serious: int


@dataclass(frozen=True, slots=True)
class Threat:
    """What was said, the number of its exhibit where that goes along, and the second of it."""

    words: str
    exhibit: int | None
    at_second: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """One complaint of the case. Money in fen; None where it is not known, of `merit` where nobody decided yet. `waived_because`:
    what of `waived` was given because of a threat, None where nobody noted why."""

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
    threats: tuple[Threat, ...]
    demanded: int | None
    waived: int | None
    waived_because: int | None
    exhibits: tuple[int, ...]

    @property
    def true(self) -> bool:
        """Whether the demand was found true, wholly or in part."""
        return self.merit in (MeritVerdict.UPHELD, MeritVerdict.PARTLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """One number, account, handle, seal or script of the organisation, and what it does in it; never a customer. `code`: which kind
    of tie it is; `clear`: whether the value stands as it is."""

    code: str
    kind: Words
    value: str
    clear: bool
    part: Words
    complaints: int
    first: date | None
    last: date | None
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow:
    """One record states one value; `end` is the complaint of the pack it is of, or the exhibit that holds it. `value` as its party
    shows it."""

    kind: Words
    value: str
    end: Words
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LikePair:
    """The texts of two complaints of one family, the earlier first, masked in a report; and the scheme that made the family."""

    family: str
    scheme: str
    one: str
    other: str
    one_text: str
    other_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdRow:
    """An ad a person judged to solicit: where it stands in public, and what it says, names and numbers in it masked in a report."""

    ad: str
    platform: str
    account: str
    url: str
    first: date
    last: date
    trade: Words
    text: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRow:
    """Who acted as somebody's agent, as the authorisation says: the name masked in a report, the complaint by its keyed id."""

    name: str
    organisation: str
    licence: str
    relation: Words
    signed: date | None
    registered: Words
    record: str


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
class Form:
    """What an addressee's form is made of. `papers` and `columns` are all that may leave; without columns no row of a complaint does."""

    title: Words
    form: Words
    place: Words
    asks: tuple[Words, ...]
    request: Words
    basis: Words
    papers: tuple[PackPaper, ...]
    columns: tuple[PackColumn, ...]
    unregistered: bool = False  # nobody who was verified as a representative is told of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """Everything the papers of a pack are written from. `order` is the authority's paper, of stage 2 alone, its scan the first exhibit;
    `serious`: from how many items of each class of personal data on the law calls handing them over unlawfully serious."""

    case: str
    referral: str  # how its id begins
    stage: int
    order: Order | None
    made_at: datetime
    institution: str
    department: str
    phone: str
    address: str
    offence: Words
    article: Words
    form: Form
    branch: Words  # which office of the addressee, by the offence
    thresholds: tuple[Words, ...]
    counter: Words
    elements: tuple[ElementRow, ...]
    lines: tuple[tuple[Line, str], ...]
    rests_on: tuple[str, ...]
    complaints: tuple[ComplaintRow, ...]
    parties: tuple[PartyRow, ...]
    exhibits: tuple[ExhibitRow, ...]
    timeline: tuple[Moment, ...]
    ties: tuple[TieRow, ...]
    alike: tuple[LikePair, ...]
    ads: tuple[AdRow, ...]
    agents: tuple[AgentRow, ...]
    serious: tuple[tuple[ItemClass, Words, int], ...]
    left_out: int  # exhibits the order does not ask for
    root_note: Words
