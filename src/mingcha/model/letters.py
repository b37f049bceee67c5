"""Texts of a file in blocks, for work on whole files: what is read goes on, what is not is named by its line."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from mingcha.model.template import Part, SlotKind
from mingcha.model.words import Words

Id: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Fault:
    """One line that could not be used, and why."""

    line: int
    why: Words


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a file: its texts in order, the id of each, and the lines that gave none."""

    ids: Sequence[Id]
    texts: Sequence[str]
    faults: Sequence[Fault] = ()


class Mark(StrEnum):
    """How a piece of a letter stands to the template."""

    SAME = "same"
    VALUE = "value"
    CHANGED = "changed"
    ADDED = "added"
    MISSING = "missing"  # the template's words; the letter has not got them


@dataclass(frozen=True, slots=True)
class LaidPiece:
    """A stretch of a letter laid beside the template; `slot` is the kind of slot a value fills."""

    text: str
    mark: Mark
    slot: SlotKind | None = None


@dataclass(frozen=True, slots=True)
class CopyCard:
    """One letter of a family as its report shows it, piece by piece."""

    id: str
    pieces: tuple[LaidPiece, ...]


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """One family as its report shows it: its template, then the representative and a few others laid beside it."""

    name: str
    rows: int
    texts: int
    common: int  # millionths of the representative that any two members share, at least
    laid: int  # letters the template was read off
    parts: tuple[Part, ...]
    copies: tuple[CopyCard, ...]


@dataclass(frozen=True, slots=True)
class Ignored:
    """A passage that counted as nobody's own, and how many texts hold it (0: somebody said so)."""

    text: str
    texts: int


@dataclass(frozen=True, slots=True)
class FamilyReport:
    """The families of one file, the largest first, what was skipped, and under which rules."""

    file: str
    scheme: str
    rows: int
    in_families: int
    families: tuple[FamilyCard, ...]
    families_of: int
    skipped: tuple[tuple[Words, int], ...]
    ignored: tuple[Ignored, ...]
