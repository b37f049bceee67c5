"""Killed in the middle, out of space, out of memory of what was erased: all or nothing, said clearly."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from mingcha.adapters.store import copy_sqlite, open_postgres, open_sqlite
from mingcha.errors import StoreTrouble
from mingcha.testing import stored as made
from mingcha.testing.postgres import fresh_database, server
from mingcha.testing.stored import NOON, record

WRITER = """
import sys, time
from mingcha.adapters.store import open_store
from mingcha.testing import stored as made
store = open_store(sys.argv[1])
with store.write() as work:
    for start in range(0, 6000, 1000):
        ids = [f"C-{n}" for n in range(start, start + 1000)]
        work.records.put([made.record(one, body=bytes(4000), tokens=(("filer_phone", "H" + one),)) for one in ids], made.NOON)
        work.search.put([(one, "退保" * 30) for one in ids])
    work.chains.append(made.link("custody", 2))
    print("in the middle", flush=True)
    if sys.argv[2] == "stay":
        time.sleep(60)
print("kept", flush=True)
if sys.argv[2] == "after":
    time.sleep(60)
"""


def _killed(place: str, when: str) -> None:
    """Run the writer, kill it as soon as it says where it is."""
    word = b"in the middle\n" if when == "stay" else b"kept\n"
    with subprocess.Popen([sys.executable, "-c", WRITER, place, when], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert word in iter(process.stdout.readline, b"")
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize(("when", "kept"), [("stay", 1), ("after", 6001)])
def test_a_kill_leaves_all_or_nothing_on_sqlite(tmp_path: Path, when: str, kept: int) -> None:
    store = open_sqlite(tmp_path / "house.db")
    with store.write() as work:
        work.records.put([record("C-first")], NOON)
        work.chains.append(made.link("custody", 1))
    store.close()
    _killed(str(tmp_path / "house.db"), when)
    store = open_sqlite(tmp_path / "house.db")
    with store.write() as work:
        assert work.records.counts() == {"complaints": kept}
        assert len(list(work.chains.read("custody"))) == (2 if kept > 1 else 1)
        assert len(work.search.find("退保", 9_999)) == kept - 1
        assert len(list(work.records.tokens("complaints", ["filer_phone"]))) == kept - 1
        work.records.put([record("C-last")], NOON)
    store.close()
    with sqlite3.connect(tmp_path / "house.db") as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        plain.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
    plain.close()


def test_a_kill_leaves_nothing_on_postgres() -> None:
    if server() is None:
        pytest.skip("PostgreSQL cannot run here")
    address = fresh_database()
    store = open_postgres(address)
    with store.write() as work:
        work.chains.append(made.link("custody", 1))
    _killed(address, "stay")
    with store.write() as work:
        assert work.records.counts() == {}
        work.records.put([record("C-last")], NOON)
    store.close()


def test_a_full_disk_is_said_and_nothing_half_is_kept(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path / "house.db")
    with store.write() as work:
        work.records.put([record("C-1")], NOON)
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(StoreTrouble, match="no space is left"), store.write() as work:
        work.chains.append(made.link("custody", 1))
        work.records.put([record(f"C-{n}", body=bytes(5_000)) for n in range(2, 200)], NOON)
    with store.write() as work:
        assert work.records.counts() == {"complaints": 1}
        assert work.chains.names() == ()
        work.chains.append(made.link("custody", 1))
    store.close()


QUOTA = """
import resource, sys
from pathlib import Path
from mingcha.adapters.store import open_sqlite
from mingcha.errors import StoreTrouble
from mingcha.testing import stored as made
store = open_sqlite(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
try:
    with store.write() as work:
        work.records.put([made.record(f"C-{n}", body=bytes(5_000)) for n in range(100_000)], made.NOON)
except StoreTrouble as trouble:
    print(trouble.say("en"))
with store.read() as work:
    print(work.records.counts())
"""


def test_a_file_that_may_not_grow_is_said(tmp_path: Path) -> None:
    open_sqlite(tmp_path / "house.db").close()
    command = [sys.executable, "-c", QUOTA, str(tmp_path / "house.db")]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert "the disk does not take or give the data" in out[0]
    assert out[1] == "{}"


def test_what_is_erased_is_gone_from_the_files(tmp_path: Path) -> None:
    secret = "机密词语在此".encode()
    store = open_sqlite(tmp_path / "house.db")
    with store.write() as work:
        work.records.put([record("C-1", wrapped=b"KEY" + secret, body=b"BODY" + secret * 900)], NOON)
        work.desk.put_assessments([made.assessment("A-1", "C-1", body=b"SAID" + secret)])
        work.campaigns.put_sketches([made.sketch("C-1", b"SKETCH" + secret)])
        work.search.put([("C-1", "机密词语在此")])

    def held() -> list[str]:
        words = (secret, "机密".encode())
        return [file.name for file in tmp_path.iterdir() if any(word in file.read_bytes() for word in words)]

    assert held()
    with store.read() as view:  # a reader from before keeps the log alive for a while
        with store.write() as work:
            work.records.erase(["C-1"], NOON)
            work.desk.erase_assessments(["C-1"])
            work.campaigns.forget(["C-1"])
            work.search.remove(["C-1"])
        assert view.records.heads("complaints", ["C-1"])["C-1"].body
    with store.write() as work:
        work.chains.append(made.link("custody", 1))
    assert held() == []
    store.close()


def test_a_copy_is_whole_while_others_write(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path / "house.db")
    with store.write() as work:
        work.records.put([record("C-1", tokens=(("filer_phone", "H1"),))], NOON)
        work.search.put([("C-1", "退保")])
    with store.write() as work:
        work.records.put([record("C-2")], NOON)
        copy_sqlite(tmp_path / "house.db", tmp_path / "copy.db")
    copy = open_sqlite(tmp_path / "copy.db")
    with copy.write() as work:
        assert work.records.counts() == {"complaints": 1}
        assert list(work.search.find("退保", 9)) == ["C-1"]
        work.records.put([record("C-3"), record("C-4"), record("C-5")], NOON)
    copy_sqlite(tmp_path / "house.db", tmp_path / "copy.db")  # over a store in use, with a log of its own
    with copy.read() as view:
        assert [one.id for one in view.records.scan("complaints")] == ["C-1", "C-2"]
    copy.close()
    store.close()
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_a_copy_needs_a_store(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database " * 100)
    open_sqlite(tmp_path / "house.db").close()
    for source, target in (("none.db", "x.db"), ("text.db", "x.db"), ("house.db", "house.db"), ("house.db", "no/x.db")):
        with pytest.raises(StoreTrouble):
            copy_sqlite(tmp_path / source, tmp_path / target)
