"""Open the workspace a command works in, as the person at the keyboard."""

import getpass
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mingcha.actions.deps import Deps
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.settings import Settings, from_environment

_chosen: dict[str, Path | None] = {"workspace": None}


def choose_workspace(path: Path | None) -> None:
    """Remember the folder given on the command line."""
    _chosen["workspace"] = path


def settings() -> Settings:
    """The settings of this call."""
    return from_environment(os.environ, _chosen["workspace"])


@contextmanager
def house() -> Iterator[Deps]:
    """The workspace's deps; closed when the command ends."""
    from mingcha.wiring import open_deps

    deps = open_deps(settings())
    try:
        yield deps
    finally:
        deps.store.close()


def local_actor(purpose: Purpose = Purpose.HANDLING) -> Actor:
    """Whoever holds the workspace's files works as its owner; every act carries the system user's name."""
    roles = frozenset(Role) - {Role.ADMIN} if purpose is not Purpose.ADMINISTRATION else frozenset({Role.ADMIN})
    return Actor(name=f"local:{getpass.getuser()}", roles=roles, purpose=purpose)


def again(verb: str) -> str:
    """The command that runs another verb on the same workspace, ready to be copied."""
    chosen = _chosen["workspace"]
    if chosen is None or str(chosen) == os.environ.get("MINGCHA_WORKSPACE"):
        return f"mingcha {verb}"
    return f"mingcha --workspace {shlex.quote(str(chosen))} {verb}"
