"""Where a statement comes from: a passage, a record, a clause; nothing is claimed without one."""

from dataclasses import dataclass
from enum import StrEnum

from mingcha.model.text import Passage
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Cite:
    """A source shown beside a claim: a record, and the passage in it where there is one."""

    kind: str  # code of the record's kind
    record: str  # keyed record id inside the house
    passage: Passage | None = None


class Rank(StrEnum):
    """What sort of rule a clause is; shown with every citation."""

    LAW = "law"
    REGULATION = "regulation"  # a regulator's rule
    STANDARD = "standard"  # a recommended national or industry standard
    SELF_REGULATORY = "self_regulatory"  # an association's paper
    PROMISE = "promise"  # the institution's own


class Grade(StrEnum):
    """How good our source for a clause's text is."""

    FIRST_HAND = "first_hand"
    REPORTED = "reported"
    UNREAD = "unread"


class JudgedBy(StrEnum):
    """Who may judge a clause."""

    DETECTOR = "detector"
    PEOPLE = "people"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a dated standard, restated in our own words."""

    id: str  # standard@date:clause, for instance cba-agency@2024-01-draft:means.1
    title: Words
    text: Words
    source: str
    rank: Rank
    grade: Grade
    judged_by: JudgedBy
    why_people: str | None = None  # the reason, where judged_by is people or unread
    in_force_from: str | None = None  # ISO date
    in_force_to: str | None = None
    binds: str = "institution"  # institution | agent | person | everyone
    parameters: tuple[tuple[str, str | int], ...] = ()
    countersigned_by: str | None = None  # who of the site stands for it, where it is the site's own

    def parameter(self, name: str) -> str | int:
        """A named parameter of the clause; KeyError where the file has none."""
        return dict(self.parameters)[name]
