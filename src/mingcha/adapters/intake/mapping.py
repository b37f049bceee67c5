"""Mapping files: which of a file's columns is what; an unknown key is an error that names it.

[source] system, encoding, timezone, day_first, delimiter, optional (canonical names a file may lack); [columns] canonical =
"theirs", or a list of which the first present counts; [constants] canonical = "value";
[values.canonical] "theirs" = "ours". Without a mapping a file takes canonical column names or their Chinese labels.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mingcha.adapters.intake.values import Reading
from mingcha.errors import InputError, UnreadableFile
from mingcha.model.record import Kind
from mingcha.model.words import Words

SOURCE_KEYS = {"system", "encoding", "timezone", "day_first", "delimiter", "optional"}
PARTS = {"source", "columns", "constants", "values", "about"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping_:
    """How one file is read."""

    system: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # canonical -> theirs, the first present counts
    optional: frozenset[str] = frozenset()  # canonical names a file may lack
    constants: Mapping[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)


def load_mapping(path: Path, kind: Kind) -> Mapping_:
    """Read a mapping file for a kind."""
    if not path.is_file():
        raise UnreadableFile(file=path, why=Words("没有这个文件", "there is no such file"))
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(where=path.name, found=str(error), expected=Words("TOML 文件", "a TOML file")) from None
    source = data.get("source", {})
    names = {column.name for column in kind.columns}
    _only(path, "", data, PARTS)
    _only(path, "source.", source, SOURCE_KEYS)
    _only(path, "source.optional: ", dict.fromkeys(source.get("optional", ())), names)
    for part in ("columns", "constants", "values"):
        _only(path, f"{part}.", data.get(part, {}), names)
    zone = source.get("timezone")
    try:
        reading = Reading(
            zone=ZoneInfo(zone) if zone else None, day_first=source.get("day_first"), values=data.get("values", {})
        )
    except (ZoneInfoNotFoundError, ValueError):
        raise InputError(
            where=f"{path.name}: source.timezone",
            found=zone,
            expected=Words("时区，例如 Asia/Shanghai", "a zone such as Asia/Shanghai"),
        ) from None
    return Mapping_(
        system=source.get("system"),
        encoding=source.get("encoding"),
        delimiter=source.get("delimiter"),
        columns={name: _theirs(path, name, given) for name, given in data.get("columns", {}).items()},
        optional=frozenset(source.get("optional", ())),
        constants=data.get("constants", {}),
        reading=reading,
    )


def _theirs(path: Path, name: str, given: object) -> tuple[str, ...]:
    names = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, list) else ()
    if not names or not all(isinstance(one, str) for one in names):
        raise InputError(
            where=f"{path.name}: columns.{name}",
            found=given,
            expected=Words("列名，或列名的列表", "a column's name or a list of names"),
        )
    return names


def own_names(kind: Kind, heading: Mapping[str, str]) -> dict[str, str]:
    """Canonical names found in a heading, by themselves or by their Chinese labels."""
    out = {}
    for column in kind.columns:
        for name in (column.name, column.label.zh):
            if name in heading and column.name not in out:
                out[column.name] = name
    return out


def _only(path: Path, where: str, given: Mapping[str, object], known: set[str]) -> None:
    for name in given:
        if name not in known:
            listed = ", ".join(sorted(known))
            raise InputError(
                where=f"{path.name}: {where}{name}", found=name, expected=Words(f"{listed} 之一", f"one of {listed}")
            )
