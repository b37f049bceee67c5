"""Who stands behind ads, weeks of new accounts, and words no list knows: detections and suggestions, told anew each time."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import Field

from mingcha.actions import ad_sellers, word_proposals
from mingcha.actions.codec import to_plain
from mingcha.api.desk.shapes import Reason, Shape
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.wiring import ad_machine

router = APIRouter(prefix="/api/ads", tags=["ads"])
REFUSED: dict[int | str, dict[str, Any]] = {
    **DENIED,
    404: {"description": "No such seller."},
    409: {"description": "Out of order: why stands in the answer."},
}
Id = Annotated[str, Path(pattern=r"^(SE|AD)-[A-Z2-7]{1,40}$|^(SE|AD)-0$", examples=["SE-4IT7HCV5HSPQKYIYN32G"])]


class RevealRequest(Shape):
    """Why its contacts are needed in clear."""

    reason: Reason


class WordRequest(Shape):
    """A person's word on a word, and why."""

    word: Annotated[str, Field(min_length=2, max_length=32, examples=["债务骑士"])]
    accepted: bool
    reason: Reason


@router.get("/sellers", responses=DENIED)
def sellers(deps: House, who: Who) -> dict[str, Any]:
    """Sellers, those of most ads first. A seller is an account or an organisation, never a person; `rings` is null for whoever
    may not see rings."""
    return {"sellers": [to_plain(one) for one in ad_sellers.list_sellers(deps, who, ad_machine(deps.standards))]}


@router.get("/sellers/{id_}", responses=REFUSED)
def seller(deps: House, who: Who, id_: Id) -> dict[str, Any]:
    """One seller by its id or any of its ads', contacts masked. `quoted` is null below `quoted_floor`."""
    plain: dict[str, Any] = to_plain(ad_sellers.see_seller(deps, who, ad_machine(deps.standards), id_))
    return plain


@router.post("/sellers/{id_}/reveal", responses=REFUSED)
def reveal(deps: House, who: Who, id_: Id, asked: RevealRequest) -> dict[str, Any]:
    """The same with its contacts in clear; who asked and why is sealed first."""
    plain: dict[str, Any] = to_plain(ad_sellers.see_seller(deps, who, ad_machine(deps.standards), id_, asked.reason))
    return plain


@router.get("/bursts", responses=DENIED)
def bursts(deps: House, who: Who) -> dict[str, Any]:
    """Weeks in which far more young accounts first advertised than usual, with the counts; no ground for a report."""
    return {"bursts": [to_plain(one) for one in ad_sellers.list_bursts(deps, who, ad_machine(deps.standards))]}


@router.get("/words", responses=DENIED)
def words(deps: House, who: Who) -> dict[str, Any]:
    """Words no list knows, the likeliest first, with their counts and masked examples, and what people decided."""
    plain: dict[str, Any] = to_plain(word_proposals.propose_words(deps, who, ad_machine(deps.standards)))
    return plain


@router.post("/words", status_code=201, responses=REFUSED)
def decide(deps: House, who: Who, asked: WordRequest) -> dict[str, Any]:
    """Accept or refuse a word. No result changes by it; the site's list is written and put in use by hand."""
    plain: dict[str, Any] = to_plain(
        word_proposals.decide_word(deps, who, asked.word, accepted=asked.accepted, reason=asked.reason)
    )
    return plain
