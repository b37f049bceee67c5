"""Statements and translations built once for all: to build them takes longer than to run them."""

from collections.abc import Callable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def insert(table: sa.Table, is_postgres: bool) -> Any:
    """An INSERT that can say what happens on conflict."""
    return postgresql.insert(table) if is_postgres else sqlite.insert(table)


@cache
def upsert(table: sa.Table, named: tuple[str, ...], is_postgres: bool) -> Any:
    """Insert the columns `named`, replacing them where the primary key exists."""
    statement = insert(table, is_postgres)
    keys = [column.name for column in table.primary_key]
    changes = {name: statement.excluded[name] for name in named if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changes)


@cache
def binder(column: sa.Column[Any], dialect: sa.Dialect) -> Callable[[Any], Any]:
    """How a value of a column is translated for the database."""
    return column.type.dialect_impl(dialect).bind_processor(dialect) or _as_is


def _as_is(value: Any) -> Any:
    return value
