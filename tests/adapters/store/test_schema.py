"""Migrations make exactly the schema the code speaks to, once, and refuse what they do not know."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa

from mingcha.adapters.store import open_postgres, open_sqlite, open_store
from mingcha.adapters.store.sql import store as store_module
from mingcha.adapters.store.sql.tables import metadata
from mingcha.adapters.store.sql.upgrade import MIGRATIONS, NEWEST, newest, upgrade
from mingcha.adapters.store.sql.work import SqlWork
from mingcha.errors import StoreTrouble
from mingcha.model.stored import QueueFilter
from mingcha.testing.postgres import fresh_database, server
from mingcha.testing.stored import DAY, NOON, record


def test_migrations_make_the_schema_of_the_code_on_sqlite(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path / "house.db")
    made = sa.create_engine("sqlite://")
    metadata.create_all(made)
    with made.connect() as wanted, store.engine.connect() as held:
        sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'search_index%' AND name <> 'alembic_version'"
        shapes = [{name: " ".join(text.split()) for name, text in one.exec_driver_sql(sql)} for one in (wanted, held)]
    assert shapes[0] == shapes[1]
    made.dispose()
    store.close()


COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
           (SELECT collname FROM pg_collation WHERE oid = a.attcollation), pg_get_expr(d.adbin, d.adrelid)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND c.relkind = 'r' AND c.relname <> 'alembic_version'
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version' AND indexname <> 'search_index'"
KEYS = "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname NOT LIKE 'alembic%'"


def test_migrations_make_the_schema_of_the_code_on_postgres() -> None:
    if server() is None:
        pytest.skip("PostgreSQL cannot run here")
    store = open_postgres(fresh_database())
    made = sa.create_engine(sa.make_url(fresh_database()).set(drivername="postgresql+psycopg"))
    metadata.create_all(made)
    with made.connect() as wanted, store.engine.connect() as held:
        for sql in (COLUMNS, INDEXES, KEYS):
            shapes = [sorted(map(repr, one.exec_driver_sql(sql.replace("%", "%%")))) for one in (wanted, held)]
            assert shapes[0] == shapes[1]
            assert len(shapes[0]) > 5
    made.dispose()
    store.close()


def test_there_is_one_newest_migration_and_the_code_names_it() -> None:
    assert newest() == NEWEST


def test_two_newest_migrations_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("issue5_0001_one", "issue5_0001_other"):
        text = f'"""Test."""\n\nrevision = "{name}"\ndown_revision = "{NEWEST}"\n\n\ndef upgrade() -> None:\n    pass\n'
        (folder / "versions" / f"{name}.py").write_text(text)
    with pytest.raises(StoreTrouble, match="issue5_0001_one, issue5_0001_other"):
        newest(folder)
    store = open_sqlite(tmp_path / "house.db")
    with pytest.raises(StoreTrouble):
        upgrade(store.engine, store.reader, folder)
    store.close()


def test_an_older_store_is_migrated_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = f'"""Test."""\n\nfrom alembic import op\n\nrevision = "issue5_0001_next"\ndown_revision = "{NEWEST}"\n\n\n'
    broken = 'def upgrade() -> None:\n    op.execute("CREATE TABLE half (a INT)")\n    op.execute("nonsense")\n'
    (folder / "versions" / "issue5_0001_next.py").write_text(head + broken)
    store = open_sqlite(tmp_path / "house.db")
    with pytest.raises(sa.exc.OperationalError):
        upgrade(store.engine, store.reader, folder)
    with store.engine.connect() as connection:
        assert not sa.inspect(connection).has_table("half")
    (folder / "versions" / "issue5_0001_next.py").write_text(head + broken.replace('\n    op.execute("nonsense")', ""))
    shutil.rmtree(folder / "versions" / "__pycache__", ignore_errors=True)
    upgrade(store.engine, store.reader, folder)
    store.close()
    with pytest.raises(StoreTrouble, match="newer version of this program"):
        open_sqlite(tmp_path / "house.db")


def test_an_older_withdrawal_keeps_holding(tmp_path: Path) -> None:
    """Papers of before issue 4 did not say how a withdrawal came about; an upgrade revives nothing."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", "issue4*", "issue6*", "issue7*"))
    with patch.object(store_module, "upgrade", lambda writer, reader: upgrade(writer, reader, folder)):
        store = open_sqlite(tmp_path / "house.db")
    with store.engine.begin() as connection:
        for number, kind in enumerate(("withdrawal", "merge"), 1):
            connection.exec_driver_sql(
                'INSERT INTO clock_events (number, complaint, seq, kind, at, document, "by", contacted_first_by)'
                f" VALUES ({number}, 'C-1', {number}, '{kind}', 1, 'd', 'x', 'consumer')"
            )
    store.close()
    store = open_sqlite(tmp_path / "house.db")
    with store.read() as work:
        back, merge = work.desk.clock_events(["C-1"])["C-1"]
    store.close()
    assert (back.channel, back.offered) == ("未记录 not recorded",) * 2
    assert back.matter is None
    assert (merge.channel, merge.offered) == (None, None)


