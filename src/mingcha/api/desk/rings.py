"""Rings and ties: the list, one ring, why two complaints hang together, a person's word on it; and rows of any table to groups."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from mingcha.actions import rings
from mingcha.actions.codec import to_plain
from mingcha.actions.linking import link_rows
from mingcha.api.desk.complaint import ORDER, REFUSALS
from mingcha.api.desk.shapes import Moment
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.model.linked import TableRow
from mingcha.text.cells import plain_cell

router = APIRouter(prefix="/api", tags=["rings"])
Key = Annotated[str, Field(max_length=64)]


class TieRequest(BaseModel):
    """Two complaints and why they do, or do not, belong together."""

    model_config = ConfigDict(extra="forbid")

    one: Key
    other: Key
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]


class UndoTieRequest(BaseModel):
    """A word taken back."""

    model_config = ConfigDict(extra="forbid")

    judgement: Key
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]


class LinkRequest(BaseModel):
    """Rows of a table of records or posts; `columns` names a heading that goes by none of the usual names."""

    model_config = ConfigDict(extra="forbid")

    rows: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=20_000)]
    id: Annotated[str, Field(max_length=64)] = "id"
    columns: dict[str, str] = {}


class LinkAnswer(BaseModel):
    """Every row's group by its first row, values too many share, and the rows that were not read."""

    groups: dict[str, str]
    hubs: list[str]
    not_read: list[int]


On = Annotated[Moment | None, Query(description="As the rings stood at this moment; as they stand where left out.")]


@router.get("/rings", responses=REFUSALS)
def listed(deps: House, who: Who, on: On = None) -> dict[str, Any]:
    """Rings, hubs and the judgements in force. Stability is in millionths, rarity in thousandths of a bit; the read is sealed."""
    moment: datetime | None = on
    plain: dict[str, Any] = to_plain(rings.listed(deps, who, moment))
    return plain


@router.get("/rings/{id_}", responses=REFUSALS)
def ring(
    deps: House, who: Who, id_: Annotated[str, Path(max_length=64, examples=["R-1a2b3c4d5e6f"])]
) -> dict[str, Any]:
    """One ring and what became of it; customers are possible victims and never members."""
    plain: dict[str, Any] = to_plain(rings.ring_view(deps, who, id_))
    return plain


class GradeRequest(BaseModel):
    """A level of a suspected ring: 1, 2, or none."""

    model_config = ConfigDict(extra="forbid")

    level: Annotated[int | None, Field(ge=1, le=2)]
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]


@router.post("/rings/{id_}/level", responses=ORDER)
def grade(deps: House, who: Who, id_: Annotated[str, Path(max_length=64)], asked: GradeRequest) -> dict[str, Any]:
    """Give a suspected ring a level or take it away; of the organisation alone, sealed with its reason."""
    plain: dict[str, Any] = to_plain(rings.grade(deps, who, id_, asked.level, asked.reason))
    return plain


@router.get("/why", responses={**REFUSALS, **ORDER})
def why(
    deps: House, who: Who, one: Annotated[str, Query(max_length=64)], other: Annotated[str, Query(max_length=64)]
) -> dict[str, Any]:
    """The shortest ways over the rarest values from one complaint to the other, and what speaks against."""
    plain: dict[str, Any] = to_plain(rings.why(deps, who, one, other))
    return plain


@router.post("/ties/together", status_code=201, responses=ORDER)
def tie(deps: House, who: Who, asked: TieRequest) -> dict[str, Any]:
    """Say that two complaints come from one organisation; it holds at once and in every later run, sealed, undone by its id."""
    plain: dict[str, Any] = to_plain(rings.tie(deps, who, asked.one, asked.other, asked.reason))
    return plain


@router.post("/ties/apart", status_code=201, responses=ORDER)
def untie(deps: House, who: Who, asked: TieRequest) -> dict[str, Any]:
    """Say that two complaints are not related: no later run puts them in one ring."""
    plain: dict[str, Any] = to_plain(rings.untie(deps, who, asked.one, asked.other, asked.reason))
    return plain


@router.post("/ties/undo", status_code=201, responses=ORDER)
def undo(deps: House, who: Who, asked: UndoTieRequest) -> dict[str, Any]:
    """Take a word back; rings stand as if it had not been said."""
    plain: dict[str, Any] = to_plain(rings.undo(deps, who, asked.judgement, asked.reason))
    return plain


@router.post("/link", responses={**DENIED, 422: {"description": "A column named is not there."}})
def link(_who: Who, asked: LinkRequest) -> LinkAnswer:
    """Group rows that belong together. Nothing is kept, and what it says carries no evidence value."""
    done = link_rows(table_rows("rows", asked.rows), asked.id, asked.columns)
    return LinkAnswer(
        groups={row: group[0] for group in done.groups for row in group},
        hubs=[f"{one.kind} {one.value}" for one in done.shared if one.hub],
        not_read=[fault.line for faults in done.faults.values() for fault in faults],
    )


def table_rows(name: str, rows: list[dict[str, Any]]) -> list[TableRow]:
    """Rows of a request as rows of a table."""
    return [TableRow(name, n, {key: plain_cell(cell) for key, cell in row.items()}) for n, row in enumerate(rows, 1)]
