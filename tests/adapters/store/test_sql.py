"""What only the store over SQL has: bounded statements, text that databases dislike, and several processes at once."""

import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.store import open_postgres, open_sqlite
from mingcha.adapters.store.sql import store as store_module
from mingcha.adapters.store.sql.types import escape, unescape
from mingcha.errors import StoreTrouble
from mingcha.testing import stored as made
from mingcha.testing.postgres import fresh_database, server
from mingcha.testing.stored import NOON, later, record


def test_statements_do_not_grow_with_the_batch(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path / "house.db")
    sent = []
    for count in (10, 3_000):
        before = store.statements
        ids = [f"C-{count}-{n}" for n in range(count)]
        with store.write() as work:
            work.records.put([record(id_, tokens=(("filer_phone", f"H{id_}"),)) for id_ in ids], NOON)
            work.desk.put_rows([made.desk_row(id_) for id_ in ids])
            work.campaigns.put_sketches([made.sketch(id_) for id_ in ids])
            work.search.put([(id_, "退保") for id_ in ids])
            assert len(work.records.heads("complaints", ids)) == count
            assert len(work.records.by_token("complaints", "filer_phone", [f"H{id_}" for id_ in ids])) == count
            assert len(work.desk.rows(ids)) == count
        sent.append(store.statements - before)
    assert sent[1] <= sent[0] <= 20
    store.close()


@given(st.text(alphabet=st.characters(codec=None)) | st.text(alphabet="\\\0u0d8\ud800\udfff退"))
def test_any_text_can_be_kept(text: str) -> None:
    kept = escape(text)
    kept.encode()
    assert "\0" not in kept
    assert unescape(kept) == text


@given(st.text(alphabet="\\\0a\ud800", max_size=5), st.text(alphabet="\\\0a\ud800", max_size=5))
def test_different_texts_are_kept_apart(one: str, other: str) -> None:
    assert (escape(one) == escape(other)) is (one == other)


WORKER = """
import sys
from mingcha.adapters.store import open_store
from mingcha.testing import stored as made
store = open_store(sys.argv[1])
for _ in range(15):
    with store.write() as work:
        tail = work.chains.tail("access")
        work.chains.append(made.link("access", tail.seq + 1 if tail else 1))
while True:
    with store.write() as work:
        job = work.jobs.lease(made.later(99), made.later(999))
    if job is None:
        break
    print(job.id, flush=True)
store.close()
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_processes_share_a_store_from_its_first_moment(kind: str, tmp_path: Path) -> None:
    """Three processes open a store that does not exist yet, append to one chain and lease every job once."""
    if kind == "postgres" and server() is None:
        pytest.skip("PostgreSQL cannot run here")
    place = fresh_database() if kind == "postgres" else str(tmp_path / "house.db")
    open_ = [
        subprocess.Popen([sys.executable, "-c", WORKER, place], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [process.wait(60) for process in open_] == [0, 0, 0]
    for process in open_:
        assert process.stdout is not None
        process.stdout.close()
    store = open_postgres(place) if kind == "postgres" else open_sqlite(Path(place))
    with store.write() as work:
        assert [one.seq for one in work.chains.read("access")] == list(range(1, 46))
        for n in range(30):
            work.jobs.add("assess", f"k{n}", b"", later(n))
    open_ = [
        subprocess.Popen([sys.executable, "-c", WORKER, place], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    taken = [int(line) for process in open_ for line in process.communicate(timeout=60)[0].split()]
    assert len(taken) == len(set(taken)) == 30
    store.close()


def test_jobs_are_leased_beside_a_long_writer_on_postgres() -> None:
    if server() is None:
        pytest.skip("PostgreSQL cannot run here")
    store, other = (open_postgres(place) for place in [fresh_database()] * 2)
    with store.write() as work:
        work.jobs.add("assess", "k1", b"", NOON)
        work.jobs.add("assess", "k2", b"", NOON)
    with store.write() as long:
        long.chains.append(made.link("custody", 1))
        first = long.jobs.lease(NOON, later(60))
        code = (
            "import sys; from mingcha.adapters.store import open_store; from mingcha.testing import stored as made\n"
            "with open_store(sys.argv[1]).write() as work: print(work.jobs.lease(made.NOON, made.later(60)).key)"
        )
        address = str(store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
        out = subprocess.run(
            [sys.executable, "-c", code, address], capture_output=True, text=True, timeout=30, check=True
        )
        assert first is not None
        assert {first.key, out.stdout.strip()} == {"k1", "k2"}
    store.close()
    other.close()


def test_what_was_put_off_and_cannot_be_kept_is_told_and_leaves_nothing() -> None:
    if server() is None:
        pytest.skip("PostgreSQL cannot run here")
    store = open_postgres(fresh_database())
    with pytest.raises(StoreTrouble), store.write() as work:
        work.heads.put_places([made.place("C-1", 1)])
        work.heads.put_places([made.place("C-2", 1, held=2**40), made.place("C-3", 1)])
    with store.write() as work:
        assert work.heads.places(["C-1", "C-2", "C-3"]) == {}
        work.heads.put_places([made.place("C-1", 1)])
    with store.read() as work:
        assert set(work.heads.places(["C-1"])) == {"C-1"}
    store.close()


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def test_a_connection_that_was_cut_while_it_lay_idle_is_made_anew() -> None:
    if server() is None:
        pytest.skip("PostgreSQL cannot run here")
    place = fresh_database()
    store, other = open_postgres(place), open_postgres(place)
    with store.read() as work:
        assert work.heads.last_head() == 0
    with other.engine.connect() as connection:
        connection.exec_driver_sql(CUT)
    with patch.object(store_module, "IDLE", 0.0), store.write() as work:
        assert work.heads.last_head() == 0
    store.close()
    other.close()


def test_a_connection_that_is_cut_in_the_middle_is_told_and_the_next_is_whole() -> None:
    if server() is None:
        pytest.skip("PostgreSQL cannot run here")
    place = fresh_database()
    store, other = open_postgres(place), open_postgres(place)
    with pytest.raises(StoreTrouble), store.write() as work:
        work.heads.put_places([made.place("C-1", 1)])
        assert work.heads.last_head() == 0
        with other.engine.connect() as connection:
            connection.exec_driver_sql(CUT)
        work.heads.put_places([made.place("C-3", 1)])
    with store.write() as work:
        assert work.heads.places(["C-1"]) == {}
        work.heads.put_places([made.place("C-2", 1)])
    with store.read() as work:
        assert set(work.heads.places(["C-1", "C-2"])) == {"C-2"}
    store.close()
    other.close()
