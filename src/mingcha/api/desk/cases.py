"""Cases: opened, worked on, referred by two people, objected to, corrected; one route an act, generated from what acts say."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Annotated, Any, cast, get_args, get_type_hints

from fastapi import APIRouter, Path
from pydantic import Field, create_model

from mingcha.actions import casework
from mingcha.actions.codec import to_plain
from mingcha.actions.deps import Deps
from mingcha.api.desk.shapes import Moment, Reason, Shape
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.model.actor import Actor
from mingcha.model.case import CASE_KIND_OF, CaseAct, CaseBody, ObjectionAnswered, Opened, Subject, SubjectKind
from mingcha.model.case_out import Order

router = APIRouter(prefix="/api/cases", tags=["cases"])
ORDER: dict[int | str, dict[str, Any]] = {
    **DENIED,
    404: {"description": "No such case, or nothing held by such an id."},
    409: {"description": "Out of order: why stands in the answer."},
}
Id = Annotated[str, Path(pattern=r"^CASE-[0-9a-f]{1,40}$", examples=["CASE-3f2a9c0b1d4e"])]
Said = Annotated[str, Field(max_length=4_000)]
Count = Annotated[int, Field(ge=0, le=10**15)]
Several = Annotated[tuple[Said, ...], Field(max_length=500)]
Act = Callable[[Deps, Actor, str, Any], CaseAct]


class SubjectShape(Shape):
    """What a case is about: `ring`, `family`, `ad`, `complaint` or `customer`, and its id."""

    kind: SubjectKind = Field(examples=["ring"])
    id: Annotated[str, Field(min_length=1, max_length=200, examples=["R-44bd7c8a561d"])]


class OrderShape(Shape):
    """An authority's paper that asks for records: its number, who issued it, its day, and the exhibit that is a scan of it."""

    number: Annotated[str, Field(min_length=1, max_length=200, examples=["调取证据通知书〔2026〕7号"])]
    issuer: Annotated[str, Field(min_length=1, max_length=200, examples=["某市公安局某区分局"])]
    on: date
    scan: Annotated[str, Field(min_length=1, max_length=200, examples=["EX-3f2a9c0b1d4e"])]


class OpenRequest(Shape):
    """A case to be opened."""

    title: Annotated[str, Field(min_length=1, max_length=200, examples=["青石所"])]
    playbook: Annotated[str, Field(min_length=1, max_length=100, examples=["ring_level_1"])]
    subjects: Annotated[list[SubjectShape], Field(min_length=1, max_length=200)]
    reason: Reason
    parent: Annotated[str | None, Field(max_length=64)] = None


class TextRequest(Shape):
    """What somebody says."""

    text: Annotated[str, Field(min_length=1, max_length=4_000)]


class ReasonRequest(Shape):
    """Why."""

    reason: Reason


class AnswerRequest(ReasonRequest):
    """An answer to an objection; `finding` falls where it is upheld."""

    upheld: bool
    finding: Annotated[str | None, Field(max_length=200)] = None


class AgreeRequest(Shape):
    """Which referral."""

    referral: Annotated[str, Field(min_length=1, max_length=64)]


def _kept(act: CaseAct) -> dict[str, Any]:
    return {"act": act.id, "case": act.case, "kind": act.kind.value}


@router.get("", responses=DENIED)
def listed(deps: House, who: Who) -> dict[str, Any]:
    """The cases you were admitted to, the nearest day first."""
    return {"cases": [to_plain(one) for one in casework.cases(deps, who)]}


@router.post("", responses=ORDER)
def opened(asked: OpenRequest, deps: House, who: Who) -> dict[str, Any]:
    """Open a case; sealed. You are the first who may see it."""
    subjects = tuple(Subject(one.kind, one.id) for one in asked.subjects)
    body = Opened(
        title=asked.title, playbook=asked.playbook, subjects=subjects, reason=asked.reason, parent=asked.parent
    )
    return _kept(casework.open_case(deps, who, body))


