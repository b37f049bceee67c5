"""Days that wait for their seal are told, and an inspection holds those that were sealed against their records."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from tests.actions.test_day_roots import AUDITOR, FIRST, PASSPHRASE, act, clock, deps, keys

from mingcha.actions.day_roots import seal_days, waiting
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.sealing import ACCESS, CUSTODY
from mingcha.adapters.keys.audit import AuditKey, make, signer
from mingcha.errors import KeyTrouble
from mingcha.model.actor import Purpose, Role
from mingcha.testing.house import FixedClock, house, someone

__all__ = ["clock", "deps", "keys"]  # fixtures
INSPECTOR = someone(Role.INSPECTOR, purpose=Purpose.INSPECTION)


def told(deps: Deps) -> tuple[str, str]:
    with deps.store.read() as work:
        return waiting(deps, work)


def test_the_first_day_that_waits_is_told(deps: Deps, clock: FixedClock, keys: tuple[AuditKey, AuditKey]) -> None:
    assert told(deps) == ("", "2026-03-01")
    seal_days(deps, AUDITOR, keys[0])
    assert told(deps) == ("2026-03-04", "")
    act(deps, ACCESS, "today")
    assert told(deps) == ("2026-03-04", ""), "a day is waited for when it is over"
    clock.later(days=3)
    act(deps, CUSTODY, "later")
    assert told(deps) == ("2026-03-04", "2026-03-05")


def test_a_house_without_records_waits_for_nothing(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        assert told(deps) == ("", "")


def flaws(deps: Deps) -> set[tuple[str, str]]:
    asked = Asked(first=FIRST.date(), last=FIRST.date(), seed="s")
    return {(one.code, one.where) for one in inspect(deps, INSPECTOR, asked).flaws if one.code == "day_changed"}


def test_an_inspection_finds_days_changed_and_passed_over(
    deps: Deps, clock: FixedClock, keys: tuple[AuditKey, AuditKey], tmp_path: Path
) -> None:
    assert flaws(deps) == set(), "that days wait is no flaw"
    seal_days(deps, AUDITOR, keys[0])
    assert flaws(deps) == set()
    for day in (2, 3):
        clock.at = FIRST + timedelta(days=day - 1)
        act(deps, CUSTODY, "late")
    clock.at = FIRST + timedelta(days=4)
    assert flaws(deps) == {("day_changed", "2026-03-02"), ("day_changed", "2026-03-03")}


def test_a_chain_cut_below_a_sealed_head_shows_in_its_days(
    deps: Deps, tmp_path: Path, keys: tuple[AuditKey, AuditKey]
) -> None:
    seal_days(deps, AUDITOR, keys[0])
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute("DELETE FROM links WHERE chain = 'custody' AND seq > 4")
    assert ("day_changed", "2026-03-04") in flaws(deps)


def test_an_audit_key_whose_making_was_killed_is_made_again_and_none_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "audit.key.new").write_text('{"format": "mingcha-aud')
    public = make(tmp_path / "audit.key", PASSPHRASE, tmp_path / "w")
    assert [one.name for one in tmp_path.iterdir()] == ["audit.key"]
    with pytest.raises(KeyTrouble):
        make(tmp_path / "audit.key", PASSPHRASE, tmp_path / "w")
    assert signer(tmp_path / "audit.key", PASSPHRASE).key == public
