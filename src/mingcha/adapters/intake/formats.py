"""Files to raw rows: CSV, XLSX and JSON Lines, plain or gzipped, streamed; original bytes of every row are kept.

Encodings: UTF-8 with and without BOM, UTF-16 with BOM, GB18030, told apart by strict decoding. What a file cannot be is an
`UnreadableFile` that says why; a torn row is a row of its own, never a lost one.
"""

import codecs
import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from mingcha.errors import UnreadableFile
from mingcha.model.words import Words
from mingcha.text.cells import plain_cell

MAX_CELL = 20_000_000  # characters of one cell; a larger one is refused by name
MAX_INFLATED = 8 << 30  # bytes a compressed file may grow to
MAX_RATIO = 500  # and how much larger than itself, once past 64 MiB
SNIFF = 1 << 20
SHOWN = 200_000  # characters of a row too torn to parse that are kept as its cells; its bytes are kept whole
DAMAGE = re.compile("[\udc80-\udcff]")
DAMAGED = Words("有些字节不是 UTF-8", "some of its bytes are not UTF-8")

csv.field_size_limit(MAX_CELL)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One data row: its number in the file (line for CSV), original bytes, cells by heading, and what is wrong with its form."""

    number: int
    raw: bytes
    cells: dict[str, str]
    fault: Words | None = None


def rows(path: Path, encoding: str | None = None, delimiter: str | None = None) -> Iterator[RawRow]:
    """All data rows of a file."""
    name = path.name.lower().removesuffix(".gz")
    if path.stat().st_size == 0:
        raise UnreadableFile(file=path.name, why=Words("文件是空的", "the file is empty"))
    if name.endswith((".jsonl", ".ndjson", ".json")):
        yield from _json_lines(path, encoding)
    elif name.endswith((".xlsx", ".xlsm")):
        yield from _xlsx(path)
    elif name.endswith((".csv", ".tsv", ".txt")):
        yield from _csv(path, encoding, delimiter)
    else:
        raise UnreadableFile(
            file=path.name,
            why=Words(
                "文件名不是 .csv、.xlsx 或 .jsonl（或其 .gz）", "it is not named .csv, .xlsx or .jsonl (plain or .gz)"
            ),
        )


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
            raise UnreadableFile(
                file=self._path.name, why=Words(f"gzip 数据已损坏（{error}）", f"the gzip data are damaged ({error})")
            ) from None
        self._read += len(data)
        bomb = self._read > (64 << 20) and self._read > MAX_RATIO * self._size
        if bomb or self._read > MAX_INFLATED:
            raise UnreadableFile(
                file=self._path.name,
                why=Words(
                    "解压后远大于同样大小的表格应有的内容", "it unpacks to far more than a table of its size would"
                ),
            )
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
    """UTF-16 by its BOM, UTF-8, GB18030. A file that reads as UTF-8 up to some damage is UTF-8: its damaged rows say so."""
    with open_bytes(path) as source:
        head = source.read(4)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if _read_as(path, "utf-8-sig") in (None, True):
        return "utf-8-sig"
    if _read_as(path, "gb18030") is None:
        return "gb18030"
    raise UnreadableFile(
        file=path.name,
        why=Words("文字编码不是 UTF-8、UTF-16 或 GB18030", "its text is neither UTF-8, UTF-16 nor GB18030"),
    )


SURE = 3  # multi-byte characters in a row of luck that no other encoding has


def _read_as(path: Path, encoding: str) -> bool | None:
    """None: the whole file decodes. Else whether enough of it did, before the damage, to be sure of the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    wide = 0
    with open_bytes(path) as source:
        while block := source.read(SNIFF):
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError as error:
                text = bytes(error.object[: error.start]).decode(encoding, "replace")
                return wide + sum(1 for char in text if char > "\x7f") >= SURE
            wide += sum(1 for char in text if char > "\x7f") if wide < SURE else 0
    try:
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return wide >= SURE
    return None


def _text(path: Path, encoding: str, newline: str) -> IO[str]:
    """The file as text; bytes that are damaged UTF-8 come through marked (PEP 383), so that only their row is at fault."""
    errors = "surrogateescape" if encoding.startswith("utf-8") else "strict"
    return io.TextIOWrapper(open_bytes(path), encoding, errors=errors, newline=newline)


