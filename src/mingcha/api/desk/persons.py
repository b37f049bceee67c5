"""Rows of any table to the persons they speak of; nothing is kept."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from mingcha.actions.codec import to_plain
from mingcha.actions.persons import resolve_persons
from mingcha.api.desk.who import DENIED, Who
from mingcha.model.linked import TableRow
from mingcha.text.cells import plain_cell
from mingcha.wiring import linkage

router = APIRouter(prefix="/api", tags=["rings"])
Rows = list[dict[str, Any]]


class PersonsRequest(BaseModel):
    """Rows of a table of people; `judged` are rows of `a, b, verdict` (same, not_same, unsure), perhaps `by, at, why`."""

    model_config = ConfigDict(extra="forbid")

    rows: Annotated[Rows, Field(min_length=1, max_length=20_000)]
    judged: Annotated[Rows, Field(max_length=20_000)] = []
    id: Annotated[str, Field(max_length=64)] = "id"
    columns: dict[str, str] = {}


class PairAnswer(BaseModel):
    """Two rows and why: match weight in bits (log2), and what each comparison adds."""

    a: str
    b: str
    bits: float
    parts: list[tuple[str, str, float]]


class PersonsAnswer(BaseModel):
    """Every row's group by its first row, pairs that are as likely as not one person, what was kept apart, rows not read."""

    groups: dict[str, str]
    pairs: list[PairAnswer]
    kept_apart: list[Any]
    contradictions: list[Any]
    not_read: list[int]


@router.post(
    "/persons", responses={**DENIED, 422: {"description": "A column named is not there, or none says who somebody is."}}
)
def persons(_who: Who, asked: PersonsRequest) -> PersonsAnswer:
    """Group rows that are one person. Nothing is kept, and what it says carries no evidence value."""
    done = resolve_persons(_rows("rows", asked.rows), linkage(), _rows("judged", asked.judged), asked.id, asked.columns)
    return PersonsAnswer(
        groups={row: group[0] for group in done.persons.groups for row in group},
        pairs=[PairAnswer(a=one.one, b=one.other, bits=one.bits, parts=list(one.parts)) for one in done.pairs],
        kept_apart=[[one, other, to_plain(why)] for one, other, why in done.persons.kept_apart],
        contradictions=[[one.one, one.other, to_plain(why)] for one, why in done.persons.contradictions],
        not_read=[fault.line for faults in done.faults.values() for fault in faults],
    )


def _rows(name: str, rows: Rows) -> list[TableRow]:
    return [TableRow(name, n, {key: plain_cell(cell) for key, cell in row.items()}) for n, row in enumerate(rows, 1)]