def test_what_is_no_store_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database, but long enough to look at it twice " * 10)
    for place in (tmp_path / "text.db", tmp_path / "no" / "such" / "folder.db", tmp_path):
        with pytest.raises(StoreTrouble):
            open_store(place)
    for address in ("postgresql:///nowhere?host=/nonexistent", "postgresql://[bad"):
        with pytest.raises(StoreTrouble):
            open_store(address)


def test_the_file_is_its_owners_alone_and_durable(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path / "house.db")
    with store.write() as work:
        work.records.put([record("C-1")], NOON)
    assert [oct(file.stat().st_mode & 0o777) for file in sorted(tmp_path.iterdir())] == ["0o600"] * 3
    with store.engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        held = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert held == ["wal", 2, 1, 1]
    store.close()


def test_opening_an_up_to_date_store_loads_no_alembic(tmp_path: Path) -> None:
    open_sqlite(tmp_path / "house.db").close()
    code = (
        "import sys; from pathlib import Path; import mingcha.adapters.store as s; a = 'sqlalchemy' in sys.modules;"
        f"s.open_memory(); b = 'sqlalchemy' in sys.modules; s.open_sqlite(Path({str(tmp_path / 'house.db')!r})).close();"
        "print(a, b, 'sqlalchemy' in sys.modules, 'alembic' in sys.modules, 'psycopg' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False", "True", "False", "False"]


