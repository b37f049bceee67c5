"""What is found in files that show ads: what they are by their names, and in captures made elsewhere response by response."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One page or picture of a capture. `place` names the file and the record; `notes` say what about it does not hold."""

    place: str
    url: str
    captured_at: datetime | None
    media: str  # type/subtype, lower case
    charset: str | None
    data: bytes  # as a reader got it: without transfer or content encoding
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file or a record that gave nothing. `passed_by`: nothing is wrong with it, it only shows nothing."""

    place: str
    why: Words
    passed_by: bool = False


class Form(StrEnum):
    """What a file shows an ad as."""

    PICTURE = "picture"
    PAGE = "page"
    VIDEO = "video"
    CAPTURE = "capture"
    TRANSCRIPT = "transcript"
    TABLE = "table"


ENDINGS: dict[Form, tuple[str, ...]] = {
    Form.CAPTURE: (".warc", ".warc.gz", ".wacz"),
    Form.PAGE: (".html", ".htm", ".xhtml"),
    Form.VIDEO: (".mp4", ".mov", ".m4v", ".mkv", ".webm", ".flv", ".avi"),
    Form.TRANSCRIPT: (".srt", ".vtt", ".txt"),
    Form.TABLE: (".csv", ".tsv", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".json", ".parquet", ".gz"),
    Form.PICTURE: (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif"),
}


def form_of(name: str) -> Form | None:
    """What a file is by its name; None where that says nothing."""
    lowered = name.lower()
    return next((form for form, endings in ENDINGS.items() if lowered.endswith(endings)), None)
