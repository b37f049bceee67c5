"""Column types that give back what was put in, on both databases: times in UTC, any text, ids in code-point order."""

import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

from mingcha.adapters.store.times import micros, when

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite's row id is an INTEGER
WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ids, digests, codes: ours, without NUL

# What a database cannot hold as text: NUL (PostgreSQL) and halves of surrogate pairs (both); the backslash escapes them.
_HARD = re.compile("[\\\\\0\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(\\|[0-9a-f]{4})")


def escape(text: str) -> str:
    """Text any database can hold; the inverse is `unescape`."""
    if text.isascii() and "\\" not in text and "\0" not in text:
        return text
    return _HARD.sub(lambda m: "\\\\" if m[0] == "\\" else f"\\{ord(m[0]):04x}", text)


def unescape(text: str) -> str:
    """What `escape` was given."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda m: "\\" if m[1] == "\\" else chr(int(m[1], 16)), text)


class Said(TypeDecorator[str]):
    """Text that people or files wrote, kept exactly whatever is in it."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """Code-point order on PostgreSQL too."""
        return postgresql.TEXT(collation="C") if dialect.name == "postgresql" else sa.Text()

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 -- reason: the interface is SQLAlchemy's
        """Escape."""
        return None if value is None else escape(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 -- reason: the interface is SQLAlchemy's
        """Unescape."""
        return None if value is None else unescape(value)


class Moment(TypeDecorator[datetime]):
    """A time as microseconds since 1970 in UTC."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002 -- reason: the interface is SQLAlchemy's
        """To microseconds."""
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 -- reason: the interface is SQLAlchemy's
        """To an aware time."""
        return None if value is None else when(value)


class SealedMoment(Moment):
    """A time in a chain. What was tampered with until it is none reads as one without a zone, and so does not hold."""

    cache_ok = True

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        """To an aware time, or to a naive one that no seal fits."""
        try:
            return super().process_result_value(value, dialect)
        except (TypeError, OverflowError):
            return datetime.min  # noqa: DTZ901 -- reason: naive on purpose, see above
