"""What a detector is: one function from a dossier to found, absent or unchecked, under one clause, with its own docstring.

Missing records are never suspicion: a detector whose kinds the house does not hold is unchecked before it runs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Conduct, Family, Finding, Nothing, Result, Side, Unchecked
from mingcha.model.laws import MAX_CITES, MIN_UNRELATED_CUSTOMERS
from mingcha.model.provenance import Cite
from mingcha.model.tie import TieSummary
from mingcha.model.words import Words

DETECT_SCHEME = "detect@2026-11-28"
MIN_CUSTOMERS = 3
if MIN_CUSTOMERS < MIN_UNRELATED_CUSTOMERS:  # the floor of law 3 is a constant of the model
    raise AssertionError("the scheme goes below a floor of law 3")


@dataclass(frozen=True, slots=True)
class Found:
    """What a detector's function returns when it found something; the rest comes from its declaration."""

    points: int
    why: Words
    cites: tuple[Cite, ...]


Outcome = Found | Words | Unchecked  # found, looked and absent (with why), or unchecked


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """One detector as the catalogue, API, CLI and docs see it."""

    code: str
    clause: str
    answer: Answer
    side: Side
    family: Family
    basis: Basis
    needs: tuple[str, ...]
    label: Words
    doc: str
    conduct: Conduct | None
    stops_ties: bool
    explains: bool  # an innocent explanation that can hold for a whole group
    function: Callable[[Dossier], Outcome]

    def run(self, dossier: Dossier) -> Result:
        """The result for one dossier."""
        missing = tuple(kind for kind in self.needs if kind not in dossier.kinds_held)
        if missing:
            return Unchecked(
                detector=self.code, needs=missing, why=Words("缺少所需记录", "the records it needs are not here")
            )
        outcome = self.function(dossier)
        if isinstance(outcome, Unchecked):
            return outcome
        if isinstance(outcome, Words):
            return Nothing(detector=self.code, why=outcome)
        return Finding(
            detector=self.code,
            clause=self.clause,
            answer=self.answer,
            side=self.side,
            family=self.family,
            basis=self.basis,
            points=outcome.points,
            why=outcome.why,
            cites=outcome.cites[:MAX_CITES],
            conduct=self.conduct,
            stops_ties=self.stops_ties,
        )


def detector(  # noqa: PLR0913 -- a declaration: each argument is one property of the detector
    *,
    clause: str,
    answer: Answer,
    side: Side,
    family: Family,
    basis: Basis,
    label: tuple[str, str],
    needs: tuple[str, ...] = (),
    conduct: Conduct | None = None,
    stops_ties: bool = False,
    explains: bool = False,
) -> Callable[[Callable[[Dossier], Outcome]], Detector]:
    """Declare a detector; refused without a docstring."""

    def declare(function: Callable[[Dossier], Outcome]) -> Detector:
        if not function.__doc__:
            raise TypeError(f"{function.__name__} says nothing about itself")
        return Detector(
            code=function.__name__,
            clause=clause,
            answer=answer,
            side=side,
            family=family,
            basis=basis,
            needs=needs,
            label=Words(*label),
            doc=function.__doc__.strip(),
            conduct=conduct,
            stops_ties=stops_ties,
            explains=explains,
            function=function,
        )

    return declare


def own(dossier: Dossier) -> Cite:
    """The complaint itself as a source."""
    return Cite("complaints", dossier.complaint.id)


def shared_by_unrelated(dossier: Dossier, kinds: tuple[str, ...]) -> TieSummary | None:
    """The tie of these kinds that most unrelated customers share, three or more; never a hub, stopped or allowed one."""
    shared = [
        tie for tie in dossier.ties if tie.kind in kinds and not tie.hub and not tie.stopped and tie.allowed_as is None
    ]
    strong = [tie for tie in shared if tie.customers.count >= MIN_CUSTOMERS]
    return max(strong, key=lambda tie: (tie.customers.count, tie.value), default=None)
