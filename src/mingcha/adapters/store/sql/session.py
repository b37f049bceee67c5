"""One transaction's connection: counts statements, refuses writing through a view, and speaks errors of the trade."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from mingcha.adapters.store.sql.statements import binder, insert, upsert
from mingcha.adapters.store.sql.together import Together
from mingcha.errors import Busy, MingchaError, OutOfOrder, StoreTrouble
from mingcha.model.words import Words

HOUSE_LOCK = 6_103  # key of PostgreSQL's advisory lock: any number, the same for every writer
MANY = 50  # rows from which PostgreSQL's bulk ways pay
PAGE = 1_000  # rows fetched at a time by whatever is streamed

Values = Mapping[str, Any]
Row = Any  # a row of SQLAlchemy; its type says nothing of names


class Session:
    """What the ports talk through; of no use once its transaction is over."""

    __slots__ = ("_connection", "_count", "_over", "_together", "_writing", "erased")

    def __init__(self, connection: Connection, *, writing: bool, count: Callable[[], None]) -> None:
        self._connection = connection
        self._writing = writing
        self._count = count
        self._over = False
        self._together = Together(connection)  # on PostgreSQL alone
        self.erased = False  # set by whoever destroys something

    @property
    def is_postgres(self) -> bool:
        """Whether this is PostgreSQL (else SQLite)."""
        return self._connection.dialect.name == "postgresql"

    def end(self) -> None:
        """Refuse whatever comes after."""
        self._over = True

    def rows(self, statement: sa.Executable, values: Values | None = None) -> Sequence[Row]:
        """All rows of a query."""
        found: Sequence[Row] = self._run(statement, values).all()
        return found

    def row(self, statement: sa.Executable, values: Values | None = None) -> Row | None:
        """The first row of a query."""
        return self._run(statement, values).first()

    def scalar(self, statement: sa.Executable) -> Any:
        """The one value a query gives."""
        return self._run(statement, None).scalar_one()

    def pages(self, page: Callable[[Any], sa.Executable], after: Any, key: str) -> Iterator[Row]:
        """Rows of `page(after)`, then of `page(the last row's key)`, until one is not full: bounded memory, no cursor."""
        while True:
            found = self.rows(page(after))
            yield from found
            if len(found) < PAGE:
                return
            after = getattr(found[-1], key)

    def change(self, statement: sa.Executable, values: Values | Sequence[Values] | None = None) -> int:
        """Run a change; rows touched (not known for many at once)."""
        self.allow_change()
        touched: int = self._run(statement, values).rowcount
        return touched

    def insert(self, table: sa.Table, rows: Sequence[Values]) -> None:
        """Insert rows; none is fine. Many go to PostgreSQL by COPY, several times as fast."""
        if self.is_postgres and len(rows) >= MANY:
            self._copy(table, table.name, rows)
        elif rows:
            self.change(sa.insert(table), rows)

    def upsert(self, table: sa.Table, rows: Sequence[Values]) -> None:
        """Insert rows, replacing those whose primary key exists; the later of two wins."""
        if self.is_postgres and len(rows) >= MANY:
            self._copy_over(table, rows)
        elif self.is_postgres and rows:
            self.allow_change()
            self._ready()
            self._together.put_off_upsert(table, rows)
        elif rows:
            self.change(upsert(table, tuple(rows[0]), self.is_postgres), rows)

    def at_once(self, asked: Sequence[tuple[sa.Select[Any], Values]]) -> list[Sequence[Sequence[Any]]]:
        """Rows of several queries, the same objects each time, whose columns need no translating; PostgreSQL is asked once."""
        if not self.is_postgres:
            return [self.rows(query, values) for query, values in asked]
        for _ in asked:
            self._ready()
        with speaking():
            return list(self._together.send(asked))

    def commit(self) -> None:
        """Send what was put off, and on PostgreSQL commit with it; what opened the transaction ends it."""
        with speaking():
            self._together.commit()

    def insert_unless_held(self, table: sa.Table, row: Values) -> bool:
        """Insert a row unless a unique index holds its like; whether it went in."""
        self.allow_change()
        key = next(iter(table.primary_key))
        return self.row(insert(table, self.is_postgres).on_conflict_do_nothing().returning(key), row) is not None

    def whose(self, query: sa.Select[Any], column: sa.Column[Any], values: Iterable[Any], **more: Any) -> Sequence[Row]:
        """Rows of a query, the same object each time, whose `column` is one of `values`: built once, it is run in half the time.

        `more` are values of the query's own parameters.
        """
        return self.rows(whose(query, column, self.is_postgres), {"asked": self.listed(column, values), **more})

    def among(self, column: sa.Column[Any], values: Iterable[Any]) -> sa.ColumnElement[bool]:
        """`column` is one of `values`, sent as one parameter whatever their number (SQLite limits parameters)."""
        return _among(column, self.listed(column, values), self.is_postgres)

    def listed(self, column: sa.Column[Any], values: Iterable[Any]) -> Any:
        """Values as that parameter; a text no database holds is held nowhere."""
        asked = set(values)
        if not isinstance(column.type, sa.Integer):
            asked = {value for value in asked if "\0" not in value and _is_text(value)}
        return sorted(asked) if self.is_postgres else json.dumps(sorted(asked))

    def next_number(self, column: sa.Column[int]) -> int:
        """One more than the largest; safe because writers of the house are alone."""
        return int(self.scalar(sa.select(sa.func.coalesce(sa.func.max(column), 0)))) + 1

    def enter_alone(self) -> None:
        """In a writing transaction wait until no other writer is in the house (on SQLite BEGIN IMMEDIATE did)."""
        if self._writing and self.is_postgres:
            self._ready()
            self._together.put_off("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": HOUSE_LOCK})

    def allow_change(self) -> None:
        """OutOfOrder in a read-only view."""
        if not self._writing:
            raise OutOfOrder(what=Words("写入", "write"), why=Words("这是只读视图", "this is a read-only view"))

    def _copy_over(self, table: sa.Table, rows: Sequence[Values]) -> None:
        """COPY beside the table, then one INSERT of everything."""
        keys = [column.name for column in table.primary_key]
        last = {tuple(row[key] for key in keys): row for row in rows}
        beside = sa.table(f"beside_{table.name}", *(sa.column(name) for name in rows[0]))
        self.change(sa.text(f"CREATE TEMPORARY TABLE IF NOT EXISTS {beside.name} (LIKE {table.name}) ON COMMIT DROP"))
        self._copy(table, beside.name, list(last.values()))
        given = tuple(rows[0])
        self.change(upsert(table, given, self.is_postgres).from_select(given, sa.select(*beside.columns)))
        self.change(sa.text(f"TRUNCATE {beside.name}"))

    def _copy(self, table: sa.Table, into: str, rows: Sequence[Values]) -> None:
        """COPY into a table of this one's columns, values translated as for an INSERT; all rows name the same columns."""
        self.allow_change()
        self._send_waiting()
        self._ready()
        dialect = self._connection.dialect
        given = [column for column in table.columns if column.name in rows[0]]
        binders = [(one.name, binder(one, dialect)) for one in given]
        quoted = ", ".join(dialect.identifier_preparer.quote(one.name) for one in given)
        driver: Any = self._connection.connection.driver_connection
        dbapi: Any = dialect.dbapi
        try:
            with driver.cursor() as cursor, cursor.copy(f"COPY {into} ({quoted}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([bind(row[name]) for name, bind in binders])
        except dbapi.Error as error:
            raise trouble(sa.exc.DBAPIError(None, None, error)) from error

    def _ready(self) -> None:
        if self._over:
            raise OutOfOrder(
                what=Words("使用存储", "use the store"), why=Words("该事务已结束", "this transaction is over")
            )
        self._count()

    def _send_waiting(self) -> None:
        if self._together:
            with speaking():
                self._together.send()

    def _run(self, statement: sa.Executable, values: Values | Sequence[Values] | None) -> Any:
        self._ready()
        self._send_waiting()
        try:
            return self._connection.execute(statement, values)
        except sa.exc.SQLAlchemyError as error:
            raise trouble(error) from error


@cache
def whose(query: sa.Select[Any], column: sa.Column[Any], is_postgres: bool) -> sa.Select[Any]:
    """The query with its `column` among the parameter `asked`, built once."""
    return query.where(_among(column, None, is_postgres))


def _among(column: sa.Column[Any], listed: Any, is_postgres: bool) -> sa.ColumnElement[bool]:
    kind = sa.BigInteger() if isinstance(column.type, sa.Integer) else sa.Text()
    asked = sa.bindparam(
        "asked", listed, type_=postgresql.ARRAY(kind) if is_postgres else sa.Text, unique=listed is not None
    )
    if is_postgres:
        return column == sa.any_(asked)
    return column.in_(sa.select(sa.func.json_each(asked).table_valued(sa.column("value", kind)).c.value))


def _is_text(value: str) -> bool:
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)


