"""The figures of parity are sealed on the day a house is served and on every day after, whatever happened to the day before."""

from datetime import datetime
from pathlib import Path

from mingcha.actions.deps import Deps
from mingcha.actions.sealing import DECISIONS
from mingcha.evidence.canonical import parse
from mingcha.model.complaint import Complaint
from mingcha.standards.calendar import local
from mingcha.testing.house import NOON, FixedClock, house, put
from mingcha.worker.loop import run_due
from mingcha.worker.works import PARITY, WORKS, plan


def sealed(deps: Deps) -> list[datetime]:
    """When figures were sealed, on the wall in China."""
    with deps.store.read() as work:
        links = [link for link in work.chains.read(DECISIONS) if parse(link.payload)["act"] == "parity"]
    return [local(link.at) for link in links]


def test_figures_are_sealed_every_day_the_house_is_served(tmp_path: Path) -> None:
    clock = FixedClock()
    with house(tmp_path, clock=clock) as deps:
        put(deps, "complaints", Complaint(id="1", received_at=NOON, text="利息太高", licence="bank"))
        plan(deps)
        plan(deps)
        assert run_due(deps, WORKS) == 2, "each planned twice, done once"
        assert run_due(deps, WORKS) == 0
        clock.later(hours=11)  # 23:00 in China
        assert run_due(deps, WORKS) == 0
        for _ in range(3):
            clock.later(days=1)
            assert run_due(deps, WORKS) == 2
            assert run_due(deps, WORKS) == 0
        assert [at.day for at in sealed(deps)] == [20, 21, 22, 23]


def test_a_day_that_failed_costs_no_other_day(tmp_path: Path) -> None:
    clock = FixedClock()
    with house(tmp_path, clock=clock) as deps:
        plan(deps)

        def broken(deps: Deps, payload: bytes) -> None:
            WORKS[PARITY](deps, payload)
            raise ValueError

        run_due(deps, {PARITY: broken})
        clock.later(days=1)
        run_due(deps, WORKS)
        assert [at.day for at in sealed(deps)][-1] == 21
