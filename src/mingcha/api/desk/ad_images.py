"""Pictures of ads, uploaded: each becomes a sighting, as by `ads import`; they are read in memory and kept as exhibits."""

from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from mingcha.actions.ad_finds import Bringing, Find, Said, take_in_finds
from mingcha.actions.codec import to_plain
from mingcha.actions.permit import may
from mingcha.api.desk.shapes import Moment, Shape
from mingcha.api.desk.upload import ABOUT, FILE, MOST_WORDS, parts_of
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.errors import InputError
from mingcha.model.account import AD_PLACE_WORDS
from mingcha.model.found import NotRead
from mingcha.model.words import Words
from mingcha.wiring import ad_judge, read_image

router = APIRouter(prefix="/api/ads", tags=["ads"])
MOST_FILES, MOST_BYTES = 20, 100_000_000
FORM = Words(
    f"multipart/form-data，先 {ABOUT}（JSON，可省）后 {FILE}，至多 {MOST_FILES} 个，共不超过 {MOST_BYTES // 1_000_000} MB",
    f"multipart/form-data, first `{ABOUT}` (JSON, may be left out), then `{FILE}`, {MOST_FILES} at most, "
    f"{MOST_BYTES // 1_000_000} MB together",
)


class ImagesRequest(Shape):
    """What is said of all of them."""

    platform: Annotated[str | None, Field(max_length=100, examples=["抖音"])] = None
    place: Literal[tuple(AD_PLACE_WORDS)] | None = None  # type: ignore[valid-type]  # reason: the choices are data
    seen_at: Moment | None = None
    keep: Annotated[bool, Field(description="Keep their bytes as exhibits.")] = True


BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": [FILE],
                "properties": {
                    ABOUT: ImagesRequest.model_json_schema(),
                    FILE: {"type": "array", "items": {"type": "string", "format": "binary"}, "maxItems": MOST_FILES},
                },
            },
            "encoding": {ABOUT: {"contentType": "application/json"}},
        }
    },
}


@router.post(
    "/images",
    status_code=201,
    responses={
        **DENIED,
        422: {"description": "What does not fit."},
        501: {"description": "The extra vision is not here."},
    },
    openapi_extra={"requestBody": BODY},
)
def images(deps: House, who: Who, request: Request) -> dict[str, Any]:
    """Up to 20 pictures, 100 MB together, 30 MB each: words, codes and hashes of each become a sighting; what cannot be read is
    told by its place in the form. The same bytes again are the same sighting."""
    may(who, "import_ads")
    asked, files = _received(request)
    unread: list[NotRead] = []
    notes: list[tuple[str, Words]] = []
    said = Said(platform=asked.platform, place=asked.place, seen_at=asked.seen_at)
    how = Bringing(
        judge=ad_judge(deps.standards).judge,
        said=said,
        keep=asked.keep,
        reject=unread.append,
        note=lambda name, note: notes.append((name, note)),
    )
    done = take_in_finds(deps, who, [_find(n, data) for n, data in enumerate(files, 1)], how)
    return {
        "found": done.rows,
        "taken": done.taken,
        "amended": done.amended,
        "unchanged": done.unchanged,
        "not_read": [{"file": one.place, "why": to_plain(one.why)} for one in unread],
        "notes": [{"file": name, "note": to_plain(note)} for name, note in notes],
    }


def _find(number: int, data: bytes) -> Find:
    digest = sha256(data).hexdigest()
    name = str(number)
    return Find(
        name=name,
        id=digest,
        sha256=digest,
        media="application/octet-stream",
        read=partial(read_image, name, data),
        data=lambda: [data],
    )


def _received(request: Request) -> tuple[ImagesRequest, list[bytes]]:
    words, files, size = bytearray(), list[BytesIO](), 0
    for name, data in parts_of(request):
        size += len(data)
        if name == FILE:
            if not data:  # a part begins
                files.append(BytesIO())
            files[-1].write(data)
        else:
            words += data
        if name not in (ABOUT, FILE) or len(words) > MOST_WORDS or size > MOST_BYTES or len(files) > MOST_FILES:
            raise InputError(where="upload", found=name[:40], expected=FORM)
    if not files:
        raise InputError(where="upload", found="", expected=FORM)
    try:
        return ImagesRequest.model_validate_json(bytes(words) or b"{}"), [one.getvalue() for one in files]
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from None
