"""Parity: what becomes of linked complaints beside the others."""

from typing import Any

from fastapi import APIRouter

from mingcha.actions.codec import to_plain
from mingcha.actions.quality import parity_figures
from mingcha.api.desk.who import House, Who

router = APIRouter(prefix="/api/parity", tags=["parity"])


@router.get("", responses={401: {"description": "Not signed in."}, 403: {"description": "Not permitted."}})
def figures(deps: House, who: Who) -> dict[str, Any]:
    """Shares with intervals, standardised differences, weeks and alarms; groups of fewer than ten are not shown. Sealed."""
    plain: dict[str, Any] = to_plain(parity_figures(deps, who))
    return plain
