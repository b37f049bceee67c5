"""Files to raw rows: CSV, XLSX and JSON Lines, plain or gzipped, streamed; original bytes of every row are kept.

Encodings: UTF-8 with and without BOM, UTF-16 with BOM, GB18030, told apart by strict decoding. What a file cannot be is an
`UnreadableFile` that says why; a torn row is a row of its own, never a lost one.
"""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from mingcha.errors import UnreadableFile

MAX_CELL = 20_000_000  # characters of one cell; a larger one is refused by name
MAX_INFLATED = 8 << 30  # bytes a compressed file may grow to
MAX_RATIO = 500  # and how much larger than itself, once past 64 MiB
SNIFF = 1 << 20

csv.field_size_limit(MAX_CELL)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One data row: its number in the file (line for CSV), original bytes, cells by heading, and what is wrong with its form."""

    number: int
    raw: bytes
    cells: dict[str, str]
    fault: str | None = None


def rows(path: Path, encoding: str | None = None, delimiter: str | None = None) -> Iterator[RawRow]:
    """All data rows of a file."""
    name = path.name.lower().removesuffix(".gz")
    if path.stat().st_size == 0:
        raise UnreadableFile(file=path.name, why="the file is empty")
    if name.endswith((".jsonl", ".ndjson", ".json")):
        yield from _json_lines(path, encoding)
    elif name.endswith((".xlsx", ".xlsm")):
        yield from _xlsx(path)
    elif name.endswith((".csv", ".tsv", ".txt")):
        yield from _csv(path, encoding, delimiter)
    else:
        raise UnreadableFile(file=path.name, why="it is not named .csv, .xlsx or .jsonl (plain or .gz)")


class _Bounded(io.RawIOBase):
    """A decompressing stream that stops a bomb: past 64 MiB it may not be 500 times its file."""

    def __init__(self, path: Path) -> None:
        self._source = gzip.GzipFile(path, "rb")
        self._path, self._size, self._read = path, path.stat().st_size, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._source.read(len(buffer))
        except (OSError, EOFError) as error:
            raise UnreadableFile(file=self._path.name, why=f"the gzip data are damaged ({error})") from None
        self._read += len(data)
        bomb = self._read > (64 << 20) and self._read > MAX_RATIO * self._size
        if bomb or self._read > MAX_INFLATED:
            raise UnreadableFile(file=self._path.name, why="it unpacks to far more than a table of its size would")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._source.close()
        super().close()


def open_bytes(path: Path) -> IO[bytes]:
    """A file's bytes, unpacked when it is gzipped."""
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    return io.BufferedReader(_Bounded(path), SNIFF) if packed else path.open("rb")


def detect_encoding(path: Path) -> str:
    """The first of UTF-16 (by BOM), UTF-8, GB18030 that decodes the whole file strictly."""
    with open_bytes(path) as source:
        head = source.read(4)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise UnreadableFile(file=path.name, why="its text is neither UTF-8, UTF-16 nor GB18030")


def _decodes(path: Path, encoding: str) -> bool:
    import codecs

    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with open_bytes(path) as source:
        try:
            while block := source.read(SNIFF):
                decoder.decode(block)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return False
    return True


class _Recorder:
    """Lines of a text stream, remembering the text of the record the csv reader is in."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream, self.lines = stream, [""]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline()
        if not line:
            raise StopIteration
        self.lines.append(line)
        return line.replace("\0", "")

    def take(self) -> str:
        text = "".join(self.lines)
        self.lines = []
        return text


def _csv(path: Path, encoding: str | None, delimiter: str | None) -> Iterator[RawRow]:
    encoding = encoding or detect_encoding(path)
    with io.TextIOWrapper(open_bytes(path), encoding, errors="strict", newline="") as stream:
        recorder = _Recorder(stream)
        first = stream.readline().lstrip("\ufeff")
        if not first.strip():
            raise UnreadableFile(file=path.name, why="it has no heading row")
        delimiter = delimiter or max(",;\t|", key=first.count)
        heading = [cell.strip() for cell in next(csv.reader([first.replace("\0", "")], delimiter=delimiter))]
        doubled = sorted({h for h in heading if h and heading.count(h) > 1})
        if doubled:
            raise UnreadableFile(file=path.name, why=f"the heading names a column twice: {', '.join(doubled)}")
        yield from _csv_rows(path, csv.reader(recorder, delimiter=delimiter, strict=False), recorder, heading, encoding)


def _csv_rows(path: Path, reader: Any, recorder: _Recorder, heading: list[str], encoding: str) -> Iterator[RawRow]:
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    recorder.take()
    while True:
        line = reader.line_num + 2
        try:
            cells = next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                file=path.name, why=f"near line {line} its text is not {encoding} ({error.reason})"
            ) from None
        except csv.Error as error:
            yield RawRow(line, recorder.take().encode(plain, "surrogatepass"), {}, str(error))
            continue
        raw = recorder.take()
        if not any(cell.strip() for cell in cells):
            continue
        fault = None
        if len(cells) != len(heading):
            fault = f"{len(cells)} cells under {len(heading)} headings"
        yield RawRow(line, raw.encode(plain, "surrogatepass"), dict(zip(heading, cells, strict=False)), fault)


def _json_lines(path: Path, encoding: str | None) -> Iterator[RawRow]:
    encoding = encoding or detect_encoding(path)
    with io.TextIOWrapper(open_bytes(path), encoding, errors="strict", newline="\n") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            raw = line.rstrip("\r\n").encode("utf-8", "surrogatepass")
            try:
                value = json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                yield RawRow(number, raw, {"text": line.strip()}, f"not a JSON value ({str(error)[:80]})")
                continue
            if not isinstance(value, dict):
                yield RawRow(number, raw, {"text": line.strip()}, "not a JSON object")
                continue
            yield RawRow(number, raw, {str(key): _plain(cell) for key, cell in value.items()})


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return cell.replace("\0", "")
    if isinstance(cell, list):
        return ";".join(_plain(one) for one in cell)
    return json.dumps(cell, ensure_ascii=False)


def _xlsx(path: Path) -> Iterator[RawRow]:
    from openpyxl import load_workbook

    _check_zip(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        table = book.worksheets[0].iter_rows(values_only=True)
        heading = [_cell(cell).strip() for cell in next(table, ())]
    except UnreadableFile:
        raise
    except Exception as error:  # noqa: BLE001 -- reason: openpyxl raises whatever its parser met; the file is at fault
        raise UnreadableFile(file=path.name, why=f"it is not a readable workbook ({type(error).__name__})") from None
    if not any(heading):
        raise UnreadableFile(file=path.name, why="its first sheet has no heading row")
    try:
        for number, row in enumerate(table, 2):
            cells = {name: _cell(cell) for name, cell in zip(heading, row, strict=False) if name}
            if any(cells.values()):
                yield RawRow(
                    number,
                    json.dumps(cells, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"),
                    cells,
                )
    finally:
        book.close()


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            total = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFile(file=path.name, why=f"it is not a workbook ({error})") from None
    if total > MAX_INFLATED or (total > (64 << 20) and total > MAX_RATIO * path.stat().st_size):
        raise UnreadableFile(file=path.name, why="it unpacks to far more than a workbook of its size would")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        text: str = value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "year") else value.isoformat()
        return text
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\0", "")


Reader = Callable[[Path], Iterator[RawRow]]
