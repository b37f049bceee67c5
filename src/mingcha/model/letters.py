"""Texts of a file in blocks, for work on whole files: what is read goes on, what is not is named by its line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

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
