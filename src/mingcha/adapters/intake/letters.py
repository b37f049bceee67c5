"""Texts and their ids out of a JSON Lines, CSV, XLSX or Parquet file, in blocks, as fast as the file can be parsed.

Good rows go on, a bad one is a `Fault` with its line. A line is first parsed in bulk; a block in which anything is amiss
is read again line by line, so that the fast way and the careful way cannot disagree about what a row is.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from mingcha.adapters.intake.formats import open_bytes, rows
from mingcha.errors import InputError, UnreadableFile
from mingcha.model.letters import Block, Fault, Id
from mingcha.model.words import Words

BLOCK = 1 << 21  # bytes read at a time
ROWS = 10_000  # rows of a block of the slower formats


def blocks(path: Path, text: str, id_: str) -> Iterator[Block]:
    """The file's texts under column `text` and their ids under `id_`."""
    if not path.is_file():
        raise UnreadableFile(file=path, why=Words("没有这个文件", "there is no such file"))
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        yield from _parquet(path, text, id_)
    elif name.endswith((".jsonl", ".ndjson", ".json")) and _is_utf8(path):
        yield from _json_lines(path, text, id_)
    else:
        yield from _others(path, text, id_)


def _is_utf8(path: Path) -> bool:
    """Whether the file starts as UTF-8 does; one damaged line further on is that line's fault."""
    with open_bytes(path) as source:
        head = source.read(BLOCK)
    if not head:
        raise UnreadableFile(file=path.name, why=Words("文件是空的", "the file is empty"))
    try:
        head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4 or head.count(b"\n", 0, error.start) > 0
    return b"\0" not in head[:4]


def _json_lines(path: Path, text: str, id_: str) -> Iterator[Block]:
    fields = [("id", Id), ("text", str)]
    row = msgspec.defstruct("Row", fields, rename={"id": id_, "text": text}, gc=False)
    decode = msgspec.json.Decoder(row).decode_lines
    line, first = 1, True
    for block in _whole_lines(path):
        try:
            read: list[Any] = decode(block)
            yield Block([one.id for one in read], [one.text for one in read])
        except (msgspec.DecodeError, UnicodeDecodeError):
            careful = _line_by_line(block, line, text, id_)
            if first:
                _check_columns(path, careful, block, text, id_)
            yield careful
        first = False
        line += block.count(b"\n")


def _whole_lines(path: Path) -> Iterator[bytes]:
    """The file in blocks that end where a line does."""
    with open_bytes(path) as source:
        parts = [source.read(BLOCK).removeprefix(b"\xef\xbb\xbf")]
        while more := source.read(BLOCK):
            cut = more.rfind(b"\n") + 1
            if cut:
                yield b"".join((*parts, more[:cut]))
                parts = []
            parts.append(more[cut:])
    if last := b"".join(parts):
        yield last


def _line_by_line(block: bytes, number: int, text: str, id_: str) -> Block:
    ids: list[Id] = []
    texts: list[str] = []
    faults = []
    for line, raw in enumerate(block.split(b"\n"), number):
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError) as error:
            short = str(error)[:80]
            faults.append(Fault(line, Words(f"该行残缺，不是 JSON（{short}）", f"torn, not a JSON value ({short})")))
            continue
        cells = value if isinstance(value, dict) else {}
        why = _unfit(cells, text, id_)
        if why:
            faults.append(Fault(line, why))
            continue
        ids.append(cells[id_])
        texts.append(cells[text])
    return Block(ids, texts, faults)


def _unfit(cells: dict[str, Any], text: str, id_: str) -> Words | None:
    """Why a row cannot be used."""
    id_given = cells.get(id_)
    if not isinstance(id_given, str | int | float) or isinstance(id_given, bool):
        return Words(f"“{id_}”列没有编号", f"no id in column {id_!r}")
    if not isinstance(cells.get(text), str):
        return Words(f"“{text}”列没有文字", f"no text in column {text!r}")
    return None


def _check_columns(path: Path, careful: Block, block: bytes, text: str, id_: str) -> None:
    """A first block without one good row is most likely a misspelt column: say which there are."""
    if careful.texts:
        return
    for raw in block.split(b"\n"):
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            _must_have(path, list(value), text, id_)


def _must_have(path: Path, here: list[str], text: str, id_: str) -> None:
    missing = [column for column in (text, id_) if column not in here]
    if missing:
        listed = ", ".join(here)
        raise InputError(
            where=path.name,
            found=", ".join(missing),
            expected=Words(f"文件里有的列（{listed}）", f"columns that are in the file ({listed})"),
        )


def _others(path: Path, text: str, id_: str) -> Iterator[Block]:
    ids: list[Id] = []
    texts: list[str] = []
    faults: list[Fault] = []
    first = True
    for row in rows(path):
        if first and not row.fault:
            _must_have(path, list(row.cells), text, id_)
            first = False
        why = Words(f"该行残缺：{row.fault}", f"torn: {row.fault}") if row.fault else None
        if why is None and not row.cells.get(id_):
            why = Words(f"“{id_}”列没有编号", f"no id in column {id_!r}")
        if why:
            faults.append(Fault(row.number, why))
            continue
        ids.append(row.cells[id_])
        texts.append(row.cells.get(text, ""))
        if len(ids) == ROWS:
            yield Block(ids, texts, faults)
            ids, texts, faults = [], [], []
    yield Block(ids, texts, faults)


def _parquet(path: Path, text: str, id_: str) -> Iterator[Block]:
    line = 1
    for batch in parquet_batches(path, (text, id_)):
        yield _batch(batch.column(id_).to_pylist(), batch.column(text).to_pylist(), line, text, id_)
        line += batch.num_rows


def parquet_batches(path: Path, columns: tuple[str, str] | None) -> Iterator[Any]:
    """Batches of a Parquet file: of these columns, which must be there, or of all."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise UnreadableFile(
            file=path.name,
            why=Words("读取 Parquet 需要 pip install mingcha[parquet]", "Parquet needs pip install mingcha[parquet]"),
        ) from None
    try:
        with ParquetFile(path) as file:
            if columns is not None:
                _must_have(path, file.schema_arrow.names, *columns)
            yield from file.iter_batches(ROWS, columns=None if columns is None else list(columns))
    except (ArrowException, OSError) as error:
        short = str(error)[:80]
        raise UnreadableFile(file=path.name, why=Words(f"不是 Parquet（{short}）", f"not Parquet ({short})")) from None


def _batch(ids: list[Any], texts: list[Any], line: int, text: str, id_: str) -> Block:
    reasons = [_unfit({id_: one, text: other}, text, id_) for one, other in zip(ids, texts, strict=True)]
    faults = [Fault(line + i, why) for i, why in enumerate(reasons) if why]
    if faults:
        good = [i for i, why in enumerate(reasons) if why is None]
        ids, texts = [ids[i] for i in good], [texts[i] for i in good]
    return Block(ids, texts, faults)
