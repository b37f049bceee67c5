"""What a WARC or WACZ holds, response by response; what of it does not hold is said with the file and the record.

Digests that the capture itself states are checked. A response whose digest does not match goes in with that said: whoever made
the capture may have counted otherwise, and a person sees that it is no proof.
"""

import zlib
from collections.abc import Iterator
from datetime import datetime
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from mingcha.adapters.warc.members import members
from mingcha.adapters.warc.wacz import archives
from mingcha.errors import UnreadableFile
from mingcha.model.found import NotRead, Response
from mingcha.model.times import credible
from mingcha.model.words import Words

MOST_CONTENT = 32 * 2**20  # bytes of one page or picture
SCREENSHOT = "urn:view:"  # how browser crawlers name the picture of a page
KINDS = ("response", "resource")
BROKEN = (
    ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, EOFError, OSError, IndexError, KeyError, TypeError, AttributeError,
)  # fmt: skip
"""What warcio raises on bytes that are no record."""
NO_RECORD = Words("不是完整的 WARC 记录", "it is no whole WARC record")
ENCODED = Words("内容编码不能读取", "its content encoding cannot be read")
TOO_LARGE = Words(f"内容超过 {MOST_CONTENT // 2**20} MB", f"its content is larger than {MOST_CONTENT // 2**20} MB")
DIGEST = Words("摘要与捕获文件所载不符", "its digest is not the one the capture states")
UNPACKING = {"gzip": 31, "x-gzip": 31, "deflate": 47}


class _Unfit(Exception):
    """A record gives nothing: why."""

    def __init__(self, why: Words, *, passed_by: bool = False) -> None:
        super().__init__(why.en)
        self.why, self.passed_by = why, passed_by


def read_capture(path: Path, name: str) -> Iterator[Response | NotRead]:
    """Every page and picture of a capture, in order; UnreadableFile if the file as a whole is none."""
    if name.lower().endswith(".wacz"):
        for inner, source, notes in archives(path, name):
            if isinstance(source, Words):
                yield NotRead(f"{name}!{inner}", source)
            else:
                yield from _records(source, f"{name}!{inner}", notes)
        return
    with path.open("rb") as source:
        if not source.read(1):
            raise UnreadableFile(file=name, why=Words("文件是空的", "it is empty"))
        source.seek(0)
        yield from _records(source, name, ())


def _records(source: IO[bytes], name: str, notes: tuple[Words, ...]) -> Iterator[Response | NotRead]:
    for at, held in members(source):
        place = f"{name}@{at}"
        if isinstance(held, Words):
            yield NotRead(place, held)
            continue
        if not held.lstrip().startswith(b"WARC/"):  # warcio would unpack what is packed once more
            yield NotRead(place, NO_RECORD)
            continue
        try:
            for record in WARCIterator(BytesIO(held), check_digests=True):
                yield _response(record, place, notes)
        except BROKEN:
            yield NotRead(place, NO_RECORD)


def _response(record: Any, place: str, notes: tuple[Words, ...]) -> Response | NotRead:
    """What one record holds of a page or picture that was there; requests, redirections and errors show nothing."""
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").removeprefix(SCREENSHOT)
    try:
        media, charset = _media(record)
        data = _content(record)
    except _Unfit as unfit:
        return NotRead(f"{place} {url}".strip(), unfit.why, unfit.passed_by)
    wrong = record.digest_checker is not None and record.digest_checker.problems
    return Response(
        place=place,
        url=url,
        captured_at=_time(record.rec_headers.get_header("WARC-Date")),
        media=media,
        charset=charset,
        data=data,
        notes=(*notes, DIGEST) if wrong else notes,
    )


def _media(record: Any) -> tuple[str, str | None]:
    if record.rec_type not in KINDS:
        raise _Unfit(Words("不是网页响应", "no response"), passed_by=True)
    headers = record.http_headers
    if record.rec_type == "response" and headers is None:
        raise _Unfit(Words("不是网页响应", "no response"), passed_by=True)
    if headers is not None and not str(headers.get_statuscode()).startswith("2"):
        raise _Unfit(Words("网页未正常返回", "the page was not there"), passed_by=True)
    stated = headers.get_header("Content-Type") if headers is not None else record.content_type
    message = Message()
    message["Content-Type"] = stated or ""
    media = message.get_content_type().lower()
    if media not in ("text/html", "application/xhtml+xml") and not media.startswith("image/"):
        raise _Unfit(Words("不是网页或图片", "no page and no picture"), passed_by=True)
    return media, message.get_content_charset()


def _content(record: Any) -> bytes:
    """The body as a reader got it, and the record read to its end, so that its digests are reckoned."""
    headers = record.http_headers
    raw: bytes = record.raw_stream.read()
    if record.raw_stream.limit > 0:
        raise _Unfit(Words("记录不完整", "the record is cut short"))
    if headers is not None and (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        raw = ChunkedDataReader(BytesIO(raw)).read()
    stated = (headers.get_header("Content-Encoding") or "") if headers is not None else ""
    for encoding in reversed([one.strip().lower() for one in stated.split(",") if one.strip()]):
        raw = _unpacked(raw, encoding)
    if len(raw) > MOST_CONTENT:
        raise _Unfit(TOO_LARGE)
    return raw


def _unpacked(raw: bytes, encoding: str) -> bytes:
    if encoding == "identity":
        return raw
    if encoding not in UNPACKING:
        raise _Unfit(ENCODED)
    for bits in (UNPACKING[encoding], -15):  # some servers send deflate without its frame
        machine = zlib.decompressobj(bits)
        try:
            out = machine.decompress(raw, MOST_CONTENT + 1)
        except zlib.error:
            continue
        if len(out) > MOST_CONTENT:
            raise _Unfit(TOO_LARGE)
        if not machine.eof:
            raise _Unfit(Words("内容不完整", "its content is cut short"))
        return out
    raise _Unfit(ENCODED)


def _time(stated: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(stated or "")
    except ValueError:
        return None
    return credible(at) if at.tzinfo else None
