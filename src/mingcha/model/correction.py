"""Corrections owed, the register of referrals and what is about to be gone: what people read of them, and what letters are made of."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.case_out import ReferralFiled, ReferralReceived
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class FallenRow:
    """One finding that fell: what it is, since which day, and why, in words fit to leave the house."""

    finding: str
    kind: Words
    on: date
    why: Words


@dataclass(frozen=True, slots=True)
class Told:
    """A complaint the recipient was told of that is touched by what fell, and its customer by keyed id; none once erased."""

    complaint: str
    customer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A correction owed to whoever received a referral. `number` is theirs where we know it; `people` were told of and are cleared by
    it: somebody writes to them. `customers`: the recipient was told their codes. `letter_on`: a correction was handed over, and not
    confirmed yet."""

    case: str
    referral: str
    addressee: Words
    handed_over: datetime
    root: str
    number: str
    fallen: tuple[FallenRow, ...]
    people: tuple[Told, ...]
    customers: bool
    since: date
    days: int  # since then
    letter_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningFell:
    """A public warning of which something fell: a person takes it back, or lets it out anew. When and by whom it was let out, what of
    it fell by id, and on how much it rests."""

    sha256: str
    at: datetime
    by: str
    fallen: tuple[str, ...]
    rests_on: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes a letter: the institution, from the site's own file."""

    institution: str
    department: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One referral in the register. Days are local; money in fen, over all outcomes."""

    case: str
    title: str
    referral: str
    addressee: Words
    offence: Words
    stage: int
    agreed: int
    sent_on: date | None
    received: ReferralReceived | None
    filed: ReferralFiled | None
    feedback: tuple[str, ...]
    people: int
    rings: int
    sentences: int
    restitution: int
    owes_correction: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTotals:
    """The register in numbers: how many left, were received, were taken up, refused or sent back, wait, and what came of all."""

    referrals: int
    sent: int
    received: int
    accepted: int
    refused: int
    returned: int
    waiting: int  # handed over, and nothing filed yet
    people: int
    rings: int
    sentences: int
    restitution: int
    corrections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Perishing:
    """A record a source system or platform deletes: from which day it is gone, None where nobody knows. `theirs` is its id over there;
    `kept`: we hold an exhibit of it; `asked`: somebody was asked to keep it, and that stands."""

    record: str
    theirs: str
    kind: Words
    system: str
    made_on: date
    gone_on: date | None
    kept: bool
    asked: bool
