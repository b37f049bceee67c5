"""Keys and backups ask the permit table like everything else, and leave their mark in the access chain."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mingcha.cli import keys
from mingcha.cli.house import choose_workspace, house, local_actor
from mingcha.errors import NotPermitted
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor, Purpose, Role


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("MINGCHA_DATABASE", raising=False)
    choose_workspace(tmp_path / "w")
    return tmp_path / "w"


def _acts() -> list[tuple[str, str]]:
    with house() as deps, deps.store.read() as work:
        return [(str(p["act"]), str(p["purpose"])) for link in work.chains.read("access") if (p := parse(link.payload))]


def _verbs(folder: Path) -> dict[str, Callable[[], None]]:
    return {
        "init": keys.init,
        "rotate": keys.rotate,
        "recovery-sheet": keys.recovery_sheet,
        "check": keys.check,
        "backup": lambda: keys.backup(folder / "b.db"),
        "restore": lambda: keys.restore(folder / "b.db", folder / "k.json"),
    }


@pytest.mark.parametrize("verb", _verbs(Path()))
def test_nobody_but_the_administrator(workspace: Path, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    for roles, purpose in (
        (frozenset(Role) - {Role.ADMIN}, Purpose.ADMINISTRATION),
        (frozenset({Role.ADMIN}), Purpose.HANDLING),
    ):
        monkeypatch.setattr(keys, "local_actor", lambda _=None, r=roles, p=purpose: Actor("bo", r, p))
        with pytest.raises(NotPermitted):
            _verbs(workspace.parent)[verb]()
    assert not workspace.exists(), "nothing was touched"


def test_what_was_done_with_keys_and_backups_is_sealed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys.init()
    keys.recovery_sheet()
    assert not (workspace / "house.db").exists(), "printing the first sheet makes no database"
    with house():
        pass
    keys.rotate()
    keys.recovery_sheet()
    keys.backup(workspace.parent / "b.db")
    assert _acts() == [(act, "administration") for act in ("rotate_keys", "print_recovery_sheet", "backup")]
    choose_workspace(workspace.parent / "again")
    keys.restore(workspace.parent / "b.db", workspace / "keys.json")
    assert _acts()[-1] == ("restore", "administration")


def test_the_local_administrator_reads_no_complaint(workspace: Path) -> None:
    from mingcha.actions.look import merit_view

    with house() as deps, pytest.raises(NotPermitted):
        merit_view(deps, local_actor(Purpose.ADMINISTRATION), "C-1")
