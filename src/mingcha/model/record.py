"""How a kind of record is declared: a frozen dataclass whose fields say what a column holds.

The declaration is the catalogue: intake parses by it, the store tokenises by it, the reference page prints it.
Adding a kind is adding one dataclass and naming it in `kinds.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from mingcha.model.words import Words


class Type(StrEnum):
    """What a column's text means once parsed (Python type in brackets)."""

    TEXT = "text"  # str
    ID = "id"  # str: this record's own id in its source system
    REF = "ref"  # str: another record's id
    REFS = "refs"  # tuple[str, ...], separated by ; or 、
    TIME = "time"  # aware datetime
    DATE = "date"  # date
    MONEY = "money"  # int, fen; written in yuan
    RATE = "rate"  # int, millionths; written as 24% or 0.24
    COUNT = "count"  # int >= 0
    FLAG = "flag"  # bool
    CHOICE = "choice"  # str, one of the column's choices
    PAYMENTS = "payments"  # tuple[(date, fen), ...], written 2024-02-01:940.00;2024-03-01:940.00
    FEES = "fees"  # tuple[(kind, date, fen), ...], written guarantee:2024-01-01:500.00


class Personal(StrEnum):
    """Kinds of personal data: how a value is canonicalised before it becomes a keyed token."""

    PHONE = "phone"
    ID_NUMBER = "id_number"
    CARD = "card"
    NAME = "name"
    ADDRESS = "address"
    DEVICE = "device"
    IP = "ip"
    HANDLE = "handle"
    COMPANY = "company"
    REF = "ref"  # ids of people and records in the source system
    FREE_TEXT = "free_text"  # encrypted as a whole, never tokenised


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind."""

    name: str
    label: Words
    type: Type
    required: bool
    personal: Personal | None
    choices: tuple[str, ...]
    target: str | None  # what a REF names: a kind's code, or household, employer, merchant
    named: Mapping[str, Words]  # what the choices are called, where a file may say so


def column(  # noqa: PLR0913 -- a declaration: each argument is one property of the column
    zh: str,
    en: str,
    type: Type = Type.TEXT,
    *,
    required: bool = False,
    personal: Personal | None = None,
    choices: tuple[str, ...] = (),
    target: str | None = None,
    named: Mapping[str, Words] = MappingProxyType({}),
) -> Any:  # Any: dataclasses read it as a field
    """Declare a column; optional ones default to None (flags too: unknown is not false)."""
    default: dict[str, Any] = {} if required else {"default": () if type in _LISTS else None}
    if type in (Type.REF, Type.REFS) and personal is None:
        personal = Personal.REF
    return field(
        metadata={"column": (Words(zh, en), type, required, personal, choices or tuple(named), target, named)},
        **default,
    )


_LISTS = (Type.REFS, Type.PAYMENTS, Type.FEES)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its public code, the prefix of its keyed ids, its name, and the dataclass that holds one."""

    code: str
    prefix: str
    label: Words
    record: type[Any]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The kind's columns in declaration order."""
        return _columns(self)


@cache
def _columns(kind: Kind) -> tuple[Column, ...]:
    return tuple(Column(f.name, *f.metadata["column"]) for f in fields(kind.record))
