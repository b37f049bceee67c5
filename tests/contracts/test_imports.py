"""Importing the package loads no framework, and the command line answers its version at once."""

import subprocess
import sys

HEAVY = (
    "numpy",
    "numba",
    "sqlalchemy",
    "fastapi",
    "pydantic",
    "rich",
    "typer",
    "opencc",
    "pypinyin",
    "openpyxl",
    "jinja2",
    "cryptography",
)


def test_importing_mingcha_loads_no_framework() -> None:
    code = "import sys, mingcha; print(','.join(sorted(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split(",")
    assert not [name for name in HEAVY if name in loaded]


def test_version_loads_no_framework() -> None:
    code = "import sys; sys.argv=['mingcha','--version']; import mingcha.cli.main as m; m.run(); print(','.join(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert answer.startswith("mingcha ")
    assert not [name for name in HEAVY if name in answer.splitlines()[1].split(",")]
