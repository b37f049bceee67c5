"""Promises of one sort in our own records: kept, overdue, or with their day still to come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mingcha.merit.ledger import NOT_WHOLE, whole
from mingcha.model.merit import Claim, MeritFile, MeritState, Searched
from mingcha.model.payment import Waiver
from mingcha.model.provenance import Cite
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises made up to the receipt, those not kept, and those of them whose day is over."""

    made: tuple[Waiver, ...]
    unkept: tuple[Waiver, ...]
    overdue: tuple[Waiver, ...]

    @property
    def state(self) -> MeritState:
        """Overdue: confirmed; still open: partly; nothing open: not found."""
        if self.overdue:
            return MeritState.CONFIRMED
        return MeritState.PARTLY if self.unkept else MeritState.NOT_FOUND

    @property
    def since(self) -> date:
        """The day the first overdue promise was due."""
        return min(one.due_on for one in self.overdue if one.due_on is not None)

    @property
    def cites(self) -> tuple[Cite, ...]:
        """What the state rests on, by day."""
        shown: Sequence[Waiver] = self.overdue or self.unkept or self.made
        return tuple(Cite("waivers", one.id) for one in sorted(shown, key=lambda one: (one.promised_on, one.id)))

    @property
    def figures(self) -> tuple[tuple[str, int], ...]:
        """Counts."""
        return (("overdue", len(self.overdue)), ("promised", len(self.made)), ("unkept", len(self.unkept)))


def promises(file: MeritFile, sort: str, kept: Callable[[Waiver, date], bool]) -> Promises:
    """The promises of a sort (`refund`, `waiver`); `kept` says whether other records show that one was kept by a day."""
    day = local_day(file.received_at)
    made = tuple(one for one in file.waivers if one.promise == sort and one.promised_on <= day)
    unkept = tuple(one for one in made if not (_done(one, day) or kept(one, day)))
    return Promises(made, unkept, tuple(one for one in unkept if one.due_on is not None and one.due_on < day))


def _done(one: Waiver, day: date) -> bool:
    return one.done_on is not None and one.done_on <= day


def judge_promises(
    file: MeritFile, found: Promises, claim: Claim | None, words: tuple[Words, Words]
) -> tuple[MeritState, Words | None, Searched]:
    """The state, why it is unchecked where it is, and what was searched. `words`: books in part, and no such record."""
    incomplete, none = words
    complete = whole(file, "waivers", claim)
    state = found.state
    unchecked = state is MeritState.NOT_FOUND and not complete
    missing = () if complete else (NOT_WHOLE,) if found.made else (none,)
    looked = Searched(records=len(found.made), missing=missing)
    return (MeritState.UNCHECKED if unchecked else state), (incomplete if unchecked else None), looked
