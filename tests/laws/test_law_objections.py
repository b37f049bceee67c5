"""Objections and the laws: the door is no look-up, what is named waits wherever it would leave, and nothing weighs against who objects."""

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from tests.actions.test_objections import HANDLE, PHONE, clock, deps, ring_of
from tests.actions.test_rings import file, paid, run

import mingcha
from mingcha.actions import objection_door, objection_match, objections
from mingcha.actions.deps import Deps
from mingcha.actions.objection_door import lodge, match_job, read_receipt
from mingcha.actions.objections import Answering
from mingcha.model import objection as values
from mingcha.model.actor import Purpose, Role
from mingcha.model.objection import Became, Lodged, ObjectionPage
from mingcha.testing.house import house, someone

__all__ = ["clock", "deps"]  # fixtures: a ring of four customers, and an ad

SRC = Path(mingcha.__file__).parent
CAT = someone(Role.CONSUMER_PROTECTION, name="cat", purpose=Purpose.INVESTIGATION)
ROOMS = (
    "mingcha.actions.objection_",
    "mingcha.actions.objections",
    "mingcha.casework.objecting",
    "mingcha.model.objection",
)
LEAVES = {  # whatever lets something leave the house, and what it asks first
    "casework.py": {
        "agree_to_referral": "match_waiting",
        "open_case": "match_waiting",
        "say_urgent": "match_waiting",
        "refer": "match_waiting",
    },
    "referral_pack.py": {"build_pack": "match_waiting"},
    "ad_reports.py": {"draft_report": "match_waiting", "approve_report": "match_waiting", "ready": "contested_ads"},
    "ad_mail.py": {"_keep": "match_waiting"},
}
MAY_KNOW = {  # who may know of objections: their own rooms, what leaves, the inspection, the doors
    "actions/objection_book.py", "actions/objection_match.py", "actions/objection_ends.py", "actions/objection_door.py",
    "actions/objections.py", "actions/retention_facts.py", "actions/casework.py", "actions/referral_pack.py", "actions/ad_reports.py", "actions/ad_mail.py",
    "actions/ad_objections.py", "actions/inspection/objections.py", "actions/inspection/inspect.py", "casework/objecting.py",
    "casework/course.py", "adapters/render/objection.py", "api/named/door.py", "api/desk/objections.py", "api/app.py",
    "cli/objections.py", "cli/app.py", "wiring.py", "worker/works.py",
}  # fmt: skip


def _calls(path: Path, function: str) -> set[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return {
                one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
            }
    raise AssertionError(f"{path.name} has no {function}")


def test_whatever_leaves_asks_for_objections_first() -> None:
    for name, told in LEAVES.items():
        for function, asks in told.items():
            assert asks in _calls(SRC / "actions" / name, function), function


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def test_nothing_that_weighs_queues_or_helps_knows_of_objections() -> None:
    """Whoever objects is the same to every other room: no detector, tie, clock, queue or card can read that they did."""
    knows = {
        str(path.relative_to(SRC)) for path in SRC.rglob("*.py") for name in _imports(path) if name.startswith(ROOMS)
    }
    assert {one for one in knows if not one.startswith("model/")} <= MAY_KNOW
    assert len(knows) > 15, "the walk finds what it looks for"


def test_no_value_of_it_can_hold_a_score_a_level_or_an_address() -> None:
    seen = [one for one in vars(values).values() if isinstance(one, type) and is_dataclass(one)]
    assert len(seen) > 10
    for one in (*seen, objections.ObjectionLine, objections.ObjectionView):
        assert not {field.name for field in fields(one)} & {
            "score",
            "level",
            "label",
            "points",
            "ip",
            "address",
            "device",
        }, one


def test_what_the_door_shows_can_name_nobody() -> None:
    """Only how far it is, a day, the answer, what was typed there and then: no act, person, ring or case fits in it."""
    hints = {hint for page in (ObjectionPage, Became) for hint in map(str, get_type_hints(page).values())}
    assert not [hint for hint in hints if "Touched" in hint or "ObjectionFacts" in hint or "Actor" in hint]
    assert set(objection_door.__dict__) >= {"lodge", "read_receipt"}


def test_nothing_is_looked_for_before_the_door_answered(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*_: Any) -> Any:
        raise AssertionError("it looked")

    for module in (objection_door, objection_match):
        monkeypatch.setattr(module, "match_waiting", looked)
    monkeypatch.setattr(objection_match, "named_by", looked)
    receipt, _ = lodge(deps, Lodged(PHONE, "x"))
    assert read_receipt(deps, receipt) is not None


def test_the_same_is_read_and_written_whatever_is_named(tmp_path: Path) -> None:
    """No statement more or less: a clock on the wire learns nothing."""
    with house(tmp_path) as opened:
        file(opened, "abcd")
        paid(opened, "a")
        run(opened)
        told = [_statements(opened, named) for named in (PHONE, ring_of(opened), "a", "13700137000", "没有")]
    assert len(told[0]) > 3
    assert all(one == told[0] for one in told)


def _statements(deps: Deps, named: str) -> list[str]:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    said: list[str] = []

    def note(*arguments: Any) -> None:
        said.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        lodge(deps, Lodged(named, "同一句话"))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return said


def test_no_clock_queue_merit_or_suggestion_moves(deps: Deps) -> None:
    """Law 1, and nothing against who objects: the desk before and after an objection and its answer is one and the same."""

    def desk() -> object:
        with deps.store.read() as work:
            rows = list(work.desk.all_rows())
            return rows, [(one.digest, one.label) for one in work.desk.newest_assessments()]

    before = desk()
    for named in (PHONE, HANDLE, "a"):
        lodge(deps, Lodged(named, f"我是 {named} 的机主"))
    match_job(deps, b"")
    assert desk() == before
    for line in objections.objections(deps, CAT):
        objections.answer_objections(deps, CAT, line.id, Answering(upheld=False, reason="不成立"))
    assert desk() == before