def _mended(cell: str) -> str:
    """A cell with damaged bytes shown as replacement characters."""
    return DAMAGE.sub("\ufffd", cell)


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
    with _text(path, encoding, "") as stream:
        recorder = _Recorder(stream)
        first = stream.readline().lstrip("\ufeff")
        if not first.strip():
            raise UnreadableFile(file=path.name, why=Words("没有标题行", "it has no heading row"))
        delimiter = delimiter or max(",;\t|", key=first.count)
        heading = [cell.strip() for cell in next(csv.reader([first.replace("\0", "")], delimiter=delimiter))]
        doubled = sorted({h for h in heading if h and heading.count(h) > 1})
        if doubled:
            raise UnreadableFile(
                file=path.name,
                why=Words(
                    f"标题行有重复的列：{', '.join(doubled)}", f"the heading names a column twice: {', '.join(doubled)}"
                ),
            )
        yield from _csv_rows(
            path, csv.reader(recorder, delimiter=delimiter, strict=False), recorder, heading, encoding, delimiter
        )


def _csv_rows(
    path: Path, reader: Any, recorder: _Recorder, heading: list[str], encoding: str, delimiter: str
) -> Iterator[RawRow]:
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
                file=path.name,
                why=Words(
                    f"第 {line} 行附近的文字不是 {encoding}（{error.reason}）",
                    f"near line {line} its text is not {encoding} ({error.reason})",
                ),
            ) from None
        except csv.Error as error:
            torn = recorder.take()
            guess = dict(zip(heading, torn[:SHOWN].rstrip("\r\n").split(delimiter), strict=False))
            yield RawRow(line, _bytes(torn, plain), guess, Words("不是完整的 CSV 行", str(error)))
            continue
        raw = recorder.take()
        if not any(cell.strip() for cell in cells):
            continue
        fault = None
        if len(cells) != len(heading):
            fault = Words(
                f"{len(heading)}个列名下有{len(cells)}格", f"{len(cells)} cells under {len(heading)} headings"
            )
        if DAMAGE.search(raw):
            fault = fault or DAMAGED
            cells = [_mended(cell) for cell in cells]
        yield RawRow(line, _bytes(raw, plain), dict(zip(heading, cells, strict=False)), fault)


def _bytes(raw: str, encoding: str) -> bytes:
    """The original bytes of a stretch of text."""
    return raw.encode(encoding, "surrogateescape" if encoding.startswith("utf-8") else "surrogatepass")


def _json_lines(path: Path, encoding: str | None) -> Iterator[RawRow]:
    encoding = encoding or detect_encoding(path)
    with _text(path, encoding, "\n") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            raw = _bytes(line.rstrip("\r\n"), "utf-8")
            damaged = DAMAGED if DAMAGE.search(line) else None
            line = _mended(line)
            try:
                value = json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                yield RawRow(number, raw, {"text": line.strip()}, _not_json(error))
                continue
            if not isinstance(value, dict):
                yield RawRow(number, raw, {"text": line.strip()}, Words("不是 JSON 对象", "not a JSON object"))
                continue
            yield RawRow(number, raw, {str(key): plain_cell(cell) for key, cell in value.items()}, damaged)


def _not_json(error: Exception) -> Words:
    return Words("不是 JSON", f"not a JSON value ({str(error)[:80]})")


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
        raise UnreadableFile(
            file=path.name,
            why=Words(
                f"不是可读的工作簿（{type(error).__name__}）", f"it is not a readable workbook ({type(error).__name__})"
            ),
        ) from None
    if not any(heading):
        raise UnreadableFile(file=path.name, why=Words("第一个工作表没有标题行", "its first sheet has no heading row"))
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
        raise UnreadableFile(
            file=path.name, why=Words(f"不是工作簿（{error}）", f"it is not a workbook ({error})")
        ) from None
    if total > MAX_INFLATED or (total > (64 << 20) and total > MAX_RATIO * path.stat().st_size):
        raise UnreadableFile(
            file=path.name,
            why=Words(
                "解压后远大于同样大小的工作簿应有的内容", "it unpacks to far more than a workbook of its size would"
            ),
        )


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
