"""What jobs exist, by name; the list is the registry. The figures of parity are sealed every day the house is served."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.quality import parity_figures
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.standards.calendar import CHINA, local_day
from mingcha.worker.loop import Work

WORKER = Actor(name="worker", roles=frozenset({Role.ANALYST}), purpose=Purpose.HANDLING)
COUNTING = Actor(name="worker", roles=frozenset({Role.ANALYST}), purpose=Purpose.INVESTIGATION)
PARITY, EARLY = "parity", time(0, 5)


def plan(deps: Deps) -> None:
    """Have today's figures sealed; each day's sealing plans the next one, and no setting leaves it out."""
    _plan(deps, deps.now())


def _plan(deps: Deps, due: datetime) -> None:
    with deps.store.write() as work:
        work.jobs.add(PARITY, f"{PARITY}:{local_day(due)}", b"", due)


def _assess(deps: Deps, _: bytes) -> None:
    assess(deps, WORKER)


def _parity(deps: Deps, _: bytes) -> None:
    _plan(
        deps, datetime.combine(local_day(deps.now()) + timedelta(days=1), EARLY, CHINA)
    )  # first: a failure today costs no other day
    parity_figures(deps, COUNTING)


WORKS: Mapping[str, Work] = {"assess": _assess, PARITY: _parity}
