"""Bring a database's schema to the newest migration, inside one transaction; two newest ones are refused.

Alembic is loaded only when there is something to do: opening an up-to-date store costs one query.
"""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from mingcha.adapters.store.sql.session import HOUSE_LOCK
from mingcha.errors import StoreTrouble
from mingcha.model.words import Words

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "issue7_0001_exhibits"  # a test holds it against the folder


def upgrade(writer: Engine, reader: Engine, folder: Path = MIGRATIONS) -> None:
    """Migrate up to the folder's newest revision. StoreTrouble when the database is from a newer program.

    A look without a lock comes first: opening an up-to-date store waits for no writer.
    """
    target = NEWEST if folder == MIGRATIONS else newest(folder)
    with reader.connect() as view, view.begin():
        if revision(view) == target:
            return
    with writer.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(HOUSE_LOCK)))
        held = revision(connection)
        if held != target:  # nobody else was faster
            _migrate(connection, held, folder)


def revision(connection: Connection) -> str | None:
    """The revision a database stands at, None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def newest(folder: Path = MIGRATIONS) -> str:
    """The one newest revision of a folder of migrations; StoreTrouble when there are two."""
    from alembic.script import ScriptDirectory  # loaded only when needed

    heads = ScriptDirectory(str(folder)).get_heads()
    if len(heads) != 1:
        raise StoreTrouble(
            why=Words(
                f"最新的迁移不是一个而是 {len(heads)} 个：{', '.join(sorted(heads))}",
                f"there is not one newest migration but {len(heads)}: {', '.join(sorted(heads))}",
            )
        )
    return heads[0]


def _migrate(connection: Connection, held: str | None, folder: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    target = newest(folder)
    known = {script.revision for script in ScriptDirectory(str(folder)).walk_revisions()}
    if held is not None and held not in known:
        raise StoreTrouble(
            why=Words(
                f"数据由本程序的更新版本写成（{held}）",
                f"the data were written by a newer version of this program ({held})",
            )
        )
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    command.upgrade(config, target)
