"""Objections by command line: listed with their days, shown, linked, answered by an account from outside, erased; at 80 columns."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.actions.test_rings import PHONE, file, held, key, paid, run
from tests.journeys.test_cases import done, told
from tests.journeys.test_desk_door import PASSWORD

from mingcha.actions.accounts import create_account, set_password
from mingcha.actions.casework import open_case, see_case
from mingcha.actions.decide import decide_merit
from mingcha.actions.objection_door import lodge, read_receipt
from mingcha.errors import InputError, NotPermitted
from mingcha.model.actor import Purpose, Role
from mingcha.model.case import Opened, Subject, SubjectKind
from mingcha.model.decision import MeritVerdict
from mingcha.model.objection import Lodged, ObjectionState
from mingcha.testing.house import FixedClock, house, someone

ANN = someone(Role.ANALYST, name="ann", purpose=Purpose.INVESTIGATION)
Verb = Callable[..., Any]


@pytest.fixture
def home(tmp_path: Path) -> tuple[Path, str, str, str]:
    """A house with a ring in a case and two objections: where it is, the case, the ring, a receipt."""
    folder = tmp_path / "w"
    folder.mkdir()
    with house(folder, clock=FixedClock()) as deps:
        file(deps, "abcd")
        paid(deps, "a")
        run(deps)
        for n in "abcd":
            decide_merit(deps, someone(Role.HANDLER), key(deps, n), MeritVerdict.NOT_UPHELD, (), "查过")
        ring = held(deps)[0].id
        subjects = (Subject(SubjectKind.RING, ring),)
        case = open_case(
            deps, ANN, Opened(title="青石所", playbook="ring_level_1", subjects=subjects, reason="同章")
        ).case
        receipt, _ = lodge(deps, Lodged(PHONE, f"我是机主，回电 {PHONE}", reach=PHONE))
        lodge(deps, Lodged("", "\u202e不知道写了什么[bold]"))
        admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
        set_password(deps, create_account(deps, admin, "leo", (Role.LEGAL,), None), PASSWORD)
    return tmp_path, case, ring, receipt


def test_from_the_list_to_an_answer(home: tuple[Path, str, str, str]) -> None:
    at, case, ring, receipt = home
    lines = told(at, "objections", "list")
    assert all(one["days_left"] < 0 for one in lines), "the house's clock stood in March"
    mine = next(one["id"] for one in lines if {"kind": "ring", "id": ring} in one["touched"])
    other = next(one["id"] for one in lines if one["id"] != mine)
    for locale in ("zh-CN", "en"):
        said = (
            done(at, "objections", "list", locale=locale).output
            + done(at, "objections", "show", other, locale=locale).output
        )
        assert max(cell_len(line) for line in said.splitlines() if "--workspace" not in line) <= 80
        assert mine in said
        assert "\u202e" not in said
        assert "[bold]" in said
    assert "2 overdue" in done(at, "objections", "list").output
    assert PHONE not in done(at, "objections", "show", mine).output
    assert PHONE in done(at, "objections", "show", mine, "--reveal", "call back").output
    assert isinstance(done(at, "objections", "link", mine, "person:1", "--reason", "x").exception, InputError)
    missing = done(at, "objections", "answer", mine, "--reason", "x")
    assert "--uphold" in missing.output or missing.exit_code != 0, "an answer says which it is"
    ended = done(
        at,
        "objections",
        "answer",
        mine,
        "--uphold",
        "--falls",
        ring,
        "--reason",
        "sold in January",
        "--as",
        "leo",
        typed=PASSWORD,
    )
    assert ended.exception is None, ended.output
    assert "1 answered" in ended.output
    with house(at / "w", clock=FixedClock()) as deps:
        page = read_receipt(deps, receipt)
        assert page is not None
        assert page.state is ObjectionState.ANSWERED
        assert ring in see_case(deps, ANN, case).facts.fallen
    assert [one["id"] for one in told(at, "objections", "list")] == [other]
    assert told(at, "objections", "erase", mine, "--reason", "asked")["acts"] >= 3
    assert [one["id"] for one in told(at, "objections", "list", "--all")] == [other]


def test_whoever_is_at_the_keyboard_answers_unless_they_are_on_it(
    home: tuple[Path, str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at, *_ = home
    mine = next(one["id"] for one in told(at, "objections", "list") if one["touched"])
    monkeypatch.setattr("getpass.getuser", lambda: "ann")
    refused = done(at, "objections", "answer", mine, "--refuse", "--reason", "x").exception
    assert isinstance(refused, NotPermitted), refused
    monkeypatch.setattr("getpass.getuser", lambda: "zoe")
    answered = json.loads(done(at, "objections", "answer", mine, "--refuse", "--reason", "x", "--json").stdout)
    assert answered["answered"] == [mine]
