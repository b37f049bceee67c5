"""Erasing a customer's data: by consumer protection, for a reason that stays sealed."""

from fastapi import APIRouter

from mingcha.actions.erase import erase_customer
from mingcha.api.desk.complaint import ORDER
from mingcha.api.desk.shapes import ErasureAnswer, ErasureRequest
from mingcha.api.desk.who import House, Who

router = APIRouter(prefix="/api", tags=["erasure"])


@router.post("/erasures", status_code=201, responses=ORDER)
def erase(deps: House, who: Who, asked: ErasureRequest) -> ErasureAnswer:
    """Erase a customer and all that was filed or kept under them, for good; the chain still verifies."""
    done = erase_customer(deps, who, asked.system, asked.customer, asked.reason)
    return ErasureAnswer(records=done.records, versions=done.versions)
