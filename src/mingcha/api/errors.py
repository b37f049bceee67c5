"""From the errors of the trade to HTTP: one table, and a test that no class is missing from it."""

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from mingcha.errors import (
    BadStandard,
    BelowFloor,
    BrokenSeal,
    Busy,
    ExhibitChanged,
    ExhibitMissing,
    InputError,
    KeyTrouble,
    LetterRefused,
    MaybeSent,
    MingchaError,
    NoProgram,
    NotFound,
    NotInstalled,
    NotPermitted,
    NotSent,
    NotStamped,
    OutOfOrder,
    StoreTrouble,
    UnreadableFile,
)

STATUS: dict[type[MingchaError], int] = {
    InputError: 422,
    UnreadableFile: 422,
    NotFound: 404,
    NotInstalled: 501,
    NoProgram: 501,
    NotPermitted: 403,
    OutOfOrder: 409,
    LetterRefused: 422,
    NotSent: 502,
    MaybeSent: 502,
    NotStamped: 502,
    BrokenSeal: 500,
    ExhibitChanged: 500,
    ExhibitMissing: 500,
    KeyTrouble: 503,
    BadStandard: 500,
    BelowFloor: 500,
    StoreTrouble: 507,
    Busy: 503,
    MingchaError: 500,
}
RETRY_SECONDS = 5


def status_of(error: MingchaError) -> int:
    """The status of an error; the nearest named class counts."""
    return next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)


def answer(_: Request, error: Exception) -> JSONResponse:
    """An error of the trade in both languages."""
    assert isinstance(error, MingchaError)
    body = {"error": type(error).__name__, "zh": error.say("zh"), "en": error.say("en")}
    headers = {"Retry-After": str(RETRY_SECONDS)} if isinstance(error, Busy) else None
    return JSONResponse(body, status_of(error), headers)


def invalid(_: Request, error: Exception) -> JSONResponse:
    """What of a request does not fit; values are not repeated, they may be personal."""
    assert isinstance(error, RequestValidationError)
    where = [{"where": ".".join(str(part) for part in one["loc"]), "expected": one["msg"]} for one in error.errors()]
    return JSONResponse(
        {"error": "Invalid", "zh": "请求内容不符合要求", "en": "The request does not fit.", "parts": where}, 422
    )
