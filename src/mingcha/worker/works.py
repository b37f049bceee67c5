"""What jobs exist, by name; the list is the registry. Every day the house is served the figures of parity are sealed, and every case
is looked at for findings that fell: a net under what settles at once.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.objection_door import MATCH, match_job
from mingcha.actions.quality import parity_figures
from mingcha.actions.settling import settle_all
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.standards.calendar import CHINA, local_day
from mingcha.worker.loop import Work

WORKER = Actor(name="worker", roles=frozenset({Role.ANALYST}), purpose=Purpose.HANDLING)
COUNTING = Actor(name="worker", roles=frozenset({Role.ANALYST}), purpose=Purpose.INVESTIGATION)
PARITY, SETTLE, EARLY = "parity", "settle", time(0, 5)


def plan(deps: Deps) -> None:
    """Have today's figures sealed and cases looked at; each day's plans the next one, and no setting leaves it out."""
    for name in (PARITY, SETTLE):
        _plan(deps, name, deps.now())


def _plan(deps: Deps, name: str, due: datetime) -> None:
    with deps.store.write() as work:
        work.jobs.add(name, f"{name}:{local_day(due)}", b"", due)


def _plan_next(deps: Deps, name: str) -> None:
    """Before anything else is done: a failure today costs no other day."""
    _plan(deps, name, datetime.combine(local_day(deps.now()) + timedelta(days=1), EARLY, CHINA))


def _assess(deps: Deps, _: bytes) -> None:
    assess(deps, WORKER)


def _parity(deps: Deps, _: bytes) -> None:
    _plan_next(deps, PARITY)
    parity_figures(deps, COUNTING)


def _settle(deps: Deps, _: bytes) -> None:
    _plan_next(deps, SETTLE)
    settle_all(deps, COUNTING)
    match_job(deps, b"")  # what came in meanwhile and an objection names


WORKS: Mapping[str, Work] = {"assess": _assess, PARITY: _parity, MATCH: match_job, SETTLE: _settle}
