"""A drafted answer to a complaint: what was said, checked and found, what we do, and where to turn next.

Made of merit and of nothing else (law 2): no field of these types can hold a finding, a campaign or a ring.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingcha.model.merit import Grievance
from mingcha.model.words import Words

GAP = Words("〔待填：{what}〕", "[to fill in: {what}]")  # what a person still has to fill in


class Stand(StrEnum):
    """What the answer says to one claim. `open` is ours to finish: it is never held against whoever complained."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Office:
    """Somewhere to turn: a review body, a mediator, a court. Empty fields are for the institution to fill in."""

    name: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """Who answers, from the site's own file; what is empty shows as a gap in the draft."""

    name: str = ""
    department: str = ""
    phone: str = ""
    address: str = ""
    province: str = ""  # as its own courts write it, 江苏省; which sums of an offence are its own depends on it
    review: Office = Office()
    mediation: Office = Office()
    court: Office = Office()
    arbitration: Office | None = None  # only where the contract has such a clause
    countersigned_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The answer to one claim. `said` is None where our own records showed what nobody claimed."""

    grievance: Grievance
    title: Words
    said: str | None
    checked: Words
    missing: tuple[Words, ...]
    found: Words
    stand: Stand
    do: Words
    basis: Words | None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way onwards: what it is and where."""

    name: Words
    where: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole draft; `gaps` name what a person still has to fill in, `undecided` what a person still has to judge."""

    complaint: str
    from_: Institution
    received_on: date
    drafted_on: date
    due: date
    points: tuple[Point, ...]
    opening: Words
    remedies: tuple[Remedy, ...]
    explanation: Words
    help: Words
    gaps: tuple[Words, ...]
    undecided: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """Why the linter refuses a letter: the words, and what is wrong with them."""

    words: str
    why: Words
