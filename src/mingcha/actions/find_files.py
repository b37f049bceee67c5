"""What is found in files and folders given by hand: pictures, pages, videos, and every page and picture of a capture.

Links out of a folder are not followed; a file is read only when it is needed.
"""

import mimetypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from mingcha.actions.ad_finds import Find, Shown
from mingcha.errors import UnreadableFile
from mingcha.model.found import Form, NotRead, Response, form_of
from mingcha.model.words import Words

MOST_BYTES = 4 << 30
BLOCK = 1 << 20
PARSED = Words("表格请单独导入", "tables are imported by themselves")
LINK = Words("是链接，不跟随", "it is a link, and not followed")
LARGE = Words(f"文件超过 {MOST_BYTES >> 30} GB", f"files of more than {MOST_BYTES >> 30} GB are not read")
BLIND = Words("未安装 vision，图片未读取", "pictures need the extra vision")


@dataclass(frozen=True, slots=True, kw_only=True)
class Openers:
    """What opens files: chosen in wiring."""

    read: Callable[[str, Path, Path | None], Shown]  # a name, a file, its transcript
    capture: Callable[[Path, str], Iterator[Response | NotRead]]
    response: Callable[[Response], Shown]
    sees: Callable[[], bool]  # whether pictures can be read
    taken_at: Callable[[Path], datetime | None]


def listed(given: Path) -> list[Path]:
    """The file, or all files of a folder in order, but for hidden ones and transcripts that go with a video."""
    if not given.exists():
        raise UnreadableFile(file=given, why=Words("没有这个文件", "there is no such file"))
    if not given.is_dir():
        return [given]
    found = sorted(one for one in given.rglob("*") if one.is_symlink() or one.is_file())
    shown = [one for one in found if not any(part.startswith(".") for part in one.relative_to(given).parts)]
    videos = {one.with_suffix("") for one in shown if form_of(one.name) is Form.VIDEO}
    return [one for one in shown if form_of(one.name) is not Form.TRANSCRIPT or one.with_suffix("") not in videos]


def finds_in(
    given: Path, files: Iterable[Path], openers: Openers, *, transcript: Path | None = None, own_time: bool = False
) -> Iterator[Find | NotRead]:
    """What is found in files, named as they stand in what was given; `own_time`: seen when the file itself says it was made."""
    base = given if given.is_dir() else given.parent
    for path in files:
        name, form = path.relative_to(base).as_posix(), form_of(path.name)
        fault = _fault(path, form)
        if fault is not None:
            yield NotRead(name, fault)
        elif form is Form.CAPTURE:
            yield from _captured(path, name, openers)
        else:
            beside = transcript or (transcript_of(path) if form is Form.VIDEO else None)
            yield Find(
                name=name,
                id=(digest := _digest(path, beside)),
                sha256=digest if beside is None else _digest(path),
                media=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
                read=partial(openers.read, name, path, beside),
                data=partial(_bytes, path),
                seen_at=openers.taken_at(path) if own_time else None,
            )


def _fault(path: Path, form: Form | None) -> Words | None:
    if path.is_symlink():
        return LINK
    if form is Form.TABLE:
        return PARSED
    return LARGE if path.stat().st_size > MOST_BYTES else None


def _captured(path: Path, name: str, openers: Openers) -> Iterator[Find | NotRead]:
    sees = openers.sees()
    try:
        for one in openers.capture(path, name):
            if isinstance(one, NotRead):
                yield one
            elif one.media.startswith("image/") and not sees:
                yield NotRead(one.place, BLIND, passed_by=True)
            else:
                yield of_response(one, openers.response)
    except UnreadableFile as error:
        yield NotRead(name, _why(error))


def of_response(one: Response, read: Callable[[Response], Shown]) -> Find:
    """One page or picture of a capture: it is this address at this time with these bytes."""
    digest = sha256(one.data).hexdigest()
    at = one.captured_at.isoformat() if one.captured_at else ""
    return Find(
        name=one.place,
        id=sha256(f"{one.url}\n{at}\n{digest}".encode()).hexdigest(),
        sha256=digest,
        media=one.media,
        read=partial(read, one),
        data=lambda: [one.data],
        url=one.url or None,
        seen_at=one.captured_at,
        notes=one.notes,
        beside=one.media.startswith("image/"),
    )


def transcript_of(video: Path) -> Path | None:
    """The transcript that lies beside a video under its name; a link is not followed."""
    beside = (video.with_suffix(end) for end in (".srt", ".vtt", ".txt"))
    return next((one for one in beside if one.is_file() and not one.is_symlink()), None)


def _digest(*paths: Path | None) -> str:
    state = sha256()
    for path in paths:
        for block in _bytes(path) if path is not None else ():
            state.update(block)
    return state.hexdigest()


def _bytes(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while block := source.read(BLOCK):
            yield block


def _why(error: UnreadableFile) -> Words:
    why = error.facts["why"]
    assert isinstance(why, Words)
    return why
