"""What jobs exist, by name; the list is the registry."""

from collections.abc import Mapping

from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.worker.loop import Work

WORKER = Actor(name="worker", roles=frozenset({Role.ANALYST}), purpose=Purpose.HANDLING)


def _assess(deps: Deps, _: bytes) -> None:
    assess(deps, WORKER)


WORKS: Mapping[str, Work] = {"assess": _assess}
