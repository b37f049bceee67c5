"""For inspectors and auditors: who saw what, which papers moved which clocks, and everything held against its seals."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from mingcha.actions import access_log
from mingcha.actions.codec import to_plain
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.moves import clock_moves
from mingcha.api.desk.shapes import AccessAnswer, AccessRow, InspectionRequest
from mingcha.api.desk.who import DENIED, House, Who

router = APIRouter(prefix="/api", tags=["inspection"])
Text = Annotated[str | None, Query(max_length=100)]


@router.get("/access-log", responses=DENIED)
def access(
    deps: House,
    who: Who,
    after: Annotated[int | None, Query(ge=0, le=2**53, description="a record's number; without it, the newest")] = None,
    by: Text = None,
    complaint: Text = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = access_log.PAGE,
) -> AccessAnswer:
    """A page of the access chain; reading it is an act in it."""
    page = access_log.access_log(deps, who, after=after, limit=limit, by=by, complaint=complaint)
    return AccessAnswer(rows=[AccessRow(**to_plain(line)) for line in page.lines], next=page.next_after)


@router.get("/clock-moves", responses=DENIED)
def moves(
    deps: House,
    who: Who,
    first: Annotated[date, Query(description="the first day, in China")],
    last: Annotated[date, Query(description="the last day, itself included")],
) -> dict[str, Any]:
    """Every paper of a period that was to move a clock, what came of it, and counts by person. Sealed."""
    plain: dict[str, Any] = to_plain(clock_moves(deps, who, first, last))
    return plain


@router.post("/inspections", status_code=201, responses=DENIED)
def inspection(deps: House, who: Who, asked: InspectionRequest) -> dict[str, Any]:
    """Hold the whole house against its seals, draw a sample by the inspector's seed, list what the rules ask for. Sealed.

    Nothing narrows what is checked: the period says which complaints are drawn and listed.
    """
    wanted = Asked(first=asked.first, last=asked.last, seed=asked.seed, sample=asked.sample, heads=asked.heads)
    plain: dict[str, Any] = to_plain(inspect(deps, who, wanted))
    return plain
