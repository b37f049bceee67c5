"""Columns of numbers joined part by part: in memory up to a limit, then in nameless temporary files that are mapped.

The files have no name from the beginning (`tempfile.TemporaryFile`), so nothing is left of them whatever happens. They hold hashes and
sizes, never text.
"""

import os
import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from mingcha.text.columns import Column


def quarter_of_memory() -> int:
    """A quarter of this machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4


class Scratch:
    """Joins columns, of which at most `limit` bytes stay in memory; `spilled` is how many bytes went to disk."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spilled = 0

    def __call__(self, parts: Iterable[tuple[Any, ...]], types: Sequence[type]) -> list[NDArray[Any]]:
        """One array for each type: what all parts have in that place, end to end."""
        held = [Column(type_) for type_ in types]
        files: list[IO[bytes]] = []
        for part in parts:
            for column, values in zip(held, part, strict=True):
                column.append(values)
            if sum(column.nbytes for column in held) > self.limit:
                files = files or [tempfile.TemporaryFile() for _ in types]  # noqa: SIM115 -- reason: they live as long as what is mapped
                self._write(held, files)
        if not files:
            return [column.take() for column in held]
        self._write(held, files)
        return [_mapped(file, type_) for file, type_ in zip(files, types, strict=True)]

    def _write(self, held: list[Column], files: list[IO[bytes]]) -> None:
        """Move what is held to disk."""
        for column, file in zip(held, files, strict=True):
            self.spilled += column.nbytes
            file.write(column.take().data)


def _mapped(file: IO[bytes], type_: type) -> NDArray[Any]:
    file.flush()
    items = file.tell() // np.dtype(type_).itemsize
    if items == 0:
        return np.empty(0, type_)
    mapped: NDArray[Any] = np.memmap(file, type_, "r+", shape=(items,)).view(np.ndarray)
    return mapped
