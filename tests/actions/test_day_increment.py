"""Sealing reads the content of what is new alone, and seals what reading everything would have sealed."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.actions.test_day_roots import AUDITOR, FIRST, act, checked, clock, deps, keys

from mingcha.actions.day_roots import read_book, seal_days
from mingcha.actions.deps import Deps
from mingcha.actions.sealing import ACCESS, CUSTODY, DECISIONS
from mingcha.adapters.keys.audit import AuditKey
from mingcha.errors import BrokenSeal
from mingcha.model.days import Assurance
from mingcha.testing.house import FixedClock, house

__all__ = ["clock", "deps", "keys"]  # fixtures
STEPS = st.one_of(
    st.sampled_from([CUSTODY, ACCESS, DECISIONS]),
    st.integers(-40, 60),  # hours: clocks are set back too
    st.just("seal"),
)


@settings(max_examples=80, deadline=None)
@given(steps=st.lists(STEPS, max_size=25))
def test_it_sees_what_reading_everything_sees(
    steps: list[str | int], keys: tuple[AuditKey, AuditKey], tmp_path_factory: pytest.TempPathFactory
) -> None:
    clock = FixedClock(FIRST)
    with house(tmp_path_factory.mktemp("h"), clock=clock, memory=True) as deps:
        for step in [*steps, "seal"]:
            if isinstance(step, int):
                clock.later(hours=step)
            elif step == "seal":
                with deps.store.read() as work:
                    assert read_book(deps, work, trusting=True) == read_book(deps, work)
                seal_days(deps, AUDITOR, keys[0])
            else:
                act(deps, step, "x")


HARM = {
    "the content of a new record": ("UPDATE links SET payload = x'ff' WHERE chain = 'access' AND seq = 4", True),
    "the head that was sealed": ("UPDATE links SET hash = '00' WHERE chain = 'access' AND seq = 3", True),
    "the last records": ("DELETE FROM links WHERE chain = 'access' AND seq >= 3", True),
    "the content of an old record": ("UPDATE links SET payload = x'ff' WHERE chain = 'access' AND seq = 1", False),
}


@pytest.mark.parametrize("what", HARM)
def test_what_is_new_is_not_sealed_over_harm_and_what_was_sealed_is_told_by_the_check(
    what: str, deps: Deps, clock: FixedClock, tmp_path: Path, keys: tuple[AuditKey, AuditKey]
) -> None:
    seal_days(deps, AUDITOR, keys[0])
    act(deps, ACCESS, "new")
    clock.later(days=1)
    done, refused = HARM[what]
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute(done)
    if refused:
        with pytest.raises(BrokenSeal, match="access"):
            seal_days(deps, AUDITOR, keys[0])
    else:
        seal_days(deps, AUDITOR, keys[0])
    assert checked(deps).assurance is Assurance.BROKEN


def test_old_content_is_not_read_again(
    deps: Deps, clock: FixedClock, keys: tuple[AuditKey, AuditKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    seal_days(deps, AUDITOR, keys[0])
    act(deps, ACCESS, "new")
    clock.later(days=1)
    read: list[object] = []
    from mingcha.actions import day_roots as room

    real = room.fault
    monkeypatch.setattr(room, "fault", lambda last, link: (read.append(link), real(last, link))[1])
    assert [one.root.count for one in seal_days(deps, AUDITOR, keys[0])] == [1]
    assert len(read) == 3 + 1, "the three acts of the chain of roots, and the new record"
    assert clock.at - FIRST == timedelta(days=5)
