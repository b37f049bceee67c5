"""Days that were sealed held against the records of all chains: whatever was dated into one later, or made anew, is told.

Places, times and hashes are enough here: that every record is what its hash says, the same inspection has checked before.
"""

from collections.abc import Iterator

from mingcha.actions.day_roots import read_book
from mingcha.actions.deps import Deps
from mingcha.actions.ports.store import Work
from mingcha.model.days import DAY_WORDS, DayState
from mingcha.model.inspection import Flaw


def check_days(deps: Deps, work: Work) -> Iterator[Flaw]:
    """Sealed days that are not what was sealed, and days between them that were never sealed; those that wait are no flaw."""
    book = read_book(deps, work, trusting=True)
    sealed = {one.root.day for one in book.sealed}
    for one in book.sealed:
        if not book.holds(one):
            yield Flaw("day_changed", one.root.day, DAY_WORDS[DayState.BROKEN])
    for day in sorted(book.days.keys() - sealed):
        if day < max(sealed, default=""):
            yield Flaw("day_changed", day, DAY_WORDS[DayState.MISSING])
