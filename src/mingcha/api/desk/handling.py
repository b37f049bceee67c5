"""One complaint handled without deciding it: who has it, its tags, our own records asked for, a draft on file; each act sealed."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from mingcha.actions import handling
from mingcha.api.desk.complaint import ORDER, Id
from mingcha.api.desk.shapes import Name, Shape
from mingcha.api.desk.who import House, Who
from mingcha.model.handling import (
    Assigned,
    DeskAct,
    OwnRecord,
    RecordsArrived,
    RecordsRequested,
    Tagged,
    Untagged,
)
from mingcha.model.times import EARLIEST, TOO_LATE

router = APIRouter(prefix="/api/complaints", tags=["handling"])
Day = Annotated[date, Field(ge=EARLIEST.date(), lt=TOO_LATE.date(), examples=["2026-12-04"])]
Tag = Annotated[str, Field(min_length=1, max_length=100, examples=["加急"])]


class AssignRequest(Shape):
    """To whom; `before` is who has it now, where somebody has."""

    to: Name
    before: Name | None = None


class TagRequest(Shape):
    """A tag people chose; `off` takes it off."""

    tag: Tag
    off: bool = False


class RecordsRequest(Shape):
    """Records of our own, from which department, until when."""

    records: OwnRecord
    department: Annotated[str, Field(min_length=1, max_length=100, examples=["客服中心"])]
    until: Day


class ArrivedRequest(Shape):
    """The act that asked for what came."""

    request: Annotated[str, Field(min_length=1, max_length=64)]


class DeskActAnswer(Shape):
    """An act as it was kept."""

    act: str
    complaint: str
    kind: str = Field(examples=["assigned"])


@router.post("/{id_}/assign", responses=ORDER)
def assign(deps: House, who: Who, id_: Id, asked: AssignRequest) -> DeskActAnswer:
    """Give it to one person; 409 unless it is taken over from whoever has it."""
    return _kept(handling.assign(deps, who, id_, Assigned(asked.to, asked.before)))


@router.post("/{id_}/tag", responses=ORDER)
def tag(deps: House, who: Who, id_: Id, asked: TagRequest) -> DeskActAnswer:
    """Put a tag on it, or take one off; 422 for a tag that labels or names anybody."""
    return _kept(handling.tag(deps, who, id_, Untagged(asked.tag) if asked.off else Tagged(asked.tag)))


@router.post("/{id_}/records", responses=ORDER)
def records(deps: House, who: Who, id_: Id, asked: RecordsRequest) -> DeskActAnswer:
    """Ask a department of ours for records of ours. The clock runs on, and whoever complained is asked for nothing."""
    body = RecordsRequested(asked.records, asked.department, asked.until)
    return _kept(handling.request_records(deps, who, id_, body))


@router.post("/{id_}/records/arrived", responses=ORDER)
def arrived(deps: House, who: Who, id_: Id, asked: ArrivedRequest) -> DeskActAnswer:
    """They came."""
    return _kept(handling.request_records(deps, who, id_, RecordsArrived(asked.request)))


@router.post("/{id_}/draft", responses=ORDER)
def draft(deps: House, who: Who, id_: Id) -> DeskActAnswer:
    """Put the drafted answer of now on file; 409 before merit is decided."""
    return _kept(handling.keep_draft(deps, who, id_))


@router.post("/{id_}/take-back", responses=ORDER)
def take_back(deps: House, who: Who, id_: Id) -> DeskActAnswer:
    """Take the last of these acts back."""
    return _kept(handling.take_back(deps, who, id_))


def _kept(act: DeskAct) -> DeskActAnswer:
    return DeskActAnswer(act=act.id, complaint=act.complaint, kind=act.kind.value)