def names(row: type[Any]) -> tuple[str, ...]:
    """The fields of a dataclass."""
    if row not in _NAMES:
        _NAMES[row] = tuple(field.name for field in fields(row))
    return _NAMES[row]


_NAMES: dict[type[Any], tuple[str, ...]] = {}


def plain(row: Any) -> dict[str, Any]:
    """A dataclass as a table's row, one level deep."""
    return {name: getattr(row, name) for name in names(type(row))}


@contextmanager
def speaking() -> Iterator[None]:
    """Errors of the database in words of the trade."""
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        raise trouble(error) from error


FULL = Words("存放数据的磁盘已满", "no space is left where the data are kept")
BUSY = Words("另一方写入时间过长，请重试", "somebody else has been writing for too long; try again")
WHY = {
    "SQLITE_FULL": FULL,
    "53100": FULL,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "55P03": BUSY,
    "40P01": BUSY,
    "SQLITE_CORRUPT": Words("数据库文件已损坏，请恢复备份", "the database file is damaged; restore a backup"),
    "SQLITE_NOTADB": Words("该文件不是数据库", "the file is not a database"),
    "SQLITE_CANTOPEN": Words("无法打开数据库文件", "the database file cannot be opened"),
    "SQLITE_READONLY": Words("数据库文件为只读", "the database file may only be read"),
    "SQLITE_IOERR": Words("磁盘无法读写数据", "the disk does not take or give the data"),
}


def trouble(error: Exception) -> MingchaError:
    """What a database error means. Values never appear in it: they may be personal."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, MingchaError):  # raised by a column type while binding
        return cause
    if isinstance(error, sa.exc.TimeoutError):
        return Busy()
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    if not code and isinstance(error, sa.exc.OperationalError):
        return StoreTrouble(why=Words("连不上数据库", "the database cannot be reached"))
    for start, why in WHY.items():
        if code.startswith(start):
            return Busy() if why is BUSY else StoreTrouble(why=why)
    return StoreTrouble(
        why=Words(f"数据库报告 {code or type(cause).__name__}", f"the database says {code or type(cause).__name__}")
    )
