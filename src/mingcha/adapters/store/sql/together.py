"""PostgreSQL is sent several statements together: each waits for its answer longer than it takes to run."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from mingcha.adapters.store.sql.statements import binder, upsert

Values = Mapping[str, Any]
Rows = Sequence[tuple[Any, ...]]


class Together:
    """The changes of one transaction that wait to be sent, in their order, before whatever is asked next."""

    __slots__ = ("_connection", "_waiting")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[tuple[str, Values]] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def put_off(self, statement: str, values: Values) -> None:
        """Let a statement in the driver's words wait."""
        self._waiting.append((statement, values))

    def put_off_upsert(self, table: sa.Table, rows: Sequence[Values]) -> None:
        """Let an upsert of rows wait; all name the same columns, and the later of two of one key wins."""
        named, dialect = tuple(rows[0]), self._connection.dialect
        last = list({tuple(row[key.name] for key in table.primary_key): row for row in rows}.values())
        bound = {name: binder(table.c[name], dialect) for name in named}
        many = len(last) > 1
        statement = _spelt_upsert(table, named, dialect, many=many)
        if many:
            self.put_off(statement, {name: [bind(row[name]) for row in last] for name, bind in bound.items()})
        else:
            self.put_off(statement, {name: bind(last[0][name]) for name, bind in bound.items()})

    def send(self, queries: Sequence[tuple[sa.Select[Any], Values]] = ()) -> list[Rows]:
        """Send what waits and then queries, in one round trip; the rows of each query, as the driver gives them."""
        dialect = self._connection.dialect
        asked = [(_spelt(query, dialect), {n: _in_words(v) for n, v in values.items()}) for query, values in queries]
        with self._pipeline() as run:
            found = [run(statement, values) for statement, values in asked]
        return [cursor.fetchall() for cursor in found]

    def commit(self) -> None:
        """Send what waits and end the transaction in the same round trip; SQLAlchemy then finds nothing left to commit."""
        if self._waiting:
            with self._pipeline() as run:
                run("COMMIT", {})

    @contextmanager
    def _pipeline(self) -> Iterator[Callable[[str, Values], Any]]:
        driver: Any = self._connection.connection.driver_connection
        waiting, self._waiting = self._waiting, []

        def run(statement: str, values: Values) -> Any:
            return driver.cursor(binary=True).execute(statement, values)

        dbapi: Any = self._connection.dialect.dbapi
        try:
            with driver.pipeline():
                for statement, values in waiting:
                    run(statement, values)
                yield run
        except dbapi.Error as error:
            raise sa.exc.DBAPIError.instance(None, None, error, dbapi.Error) from error


def _in_words(value: Any) -> Any:
    """A list of numbers in PostgreSQL's own words: the driver takes as long over a list as the server to look it up."""
    if isinstance(value, list) and isinstance(next(iter(value), 0), int):
        return "{" + ",".join(map(str, value)) + "}"
    return value


@cache
def _spelt(query: sa.Select[Any], dialect: sa.Dialect) -> str:
    return str(query.compile(dialect=dialect))


@cache
def _spelt_upsert(table: sa.Table, named: tuple[str, ...], dialect: sa.Dialect, *, many: bool) -> str:
    """An upsert in the driver's words, its parameters named like the columns: values, or for `many` lists of them."""
    statement = upsert(table, named, True)
    if not many:
        return str(statement.values({name: sa.bindparam(name) for name in named}).compile(dialect=dialect))
    lists = ", ".join(f"%({name})s::{_kind(table.c[name], dialect)}[]" for name in named)
    rows: sa.Select[*tuple[Any, ...]] = sa.select(*map(sa.column, named)).select_from(sa.text("given"))
    spelt = str(statement.from_select(named, rows).compile(dialect=dialect))
    return spelt.replace("FROM given", f"FROM unnest({lists}) AS given ({', '.join(named)})", 1)


def _kind(column: sa.Column[Any], dialect: sa.Dialect) -> str:
    return column.type.dialect_impl(dialect).compile(dialect=dialect).split(" COLLATE")[0]
