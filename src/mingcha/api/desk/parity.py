"""Parity: what becomes of linked complaints beside the others; and precision: how often people bear out what was found."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from mingcha.actions.codec import to_plain
from mingcha.actions.precision import precision_figures
from mingcha.actions.quality import parity_figures
from mingcha.actions.returns import returns_of
from mingcha.api.desk.who import DENIED, House, Who

router = APIRouter(prefix="/api", tags=["quality"])


@router.get("/parity", responses=DENIED)
def figures(deps: House, who: Who) -> dict[str, Any]:
    """Shares with intervals, standardised differences, weeks and alarms; groups of fewer than ten are not shown. Sealed."""
    plain: dict[str, Any] = to_plain(parity_figures(deps, who))
    return plain


@router.get("/returns/{period}", responses=DENIED)
def periodic(
    deps: House, who: Who, period: Annotated[str, Path(max_length=10, examples=["2026-10"])]
) -> dict[str, Any]:
    """The tables of a month (2026-10) or a quarter (2026Q3) by the codes of JR/T 0169. Sealed."""
    plain: dict[str, Any] = to_plain(returns_of(deps, who, period))
    return plain


@router.get("/precision", responses=DENIED)
def how_precise(deps: House, who: Who) -> dict[str, Any]:
    """Each detector's share borne out by people's conclusions, its drift, and reviewers beside the records. Sealed."""
    plain: dict[str, Any] = to_plain(precision_figures(deps, who))
    return plain
