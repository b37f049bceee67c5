"""Objections of those who are named: listed by the day they are due, seen, linked, answered by somebody who is on nothing they name."""

from typing import Annotated, Any, cast

from fastapi import APIRouter, Path
from pydantic import Field

from mingcha.actions import objections
from mingcha.actions.codec import to_plain
from mingcha.api.desk.shapes import Reason, Shape
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.model.objection import Touched, TouchedKind, TouchedLinked, TouchedUnlinked

router = APIRouter(prefix="/api/objections", tags=["objections"])
ORDER: dict[int | str, dict[str, Any]] = {
    **DENIED,
    404: {"description": "No such objection, or nothing held by such an id."},
    409: {"description": "Out of order: why stands in the answer."},
}
Id = Annotated[str, Path(pattern=r"^OBJ-[0-9a-f]{1,40}$", examples=["OBJ-3f2a9c0b1d4e"])]
Named = Annotated[str, Field(min_length=1, max_length=200)]


class ReasonAsked(Shape):
    """Why; sealed."""

    reason: Reason


class LinkRequest(ReasonAsked):
    """What an objection names, or does not."""

    kind: TouchedKind = Field(examples=["ring"])
    id: Annotated[str, Field(min_length=1, max_length=200, examples=["R-44bd7c8a561d"])]


class ObjectionAnswerRequest(ReasonAsked):
    """An answer. `told` is what the objector reads, the house's own words where it is empty; `falls` what falls where they are right."""

    upheld: bool
    told: Annotated[str, Field(max_length=4_000)] = ""
    falls: Annotated[tuple[Named, ...], Field(max_length=100)] = ()
    alike: bool = False


@router.get("", responses=DENIED)
def listed(deps: House, who: Who, ended: bool = False) -> dict[str, Any]:
    """Those that wait, the nearest day first; with `ended` all. The look is sealed."""
    return {"objections": [to_plain(one) for one in objections.objections(deps, who, ended=ended)]}


@router.get("/{objection}", responses=ORDER)
def one(objection: Id, deps: House, who: Who) -> dict[str, Any]:
    """One, masked; the look is sealed."""
    return cast("dict[str, Any]", to_plain(objections.see_objection(deps, who, objection)))


@router.post("/{objection}/reveal", responses=ORDER)
def revealed(objection: Id, asked: ReasonAsked, deps: House, who: Who) -> dict[str, Any]:
    """One in clear, for a sealed reason."""
    return cast("dict[str, Any]", to_plain(objections.reveal_objection(deps, who, objection, asked.reason)))


@router.post("/{objection}/link", responses=ORDER)
def linked(objection: Id, asked: LinkRequest, deps: House, who: Who) -> dict[str, Any]:
    """It names this as well, which is disputed from now on."""
    body = TouchedLinked(Touched(asked.kind, asked.id), asked.reason)
    return {"act": objections.link_objection(deps, who, objection, body).id}


@router.post("/{objection}/unlink", responses=ORDER)
def unlinked(objection: Id, asked: LinkRequest, deps: House, who: Who) -> dict[str, Any]:
    """It does not name this."""
    body = TouchedUnlinked(Touched(asked.kind, asked.id), asked.reason)
    return {"act": objections.link_objection(deps, who, objection, body).id}


@router.post("/{objection}/answer", responses=ORDER)
def answered(objection: Id, asked: ObjectionAnswerRequest, deps: House, who: Who) -> dict[str, Any]:
    """Answer it; whoever is on what it names, or stands above or below them, may not."""
    given = objections.Answering(
        upheld=asked.upheld, reason=asked.reason, told=asked.told, falls=asked.falls, alike=asked.alike
    )
    return cast("dict[str, Any]", to_plain(objections.answer_objections(deps, who, objection, given)))


@router.post("/{objection}/erase", responses=ORDER)
def erased(objection: Id, asked: ReasonAsked, deps: House, who: Who) -> dict[str, int]:
    """Destroy what it says, once it was answered or taken back."""
    return {"acts": objections.erase_objection(deps, who, objection, asked.reason)}
