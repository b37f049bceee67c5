"""The page of one family: is this our fault, what may innocently explain it, signs of organisation last."""

from typing import Annotated

from fastapi import APIRouter, Path

from mingcha.actions import family_page
from mingcha.api.desk.complaint import REFUSALS
from mingcha.api.desk.who import House, Who
from mingcha.model.family_page import FamilyPage

router = APIRouter(prefix="/api/families", tags=["family"])
ANSWERS = {
    **REFUSALS,
    403: {"description": "Not permitted, or merit is not sealed for every complaint of the family."},
    404: {"description": "No such family."},
}


@router.get("/{id_}", responses=ANSWERS)
def family(
    deps: House, who: Who, id_: Annotated[str, Path(max_length=64, examples=["0a2e684c1ac0f9851263e08416f0e18e"])]
) -> FamilyPage:
    """One family. Shares are millionths with a Wilson 95 % interval; nothing in it is a score, and the read is sealed."""
    return family_page.family(deps, who, id_)
