"""Rows that say who somebody is, how likely two are one person, and the persons made of them; sources are never rewritten."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mingcha.model.words import Words

PLACED = ("city", "district", "road", "number", "estate", "building", "unit", "room", "place")
PARTS = ("name", "sound", "dull", "surname", "phone", "id_number", "door", *PLACED)  # what a model of persons compares


class Verdict(StrEnum):
    """What a person said of two rows. The codes are stable."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class PersonJudgement:
    """A person's word on two rows: who said it, when and why. What says no time came before what does."""

    one: str
    other: str
    verdict: Verdict
    by: str = ""
    at: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWord:
    """A word on two customers of the house, kept; never changed, only taken back."""

    id: str
    verdict: Verdict | None  # None: it takes another back
    customers: tuple[str, str]
    by: str
    at: datetime
    undoes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One row as it is compared; None where it says nothing. `identity` is a valid identity number, `called` a full name."""

    id: str
    parts: Mapping[str, str | None]  # columns the model compares
    identity: str | None = None
    called: str | None = None


@dataclass(frozen=True, slots=True)
class PersonPair:
    """Two rows (by id, the smaller first), the match weight in bits, and what each comparison adds: (what, level, bits)."""

    one: str
    other: str
    bits: float
    parts: tuple[tuple[str, str, float], ...]


@dataclass(slots=True)
class Persons:
    """Groups of rows that are one person, and what stood against joining more."""

    groups: list[tuple[str, ...]] = field(default_factory=list)
    kept_apart: list[tuple[str, str, Words]] = field(default_factory=list)
    contradictions: list[tuple[PersonJudgement, Words]] = field(default_factory=list)
