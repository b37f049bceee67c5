"""A consistent copy of a SQLite store, also while it is in use: whole or not at all."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from mingcha.adapters.store.sql.session import WHY
from mingcha.errors import StoreTrouble
from mingcha.model.words import Words

PATIENCE_SECONDS = 30


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy the store at `source` over the one at `target` through SQLite's backup, then check what was written.

    The target is replaced inside one transaction of its own, so a kill leaves it as it was, and its write-ahead log can never
    be applied to foreign pages. StoreTrouble when either cannot be used.
    """
    if not source.is_file():
        raise StoreTrouble(why=Words(f"{source.name} 处没有数据库", f"there is no store at {source.name}"))
    if target.exists() and source.samefile(target):
        raise StoreTrouble(
            why=Words(f"不能把 {source.name} 复制到它自己", f"{source.name} cannot be copied onto itself")
        )
    try:
        os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreTrouble(
            why=Words(f"无法写入 {target.name}：{error.strerror}", f"{target.name} cannot be written: {error.strerror}")
        ) from error
    try:
        with closing(_connect(source)) as held, closing(_connect(target)) as copy:
            held.execute("SELECT version_num FROM alembic_version").close()
            held.backup(copy)
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or type(error).__name__
        why = next((why for start, why in WHY.items() if name.startswith(start)), None)
        why = why or Words(f"数据库报告 {name}", f"the database says {name}")
        raise StoreTrouble(why=why) from error
    if found != "ok":
        raise StoreTrouble(
            why=Words(f"副本 {target.name} 已损坏：{found}", f"the copy {target.name} is damaged: {found}")
        )


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE_SECONDS, isolation_level=None
    )
