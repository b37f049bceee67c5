"""Whoever cannot get the write lock is told so in both languages and may try again; nobody hangs, nothing is half kept."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import anyio
import httpx
import pytest

from mingcha.actions.accounts import create_account, set_password, sign_in
from mingcha.actions.deps import Deps
from mingcha.adapters.store import open_postgres, open_sqlite
from mingcha.adapters.store.sql.store import SqlStore
from mingcha.api.app import create_app
from mingcha.errors import Busy, StoreTrouble
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.settings import Settings
from mingcha.testing.house import NOON, house, put, someone
from mingcha.testing.postgres import fresh_database, server
from mingcha.wiring import open_deps
from mingcha.worker.loop import running

PASSWORD = "correct horse battery"


def _two(kind: str, folder: Path) -> tuple[SqlStore, SqlStore]:
    if kind == "postgres":
        if server() is None:
            pytest.skip("PostgreSQL cannot run here")
        address = fresh_database()
        return open_postgres(address), open_postgres(address, patience=0.2)
    return open_sqlite(folder / "house.db"), open_sqlite(folder / "house.db", patience=0.2)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_who_waits_too_long_is_told(kind: str, tmp_path: Path) -> None:
    holder, other = _two(kind, tmp_path)
    with holder.write() as work:
        assert work.chains.tail("access") is None
        with pytest.raises(Busy) as refused, other.write() as waiting:
            waiting.chains.tail("access")
        with other.read() as view:
            assert view.records.counts() == {}, "reading waits for nobody"
    assert isinstance(refused.value, StoreTrouble)
    assert refused.value.say("zh") != refused.value.say("en")
    with other.write() as work:
        assert work.chains.tail("access") is None
    for store in (holder, other):
        store.close()


def test_writers_of_one_process_wait_no_longer(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path / "house.db", patience=0.2)
    from tests.adapters.store.threads import elsewhere

    with store.write():
        assert isinstance(elsewhere(lambda: store.write().__enter__()), Busy)
    store.close()


def test_the_desk_answers_503_in_both_languages_and_says_when_to_try_again(tmp_path: Path) -> None:
    with house(tmp_path) as slow:
        put(slow, "complaints", Complaint(id="1", received_at=NOON, text="利息太高", licence="bank"))
        admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
        set_password(slow, create_account(slow, admin, "han", (Role.HANDLER,), None), PASSWORD)
        held = {"Authorization": "Bearer " + sign_in(slow, "han", PASSWORD, Purpose.HANDLING)}
        deps = replace(slow, store=open_sqlite(tmp_path / "house.db", patience=0.2))
        with slow.store.write() as importing:
            importing.records.counts()
            id_ = _get(deps, "/api/queue", held).json()["rows"][0]["id"]
            started = time.monotonic()
            refused = _get(deps, f"/api/complaints/{id_}", held)
            assert time.monotonic() - started < 30, "no hang"
            assert refused.status_code == 503
            assert int(refused.headers["Retry-After"]) > 0
            assert set(refused.json()) == {"error", "zh", "en"}
        assert _get(deps, f"/api/complaints/{id_}", held).status_code == 200
        deps.store.close()


def _get(deps: Deps, path: str, headers: dict[str, str]) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(deps, ("testserver",)))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
            return await http.get(path, headers=headers)

    return anyio.run(ask)


def test_a_busy_house_does_not_stop_the_worker(tmp_path: Path) -> None:
    with house(tmp_path) as slow:
        deps = replace(slow, store=open_sqlite(tmp_path / "house.db", patience=0.05))
        done: list[bytes] = []
        with slow.store.write() as work:
            work.jobs.add("note", "k", b"once", NOON)
        with running(deps, {"note": lambda _, payload: done.append(payload)}, enabled=True):
            with slow.store.write() as work:
                work.jobs.all()
                time.sleep(1.5)  # longer than the loop's pause: it meets the lock
            _until(lambda: done == [b"once"])
        deps.store.close()


def _until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def test_patience_is_a_setting(tmp_path: Path) -> None:
    deps = open_deps(Settings(workspace=tmp_path, patience=1))
    with deps.store.write(), pytest.raises(Busy):
        other = open_sqlite(tmp_path / "house.db", patience=0.05)
        with other.write():
            pass
    deps.store.close()
