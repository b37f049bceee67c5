"""Every mutant turns its named test red (and the test is green without it, as the suite shows)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.laws.mutants import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[2]


def test_at_least_two_a_law() -> None:
    for law in range(1, 11):
        assert sum(mutant.law == law for mutant in MUTANTS) >= 2, f"law {law}"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the source for all mutants, so that its kernels are compiled once."""
    target = tmp_path_factory.mktemp("mutants") / "src"
    shutil.copytree(ROOT / "src", target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: f"law{m.law}-{m.file}-{m.new[:20]!r}")
def test_mutant_turns_its_test_red(mutant: Mutant, tree: Path) -> None:
    target, original = (base / "mingcha" / mutant.file for base in (tree, ROOT / "src"))
    source = original.read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1, "the mutant no longer fits the source"
    target.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        _turns_red(mutant.test, tree)
    finally:
        shutil.copy2(original, target)


def _turns_red(test: str, tree: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-o",
        f"pythonpath={tree} {ROOT}",
        test,
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NUMBA_CACHE_DIR": str(tree.parent / "numba"),
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode in (1, 2), done.stdout[-800:]
    assert "FAILED" in done.stdout or "ERROR" in done.stdout
