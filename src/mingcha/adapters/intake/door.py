"""The door files come in by: one value that reads a file, tries it out, and writes back what must be mended."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType

from mingcha.adapters.intake.formats import rows as raw_rows
from mingcha.adapters.intake.mapping import Mapping_, load_mapping
from mingcha.adapters.intake.reader import REPAIR_OF, Source, digest, read
from mingcha.errors import InputError, UnreadableFile
from mingcha.model.intake import Reject, Row
from mingcha.model.kinds import BY_CODE
from mingcha.model.record import Kind
from mingcha.model.words import Words

FIRST = 5
RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Door:
    """One file about to be taken in."""

    kind: Kind
    source: Source
    system: str

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return self.source.digest

    def rows(self) -> Iterator[Row | Reject]:
        """All rows."""
        return read(self.source)

    def check(self) -> Iterator[Row | Reject]:
        """The mapping applied to the first rows."""
        return islice(read(self.source), FIRST)

    def reject_file(self, target: Path) -> "RejectFile":
        """Where bad rows go."""
        return RejectFile(target, self.source)


def open_door(kind: str, path: Path, mapping: Path | None, system: str) -> Door:
    """Check the kind, the file and the mapping, and be ready to read."""
    if kind not in BY_CODE:
        raise InputError(
            where="kind", found=kind, expected=Words(f"{', '.join(BY_CODE)} 之一", f"one of {', '.join(BY_CODE)}")
        )
    if not path.is_file():
        raise UnreadableFile(file=path, why=Words("没有这个文件", "there is no such file"))
    chosen = load_mapping(mapping, BY_CODE[kind]) if mapping else Mapping_()
    source = Source(path, BY_CODE[kind], chosen, digest(path))
    return Door(BY_CODE[kind], source, chosen.system or system)


class RejectFile:
    """A CSV of what must be mended: the original cells, `repair_of`, and `_line`, `_column`, `_value`, `_expected`.

    It appears only when something is in it. Imported again, the underscored columns are ignored.
    """

    def __init__(self, target: Path, source: Source) -> None:
        self._target, self._source = target, source
        self._numbers: dict[int, tuple[str, str, str, str]] = {}

    def __enter__(self) -> "RejectFile":
        return self

    def add(self, bad: Row | Reject) -> None:
        """Note one bad row."""
        if isinstance(bad, Reject):
            expected = f"{bad.why.zh} / {bad.why.en}"
            self._numbers[bad.number] = (bad.column or "", bad.value, expected, "")
        else:
            zh, en = "；".join(w.zh for w in bad.warnings), "; ".join(w.en for w in bad.warnings)
            self._numbers[bad.number] = ("", "", f"{zh} / {en}", bad.repair_of or bad.source_id)

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None and self._numbers:
            self._write()

    def _write(self) -> None:
        heading: dict[str, None] = {}
        bad = []
        for raw in raw_rows(self._source.path, self._source.mapping.encoding, self._source.mapping.delimiter):
            heading.update(dict.fromkeys(raw.cells))
            if raw.number in self._numbers:
                bad.append(raw)
        own = [name for name in heading if not name.startswith("_") and name != REPAIR_OF]
        beside = self._target.with_name(f".{self._target.name}.part")  # a kill leaves no half list that looks whole
        with beside.open("w", encoding="utf-8-sig", newline="") as sink:
            writer = csv.writer(sink)
            writer.writerow([*own, REPAIR_OF, "_line", "_column", "_value", "_expected"])
            for raw in bad:
                column, value, expected, repair_of = self._numbers[raw.number]
                cells = [raw.cells.get(name, "") for name in own]
                writer.writerow([safe(c) for c in (*cells, repair_of, str(raw.number), column, value, expected)])
        beside.replace(self._target)


def safe(text: str) -> str:
    """A cell no spreadsheet runs as a formula."""
    return "'" + text if text.startswith(RISKY) else text


def lines(path: Path) -> Iterator[str]:
    """The lines of a text file, plain or gzipped, in whichever encoding it is."""
    from mingcha.adapters.intake.formats import detect_encoding, open_bytes

    with io.TextIOWrapper(open_bytes(path), detect_encoding(path), newline="\n") as stream:
        yield from stream
