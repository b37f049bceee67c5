"""Rows of any table of records or posts, the values they state, and the groups these make; outside the evidence chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a file: cells by heading, or what is wrong with it."""

    file: str
    line: int
    cells: Mapping[str, str]
    fault: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What linking looks at of one row: who, when, which script, and values that say who runs it, as (kind, value)."""

    id: str
    account: str | None
    at: datetime | None
    script: str | None
    values: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shared:
    """One value several rows state: by how many accounts (a row without one counts as one), and whether it links."""

    kind: str
    value: str
    rows: tuple[str, ...]
    accounts: int
    hub: bool
