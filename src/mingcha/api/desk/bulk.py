"""One deed for many complaints: preview, apply exactly what was shown, take back within a day. The four deeds are all there are."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from mingcha.actions import bulk
from mingcha.actions.codec import to_plain
from mingcha.api.desk.handling import AssignRequest, Day, RecordsRequest, Tag
from mingcha.api.desk.shapes import Name, Shape
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.model.bulk import DEED_KINDS, MOST, Bulk, BulkDeed, DeedKind, Draft, Kept, Selection
from mingcha.model.handling import Assigned, RecordsRequested, Tagged

router = APIRouter(prefix="/api/bulk", tags=["bulk"])
ORDER: dict[int | str, dict[str, Any]] = {
    **DENIED,
    404: {"description": "No such bulk deed."},
    409: {"description": "What it would reach has changed since it was shown, or it is too late to take it back."},
}
Id = Annotated[str, Path(pattern=r"^BULK-[0-9a-f]{1,40}$", examples=["BULK-3f2a9c0b1d4e"])]


class AssignDeed(AssignRequest):
    """Give each to one person."""

    deed: Literal["assign"]


class TagDeed(Shape):
    """Put a tag on each."""

    deed: Literal["tag"]
    tag: Tag


class RecordsDeed(RecordsRequest):
    """Ask a department of ours for records of ours about each."""

    deed: Literal["records"]


class DraftDeed(Shape):
    """Put the drafted answer of each on file."""

    deed: Literal["draft"]


Deed = Annotated[AssignDeed | TagDeed | RecordsDeed | DraftDeed, Field(discriminator="deed")]


class SelectionShape(Shape):
    """Ids, or facts of the queue; there is no field for anything that was found. Days are China's, both included."""

    ids: list[Annotated[str, Field(min_length=1, max_length=64)]] = Field(default=[], max_length=10 * MOST)
    channel: Annotated[str | None, Field(max_length=100)] = None
    received_from: Day | None = None
    received_to: Day | None = None
    welfare: bool | None = None
    due_before: Day | None = None
    tag: Tag | None = None
    assigned_to: Name | None = None
    unassigned: bool | None = None


class BulkRequest(Shape):
    """Which complaints, and what to do."""

    selection: SelectionShape
    deed: Deed


class ApplyRequest(BulkRequest):
    """The same once more, with the digest of what was shown."""

    digest: Annotated[str, Field(min_length=1, max_length=200)]


class PreviewAnswer(BaseModel):
    """What would be done. Pass `digest` on to apply exactly this."""

    count: int
    sample: list[dict[str, Any]]
    skipped: list[dict[str, Any]] = Field(description="complaints left as they are, each with its reason")
    aside: int = Field(description="complaints that name the asker's line and never reach them")
    digest: str


class BulkAnswer(BaseModel):
    """A bulk deed: to how many it was done, until when it can be taken back, and what came of that."""

    id: str = Field(examples=["BULK-3f2a9c0b1d4e"])
    at: datetime
    by: str
    deed: DeedKind
    said: dict[str, Any]
    count: int
    skipped: int
    until: datetime
    restored: int | None = Field(description="null until it was taken back")
    left: list[dict[str, str]] = Field(description="complaints that were not restored, each with its reason")
    left_aside: int


@router.post("/preview", responses=DENIED)
def preview(deps: House, who: Who, asked: BulkRequest) -> PreviewAnswer:
    """How many, a sample, and what is skipped and why; nothing is done. 422 for more than go at once."""
    seen = bulk.preview(deps, who, _selection(asked.selection), _deed(asked.deed))
    return PreviewAnswer(
        count=seen.count,
        sample=[to_plain(row) for row in seen.sample],
        skipped=[to_plain(one) for one in seen.skipped],
        aside=seen.aside,
        digest=seen.digest,
    )


@router.post("/apply", responses=ORDER)
def apply(deps: House, who: Who, asked: ApplyRequest) -> BulkAnswer:
    """Do exactly what was shown; 409 where it would no longer be that."""
    return shape(bulk.apply(deps, who, _selection(asked.selection), _deed(asked.deed), asked.digest))


@router.post("/{id_}/undo", responses=ORDER)
def undo(deps: House, who: Who, id_: Id) -> BulkAnswer:
    """Take it back; what somebody acted on since, and what was erased, is told and left."""
    return shape(bulk.undo(deps, who, id_))


@router.get("", responses=DENIED)
def listed(deps: House, who: Who) -> list[BulkAnswer]:
    """Every bulk deed, the newest first."""
    return [shape(one) for one in bulk.bulks(deps, who)]


def shape(one: Bulk) -> BulkAnswer:
    """A bulk deed as it goes over the wire."""
    left = one.undone.left if one.undone else ()
    told = [{"complaint": each.complaint, "why": each.why.value} for each in left if each.why is not Kept.ASIDE]
    return BulkAnswer(
        id=one.id,
        at=one.at,
        by=one.by,
        deed=DEED_KINDS[type(one.applied.deed)],
        said=to_plain(one.applied.deed),
        count=len(one.applied.items),
        skipped=one.applied.skipped,
        until=one.until,
        restored=len(one.undone.restored) if one.undone else None,
        left=told,
        left_aside=len(left) - len(told),
    )


def _selection(asked: SelectionShape) -> Selection:
    return Selection(**{**asked.model_dump(), "ids": tuple(asked.ids)})


def _deed(asked: AssignDeed | TagDeed | RecordsDeed | DraftDeed) -> BulkDeed:
    match asked:
        case AssignDeed():
            return Assigned(asked.to, asked.before)
        case TagDeed():
            return Tagged(asked.tag)
        case RecordsDeed():
            return RecordsRequested(asked.records, asked.department, asked.until)
        case DraftDeed():
            return Draft()
