"""A house served by a real server on this machine, and people with passwords, for the journeys."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from mingcha.actions.accounts import create_account, set_password, setup_link
from mingcha.actions.deps import Deps
from mingcha.api.app import create_app
from mingcha.api.server import bind
from mingcha.model.actor import Purpose, Role
from mingcha.settings import from_environment
from mingcha.testing.house import someone
from mingcha.wiring import open_deps

PASSWORD = "correct horse battery"


@contextmanager
def served(deps: Deps) -> Iterator[str]:
    """The address of the desk over an open house."""
    held = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(deps), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{held.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@contextmanager
def staffed(workspace: Path, people: Iterable[tuple[str, Role]]) -> Iterator[Deps]:
    """An open workspace with an administrator and these people, all of one password."""
    deps = open_deps(from_environment({}, workspace))
    if link := setup_link(deps):
        set_password(deps, link, PASSWORD)
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    for name, role in people:
        set_password(deps, create_account(deps, admin, name, (role,), None), PASSWORD)
    yield deps
    deps.store.close()
