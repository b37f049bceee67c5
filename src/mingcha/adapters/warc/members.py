"""The records of a WARC as bytes, plain or gzipped a record at a time: a broken or huge one is told and the next is found again."""

import re
import zlib
from collections.abc import Iterator
from typing import IO

from mingcha.model.words import Words

MOST_RECORD = 64 * 2**20  # bytes of one record, inflated
BLOCK = 1 << 16
MAGIC = b"\x1f\x8b\x08"
PLAIN = re.compile(rb"WARC/[01]\.[0-9]+\r?\n")
LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,15})[ \t]*\r?$")
HEADERS = 1 << 16  # bytes of a record's own headers

Member = tuple[int, bytes | Words]  # where it stands in the file, and what it is or what is wrong with it

TOO_LARGE = Words(
    f"记录超过 {MOST_RECORD // 2**20} MB（或整个文件被压成一块）",
    f"a record of more than {MOST_RECORD // 2**20} MB, or the whole file compressed as one",
)
MOST_FAULTS = 1_000  # of a file
GIVEN_UP = Words("损坏过多，其余未读取", "too much of it is broken: the rest was not read")
CUT = Words("记录不完整", "the record is cut short")
DAMAGED = Words("gzip 数据已损坏", "its gzip data are damaged")
NO_RECORD = Words("此处不是 WARC 记录", "there is no WARC record here")


def members(source: IO[bytes]) -> Iterator[Member]:
    """All records of a seekable file, in order; one that is broken all over is given up, which is said."""
    packed = source.read(3) == MAGIC
    source.seek(0)
    faults = 0
    for at, held in _packed(source) if packed else _plain(source):
        yield at, held
        faults += isinstance(held, Words)
        if faults > MOST_FAULTS:
            yield at, GIVEN_UP
            return


def _packed(source: IO[bytes]) -> Iterator[Member]:
    at = 0
    while True:
        source.seek(at)
        if not source.read(1):
            return
        source.seek(at)
        inflated, used, fault = _inflate(source)
        if fault is None:
            yield at, inflated
            at += used
            continue
        yield at, fault
        found = _find(source, at + 1, MAGIC)
        if found is None:
            return
        at = found


def _inflate(source: IO[bytes]) -> tuple[bytes, int, Words | None]:
    """One gzip member from here: what it holds, how many bytes it took, what is wrong with it."""
    machine, out, size, used = zlib.decompressobj(31), [], 0, 0
    while not machine.eof:
        given = machine.unconsumed_tail or source.read(BLOCK)
        if not given:
            return b"", used, CUT
        try:
            part = machine.decompress(given, MOST_RECORD + 1 - size)
        except zlib.error:
            return b"", used, DAMAGED
        used += len(given) - len(machine.unconsumed_tail) - len(machine.unused_data)
        size += len(part)
        if size > MOST_RECORD:
            return b"", used, TOO_LARGE
        out.append(part)
    return b"".join(out), used, None


def _plain(source: IO[bytes]) -> Iterator[Member]:
    at: int | None = 0
    while at is not None:
        source.seek(at)
        head = source.read(HEADERS)
        if not head.strip():
            return
        start = len(head) - len(head.lstrip(b"\r\n"))
        end = re.search(rb"\r?\n\r?\n", head[start:])
        said = LENGTH.search(head, start, start + end.start() + 2) if end else None
        if not PLAIN.match(head, start) or end is None or said is None:
            yield at, NO_RECORD
            at = _find(source, at + start + 1, b"\nWARC/1.")
            at = at + 1 if at is not None else None
            continue
        block, length = at + start, end.end() + int(said[1])
        source.seek(block)
        held = source.read(length) if length <= MOST_RECORD else b""
        yield block, TOO_LARGE if length > MOST_RECORD else CUT if len(held) < length else held + b"\r\n\r\n"
        at = block + length


def _find(source: IO[bytes], at: int, mark: bytes) -> int | None:
    """Where a mark stands next."""
    source.seek(at)
    kept = b""
    while block := source.read(BLOCK):
        held = kept + block
        found = held.find(mark)
        if found >= 0:
            return at - len(kept) + found
        at += len(block)
        kept = held[-len(mark) + 1 :]
    return None
