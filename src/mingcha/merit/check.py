"""What a merit check is: a function from the merit file and the standards to results; and how results are made."""

from collections.abc import Callable
from dataclasses import dataclass

from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState, Searched
from mingcha.model.provenance import Cite, Clause
from mingcha.model.words import Words
from mingcha.standards.load import Standards

CITED = 20


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its code, the grievance it answers, which kinds it needs, its names and the function."""

    code: str
    grievance: Grievance
    needs: tuple[str, ...]
    label: Words
    run: Callable[[MeritFile, Standards, Claim | None], MeritResult | None]


def result(  # noqa: PLR0913 -- a result has this many parts
    check: str,
    claim: Claim | None,
    state: MeritState,
    clause: Clause | None,
    why: Words,
    *,
    grievance: Grievance,
    cites: tuple[Cite, ...] = (),
    searched: Searched | None = None,
    figures: tuple[tuple[str, int], ...] = (),
) -> MeritResult:
    """A result with its rank taken from its clause; cites are capped and the true number stays in the figures."""
    if len(cites) > CITED:
        figures = (*figures, ("cited_of", len(cites)))
    return MeritResult(
        check=check,
        grievance=grievance,
        claim=claim,
        state=state,
        clause=clause.id if clause else "",
        rank=clause.rank if clause else None,
        why=why,
        cites=cites[:CITED],
        searched=searched or Searched(),
        figures=figures,
    )
