"""Rows of a file to typed records: good rows, rows to repair, rejects; together they account for every data row.

A complaint with any readable text or source id is never a reject: what cannot be read is dropped from it with a warning
and it needs repair; its clock runs all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from mingcha.adapters.intake.formats import RawRow, rows
from mingcha.adapters.intake.mapping import Mapping_, own_names
from mingcha.adapters.intake.values import Unfit, parse
from mingcha.errors import InputError
from mingcha.model.intake import Reject, Row
from mingcha.model.record import Column, Kind, Type
from mingcha.model.words import Words

REPAIR_OF = "repair_of"  # a repaired row names the record it amends
READABLE = 2  # characters of text that make a row a complaint


def digest(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    state = sha256()
    with path.open("rb") as source:
        while block := source.read(1 << 20):
            state.update(block)
    return state.hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """A file, what kind of records it holds, how it is read, and its digest."""

    path: Path
    kind: Kind
    mapping: Mapping_
    digest: str


def read(source: Source) -> Iterator[Row | Reject]:
    """All rows of a file, in order."""
    names: dict[str, str] | None = None
    for raw in rows(source.path, source.mapping.encoding, source.mapping.delimiter):
        if names is None:
            names = _names(source, raw)
        yield _row(source, raw, names)


def _names(source: Source, raw: RawRow) -> dict[str, str]:
    mapped = source.mapping.columns
    names = {
        canonical: next((one for one in theirs if one in raw.cells), theirs[0]) for canonical, theirs in mapped.items()
    } or own_names(source.kind, raw.cells)
    if mapped:
        wanted = (theirs for canonical, theirs in names.items() if canonical not in source.mapping.optional)
        missing = sorted(theirs for theirs in wanted if raw.cells and theirs not in raw.cells)
        if missing and not raw.fault and not source.path.name.lower().removesuffix(".gz").endswith("l"):
            here = ", ".join(raw.cells)
            raise InputError(
                where=source.path.name,
                found=", ".join(missing),
                expected=Words(f"文件里有的列（{here}）", f"columns that are in the file ({here})"),
            )
    if not names:
        listed = ", ".join(column.name for column in source.kind.columns)
        here = ", ".join(raw.cells)
        raise InputError(
            where=source.path.name,
            found=here,
            expected=Words(f"{source.kind.code} 类的列：{listed}", f"columns of kind {source.kind.code}: {listed}"),
        )
    return names


def _row(source: Source, raw: RawRow, names: dict[str, str]) -> Row | Reject:
    values: dict[str, Any] = {}
    faults: list[tuple[Column, str, Words]] = []
    for column in source.kind.columns:
        text = source.mapping.constants.get(column.name) or raw.cells.get(names.get(column.name, ""), "")
        try:
            value = parse(column, text, source.mapping.reading)
        except Unfit as unfit:
            faults.append((column, text, unfit.expected))
            continue
        if value not in (None, ()):
            values[column.name] = value
        elif column.required and column.type is not Type.ID:
            faults.append((column, text, Words("必填", "a value: this column is required")))
    source_id = str(values.get("id") or f"{source.digest[:16]}:{raw.number}")
    repair_of = raw.cells.get(REPAIR_OF, "").strip() or None
    if source.kind.code == "complaints":
        return _complaint(source, raw, values, faults, source_id, repair_of)
    if raw.fault or faults:
        return _reject(raw, faults)
    return Row(
        number=raw.number, raw=raw.raw, record=source.kind.record(**{**values, "id": source_id}), source_id=source_id
    )


def _complaint(
    source: Source,
    raw: RawRow,
    values: dict[str, Any],
    faults: list[tuple[Column, str, Words]],
    source_id: str,
    repair_of: str | None,
) -> Row | Reject:
    readable = len(str(values.get("text") or "").strip()) >= READABLE
    if not readable and "id" not in values:
        return _reject(raw, faults) if raw.fault or faults else _nothing(raw)
    warnings = tuple(
        Words(
            f"第{raw.number}行“{column.label.zh}”无法读取：{_short(text)}，应为{expected.zh}",
            f"line {raw.number}, {column.label.en}: {_short(text)} cannot be read; expected {expected.en}",
        )
        for column, text, expected in faults
    )
    if raw.fault:
        warnings += (Words(f"第{raw.number}行残缺：{raw.fault.zh}", f"line {raw.number} is torn: {raw.fault.en}"),)
    if not readable:
        warnings += (Words(f"第{raw.number}行没有投诉内容", f"line {raw.number} has no text"),)
    return Row(
        number=raw.number,
        raw=raw.raw,
        record=source.kind.record(**{**values, "id": source_id}),
        source_id=source_id,
        warnings=warnings,
        repair_of=repair_of,
        needs_repair=bool(warnings),
    )


def _reject(raw: RawRow, faults: list[tuple[Column, str, Words]]) -> Reject:
    if not faults:
        fault = raw.fault or Words("没有内容", "nothing in it")
        return Reject(
            number=raw.number,
            raw=raw.raw,
            column=None,
            value=_short(raw.raw.decode("utf-8", "replace")),
            expected=Words("完整的一行", "a whole row"),
            why=Words(f"该行残缺：{fault.zh}", f"the row is torn: {fault.en}"),
        )
    column, text, expected = faults[0]
    more = f"（另有{len(faults) - 1}处）" if len(faults) > 1 else ""
    return Reject(
        number=raw.number,
        raw=raw.raw,
        column=column.name,
        value=_short(text),
        expected=expected,
        why=Words(f"“{column.label.zh}”应为{expected.zh}{more}", f"{column.label.en} must be {expected.en}"),
    )


def _nothing(raw: RawRow) -> Reject:
    return Reject(
        number=raw.number,
        raw=raw.raw,
        column="text",
        value="",
        expected=Words("投诉内容或投诉编号", "a text or a complaint id"),
        why=Words("既没有投诉内容也没有编号", "there is neither text nor id"),
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
