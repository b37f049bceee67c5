"""What intake gives for each row of a file: a typed record, or a reject that says what was expected."""

from dataclasses import dataclass
from typing import Any

from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One good row. `record` is the kind's dataclass with clear values; `raw` the row's original bytes."""

    number: int
    raw: bytes
    record: Any
    source_id: str
    warnings: tuple[Words, ...] = ()
    repair_of: str | None = None
    needs_repair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """One row that could not be kept, and why."""

    number: int
    raw: bytes
    column: str | None
    value: str
    expected: Words
    why: Words
