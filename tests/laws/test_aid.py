"""Help has no conditions: no aid code can read what became of a complaint, and no value of it could hold that."""

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import mingcha
from mingcha.actions import aid, aid_known, aid_link, aid_list, aid_papers, aid_warnings
from mingcha.actions.permit import DECIDES_MERIT, GRANTS
from mingcha.aid import cards, channels, course, finding, papers, warnings
from mingcha.model import aid as values
from mingcha.model import aid_followup
from mingcha.model.actor import Purpose, Role
from mingcha.model.assessment import Assessment
from mingcha.model.decision import Decision
from mingcha.model.merit import MeritResult
from mingcha.model.ring import Ring, RingStatus

SRC = Path(mingcha.__file__).parent
DOORS = (
    SRC / "actions" / "aid.py", *sorted((SRC / "actions").glob("aid_*.py")), *sorted((SRC / "aid").glob("*.py")), *sorted((SRC / "model").glob("aid*.py")),
    SRC / "standards" / "aid.py", SRC / "adapters" / "render" / "help.py", *sorted((SRC / "api" / "victim").glob("*.py")),
)  # fmt: skip
FORBIDDEN = (
    "mingcha.actions.decide", "mingcha.actions.look", "mingcha.actions.assess", "mingcha.actions.assessments", "mingcha.actions.answers",
    "mingcha.model.decision", "mingcha.model.assessment", "mingcha.model.merit", "mingcha.merit", "mingcha.grade", "mingcha.detect",
)  # fmt: skip
READS = ("decisions", "assessments", "desk", "merit", "verdict", "conclusion")  # attributes


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def _broken(source: str) -> list[str]:
    tree = ast.parse(source)
    wrong = [name for name in _imported(tree) if name.startswith(FORBIDDEN)]
    return wrong + [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in READS]


def test_no_aid_code_reads_what_became_of_a_complaint() -> None:
    assert len(DOORS) > 15
    for path in DOORS:
        assert _broken(path.read_text(encoding="utf-8")) == [], path.name


def test_the_walk_finds_what_it_looks_for() -> None:
    for source in (
        "from mingcha.actions.decide import standing",
        "from mingcha.model import decision",
        "import mingcha.merit.run",
        "def f(work): return work.desk.decisions('C-1')",
    ):
        assert _broken(source)


def _reachable(type_: Any, seen: set[Any]) -> None:
    if type_ in seen:
        return
    seen.add(type_)
    for part in get_args(type_):
        _reachable(part, seen)
    if is_dataclass(type_):
        for hint in get_type_hints(type_).values():
            _reachable(hint, seen)


def test_no_value_of_aid_can_hold_an_outcome_a_ring_or_a_level() -> None:
    rooms = (
        values,
        aid,
        aid_known,
        aid_link,
        aid_list,
        aid_papers,
        aid_warnings,
        aid_followup,
        cards,
        channels,
        course,
        finding,
        papers,
        warnings,
    )
    held: set[Any] = set()
    found = 0
    for room in rooms:
        for one in vars(room).values():
            if isinstance(one, type) and is_dataclass(one) and one.__module__ == room.__name__:
                found += 1
                _reachable(one, held)
                names = {field.name for field in fields(one)}
                assert not names & {"verdict", "merit", "decision", "level", "status", "score", "points", "label"}, one
    assert found > 30
    assert not held & {Decision, Assessment, MeritResult, Ring, RingStatus}


def test_aid_is_for_one_role_and_one_purpose() -> None:
    told = {(role, purpose) for verb, role, purpose in GRANTS if verb in ("see_aid", "give_aid")}
    assert told == {(Role.VICTIM_SUPPORT, Purpose.AID)}
    assert Role.VICTIM_SUPPORT not in DECIDES_MERIT
