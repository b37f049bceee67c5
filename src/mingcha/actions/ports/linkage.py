"""How likely two rows are one person."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from mingcha.model.person import PersonPair, PersonRow


class Linkage(Protocol):
    """A model of what two rows of one person, and of two, have in common."""

    def pairs(self, rows: Sequence[PersonRow], bits: float) -> Iterable[PersonPair]:
        """Pairs of at least `bits` of match weight, each with what every comparison adds."""
