"""What people decide. Never overwritten: a later decision supersedes, an undo restores, both stay."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mingcha.model.merit import Grievance


class Stage(StrEnum):
    """Merit is decided and sealed before the rest opens (law 2)."""

    MERIT = "merit"
    CONCLUSION = "conclusion"


class MeritVerdict(StrEnum):
    """A person's decision on one complaint's merit."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"


class Conclusion(StrEnum):
    """A person's decision on agency and organisation."""

    ORDINARY = "ordinary"
    AUTHORISED_AGENT = "authorised_agent"
    BREACH_OF_ORDER = "breach_of_order"  # takes two people
    LINKED = "linked_to_suspected_organisation"
    INSUFFICIENT = "insufficient"


ACCUSING = frozenset({Conclusion.LINKED, Conclusion.BREACH_OF_ORDER})  # these take two people


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision by a named person, with reason and clause. `undoes` names the decision it takes back."""

    id: str
    complaint: str
    stage: Stage
    verdict: str  # a MeritVerdict or Conclusion
    grievances: tuple[Grievance, ...]  # those upheld
    reason: str
    clause: str | None
    by: str
    at: datetime
    second: str | None = None
    undoes: str | None = None
    confirms: str | None = None  # the decision a second person confirms
