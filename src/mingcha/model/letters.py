"""Texts of a file in blocks, for work on whole files: what is read goes on, what is not is named by its line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from mingcha.model.report import Piece
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


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """One family as its report shows it: the representative's text and a few others laid beside it."""

    name: str
    rows: int
    texts: int
    common: int  # millionths of the representative that any two members share, at least
    ids: tuple[str, ...]  # of the copies
    copies: tuple[tuple[Piece, ...], ...]


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
