"""Whatever was done to the tables underneath, verification ends in a verdict in both languages, never in a traceback."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingcha.actions.deps import Deps
from mingcha.actions.verify import Checked, drill, verify
from mingcha.errors import NotPermitted
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.testing.house import NOON, house, put, someone

INSPECTOR = someone(Role.INSPECTOR, purpose=Purpose.INSPECTION)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    """Three batches, so three custody records."""
    with house(tmp_path) as opened:
        for n in range(3):
            put(opened, "complaints", Complaint(id=str(n), received_at=NOON, text=f"利息太高{n}", licence="bank"))
        yield opened


def _broken(deps: Deps) -> list[Checked]:
    return [one for one in verify(deps, INSPECTOR) if one.broken_at is not None]


TAMPERED = {
    "payload no json": ("UPDATE links SET payload = x'ff' WHERE seq = 2", 2),
    "payload a list": ("UPDATE links SET payload = CAST('[]' AS BLOB) WHERE seq = 2", 2),
    "payload empty": ("UPDATE links SET payload = x'' WHERE seq = 3", 3),
    "payload text": ("UPDATE links SET payload = CAST(payload AS TEXT) || ' ' WHERE seq = 1", 1),
    "payload a number": ("UPDATE links SET payload = 5 WHERE seq = 2", 2),
    "payload of another": ("UPDATE links SET payload = (SELECT payload FROM links WHERE seq = 1) WHERE seq = 2", 2),
    "time a word": ("UPDATE links SET at = 'soon' WHERE seq = 2", 2),
    "time beyond the calendar": ("UPDATE links SET at = 9223372036854775807 WHERE seq = 2", 2),
    "hash bytes": ("UPDATE links SET hash = x'ff00' WHERE seq = 2", 2),
    "previous bytes": ("UPDATE links SET previous = x'ff00' WHERE seq = 2", 2),
    "record gone": ("DELETE FROM links WHERE seq = 2", 3),
    "commitment changed": ("UPDATE records SET commitment = 'x' WHERE seq = 2", 2),
    "commitment bytes": ("UPDATE records SET commitment = x'ff' WHERE seq = 2", 2),
    "record of a batch gone": ("DELETE FROM records WHERE seq = 2", 2),
    "batch renamed": ("UPDATE records SET batch = 'b' WHERE seq = 2", 2),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_gives_a_verdict(deps: Deps, tmp_path: Path, how: str) -> None:
    statement, at = TAMPERED[how]
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute("PRAGMA foreign_keys=OFF")
        plain.execute(statement)
    (broken,) = _broken(deps)
    assert (broken.chain, broken.broken_at) == ("custody", at)
    assert broken.why is not None
    assert broken.why.zh != broken.why.en, "said in both languages"


def test_what_comes_before_the_break_is_still_held_against_its_batch(deps: Deps, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "house.db") as plain:
        plain.execute("UPDATE links SET payload = x'ff' WHERE seq = 3")
        plain.execute("UPDATE records SET commitment = 'x' WHERE seq = 1")
    assert sorted(one.broken_at or 0 for one in _broken(deps)) == [1, 3]


def test_a_drill_opens_nothing_for_whoever_may_not(deps: Deps) -> None:
    with pytest.raises(NotPermitted):
        drill(deps, someone(Role.HANDLER))
    assert drill(deps, INSPECTOR) == (3, 0)
