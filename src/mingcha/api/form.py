"""A form as a browser sends it: bounded in bytes, fields and time, each text without characters that show nothing or turn the rest round."""

from asyncio import timeout
from collections.abc import Collection
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.requests import ClientDisconnect

BODY, FIELDS = 100_000, 10  # bytes and fields of a form
SLOWEST = 30  # seconds in which it arrives: whoever sends a byte now and then holds a place for no longer
FORM = "application/x-www-form-urlencoded"


async def read_form(request: Request, names: Collection[str]) -> dict[str, str] | None:
    """The fields of these names; None for a form that is too large, too slow, broken off, or none at all."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        return None
    body = bytearray()
    try:
        async with timeout(SLOWEST):
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY:
                    return None
        text = body.decode(errors="replace")  # not every client escapes what is no ASCII
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS, errors="replace")
    except (TimeoutError, ClientDisconnect, ValueError):
        return None
    return {name: _plain(value) for name, value in pairs if name in names}


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one.isprintable() or one in "\n\t\u3000").strip()
