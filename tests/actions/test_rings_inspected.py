"""Whoever alters the book of rings, or a word on ties or persons, is named by an inspection."""

import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.actions.test_rings import ANALYST, INSPECTOR, file, held, key, paid, run

from mingcha.actions import rings as room
from mingcha.actions.identity import judge
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.model.person import Verdict
from mingcha.testing.house import NOON, FixedClock, house

TAMPERED = {
    "a ring taken out of the book": ("DELETE FROM summaries WHERE kind = 'rings'", "rings_changed"),
    "what became of it forgotten": ("DELETE FROM summaries WHERE kind = 'ring_events'", "rings_changed"),
    "a suspicion softened": (
        "UPDATE summaries SET body = CAST(REPLACE(CAST(body AS TEXT), 'suspected_illegal_agency', 'joint_grievance') AS BLOB) WHERE kind = 'rings'",
        "rings_changed",
    ),
    "a suspicion softened in its history too": (
        "UPDATE summaries SET body = CAST(REPLACE(CAST(body AS TEXT), 'suspected_illegal_agency', 'joint_grievance') AS BLOB) WHERE kind IN ('rings', 'ring_events')",
        "rings_changed",
    ),
    "a level raised": (
        "UPDATE summaries SET body = CAST(REPLACE(CAST(body AS TEXT), '\"level\":2', '\"level\":1') AS BLOB) WHERE kind IN ('rings', 'ring_events')",
        "rings_changed",
    ),
    "a word deleted": ("DELETE FROM summaries WHERE kind = 'tie_words'", "tie_word_changed"),
    "a word turned round": (
        "UPDATE summaries SET body = CAST(REPLACE(CAST(body AS TEXT), '\"apart\"', '\"together\"') AS BLOB) WHERE kind = 'tie_words'",
        "tie_word_changed",
    ),
    "a word on persons deleted": ("DELETE FROM summaries WHERE kind = 'person_words'", "person_word_changed"),
    "a word on persons turned round": (
        "UPDATE summaries SET body = CAST(REPLACE(CAST(body AS TEXT), '\"not_same\"', '\"same\"') AS BLOB) WHERE kind = 'person_words'",
        "person_word_changed",
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rings")
    with house(folder) as deps:
        file(deps, "abcd")
        paid(deps, "a")
        run(deps)
        room.untie(deps, ANALYST, key(deps, "b"), key(deps, "d"), "经核实无关")
        judge(deps, ANALYST, "test", ("cb", "cc"), Verdict.NOT_SAME, "证件不同")
        run(deps)
        room.grade(deps, ANALYST, held(deps)[0].id, 2, "按指引二级特征")
    return folder


@pytest.mark.parametrize("how", [None, *TAMPERED])
def test_tampering_with_the_book_is_named(made: Path, tmp_path: Path, how: str | None) -> None:
    for one in made.iterdir():
        shutil.copy(one, tmp_path / one.name)
    script, code = TAMPERED[how] if how else ("", None)
    with sqlite3.connect(tmp_path / "house.db") as plain:
        before = list(plain.iterdump())
        plain.executescript(script)
        assert how is None or list(plain.iterdump()) != before
    clock = FixedClock(at=NOON + timedelta(days=1))
    clock.serial = 10_000
    with house(tmp_path, clock=clock) as deps:
        asked = Asked(first=date(2026, 3, 1), last=date(2026, 3, 31), seed="检查", sample=1)
        found = {flaw.code for flaw in inspect(deps, INSPECTOR, asked).flaws}
    assert found == ({code} if code else set())
