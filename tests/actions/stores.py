"""A house on each store there is, for tests that have to hold on all of them."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from mingcha.actions.deps import Deps
from mingcha.testing.house import FixedClock, house
from mingcha.testing.postgres import fresh_database, server

STORES = ("memory", "sqlite", "postgres")


def house_on(store: str, folder: Path, clock: FixedClock) -> AbstractContextManager[Deps]:
    """An empty house; the test is skipped where PostgreSQL cannot run."""
    if store == "postgres" and server() is None:
        pytest.skip("PostgreSQL cannot run here")
    address = fresh_database() if store == "postgres" else None
    return house(folder, memory=store == "memory", clock=clock, postgres=address)
