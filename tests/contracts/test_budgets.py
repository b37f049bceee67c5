"""Small is measured: files and functions stay inside their budgets, and every module says what it is for."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "mingcha"
FILES = sorted(SRC.rglob("*.py"))
MAX_LINES, MAX_DETECTOR_LINES = 500, 80


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_file_within_budget_and_introduced(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    detector = "rules" in path.parts and path.name != "__init__.py"
    assert lines <= (MAX_DETECTOR_LINES if detector else MAX_LINES)
    assert ast.get_docstring(ast.parse(text)), "a module opens with one sentence that says what it is for"


PURE = ("model", "text", "evidence", "standards", "merit", "campaign", "detect", "network", "grade", "clock")
CLOCK_CALLS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"), ("os", "environ")}
ALONE = ("standalone.py", "verify_pack.py")  # programs for outsiders, which read what they check


def _pure_files() -> list[Path]:
    return [p for p in FILES if p.relative_to(SRC).parts[0] in PURE and p.name not in ALONE]


@pytest.mark.parametrize("path", _pure_files(), ids=lambda p: str(p.relative_to(SRC)))
def test_pure_rooms_read_no_clock_file_or_environment(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("open", "input", "print", "exec", "eval"), f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in CLOCK_CALLS, f"line {node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_broad_excepts_and_suppressions_say_why(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if "# noqa" in line or "# type: ignore" in line:
            tail = line.split("# noqa" if "# noqa" in line else "# type: ignore", 1)[1]
            assert "--" in tail or "reason" in tail or tail.count("#"), (
                f"line {number}: a suppression has its reason beside it"
            )
        bare = line.strip().startswith(("except:", "except Exception", "except BaseException"))
        assert not bare or "reason:" in line, f"line {number}: a broad except says why"


def test_commits_happen_in_the_store_alone() -> None:
    for path in FILES:
        if "store" in path.parts:
            continue
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Attribute)]
        assert not [n for n in calls if n.attr == "commit" and not _is_keys(n)], path


def _is_keys(node: ast.Attribute) -> bool:
    """`keys.commit` makes a commitment; it is not a transaction's."""
    return getattr(node.value, "attr", getattr(node.value, "id", "")) == "keys"
