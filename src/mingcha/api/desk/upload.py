"""An upload as it arrives: a part of words, then a part of bytes, which touch no disk on their way and never fill the memory."""

from collections.abc import Iterator
from itertools import chain

from anyio import fail_after, from_thread
from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from mingcha.errors import InputError
from mingcha.model.words import Words

ABOUT, FILE = "about", "file"
MOST = 2 << 30  # bytes of an upload
MOST_WORDS = 1 << 16  # bytes of its first part
WAIT = 30  # seconds for the next piece
FORM = Words(
    f"multipart/form-data，先 {ABOUT}（JSON）后 {FILE}，共不超过 2 GiB（更大的请用命令行）",
    f"multipart/form-data, first `{ABOUT}` (JSON), then `{FILE}`, 2 GiB at most (larger ones by the command line)",
)


def received(request: Request) -> tuple[bytes, Iterator[bytes]]:
    """The words of an upload, and its bytes as they arrive; InputError for any other form, also when it breaks off."""
    words, parts = b"", parts_of(request)
    for name, data in parts:
        if name == FILE:
            return words, chain([data], _rest(parts))
        words += data
        if name != ABOUT or len(words) > MOST_WORDS:
            raise _misfit(name)
    raise _misfit(ABOUT)


def _rest(parts: Iterator[tuple[str, bytes]]) -> Iterator[bytes]:
    for name, data in parts:
        if name != FILE or not data:  # a second part of that name begins
            raise _misfit(name)
        yield data


def parts_of(request: Request) -> Iterator[tuple[str, bytes]]:
    """Names of parts and their bytes in order; each begins with an empty piece."""
    kind, given = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not given.get(b"boundary"):
        raise _misfit("content-type")
    waiting: list[tuple[str, bytes]] = []
    form = _Form()
    size = 0
    try:
        parser = MultipartParser(
            given[b"boundary"],
            {
                "on_part_begin": form.part,
                "on_header_begin": form.header,
                "on_header_field": lambda data, start, end: form.field.extend(data[start:end]),
                "on_header_value": lambda data, start, end: form.value.extend(data[start:end]),
                "on_header_end": form.headed,
                "on_headers_finished": lambda: waiting.append((form.name, b"")),
                "on_part_data": lambda data, start, end: waiting.append((form.name, data[start:end])),
                "on_end": form.end,
            },
        )
        for piece in _pieces(request):
            size += len(piece)
            parser.write(piece)
            if size > MOST:
                raise _misfit("size")
            yield from waiting
            waiting.clear()
    except FormParserError:
        raise _misfit("form") from None
    if not form.whole:
        raise _misfit("end")


class _Form:
    """What the parser said last: the name of the part it is in, and whether the form ended as one does."""

    def __init__(self) -> None:
        self.field, self.value = bytearray(), bytearray()
        self.name, self.whole = "", False

    def part(self) -> None:
        self.name = ""

    def header(self) -> None:
        self.field, self.value = bytearray(), bytearray()

    def headed(self) -> None:
        if self.field.lower() == b"content-disposition":
            self.name = parse_options_header(bytes(self.value))[1].get(b"name", b"").decode("utf-8", "replace")

    def end(self) -> None:
        self.whole = True


def _pieces(request: Request) -> Iterator[bytes]:
    """The body of a request, pulled from a thread of the server's pool."""
    stream = request.stream()

    async def more() -> bytes | None:
        with fail_after(WAIT):
            return await anext(stream, None)

    try:
        while (piece := from_thread.run(more)) is not None:
            yield piece
    except (ClientDisconnect, TimeoutError):
        raise _misfit("end") from None


def _misfit(found: str) -> InputError:
    return InputError(where="upload", found=found, expected=FORM)
