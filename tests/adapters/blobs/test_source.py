"""A file read as evidence: what changes while it is read, or is no file, is never taken for one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mingcha.adapters.blobs import pieces_of
from mingcha.errors import UnreadableFile
from mingcha.model.exhibit import FRAME


@pytest.mark.parametrize("size", [0, 1, FRAME, 2 * FRAME + 3])
def test_the_bytes_of_a_file(size: int, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(os.urandom(size))
    assert b"".join(pieces_of(tmp_path / "f")) == (tmp_path / "f").read_bytes()


def _set_back(path: Path) -> None:
    """Change a byte already read and put the clock of the file back."""
    now = path.stat()
    with path.open("r+b") as sink:
        sink.write(b"\1")
    os.utime(path, ns=(now.st_atime_ns, now.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "longer": lambda path: path.open("ab").write(b"x"),
    "shorter": lambda path: os.truncate(path, FRAME + 1),
    "emptied": lambda path: os.truncate(path, 0),
    "a byte, and its clock put back": _set_back,
    "another in its place": lambda path: (path.with_name("g").write_bytes(bytes(9)), path.with_name("g").replace(path)),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("how", CHANGES)
def test_a_file_that_changes_while_it_is_read_is_refused(how: str, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(bytes(3 * FRAME))
    pieces = pieces_of(path)
    next(pieces)
    CHANGES[how](path)
    with pytest.raises(UnreadableFile, match="changed while it was read"):
        list(pieces)


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises((UnreadableFile, IsADirectoryError)):
            next(pieces_of(path))
    with pytest.raises(FileNotFoundError):
        next(pieces_of(tmp_path / "none"))
