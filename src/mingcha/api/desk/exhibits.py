"""Exhibits: kept as they arrive, listed, read once every byte was checked, and checked as a whole."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import Field, ValidationError

from mingcha.actions import exhibits
from mingcha.actions.codec import to_plain
from mingcha.actions.permit import may
from mingcha.api.desk.shapes import Moment, Shape
from mingcha.api.desk.upload import received
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.model.exhibit import About

router = APIRouter(prefix="/api/exhibits", tags=["exhibits"])
REFUSED: dict[int | str, dict[str, Any]] = {**DENIED, 404: {"description": "No such exhibit or record."}}
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
SUFFIX = re.compile(r"\.[a-z0-9]{1,8}$")
Id = Annotated[str, Path(pattern=r"^EX-[A-Z2-7]{20}$", examples=["EX-6BE3MNGRNVJ2ND4TTO26"])]
Text = Annotated[str, Field(min_length=1, max_length=4_000)]
Days = Annotated[int | None, Query(ge=0, le=36_500, description="Only those whose source deletes its original within so many days.")]  # fmt: skip


class AboutRequest(Shape):
    """What is said of an exhibit; `name` is kept as given and never used as a path."""

    name: Annotated[str, Field(max_length=4_096, examples=["聊天记录.png"])]
    of: Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=50, examples=[["AD-4IT7HCV5HSPQKYIYN32G"]])] = ()  # fmt: skip
    media: Annotated[str, Field(max_length=127, examples=["image/png"])] = "application/octet-stream"
    system: Annotated[str, Field(min_length=1, max_length=200, examples=["通话平台"])]
    how: Annotated[Text, Field(examples=["客户自愿提供"])]
    taken_at: Moment
    derived_from: str | None = None
    step: Annotated[Text | None, Field(examples=["OCR"])] = None
    gone_at: Moment | None = None


FORM = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["about", "file"],
                "properties": {
                    "about": AboutRequest.model_json_schema(),
                    "file": {"type": "string", "format": "binary"},
                },
            },
            "encoding": {"about": {"contentType": "application/json"}},
        }
    },
}


@router.post(
    "",
    status_code=201,
    responses={**REFUSED, 422: {"description": "What does not fit."}, 507: {"description": "The disk is full."}},
    openapi_extra={"requestBody": FORM},
)
def keep(deps: House, who: Who, request: Request) -> dict[str, Any]:
    """Keep bytes as they arrive: a form of `about` (JSON), then `file`, 2 GiB at most. Encrypted and sealed, whole or not at all."""
    may(who, "keep_exhibits")  # before a byte is read
    words, pieces = received(request)
    try:
        asked = AboutRequest.model_validate_json(words)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from None
    kept: dict[str, Any] = to_plain(exhibits.keep_exhibit(deps, who, pieces, About(**asked.model_dump())))
    return kept


@router.get("", responses=DENIED)
def listed(
    deps: House, who: Who, of: Annotated[str | None, Query(max_length=80)] = None, ending_in: Days = None
) -> dict[str, Any]:
    """Exhibits in the order kept, or what its source deletes within so many days, the soonest first; personal data masked."""
    if ending_in is None:
        found = exhibits.exhibits_of(deps, who, of)
    else:
        ending = exhibits.ending_soon(deps, who, ending_in)
        found = tuple(one for one in ending if of is None or of in one.about.of)
    return {"exhibits": [to_plain(one) for one in found]}


@router.get("/check", responses=DENIED)
def check(deps: House, who: Who) -> dict[str, Any]:
    """Every exhibit read to its last byte: whole, changed (with the first frame that is), missing or erased."""
    return {"exhibits": [to_plain(one) for one in exhibits.check_exhibits(deps, who)]}


@router.get(
    "/{id_}/bytes",
    responses={
        **REFUSED,
        200: {"content": BYTES},
        500: {"description": "It is not what was kept: the answer names the first frame that was changed."},
    },
    response_class=StreamingResponse,
)
def read(deps: House, who: Who, id_: Id) -> StreamingResponse:
    """One exhibit's bytes as a download, once all of them were checked; who read it is logged."""
    opened = exhibits.read_exhibit(deps, who, id_)
    for _ in opened.read():  # an answer that has begun can name no error
        pass
    suffix = SUFFIX.search(opened.exhibit.about.name.lower())
    headers = {
        "Content-Disposition": f'attachment; filename="{id_}{suffix.group() if suffix else ""}"',
        "Content-Length": str(opened.exhibit.size),
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(opened.read(), media_type="application/octet-stream", headers=headers)
