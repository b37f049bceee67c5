"""A ZIP given once: made in a file that has no name, so that nothing is left of it in clear however the giving ends."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import IO, Any, BinaryIO, TypeVar, cast

from fastapi.responses import StreamingResponse

T = TypeVar("T")

ZIP: dict[int | str, dict[str, Any]] = {200: {"content": {"application/zip": {}}}}
PIECE = 1 << 20


def zip_of(name: str, write: Callable[[BinaryIO], T]) -> tuple[StreamingResponse, T]:
    """What `write` wrote into an open file, to be given under a name, and what it returned."""
    with ExitStack() as room:
        whole = room.enter_context(tempfile.TemporaryFile())
        made = write(cast("BinaryIO", whole))
        named = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(whole.tell())}
        whole.seek(0)
        given = StreamingResponse(_pieces(whole, room.pop_all()), media_type="application/zip", headers=named)
        return given, made


def _pieces(whole: IO[bytes], room: ExitStack) -> Iterator[bytes]:
    with room:
        while piece := whole.read(PIECE):
            yield piece
