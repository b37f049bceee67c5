"""Writes a planned bundle beside its place and moves it there when it is whole; a failure leaves nothing, a kill a hidden part.

Such a part is swept when the same bundle is written again. Nothing that was there before is ever written over.
"""

import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from glob import escape
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

from mingcha.errors import InputError, StoreTrouble, UnreadableFile
from mingcha.evidence.bundle import TOOLS, Plan, Read, stream
from mingcha.evidence.verify_page import page
from mingcha.model.words import Words

if sys.platform != "win32":
    import fcntl

EPOCH = (1980, 1, 1, 0, 0, 0)  # when it was made stands inside


def tools() -> dict[str, bytes]:
    """verify.py, 核验.html and 核验说明.txt."""
    here = files("mingcha.adapters.bundle")
    script = files("mingcha.evidence").joinpath("verify_pack.py").read_bytes()
    made = page(here.joinpath("page.html").read_text(encoding="utf-8"))
    guide = here.joinpath("guide.txt").read_text(encoding="utf-8").replace("\n", "\r\n")  # as an old Notepad needs it
    return dict(zip(TOOLS, (script, made, guide.encode("utf-8-sig")), strict=True))


def write_folder(target: Path, made: Plan, read: Read, token: bytes | None = None) -> None:
    """The bundle as a folder. UnreadableFile for an exhibit that changed, StoreTrouble when the disk refuses."""
    with _part(target) as part:
        part.mkdir()
        for path, chunks in stream(made, read, token):
            place = part / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as sink:
                for chunk in _reading(path, chunks):
                    sink.write(chunk)
                sink.flush()
                os.fsync(sink.fileno())


def write_zip(target: Path, made: Plan, read: Read, token: bytes | None = None) -> None:
    """The same in one ZIP, uncompressed, inside one folder of the ZIP's name; the same plan gives the same bytes."""
    with _part(target) as part, part.open("xb") as sink:
        pack_zip(sink, target.stem, made, read, token)
        sink.flush()
        os.fsync(sink.fileno())


def pack_zip(sink: BinaryIO, folder: str, made: Plan, read: Read, token: bytes | None = None) -> None:
    """The same into an open file, inside a folder of this name."""
    with _disk(), zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, allowZip64=True) as pack:
        for path, chunks in stream(made, read, token):
            info = zipfile.ZipInfo(f"{folder}/{path}", EPOCH)
            info.create_system, info.external_attr = 3, 0o644 << 16
            with pack.open(info, "w", force_zip64=True) as inside:
                for chunk in _reading(path, chunks):
                    inside.write(chunk)


def write_copy(target: Path, parts: Iterable[tuple[str, Iterator[bytes]]]) -> None:
    """Files as one ZIP, packed small, for its owner's eyes; the same files give the same bytes."""
    with _part(target) as part, open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as sink:
        pack_copy(sink, parts)
        sink.flush()
        os.fsync(sink.fileno())


def pack_copy(sink: BinaryIO, parts: Iterable[tuple[str, Iterator[bytes]]]) -> None:
    """The same into an open file."""
    with _disk(), zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as pack:
        for path, chunks in parts:
            info = zipfile.ZipInfo(path, EPOCH)
            info.create_system, info.external_attr, info.compress_type = 3, 0o600 << 16, zipfile.ZIP_DEFLATED
            with pack.open(info, "w", force_zip64=True) as inside:
                for chunk in _reading(path, chunks):
                    inside.write(chunk)


@contextmanager
def _disk() -> Iterator[None]:
    """StoreTrouble when the disk refuses."""
    try:
        yield
    except OSError as error:
        raise StoreTrouble(why=error.strerror or error) from error


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """Where to write; it becomes `target` when all went well."""
    room = None
    try:
        for stale in target.parent.glob(f".{escape(target.name)}.*.part"):
            with _held(stale) as mine:
                if mine:
                    shutil.rmtree(stale)
        if os.path.lexists(target):
            expected = Words("尚不存在的路径", "a path where nothing is yet")
            raise InputError(where="bundle", found=str(target), expected=expected)
        room = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
        with _held(room):
            yield room / target.name
            (room / target.name).rename(target)
    except OSError as error:
        raise StoreTrouble(why=error.strerror or error) from error
    finally:
        if room:
            shutil.rmtree(room, ignore_errors=True)


@contextmanager
def _held(room: Path) -> Iterator[bool]:
    """Hold a part while it is written: whether nobody else does. Where there are no locks, a part is never swept."""
    if sys.platform == "win32":
        yield False
        return
    handle = os.open(room, os.O_RDONLY)
    try:
        mine = True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            mine = False
        yield mine
    finally:
        os.close(handle)


def _reading(path: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks; what fails in reading is not the disk that is written."""
    try:
        yield from chunks
    except OSError as error:
        raise UnreadableFile(file=path, why=error.strerror or error) from error
