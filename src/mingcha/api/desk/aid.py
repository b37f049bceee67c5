"""Aid: the outreach list by need, one customer's help, links, letters, warnings; one route an act, generated from what acts say."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Annotated, Any, cast, get_args, get_type_hints

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field, create_model

from mingcha.actions import aid
from mingcha.actions.aid_link import make_link
from mingcha.actions.aid_list import aid_list, aid_totals, aid_view, follow_up, legal_aid
from mingcha.actions.aid_papers import card_paper, make_paper
from mingcha.actions.aid_warnings import Draft, approve_warning, draft_warning, take_back_warning, warning_sheet
from mingcha.actions.codec import to_plain
from mingcha.actions.deps import Deps
from mingcha.api.desk.answers import MEDIA
from mingcha.api.desk.shapes import Reason, Shape
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.model.actor import Actor
from mingcha.model.aid import AID_KIND_OF, AidAct, AidBody, PaperKind
from mingcha.model.aid_followup import COUNTED
from mingcha.wiring import letter_file, sheet_file

router = APIRouter(prefix="/api/aid", tags=["aid"])
ORDER: dict[int | str, dict[str, Any]] = {
    **DENIED,
    404: {"description": "No such customer, or nothing held by such an id."},
    409: {"description": "Out of order: why stands in the answer."},
}
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {kind: {} for kind in MEDIA.values()}}}
Id = Annotated[str, Path(pattern=r"^P-[A-Z2-7]{1,40}$", examples=["P-CYFXZABAWTUR7MPNKKTD"])]
Said = Annotated[str, Field(max_length=4_000)]
Sum = Annotated[int, Field(ge=1, le=10**13)]
Several = Annotated[tuple[Said, ...], Field(max_length=100)]
BOUNDED: dict[Any, Any] = {str: Said, int: Sum, tuple[str, ...]: Several}


class Form(StrEnum):
    """What a paper is made as."""

    DOCX = "docx"
    PDF = "pdf"


class Language(StrEnum):
    """Languages of a paper."""

    ZH = "zh"
    EN = "en"


class PaperRequest(Shape):
    """A letter to be written."""

    kind: PaperKind
    form: Form = Form.DOCX
    language: Language = Language.ZH


class ApproveRequest(Shape):
    """The digest of the warning that was read."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class TakeBackRequest(Shape):
    """Why the warning is taken back."""

    reason: Reason


class CardRequest(Shape):
    """A first-hour card on paper."""

    situation: Annotated[str, Field(max_length=40)]
    form: Form = Form.PDF
    language: Language = Language.ZH


class SheetRequest(Shape):
    """A warning on paper; `staff` adds how staff speak to customers."""

    form: Form = Form.PDF
    language: Language = Language.ZH
    staff: bool = False


@router.get("", responses=DENIED)
def listed(deps: House, who: Who) -> dict[str, Any]:
    """Whom to reach, the most pressing need first; the look is sealed."""
    return cast("dict[str, Any]", to_plain(aid_list(deps, who)))


@router.get("/totals", responses=DENIED)
def totals(deps: House, who: Who) -> dict[str, Any]:
    """People found and helped, what they lost (fen), what came back, in how many days, and how each is counted."""
    counted = {name: {"zh": how.zh, "en": how.en} for name, how in COUNTED.items()}
    return {**to_plain(aid_totals(deps, who)), "counted": counted}


@router.get("/follow-up", responses=DENIED)
def followed(deps: House, who: Who) -> dict[str, Any]:
    """Whoever is being helped, until the money is back: what is next, fen lost and back, days; the look is sealed."""
    return cast("dict[str, Any]", to_plain(follow_up(deps, who)))


@router.get("/offices", responses=DENIED)
def offices(deps: House, who: Who, place: Annotated[str, Query(max_length=200)] = "") -> list[dict[str, Any]]:
    """Offices of legal aid in a place, then of the whole country, with the grade of their source and the day it was checked."""
    return [to_plain(one) for one in legal_aid(deps, who, place)]


