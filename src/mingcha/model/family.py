"""Where each text stands in the incremental index: at a representative, found again by a few hashes posted under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mingcha.model.stored import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A representative: of a family, or of itself alone. Counts are of distinct texts placed at it, its own among them.

    `posted` are the hashes it is found by (little-endian int64); `least` is the fewest of its units that a text placed at
    it holds, never above the true number.
    """

    number: int
    complaint: str
    family: str | None
    units: int
    texts: int
    firms: int  # texts whose likeness is firm or sure
    sures: int
    copies: int  # complaints with its very text
    least: int
    posted: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One complaint's place at a head. A text that leans on others not yet there has a place and no family."""

    complaint: str
    head: int  # its number
    digest: str  # names the text: equal texts, equal digests
    how: int  # kernels.likeness WEAK, FIRM or SURE; 0 for the head's own text
    similarity: int  # to the head, millionths
    held: int  # units of the head that stand in passages both share
    bits: bytes  # which ones, a bit a unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """The heads posted under one keyed hash: numbers as little-endian uint32, those of families apart from lone ones."""

    hash: int  # signed 64 bits
    families: bytes
    lone: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What the index holds when a text comes in."""

    place: Place | None  # its own, when it came in before
    twin: Place | None  # of the first complaint (by id) with this very text
    postings: Sequence[Posting]  # under its hashes, by hash
    last_head: int  # the largest number in use, 0 for none


class Judged(StrEnum):
    """What a person said of letters. The codes are stable."""

    TOGETHER = "together"
    APART = "apart"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyJudgement:
    """A person's word on families, which every later run follows: examples, for families are formed anew.

    `complaints` belong with `anchor` and all that is with it, or apart from it and with each other. `undoes` names the
    judgement taken back. `before` is what the families' rows were, to be restored.
    """

    id: str
    kind: Judged
    complaints: tuple[str, ...]
    anchor: str
    by: str
    at: datetime
    undoes: str | None = None
    before: tuple[Membership, ...] = ()
    least_before: tuple[tuple[str, int], ...] = ()  # the least share inside each family concerned
