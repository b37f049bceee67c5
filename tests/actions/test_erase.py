"""Erasing a customer: by the imported id, for a sealed reason, and nothing they wrote is left with anybody else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mingcha.actions.assess import assess
from mingcha.actions.assessments import Inputs, open_assessment
from mingcha.actions.codec import to_plain
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.reasons import proved, reason_of
from mingcha.actions.verify import verify
from mingcha.cli.app import app
from mingcha.cli.house import _chosen as chosen_before
from mingcha.cli.house import house as open_workspace
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.account import Offer, Reply
from mingcha.model.actor import Role
from mingcha.model.assessment import Assessment
from mingcha.model.complaint import Complaint
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, house, put, someone

PROTECTION = someone(Role.CONSUMER_PROTECTION, name="cp")
NAMES = ("王小明", "李建国", "赵一二")


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as opened:
        _fill(opened)
        yield opened


def _fill(deps: Deps) -> None:
    """Three customers of one agent's number; each letter asks for money in words of its own."""
    put(deps, "offers", Offer(id="o", customer_id="somebody", offered_at=NOON))
    put(deps, "customers", *(Customer(id=f"c{n}", name=name, verified=True) for n, name in enumerate(NAMES)))
    put(
        deps,
        "complaints",
        *(
            Complaint(
                id=str(n), received_at=NOON, customer_id=f"c{n}", filer_phone="13812345678", filer_role="other", licence="bank",
                text=f"第{n}封。给{name}打款{n}千元就撤诉，否则继续投诉。",
            )
            for n, name in enumerate(NAMES)
        ),
    )  # fmt: skip
    assess(deps, someone())


def _stored(deps: Deps) -> list[tuple[Inputs, Assessment]]:
    """Every assessment that still opens, with what it was made from."""
    with deps.store.read() as work:
        ids = [one.id for one in work.records.scan("complaints")]
        return [open_assessment(deps, one) for one in work.desk.assessments(ids).values() if one.wrapped]


def test_what_an_erased_person_wrote_is_left_in_nobody_s_assessment(deps: Deps) -> None:
    for inputs, _ in _stored(deps):
        group = inputs.dossier.group
        assert group is not None
        assert len(group.conduct) == 3, "the group rests on what each of the letters says"
    done = erase_customer(deps, PROTECTION, "test", "c0", "应本人要求")
    assert (done.records, done.versions) == (2, 2)
    left = [json.dumps([to_plain(part) for part in pair], ensure_ascii=False) for pair in _stored(deps)]
    assert len(left) == 2
    assert not [kept for kept in left if NAMES[0] in kept or "0千元" in kept]


def test_the_reason_is_kept_proved_and_outlives_what_it_erased(deps: Deps) -> None:
    erase_customer(deps, PROTECTION, "test", "c0", "应本人要求")
    with deps.store.read() as work:
        act = [parse(link.payload) for link in work.chains.read("custody")][-1]
        kept = work.reasons.get([str(act["reason"])])[str(act["reason"])]
    assert (act["act"], act["by"], act["versions"]) == ("erase", "cp", 2)
    assert reason_of(deps.keys, kept) == "应本人要求"
    assert proved(deps.keys, kept, str(act["reason_commitment"]))
    assert not [one for one in verify(deps, someone()) if one.broken_at]


def test_what_names_only_a_complaint_of_theirs_goes_too(deps: Deps) -> None:
    put(deps, "replies", *(Reply(id=f"r{n}", complaint_id=str(n), text=f"{name}您好") for n, name in enumerate(NAMES)))
    put(deps, "replies", Reply(id="r3", complaint_id="0", customer_id="c1", text="another customer's, so it stays"))
    assert erase_customer(deps, PROTECTION, "test", "c0", "r").records == 3
    with deps.store.read() as work:
        assert [bool(one.wrapped) for one in work.records.scan("replies")] == [False, True, True, True]


def test_again_is_no_error_and_erases_what_came_since(deps: Deps) -> None:
    erase_customer(deps, PROTECTION, "test", "c0", "r")
    assert erase_customer(deps, PROTECTION, "test", "c0", "r").versions == 0
    put(deps, "complaints", Complaint(id="late", received_at=NOON, customer_id="c0", text="又来了一封"))
    assert erase_customer(deps, PROTECTION, "test", "c0", "r").versions == 1


@pytest.mark.parametrize(("system", "customer"), [("test", "nobody"), ("other", "c0")])
def test_an_unknown_customer_is_named_as_it_was_asked_for(deps: Deps, system: str, customer: str) -> None:
    with pytest.raises(NotFound, match=customer) as missing:
        erase_customer(deps, PROTECTION, system, customer, "r")
    assert "客户" in missing.value.say("zh")


def test_not_without_a_reason_and_not_by_anybody(deps: Deps) -> None:
    with pytest.raises(OutOfOrder):
        erase_customer(deps, PROTECTION, "test", "c0", "  ")
    for role in set(Role) - {Role.CONSUMER_PROTECTION}:
        with pytest.raises(NotPermitted):
            erase_customer(deps, someone(role), "test", "c0", "r")
    assert len(_stored(deps)) == 3


def test_the_command_line_asks_before_it_erases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGCHA_WORKSPACE", str(tmp_path / "w"))
    monkeypatch.setitem(chosen_before, "workspace", None)  # whatever an earlier call of the command line left
    monkeypatch.delenv("MINGCHA_DATABASE", raising=False)
    with open_workspace() as opened:
        _fill(opened)
    command = ["erase", "c0", "--system", "test", "--reason", "应本人要求"]
    for typed in ("n\n", ""):
        assert CliRunner().invoke(app, command, input=typed).exit_code == 1
    with open_workspace() as opened:
        assert len(_stored(opened)) == 3
    done = CliRunner().invoke(app, [*command, "--yes", "--json"])
    assert json.loads(done.stdout) == {"customer": "c0", "system": "test", "records": 2, "versions": 2, "cases": []}
    assert CliRunner().invoke(app, command, input="y\n").exit_code == 0
    missing = CliRunner().invoke(app, ["erase", "nobody", "--reason", "r", "--yes"])
    assert isinstance(missing.exception, NotFound)
