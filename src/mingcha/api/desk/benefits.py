"""Rings of accounts that harvest a promotion."""

from typing import Any

from fastapi import APIRouter

from mingcha.actions.benefits import benefit_rings
from mingcha.actions.codec import to_plain
from mingcha.api.desk.who import DENIED, House, Who

router = APIRouter(prefix="/api", tags=["rings"])


@router.get("/benefit-rings", responses=DENIED)
def benefits(deps: House, who: Who) -> dict[str, Any]:
    """Rings among claims of benefits: `complaints` are accounts, `customers` their holders; amounts in fen.

    The status is a code of rings: `suspected_illegal_agency` says here that one payee had more than the rule lets one person have.
    The read is sealed.
    """
    plain: dict[str, Any] = to_plain(benefit_rings(deps, who))
    return plain
