"""What was decided on somebody's own complaints, as they themselves may read it: no organisation, no other person, no level."""

from dataclasses import dataclass
from datetime import date

from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class OwnFinding:
    """One complaint of theirs: the day it came in, what about (a product, where known), and what was decided, in words."""

    received_on: date
    product: str | None
    decided: tuple[Words, ...]
