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
        held: list[list[NDArray[Any]]] = [[np.empty(0, type_)] for type_ in types]
        files: list[IO[bytes]] = []
        size = 0
        for part in parts:
            for column, values in zip(held, part, strict=True):
                column.append(values)
                size += values.nbytes
            if size > self.limit:
                files = files or [tempfile.TemporaryFile() for _ in types]  # noqa: SIM115 -- reason: they live as long as what is mapped
                self.spilled += self._write(held, files)
                size = 0
        if not files:
            return [
                np.concatenate(held.pop(0)) for _ in types
            ]  # each column's parts are let go before the next is joined
        self.spilled += self._write(held, files)
        return [_mapped(file, type_) for file, type_ in zip(files, types, strict=True)]

    @staticmethod
    def _write(held: list[list[NDArray[Any]]], files: list[IO[bytes]]) -> int:
        """Move what is held to disk; returns bytes."""
        written = 0
        for column, file in zip(held, files, strict=True):
            for values in column:
                file.write(values.tobytes())
                written += values.nbytes
            column.clear()
        return written


def _mapped(file: IO[bytes], type_: type) -> NDArray[Any]:
    file.flush()
    items = file.tell() // np.dtype(type_).itemsize
    if items == 0:
        return np.empty(0, type_)
    mapped: NDArray[Any] = np.memmap(file, type_, "r+", shape=(items,)).view(np.ndarray)
    return mapped