@router.get("/{case}", responses=ORDER)
def one(case: Id, deps: House, who: Who) -> dict[str, Any]:
    """A case, for whoever was admitted; the look is sealed."""
    return cast("dict[str, Any]", to_plain(casework.see_case(deps, who, case)))


@router.post("/{case}/break-glass", responses=ORDER)
def broken(case: Id, asked: ReasonRequest, deps: House, who: Who) -> dict[str, Any]:
    """A case for whoever was not admitted; the reason is sealed on the case before it answers."""
    return cast("dict[str, Any]", to_plain(casework.break_glass(deps, who, case, asked.reason)))


@router.post("/{case}/agree", responses=ORDER)
def agreed(case: Id, asked: AgreeRequest, deps: House, who: Who) -> dict[str, Any]:
    """Agree that a referral leaves; it takes two, neither the other's subordinate."""
    return _kept(casework.agree_to_referral(deps, who, case, asked.referral))


@router.post("/{case}/objection", responses=ORDER)
def objected(case: Id, asked: TextRequest, deps: House, who: Who) -> dict[str, Any]:
    """Somebody named in it objects: nothing is referred until somebody from outside the case answers."""
    return _kept(casework.record_case_objection(deps, who, case, asked.text))


@router.post("/{case}/objection/answer", responses=ORDER)
def answered(case: Id, asked: AnswerRequest, deps: House, who: Who) -> dict[str, Any]:
    """Answer it; whoever did anything on the case may not."""
    body = ObjectionAnswered(int(asked.upheld), asked.reason, asked.finding)
    return _kept(casework.answer_case_objection(deps, who, case, body))


@router.post("/{case}/urgent", responses=ORDER)
def urgent(case: Id, asked: ReasonRequest, deps: House, who: Who) -> dict[str, Any]:
    """Counsel says that harm is urgent."""
    return _kept(casework.say_urgent(deps, who, case, asked.reason))


BOUNDED: dict[Any, Any] = {
    str: Said,
    str | None: Said | None,
    int: Count,
    int | None: Count | None,
    tuple[str, ...]: Several,
    datetime: Moment,
    Subject: SubjectShape,
    Order | None: OrderShape | None,
}
MODEL: dict[type[Any], Callable[..., Any]] = {SubjectShape: Subject, OrderShape: Order}


def _shape(body: type[CaseBody]) -> type[Shape]:
    """The request that says what an act says: its fields, texts bounded."""
    hints = get_type_hints(body)
    asked = {
        field.name: (
            BOUNDED.get(hints[field.name], hints[field.name]),
            ... if field.default is MISSING else field.default,
        )
        for field in fields(body)
    }
    return cast(
        "type[Shape]",
        create_model(f"Case{body.__name__}Request", __base__=Shape, __doc__=body.__doc__, **cast("Any", asked)),
    )


def _route(body: type[CaseBody], act: Act) -> None:
    shape, make = _shape(body), cast("Callable[..., CaseBody]", body)

    def kept(case: str, asked: Shape, deps: Deps, who: Actor) -> dict[str, Any]:
        given = {name: getattr(asked, name) for name in type(asked).model_fields}
        said = {k: MODEL[type(v)](**dict(v)) if type(v) in MODEL else v for k, v in given.items()}
        return _kept(act(deps, who, case, make(**said)))

    kept.__doc__ = body.__doc__
    kept.__annotations__ = {"case": Id, "asked": shape, "deps": House, "who": Who, "return": dict[str, Any]}
    kind = CASE_KIND_OF[body].value
    router.post(f"/{{case}}/acts/{kind}", responses=ORDER, name=f"case_{kind}")(kept)


for _body in get_args(casework.Worked):
    _route(_body, casework.work_on_case)
for _body in get_args(casework.Referred):
    _route(_body, casework.refer)
