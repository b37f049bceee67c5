"""Open the workspace a command works in, as the person at the keyboard."""

import getpass
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from mingcha.actions.deps import Deps
from mingcha.model.actor import LOCAL, Actor, Purpose, Role
from mingcha.settings import Settings, from_environment

_chosen: dict[str, Path | None] = {"workspace": None}


def choose_workspace(path: Path | None) -> None:
    """Remember the folder given on the command line."""
    _chosen["workspace"] = path


def settings() -> Settings:
    """The settings of this call."""
    return from_environment(os.environ, _chosen["workspace"])


@contextmanager
def house(patience: float | None = None) -> Iterator[Deps]:
    """The workspace's deps; closed when the command ends. `patience`: seconds to wait for another writer."""
    from mingcha.wiring import open_deps

    chosen = settings()
    deps = open_deps(chosen if patience is None else replace(chosen, patience=patience))
    try:
        yield deps
    finally:
        deps.store.close()


# Only what the purpose needs: who handles decides merit and sees no agency before; who investigates decides no merit.
LOCAL_ROLES = {
    Purpose.HANDLING: {Role.HANDLER, Role.SUPERVISOR, Role.CONSUMER_PROTECTION},
    Purpose.INVESTIGATION: {Role.ANALYST},
    Purpose.AID: {Role.VICTIM_SUPPORT},
    Purpose.INSPECTION: {Role.INSPECTOR, Role.AUDITOR},
    Purpose.ADMINISTRATION: {Role.ADMIN},
}


def local_actor(purpose: Purpose = Purpose.HANDLING) -> Actor:
    """Whoever holds the workspace's files works as its owner; every act carries the system user's name."""
    return Actor(name=LOCAL + getpass.getuser(), roles=frozenset(LOCAL_ROLES[purpose]), purpose=purpose)


def again(verb: str) -> str:
    """The command that runs another verb on the same workspace, ready to be copied."""
    chosen = _chosen["workspace"]
    if chosen is None or str(chosen) == os.environ.get("MINGCHA_WORKSPACE"):
        return f"mingcha {verb}"
    return f"mingcha --workspace {shlex.quote(str(chosen))} {verb}"
