"""Law 2: nothing a merit check is given could hold a finding, a campaign or a ring, and merit imports none of them."""

import ast
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from mingcha import merit
from mingcha.model import assessment, campaign, finding, tie
from mingcha.model.merit import MeritFile

FORBIDDEN = {
    value
    for module in (finding, campaign, tie, assessment)
    for value in vars(module).values()
    if isinstance(value, type) and value.__module__ == module.__name__
}
NAMES = ("finding", "campaign", "ring", "group", "tie", "agency_points", "suspicion", "label", "score", "template")
LEAVES = (str, int, bool, type(None))


def walk(type_: Any, path: str, seen: dict[Any, str]) -> None:
    """Note every type reachable from one, with the path that leads to it."""
    if get_origin(type_) in (Union, UnionType, tuple, frozenset, list):
        for part in get_args(type_):
            if part is not Ellipsis:
                walk(part, path, seen)
        return
    if type_ in seen:
        return
    seen[type_] = path
    if is_dataclass(type_):
        hints = get_type_hints(type_, localns={"array": list})  # array takes no parameter at run time
        for field in fields(type_):
            walk(hints[field.name], f"{path}.{field.name}", seen)


def reachable() -> dict[Any, str]:
    seen: dict[Any, str] = {}
    walk(MeritFile, "MeritFile", seen)
    return seen


def test_no_type_behind_a_merit_file_could_hold_a_finding() -> None:
    seen = reachable()
    assert not {type_: path for type_, path in seen.items() if type_ in FORBIDDEN}
    assert len(seen) > 10


def test_every_leaf_is_plain() -> None:
    """No `Any`, no object, no mapping: nothing could be smuggled in under a loose type."""
    for type_, path in reachable().items():
        plain = type_ in LEAVES or is_dataclass(type_) or (isinstance(type_, type) and issubclass(type_, Enum))
        assert plain or type_.__module__ == "datetime", f"{path}: {type_}"


def test_no_field_is_called_after_suspicion() -> None:
    for type_, path in reachable().items():
        if is_dataclass(type_):
            assert not [
                f.name for f in fields(type_) if any(f.name == name or f"{name}s" == f.name for name in NAMES)
            ], path


def test_merit_imports_no_room_of_the_other_answers() -> None:
    root = Path(merit.__file__).parent
    allowed = (
        "mingcha.model.",
        "mingcha.standards.",
        "mingcha.merit.",
        "mingcha.text.",
        "mingcha.errors",
        "mingcha.evidence.",
    )
    banned = (
        "mingcha.model.finding",
        "mingcha.model.campaign",
        "mingcha.model.tie",
        "mingcha.model.assessment",
        "mingcha.model.dossier",
    )
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mingcha"):
                assert (node.module or "").startswith(allowed), path
                assert not (node.module or "").startswith(banned), path
