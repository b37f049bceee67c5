"""The page of one family: is this our fault, what may innocently explain it, signs of organisation last."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from mingcha.actions import families, family_page
from mingcha.actions.families import FamilyRow, Undone
from mingcha.api.desk.complaint import ORDER, REFUSALS
from mingcha.api.desk.who import House, Who
from mingcha.model.family import FamilyJudgement
from mingcha.model.family_page import FamilyPage

router = APIRouter(prefix="/api/families", tags=["family"])
ANSWERS = {
    **REFUSALS,
    403: {"description": "Not permitted, or merit is not sealed for every complaint of the family."},
    404: {"description": "No such family."},
}


Key = Annotated[str, Field(max_length=64)]
Reason = Annotated[str, Field(min_length=1, max_length=2_000)]


class Asked(BaseModel):
    """A request's body: nothing but what it names."""

    model_config = ConfigDict(extra="forbid")


class JoinRequest(Asked):
    """Two families that are one; `into` keeps its id."""

    into: Key
    other: Key
    reason: Reason


class PartRequest(Asked):
    """Complaints that leave a family, together among themselves."""

    family: Key
    complaints: Annotated[list[Key], Field(min_length=1, max_length=5_000)]
    reason: Reason


class UndoRequest(Asked):
    """A judgement taken back."""

    judgement: Key
    reason: Reason


class JudgementAnswer(BaseModel):
    """A person's word on families, as it is kept."""

    id: str
    kind: str
    complaints: list[str]
    anchor: str
    by: str
    at: str


class FamiliesAnswer(BaseModel):
    """All families, the largest first, and the judgements in force."""

    families: list[FamilyRow]
    judgements: list[JudgementAnswer]


@router.get("", responses=ANSWERS)
def listed(deps: House, who: Who) -> FamiliesAnswer:
    """Families by size. `least` is the least share any two members hold of the representative, millionths; 0 where a person joined or parted them."""
    rows, said = families.listed(deps, who)
    return FamiliesAnswer(families=list(rows), judgements=[_answer(one) for one in said])


@router.post("/join", status_code=201, responses=ORDER)
def join(deps: House, who: Who, asked: JoinRequest) -> JudgementAnswer:
    """Join two families; sealed, followed by every later run, and undone by its id."""
    return _answer(families.join(deps, who, asked.into, asked.other, asked.reason))


@router.post("/part", status_code=201, responses=ORDER)
def part(deps: House, who: Who, asked: PartRequest) -> JudgementAnswer:
    """Part complaints from a family; sealed, followed by every later run, and undone by its id."""
    return _answer(families.part(deps, who, asked.family, asked.complaints, asked.reason))


@router.post("/undo", status_code=201, responses=ORDER)
def undo(deps: House, who: Who, asked: UndoRequest) -> Undone:
    """Take a judgement back: members still where it put them return to where they were."""
    return families.undo(deps, who, asked.judgement, asked.reason)


def _answer(said: FamilyJudgement) -> JudgementAnswer:
    return JudgementAnswer(
        id=said.id, kind=said.kind.value, complaints=list(said.complaints), anchor=said.anchor, by=said.by,
        at=said.at.isoformat(),
    )  # fmt: skip


@router.get("/{id_}", responses=ANSWERS)
def family(
    deps: House, who: Who, id_: Annotated[str, Path(max_length=64, examples=["0a2e684c1ac0f9851263e08416f0e18e"])]
) -> FamilyPage:
    """One family. Shares are millionths with a Wilson 95 % interval; nothing in it is a score, and the read is sealed."""
    return family_page.family(deps, who, id_)
