"""Causes of upheld complaints and the ledger of repairs."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from mingcha.actions.codec import to_plain
from mingcha.actions.repairs import causes_of, name_cause, open_repair, record_fix
from mingcha.api.desk.complaint import Id
from mingcha.api.desk.shapes import CauseRequest, FixRequest, RepairRequest
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.model.repair import Cause

router = APIRouter(prefix="/api", tags=["repairs"])
ORDER: dict[int | str, dict[str, Any]] = {
    **DENIED,
    404: {"description": "No such cause or repair."},
    409: {"description": "Out of order."},
}


@router.get("/causes", responses=DENIED)
def causes(
    deps: House,
    who: Who,
    first: Annotated[date, Query(description="the first day of receipt, in China")],
    last: Annotated[date, Query(description="the last day, itself included")],
) -> dict[str, Any]:
    """Grievances people upheld, by product, lender, agency and what people named; a card an agency; every repair with its measures. Sealed."""
    plain: dict[str, Any] = to_plain(causes_of(deps, who, first, last))
    return plain


@router.post("/complaints/{id_}/causes", status_code=201, responses=ORDER)
def name(deps: House, who: Who, id_: Id, asked: CauseRequest) -> dict[str, Any]:
    """Say that an upheld complaint comes from a partner, a script or a system that no record names; sealed."""
    plain: dict[str, Any] = to_plain(name_cause(deps, who, id_, asked.source, asked.value))
    return plain


@router.post("/repairs", status_code=201, responses=ORDER)
def repair(deps: House, who: Who, asked: RepairRequest) -> dict[str, Any]:
    """Say who mends a cause, how and by when; sealed."""
    cause = Cause(asked.source, asked.value, asked.grievance)
    plain: dict[str, Any] = to_plain(open_repair(deps, who, cause, asked.owner, asked.fix, asked.due))
    return plain


@router.post("/repairs/{id_}/fix", responses=ORDER)
def fix(
    deps: House, who: Who, id_: Annotated[str, Path(pattern=r"^R-\d{1,9}$", examples=["R-1"])], asked: FixRequest
) -> dict[str, Any]:
    """Say that a repair was made on a day, and what shows it; sealed."""
    plain: dict[str, Any] = to_plain(record_fix(deps, who, id_, asked.fixed_on, asked.evidence))
    return plain
