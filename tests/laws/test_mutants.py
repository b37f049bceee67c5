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


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: f"law{m.law}-{m.file}-{m.new[:20]!r}")
def test_mutant_turns_its_test_red(mutant: Mutant, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path / "src" / "mingcha" / mutant.file
    source = target.read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1, "the mutant no longer fits the source"
    target.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-o",
        f"pythonpath={tmp_path / 'src'} {ROOT}",
        mutant.test,
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NUMBA_CACHE_DIR": str(tmp_path.parent / "numba"),
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode in (1, 2), done.stdout[-800:]
    assert "FAILED" in done.stdout or "ERROR" in done.stdout