@router.post("/card/sheet", responses={**DENIED, **FILE}, response_class=Response)
def card_printed(asked: CardRequest, deps: House, who: Who) -> Response:
    """A first-hour card to be handed over; nothing of anybody stands on it."""
    sheet = card_paper(deps, who, asked.situation, asked.language.value)
    data = sheet_file(sheet, asked.form.value, asked.language.value, deps.now().astimezone(deps.zone))
    return _file(data, sheet.name, asked.form)


@router.get("/warning", responses=DENIED)
def drafted(deps: House, who: Who) -> dict[str, Any]:
    """The warning that live ads and organisations call for, and whether somebody let just that out."""
    return _draft(draft_warning(deps, who))


@router.post("/warning/approve", responses=ORDER)
def approved(asked: ApproveRequest, deps: House, who: Who) -> dict[str, Any]:
    """Let it out; 409 where it says something else by now."""
    return _draft(approve_warning(deps, who, asked.sha256))


@router.post("/warning/take-back", responses=ORDER)
def taken_back(asked: TakeBackRequest, deps: House, who: Who) -> dict[str, Any]:
    """Take back what is out; 409 where nothing is."""
    return _draft(take_back_warning(deps, who, asked.reason))


@router.post("/warning/sheet", responses={**DENIED, **FILE}, response_class=Response)
def printed(asked: SheetRequest, deps: House, who: Who) -> Response:
    """It on paper; marked as a draft until somebody let it out."""
    sheet = warning_sheet(deps, draft_warning(deps, who), asked.language.value, staff=asked.staff)
    data = sheet_file(sheet, asked.form.value, asked.language.value, deps.now().astimezone(deps.zone))
    return _file(data, "warning", asked.form)


@router.get("/{customer}", responses=ORDER)
def one(customer: Id, deps: House, who: Who) -> dict[str, Any]:
    """One customer's help with every way to reach them and why some are not safe; masked, the look is sealed."""
    return cast("dict[str, Any]", to_plain(aid_view(deps, who, customer)))


@router.post("/{customer}/link", responses=ORDER)
def linked(customer: Id, deps: House, who: Who) -> dict[str, str]:
    """A one-time link, told once; it opens when `proved` names its code."""
    made = make_link(deps, who, customer)
    return {"path": f"/help/{made.token}", "code": made.code}


@router.post("/{customer}/paper", responses={**ORDER, **FILE}, response_class=Response)
def written(customer: Id, asked: PaperRequest, deps: House, who: Who) -> Response:
    """A letter in the customer's own name; 409 before they proved who they are."""
    made = make_paper(deps, who, customer, asked.kind, asked.language.value)
    data = letter_file(made.text, asked.form.value, deps.now().astimezone(deps.zone))
    return _file(data, asked.kind.value, asked.form)


def _file(data: bytes, name: str, form: Form) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}.{form.value}"'}
    return Response(data, media_type=MEDIA[form.value], headers=named)


def _draft(made: Draft) -> dict[str, Any]:
    return cast("dict[str, Any]", to_plain(made))


def _shape(body: type[AidBody]) -> type[Shape]:
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
        create_model(f"Aid{body.__name__}Request", __base__=Shape, __doc__=body.__doc__, **cast("Any", asked)),
    )


def _route(body: type[AidBody]) -> None:
    shape, make = _shape(body), cast("Callable[..., aid.Helped]", body)

    def kept(customer: str, asked: Shape, deps: Deps, who: Actor) -> dict[str, Any]:
        given = {name: getattr(asked, name) for name in type(asked).model_fields}
        return _kept(aid.help_customer(deps, who, customer, make(**given)))

    kept.__doc__ = body.__doc__
    kept.__annotations__ = {"customer": Id, "asked": shape, "deps": House, "who": Who, "return": dict[str, Any]}
    kind = AID_KIND_OF[body].value
    router.post(f"/{{customer}}/acts/{kind}", responses=ORDER, name=f"aid_{kind}")(kept)


def _kept(act: AidAct) -> dict[str, Any]:
    return {"act": act.id, "customer": act.customer, "kind": act.kind.value}


for _body in get_args(aid.Helped):
    _route(_body)
