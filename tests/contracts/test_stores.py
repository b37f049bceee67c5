"""One conformance suite for the three stores."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mingcha.actions.ports.store import Store
from mingcha.adapters.store import open_memory, open_postgres, open_sqlite
from mingcha.testing.postgres import fresh_database, server
from mingcha.testing.store_suite import CHECKS

TEMPLATE: dict[str, str] = {}


def _postgres() -> str:
    if server() is None:
        pytest.skip("PostgreSQL cannot run here")
    if not TEMPLATE:
        address = fresh_database()
        open_postgres(address).close()
        TEMPLATE["name"] = address.split("?")[0].rsplit("/", 1)[1]
    return fresh_database(TEMPLATE["name"])


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    open_: dict[str, Callable[[], Store]] = {
        "memory": open_memory,
        "sqlite": lambda: open_sqlite(tmp_path / "house.db"),
        "postgres": lambda: open_postgres(_postgres()),
    }
    opened = open_[request.param]()
    yield opened
    opened.close()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_store(check: Callable[[Store], None], store: Store) -> None:
    check(store)
