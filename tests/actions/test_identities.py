"""Imported ids leave with two people: the second signs in, is another, and is nobody's superior or subordinate here."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mingcha.actions import accounts
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.export import export_with_source_ids
from mingcha.cli.app import app
from mingcha.cli.house import choose_workspace
from mingcha.cli.house import house as open_workspace
from mingcha.errors import InputError, NotPermitted
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.testing.house import NOON, house, put, someone

PASSWORD = "correct horse battery"
ADMIN = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
PEOPLE = {"ana": (Role.ANALYST, "boss"), "boss": (Role.SUPERVISOR, None), "su": (Role.SUPERVISOR, None), "han": (Role.HANDLER, None)}  # fmt: skip


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as opened:
        _fill(opened)
        yield opened


def _fill(deps: Deps) -> None:
    put(deps, "complaints", Complaint(id="SRC-1", received_at=NOON, text="利息太高", licence="bank"))
    assess(deps, someone())


def _hire(deps: Deps) -> None:
    for name in ("boss", "su", "ana", "han"):
        role, boss = PEOPLE[name]
        accounts.set_password(deps, accounts.create_account(deps, ADMIN, name, (role,), boss), PASSWORD)


def _who(name: str) -> Actor:
    return someone(PEOPLE[name][0], name=name, purpose=Purpose.INVESTIGATION)


def _sealed(deps: Deps) -> list[dict[str, object]]:
    with deps.store.read() as work:
        acts = [parse(link.payload) for link in work.chains.read("access")]
    return [act for act in acts if act.get("ids") == "source"]


def test_without_accounts_a_reason_is_enough(deps: Deps) -> None:
    taken = export_with_source_ids(deps, _who("ana"), "r", None)
    assert [line["id"] for line in taken.lines] == ["SRC-1"]
    assert taken.expires.isoformat() == "2026-06-18", "ninety days from the day it was taken"
    (act,) = _sealed(deps)
    assert (act["by"], act["second"], act["expires"]) == ("ana", "", "2026-06-18")


def test_with_accounts_nobody_takes_them_alone(deps: Deps) -> None:
    _hire(deps)
    with pytest.raises(NotPermitted, match="second person"):
        export_with_source_ids(deps, _who("ana"), "r", None)
    assert not _sealed(deps)


def test_both_names_are_sealed(deps: Deps) -> None:
    _hire(deps)
    second = accounts.vouched(deps, "su", PASSWORD, Purpose.INVESTIGATION)
    taken = export_with_source_ids(deps, _who("ana"), "r", second, days=7)
    assert [line["id"] for line in taken.lines] == ["SRC-1"]
    (act,) = _sealed(deps)
    assert (act["by"], act["second"], act["expires"]) == ("ana", "su", "2026-03-27")


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("ana", "ana", "first person"),
        ("local:ana", "ana", "first person"),
        ("ana", "boss", "reports to"),
        ("local:ana", "boss", "reports to"),
        ("boss", "ana", "reports to"),
        ("ana", "han", "roles"),
    ],
)
def test_who_cannot_be_the_second(deps: Deps, first: str, second: str, why: str) -> None:
    _hire(deps)
    who = someone(Role.ANALYST, name=first, purpose=Purpose.INVESTIGATION)
    with pytest.raises(NotPermitted, match=why):
        export_with_source_ids(deps, who, "r", _who(second))
    assert not _sealed(deps)


@pytest.mark.parametrize("days", [-1, 0, 366, 10**9])
def test_an_expiry_is_within_a_year(deps: Deps, days: int) -> None:
    with pytest.raises(InputError):
        export_with_source_ids(deps, _who("ana"), "r", None, days=days)


def test_whoever_vouches_leaves_no_session_and_misses_lock(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    _hire(deps)
    given: list[str] = []
    real = accounts.sign_in
    monkeypatch.setattr(accounts, "sign_in", lambda *asked: given.append(real(*asked)) or given[-1])
    assert accounts.vouched(deps, "su", PASSWORD, Purpose.INVESTIGATION).roles == {Role.SUPERVISOR}
    with pytest.raises(NotPermitted):
        accounts.actor_of(deps, given[0])
    for _ in range(accounts.FREE_TRIES):
        with pytest.raises(NotPermitted):
            accounts.vouched(deps, "su", "wrong password", Purpose.INVESTIGATION)
    with pytest.raises(NotPermitted, match="locked"):
        accounts.vouched(deps, "su", PASSWORD, Purpose.INVESTIGATION)


def test_the_command_line_asks_the_second_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_WORKSPACE", str(tmp_path / "w"))
    choose_workspace(tmp_path / "w")
    monkeypatch.delenv("MINGCHA_DATABASE", raising=False)
    out = tmp_path / "out.jsonl"
    out.write_text("as it was", encoding="utf-8")
    command = ["export", "assessments", "--out", str(out), "--source-ids", "--reason", "r", "--json"]
    asked = [*command, "--second", "su"]
    assert CliRunner().invoke(app, asked, input=PASSWORD + "\n").exit_code == 1, "nobody has an account yet"
    with open_workspace() as deps:
        _fill(deps)
        _hire(deps)
    for arguments, typed in ((command, ""), (asked, "wrong password\n")):
        refused = CliRunner().invoke(app, arguments, input=typed)
        assert isinstance(refused.exception, NotPermitted)
    assert out.read_text(encoding="utf-8") == "as it was", "what is refused writes nothing"
    done = CliRunner().invoke(app, [*asked, "--days", "30"], input=PASSWORD + "\n")
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    assert json.loads(done.stdout)["expires"]
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "SRC-1"
