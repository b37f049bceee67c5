"""The README's library example runs as printed, and both READMEs name the same commands."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_library_example_runs() -> None:
    example = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    assert example[1].count("\n") <= 10
    done = subprocess.run([sys.executable, "-c", example[1]], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "wechat ab_cd1234" in done.stdout
    assert "信用卡" in done.stdout
    assert done.stdout.splitlines()[-1] == "1000000", "traditional script reads as the same text"


def test_both_readmes_hold_the_same_example_and_figures() -> None:
    def parts(name: str) -> tuple[str, set[str]]:
        text = (ROOT / name).read_text(encoding="utf-8")
        example = re.search(r"```python\n(.*?)```", text, re.DOTALL)
        assert example
        table = "".join(line for line in text.split("bench/results", 1)[1].splitlines() if line.startswith("|"))
        figures = [one for one in re.findall(r"\d[\d,]*\.?\d*", table) if len(one) > 1]
        return example[1], {figure.rstrip(".,") for figure in figures}

    assert parts("README.md") == parts("README.zh-CN.md")


def test_both_readmes_name_the_same_verbs() -> None:
    def verbs(name: str) -> list[str]:
        return re.findall(r"mingcha --workspace desk (\w+)", (ROOT / name).read_text(encoding="utf-8"))

    assert verbs("README.md") == verbs("README.zh-CN.md")


def test_the_action_of_the_families_shows_an_example_that_runs() -> None:
    import doctest

    from mingcha.actions import campaigns

    assert doctest.testmod(campaigns).failed == 0
    assert doctest.testmod(campaigns).attempted > 0