QUERIES: tuple[tuple[str, Callable[[SqlWork], object]], ...] = (
    ("records USING INDEX sqlite_autoindex_records_1 (id=?)", lambda work: work.records.heads("complaints", ["C-1"])),
    ("tokens USING COVERING INDEX ix_tokens_token (token=? AND slot=?)", lambda work: work.records.by_token("complaints", "device", ["H1"])),
    ("records USING INTEGER PRIMARY KEY (rowid=?)", lambda work: work.records.by_token("complaints", "device", ["H1"])),
    ("records USING INDEX ix_records_text (text_digest=?)", lambda work: work.records.by_text(["aa"])),
    ("records USING INDEX ix_records_kind (kind=? AND seq>? AND seq<?)", lambda work: list(work.records.scan("complaints"))),
    ("records USING COVERING INDEX ix_records_kind (kind=? AND seq>?)", lambda work: list(work.records.tokens("complaints", ["device"]))),
    ("tokens USING PRIMARY KEY (seq>? AND seq<?)", lambda work: list(work.records.tokens("complaints", ["device"]))),
    ("records USING INDEX ix_records_batch (batch=?)", lambda work: work.records.commitments("batch-1")),
    ("records USING COVERING INDEX ix_records_kind", lambda work: work.records.counts()),
    ("desk USING INDEX sqlite_autoindex_desk_1 (complaint=?)", lambda work: work.desk.rows(["C-1"])),
    ("desk USING INDEX ix_desk_queue ((lane,nearest,complaint)>(?,?,?))", lambda work: work.desk.page(QueueFilter(state="open"), (False, DAY, "C"), 9)),
    ("newest_assessments USING INDEX sqlite_autoindex_newest_assessments_1 (complaint=?)", lambda work: work.desk.assessments(["C-1"])),
    ("assessments USING INTEGER PRIMARY KEY (rowid=?)", lambda work: work.desk.assessments(["C-1"])),
    ("clock_events USING INDEX ix_clock_events_complaint (complaint=?)", lambda work: work.desk.clock_events(["C-1"])),
    ("postings USING INTEGER PRIMARY KEY (rowid=?)", lambda work: work.heads.postings([1])),
    ("heads USING INTEGER PRIMARY KEY (rowid=?)", lambda work: work.heads.heads([1])),
    ("heads USING INDEX sqlite_autoindex_heads_1 (complaint=?)", lambda work: work.heads.heads_of(["C-1"])),
    ("places USING INDEX ix_places_text (digest=?)", lambda work: work.heads.twin("aa")),
    ("places USING INDEX ix_places_head (head=? AND held<?)", lambda work: work.heads.placed(1, 9)),
    ("places USING INDEX sqlite_autoindex_places_1 (complaint=?)", lambda work: work.heads.places(["C-1"])),
    ("sketches USING INDEX sqlite_autoindex_sketches_1 (complaint=?)", lambda work: work.campaigns.sketches_of(["C-1"])),
    ("ads USING INDEX ix_ads_key (key=?)", lambda work: work.ads.items_by_key(["k"])),
    ("ad_sightings USING INDEX sqlite_autoindex_ad_sightings_1 (record=?)", lambda work: work.ads.ads_of(["D-1"])),
    ("ad_acts USING INDEX ix_ad_acts_ad (ad=?)", lambda work: work.ads.acts(["AD-1"])),
    ("book_acts USING INDEX ix_book_acts_of (of=? AND book=?)", lambda work: work.books.acts("cases", ["CASE-1"])),
    ("exhibit_links USING INDEX ix_exhibit_links_of (of=?)", lambda work: work.exhibits.about(["AD-1"])),
    ("exhibits USING INDEX ix_exhibits_derived_from (derived_from=?)", lambda work: work.exhibits.derived(["EX-1"])),
    ("exhibits USING INDEX ix_exhibits_gone_at (gone_at>? AND gone_at<?)", lambda work: work.exhibits.ending(NOON, NOON)),
    ("links USING INDEX sqlite_autoindex_links_1 (chain=?)", lambda work: work.chains.tail("custody")),
    ("jobs USING INDEX ix_jobs_due", lambda work: work.jobs.lease(NOON, NOON)),
    ("search_docs USING INTEGER PRIMARY KEY (rowid=?)", lambda work: work.search.find("退保", 5)),
)  # fmt: skip


@pytest.mark.parametrize(("step", "query"), QUERIES, ids=[step for step, _ in QUERIES])
def test_queries_use_their_indexes(step: str, query: Callable[[SqlWork], object], tmp_path: Path) -> None:
    """No query that runs for every batch walks a whole table, though SQLite has no statistics here."""
    store = open_sqlite(tmp_path / "house.db")
    seen: list[tuple[str, Any]] = []
    sa.event.listen(
        store.engine, "before_cursor_execute", lambda c, cursor, sql, values, *_: seen.append((sql, values))
    )
    with store.write() as work:
        work.records.put([record("C-1", tokens=(("device", "H1"),))], NOON)
        seen.clear()
        query(work)
    store.close()
    plain = sqlite3.connect(tmp_path / "house.db")
    plans = [row[3] for sql, values in seen for row in plain.execute("EXPLAIN QUERY PLAN " + sql, values)]
    plain.close()
    assert [one for one in plans if step in one], plans
