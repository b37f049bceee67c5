"""A file read as evidence: what was read is what stood there from the first byte to the last, or it is an error."""

import hashlib
import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from mingcha.errors import UnreadableFile
from mingcha.model.exhibit import FRAME
from mingcha.model.words import Words

CHANGED = Words("读取期间文件被改动，请重试", "it changed while it was read; try again")


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a regular file. UnreadableFile, after the last piece, where it changed meanwhile.

    Clocks of file systems are coarse and can be set back, so the file is read once more and its digests are compared.
    """
    try:
        with open(path, "rb", buffering=0, opener=_without_waiting) as source:
            before = os.fstat(source.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableFile(file=path.name, why=Words("不是普通文件", "it is no regular file"))
            seen = hashlib.sha256()
            for piece in iter(partial(source.read, FRAME), b""):
                seen.update(piece)
                yield piece
            source.seek(0)
            if _digest(source) != seen.digest() or _state(os.fstat(source.fileno())) != _state(before):
                raise UnreadableFile(file=path.name, why=CHANGED)
    except OSError as error:
        if error.filename is not None:  # it could not be opened: doors say so
            raise
        raise UnreadableFile(
            file=path.name, why=Words(f"磁盘报告 {error.strerror}", f"the disk says {error.strerror}")
        ) from error


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))  # a pipe nobody writes to is refused, not waited for


def _digest(source: BinaryIO) -> bytes:
    seen = hashlib.sha256()
    for piece in iter(partial(source.read, FRAME), b""):
        seen.update(piece)
    return seen.digest()


def _state(now: os.stat_result) -> tuple[int, ...]:
    return now.st_size, now.st_mtime_ns, now.st_ctime_ns
