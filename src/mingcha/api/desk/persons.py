"""Rows of any table to the persons they speak of, of which nothing is kept; and a word on two customers, which is."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from mingcha.actions import identity
from mingcha.actions.codec import to_plain
from mingcha.actions.persons import resolve_persons
from mingcha.api.desk.complaint import ORDER
from mingcha.api.desk.rings import UndoTieRequest, table_rows
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.model.person import Verdict
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
    done = resolve_persons(
        table_rows("rows", asked.rows), linkage(), table_rows("judged", asked.judged), asked.id, asked.columns
    )
    return PersonsAnswer(
        groups={row: group[0] for group in done.persons.groups for row in group},
        pairs=[PairAnswer(a=one.one, b=one.other, bits=one.bits, parts=list(one.parts)) for one in done.pairs],
        kept_apart=[[one, other, to_plain(why)] for one, other, why in done.persons.kept_apart],
        contradictions=[[one.one, one.other, to_plain(why)] for one, why in done.persons.contradictions],
        not_read=[fault.line for faults in done.faults.values() for fault in faults],
    )


class SameRequest(BaseModel):
    """A word on two customers, by the ids their source system gave."""

    model_config = ConfigDict(extra="forbid")

    one: Annotated[str, Field(max_length=200)]
    other: Annotated[str, Field(max_length=200)]
    system: Annotated[str, Field(max_length=64)] = "default"
    verdict: Verdict
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]


@router.post("/customers/same", status_code=201, responses=ORDER)
def same(deps: House, who: Who, asked: SameRequest) -> dict[str, Any]:
    """Say whether two customers are one person; counted as one from now on, sealed, undone by its id."""
    made = identity.judge(deps, who, asked.system, (asked.one, asked.other), asked.verdict, asked.reason)
    plain: dict[str, Any] = to_plain(made)
    return plain


@router.post("/customers/same/undo", status_code=201, responses=ORDER)
def take_back(deps: House, who: Who, asked: UndoTieRequest) -> dict[str, Any]:
    """Take such a word back; everything stands as if it had not been said."""
    plain: dict[str, Any] = to_plain(identity.take_back(deps, who, asked.judgement, asked.reason))
    return plain
