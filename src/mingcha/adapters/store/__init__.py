"""Memory, SQLite and PostgreSQL behind one door; nothing heavy is loaded before a store is opened."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingcha.adapters.store.memory.store import MemoryStore
    from mingcha.adapters.store.sql.store import SqlStore
PATIENCE_SECONDS = 60.0  # how long a writer waits for another one


def open_memory() -> "MemoryStore":
    """A fresh store in memory, gone when it is closed: the slow, obviously right twin of the others."""
    from mingcha.adapters.store.memory.store import MemoryStore

    return MemoryStore()


def open_sqlite(path: Path, patience: float = PATIENCE_SECONDS) -> "SqlStore":
    """The store in this file, made and migrated when needed. StoreTrouble when it cannot be used."""
    from mingcha.adapters.store.sql.store import open_sqlite as open_

    return open_(path, patience)


def open_postgres(url: str, patience: float = PATIENCE_SECONDS) -> "SqlStore":
    """The store in this PostgreSQL database (extra `postgres`), migrated when needed. StoreTrouble when it cannot be used."""
    from mingcha.adapters.store.sql.store import open_postgres as open_

    return open_(url, patience)


def open_store(place: str | Path) -> "SqlStore":
    """A `postgresql://` address or the path of a file."""
    if isinstance(place, str) and place.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        return open_postgres(place.replace("postgres://", "postgresql://", 1))
    return open_sqlite(Path(place))


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a store that may be in use; replaces the target whole or not at all."""
    from mingcha.adapters.store.sql.copying import copy_sqlite as copy

    copy(source, target)
