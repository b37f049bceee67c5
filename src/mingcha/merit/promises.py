"""Promises of one sort in our own records: kept, overdue, or with their day still to come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mingcha.merit.check import result
from mingcha.merit.ledger import NOT_WHOLE, whole
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState, Searched
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


def promise_result(  # noqa: PLR0913 -- what makes up one check of promises
    code: str,
    grievance: Grievance,
    file: MeritFile,
    claim: Claim | None,
    found: Promises,
    *,
    why: Words,
    incomplete: Words,
    none: Words,
) -> MeritResult | None:
    """The result of a check. `incomplete` is said where the books were handed over in part, `none` where there are none."""
    complete = whole(file, "waivers", claim)
    unchecked = found.state is MeritState.NOT_FOUND and not complete
    if claim is None and found.state is not MeritState.CONFIRMED:
        return None
    return result(
        code,
        claim,
        MeritState.UNCHECKED if unchecked else found.state,
        None,
        incomplete if unchecked else why,
        grievance=grievance,
        cites=found.cites,
        searched=Searched(records=len(found.made), missing=() if complete else (NOT_WHOLE,) if found.made else (none,)),
        figures=found.figures,
    )
