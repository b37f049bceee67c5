"""What the network needs to know of one complaint: read from its own records once, kept, and met again by what it shares."""

from dataclasses import dataclass
from datetime import datetime

from mingcha.model.campaign import SampleMatch
from mingcha.model.finding import Conduct
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite

Stated = tuple[str, str, str, str]  # kind of tie, value, kind of the record that states it, that record


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One complaint as families, ties and rings see it. All values are keyed tokens; no words of anybody."""

    complaint: str
    customer_id: str | None
    person: Customer | None  # no more of the record than says who is related to whom
    filer_phone: str | None
    received_at: datetime | None
    channel: str | None
    lender: str | None
    product: str | None
    represented: bool
    facts: tuple[Stated, ...]  # what its own records state; a script is its family's to state
    act: str = ""
    family: str | None = None
    sample: SampleMatch | None = None  # the public letter its text follows, where it is in a family
    conduct: tuple[tuple[Conduct, str, Cite], ...] = ()
    explanations: tuple[tuple[str, Cite], ...] = ()
    ring: str | None = None  # it is in, or was last in
    rests_on: str | None = None  # what of its family the two rest on; None: its findings were not looked at
