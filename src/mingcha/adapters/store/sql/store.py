"""Open a database, bring its schema up to date, and hand out transactions; the only place that commits.

SQLite: WAL, and synchronous=FULL because a sealed record that was answered for must survive a power cut (imports commit
once a file, so it costs nothing there); one writer (BEGIN IMMEDIATE), readers see one snapshot. PostgreSQL: repeatable read
for readers; one writer of the house at a time by an advisory lock, the same promise; jobs are leased beside it.
"""

import math
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from mingcha.adapters.store.sql.session import Session, speaking
from mingcha.adapters.store.sql.upgrade import upgrade
from mingcha.adapters.store.sql.work import SqlWork
from mingcha.errors import OutOfOrder, StoreTrouble
from mingcha.model.words import Words

IDLE = 1.0  # seconds after which PostgreSQL is asked whether it is still there
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is erased is overwritten, not only unlinked
    "temp_store=MEMORY",
    "mmap_size=2147418112",
    "journal_size_limit=67108864",
)


class SqlStore:
    """A store over one database. `statements` counts what its ports sent, for tests that bound it."""

    def __init__(self, writer: Engine, reader: Engine) -> None:
        self._writer = writer
        self._reader = reader
        self._threads_writing: set[int] = set()
        self._counting = threading.Lock()
        self._erased = False  # something was erased, and the write-ahead log may still hold it
        self.statements = 0

    @property
    def engine(self) -> Engine:
        """The writers' engine, for migrations and for tests that look underneath."""
        return self._writer

    @property
    def reader(self) -> Engine:
        """The readers' engine."""
        return self._reader

    @contextmanager
    def write(self) -> Iterator[SqlWork]:
        """A transaction: commits when the block ends, rolls back when it raises; OutOfOrder inside another of this thread."""
        with self._once_a_thread(), speaking(), self._writer.connect() as connection:
            session = Session(connection, writing=True, count=self._count)
            try:
                with connection.begin():
                    yield SqlWork(session)
                    session.commit()
            finally:
                session.end()
            self._erased = self._erased or session.erased
            if self._erased and not session.is_postgres:
                self._erased = not _log_emptied(connection)

    @contextmanager
    def read(self) -> Iterator[SqlWork]:
        """A consistent view as of now; writing through it is OutOfOrder."""
        with speaking(), self._reader.connect() as connection:
            session = Session(connection, writing=False, count=self._count)
            with connection.begin() as transaction:
                connection.exec_driver_sql("SELECT version_num FROM alembic_version")  # the view is as of here
                try:
                    yield SqlWork(session)
                finally:
                    session.end()
                    transaction.rollback()

    def close(self) -> None:
        """Let go of files and connections."""
        self._writer.dispose()
        self._reader.dispose()

    def _count(self) -> None:
        with self._counting:
            self.statements += 1

    @contextmanager
    def _once_a_thread(self) -> Iterator[None]:
        me = threading.get_ident()
        if me in self._threads_writing:
            raise OutOfOrder(
                what=Words("开始事务", "begin a transaction"),
                why=Words("本线程已在事务之中", "this thread is inside one"),
            )
        self._threads_writing.add(me)
        try:
            yield
        finally:
            self._threads_writing.discard(me)


def open_sqlite(path: Path, patience: float) -> SqlStore:
    """The store in this file; made (readable by its owner alone) and migrated when needed. `patience` in seconds."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreTrouble(
            why=Words(f"无法打开 {path.name}：{error.strerror}", f"{path.name} cannot be opened: {error.strerror}")
        ) from error
    address = sa.URL.create("sqlite", database=str(path))
    one: dict[str, float] = {
        "pool_size": 1,
        "max_overflow": 0,
        "pool_timeout": patience,
    }  # writers queue here in this process
    many: dict[str, float] = {"pool_size": 4, "max_overflow": 60}
    waits = f"busy_timeout={int(patience * 1000)}"
    writer = _sqlite_engine(address, "BEGIN IMMEDIATE", (waits, "cache_size=-131072"), one)
    reader = _sqlite_engine(address, "BEGIN", (waits, "cache_size=-16384", "query_only=ON"), many)
    return _opened(SqlStore(writer, reader))


def open_postgres(url: str, patience: float) -> SqlStore:
    """The store in this PostgreSQL database; migrated when needed."""
    try:
        address = sa.make_url(url).set(drivername="postgresql+psycopg")
        options = f"-c lock_timeout={int(patience * 1000)} -c timezone=UTC"
        writer = sa.create_engine(address, pool_size=4, max_overflow=28, connect_args={"options": options})
    except (sa.exc.ArgumentError, ImportError) as error:
        raise StoreTrouble(
            why=Words(
                "这不是 PostgreSQL 地址，或未安装 `postgres` 附加组件",
                "this is not a PostgreSQL address, or the extra `postgres` is not installed",
            )
        ) from error
    _ask_the_idle(writer)
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return _opened(SqlStore(writer, reader))


def _ask_the_idle(engine: Engine) -> None:
    """Before a connection that lay idle is used, see that its server still answers; SQLAlchemy makes a new one otherwise."""

    def left(_: object, record: ConnectionPoolEntry) -> None:
        record.info["left"] = time.monotonic()

    def taken(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
        if time.monotonic() - record.info.get("left", math.inf) <= IDLE:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.DisconnectionError from error

    sa.event.listen(engine, "checkin", left)
    sa.event.listen(engine, "checkout", taken)


def _opened(store: SqlStore) -> SqlStore:
    try:
        with speaking():
            upgrade(store.engine, store.reader)
    except BaseException:  # reason: whatever went wrong is raised on, after letting go of the file
        store.close()
        raise
    return store


def _sqlite_engine(address: sa.URL, begin: str, pragmas: tuple[str, ...], pool: dict[str, float]) -> Engine:
    engine = sa.create_engine(address, connect_args={"check_same_thread": False}, **pool)

    def connected(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin below, not in the driver
        for pragma in (*pragmas, *PRAGMAS):
            connection.execute(f"PRAGMA {pragma}").close()

    def began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    sa.event.listen(engine, "connect", connected)
    sa.event.listen(engine, "begin", began)
    return engine


def _log_emptied(connection: Connection) -> bool:
    """Empty the write-ahead log, which still holds what was erased; whether no reader stood in the way."""
    driver: Any = connection.connection.driver_connection
    waits = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    try:
        driver.execute("PRAGMA busy_timeout=0").close()
        return bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except sqlite3.Error:  # the transaction is kept already: this is tried again after the next one
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={waits}").close()
