"""Frames in files, one an exhibit, named by its keyed id: on disk before anything names them, and in place once something does.

While they are not named they lie in `incoming`. A kill there leaves a file that no transaction names, and whose key nobody
kept: it is removed; or one that is named, and only has to be moved.
"""

import errno
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from mingcha.adapters.blobs.frames import Parts, Tally, opened, sealed
from mingcha.errors import ExhibitMissing, StoreTrouble
from mingcha.model.exhibit import FRAME, Written
from mingcha.model.words import Words

if sys.platform != "win32":
    import fcntl

INCOMING = "incoming"
AROUND = 28  # bytes a frame grows by: nonce and tag
NAME = re.compile(r"[A-Z]{1,4}-[A-Z2-7]{1,40}")


class FileBlobs:
    """Frames in a folder, which is made when the first exhibit is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / INCOMING

    @contextmanager
    def keep(self, exhibit: str, source: Iterable[bytes], parts: Parts) -> Iterator[Written]:
        """Write the bytes and give their digests."""
        part, tally = self._incoming / _name(exhibit), Tally()
        if not self._incoming.is_dir():
            self._make()
        with self._locked(alone=False):
            _write(part, sealed(source, parts, tally))
            yield tally.written()
            with _disk():
                os.replace(part, self._folder / exhibit)

    def settle(self, known: Callable[[Sequence[str]], Iterable[str]]) -> None:
        """Finish or remove what was left between writing and naming; nothing while somebody is between the two."""
        if not self._incoming.is_dir():
            return
        with self._locked(alone=True) as mine:
            left = sorted(one.name for one in self._incoming.iterdir()) if mine else []
            named = set(known(left)) if left else set()
            for one in left:
                part = self._incoming / one
                with _disk():
                    part.replace(self._folder / one) if one in named else part.unlink()

    def read(self, exhibit: str, frames: bytes, parts: Parts) -> Iterator[bytes]:
        """The bytes frame by frame, checked."""
        yield from opened(exhibit, self._stored(exhibit), frames, parts)

    def remove(self, exhibits: Iterable[str]) -> None:
        """Remove bytes; those that are gone are gone."""
        for one in exhibits:
            for folder in (self._folder, self._incoming):
                with _disk():
                    (folder / _name(one)).unlink(missing_ok=True)

    def _make(self) -> None:
        with _disk():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._incoming.mkdir(mode=0o700, exist_ok=True)
            _sync(self._folder)
            _sync(self._folder.parent)

    def _stored(self, exhibit: str) -> Iterator[bytes]:
        name = _name(exhibit)
        for path in (self._folder / name, self._incoming / name, self._folder / name):  # it may be moved as we look
            with suppress(FileNotFoundError), path.open("rb", buffering=0) as held:
                while True:
                    with _disk():
                        frame = _whole(held.read, FRAME + AROUND)
                    if not frame:
                        return
                    yield frame
        raise ExhibitMissing(exhibit=exhibit, why=Words("没有它的文件", "there is no file of it"))

    @contextmanager
    def _locked(self, *, alone: bool) -> Iterator[bool]:
        """Writers share the folder; whoever settles has it alone, or not at all (`False`)."""
        if sys.platform == "win32":
            yield not alone
            return
        with _disk():
            held = os.open(self._incoming, os.O_RDONLY)
        try:
            mine = True
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
            except OSError:
                mine = not alone  # some network folders know no locks: nothing is settled there
            yield mine
        finally:
            os.close(held)


def copy_blobs(source: Path, target: Path) -> int:
    """Make a folder hold what another holds, and nothing else; how many files. Exhibits never change, so what is there stays.

    What is being written just now comes too, or not; a copy of the database made before names none of it.
    """
    if not source.is_dir() and not target.is_dir():
        return 0
    found = {one.name: one for folder in (source / INCOMING, source) for one in _files(folder)}
    with _disk():
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        for gone in {one.name for one in _files(target)} - found.keys():
            (target / gone).unlink()
    for name, one in found.items():
        with suppress(FileNotFoundError):  # moved or erased as we look
            if _size(target / name) != one.stat().st_size:
                beside = target / f".{name}"
                with one.open("rb") as held:
                    _write(beside, iter(partial(held.read, FRAME), b""))
                with _disk():
                    os.replace(beside, target / name)
    return len(found)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (one for one in folder.iterdir() if one.is_file() and NAME.fullmatch(one.name))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1


def _name(exhibit: str) -> str:
    """The id as a file's name; never anything else, whatever is asked for."""
    if not NAME.fullmatch(exhibit):
        raise ExhibitMissing(exhibit=exhibit, why=Words("没有它的文件", "there is no file of it"))
    return exhibit


def _write(path: Path, frames: Iterator[bytes]) -> None:
    """A file of the owner's alone, whole and on disk, or none."""
    try:
        with _disk():
            sink = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb", buffering=0)
        with sink:
            for frame in frames:
                with _disk():
                    _put(sink.write, frame)
            with _disk():
                os.fsync(sink.fileno())
        _sync(path.parent)
    except BaseException:  # reason: whatever ended it, nothing half is left
        path.unlink(missing_ok=True)
        raise


def _put(write: Callable[[memoryview], int | None], frame: bytes) -> None:
    left = memoryview(frame)
    while left:
        left = left[write(left) or 0 :]


def _whole(read: Callable[[int], bytes], size: int) -> bytes:
    """As many bytes as were asked for, or all that are left."""
    data = read(size)
    while data and len(data) < size and (more := read(size - len(data))):
        data += more
    return data


def _sync(folder: Path) -> None:
    if sys.platform != "win32":
        held = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # some network folders cannot
                os.fsync(held)
        finally:
            os.close(held)


FULL = Words("存放证据的磁盘已满", "no space is left where exhibits are kept")


@contextmanager
def _disk() -> Iterator[None]:
    """What the disk says, in words of the trade."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        why = FULL if full else Words(f"磁盘报告 {error.strerror}", f"the disk says {error.strerror}")
        raise StoreTrouble(why=why) from error
