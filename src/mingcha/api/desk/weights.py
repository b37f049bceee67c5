"""Weights: those in force, what conclusions teach, and the two who adopt it."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from mingcha.actions.codec import to_plain
from mingcha.actions.learning import agree_weights, propose_weights, see_weights
from mingcha.api.desk.shapes import AgreeRequest, ProposeRequest
from mingcha.api.desk.who import DENIED, House, Who

router = APIRouter(prefix="/api", tags=["weights"])
ORDER: dict[int | str, dict[str, Any]] = {
    **DENIED,
    409: {"description": "Out of order."},
    501: {"description": "The extra `learning` is not installed."},
}
Id = Annotated[str, Path(pattern=r"^weights@\d{4}-\d\d-\d\d\.\d{1,6}$", examples=["weights@2026-11-27.1"])]


@router.get("/weights", responses=DENIED)
def weights(deps: House, who: Who) -> dict[str, Any]:
    """The weights in force and every proposal; which open complaints would change is left out for whoever decides them."""
    plain: dict[str, Any] = to_plain(see_weights(deps, who))
    return plain


@router.post("/weights", status_code=201, responses=ORDER)
def propose(deps: House, who: Who, asked: ProposeRequest) -> dict[str, Any]:
    """Fit weights on all conclusions, compare them over the newest month, keep the proposal; sealed. Nothing changes yet."""
    plain: dict[str, Any] = to_plain(propose_weights(deps, who, shipped=asked.shipped))
    return plain


@router.post("/weights/{id_}/agree", responses={**ORDER, 404: {"description": "No such proposal."}})
def agree(deps: House, who: Who, id_: Id, asked: AgreeRequest) -> dict[str, Any]:
    """One of the two agree; in force when an analyst and somebody of consumer protection have. Sealed."""
    plain: dict[str, Any] = to_plain(agree_weights(deps, who, id_, asked.reason))
    return plain
