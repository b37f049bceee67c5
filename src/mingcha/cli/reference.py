"""Write docs/reference.md from the code: kinds and columns, codes, checks and detectors with what they need, exit codes.

`make docs` renews it; a test fails when it is stale.
"""

from collections.abc import Iterator
from pathlib import Path

from mingcha.actions.export import HIDDEN, WITHHELD
from mingcha.cli.say import Exit
from mingcha.detect.catalogue import CATALOGUE
from mingcha.merit.catalogue import CHECKS
from mingcha.model.actor import Role
from mingcha.model.assessment import LABEL_WORDS
from mingcha.model.inspection import FLAWS
from mingcha.model.kinds import KINDS
from mingcha.model.merit import Grievance, MeritState
from mingcha.model.text import ContactKind

TARGET = Path(__file__).resolve().parents[3] / "docs" / "reference.md"


def page() -> str:
    """The whole page."""
    return "\n".join([*_head(), *_kinds(), *_needs(), *_codes(), *_exits()]) + "\n"


def _head() -> Iterator[str]:
    yield "# Reference 参考"
    yield ""
    yield "Generated from the code by `make docs`. Names and codes on this page are stable."
    yield ""


def _kinds() -> Iterator[str]:
    yield "## Kinds of records 记录类型"
    yield ""
    yield "An import without `--map` takes these column names, or their Chinese labels. Times carry their zone "
    yield "(`2026-03-05 21:14:00+08:00`), money is in yuan, rates are `24%` or `0.24`, lists are separated by `;`."
    for kind in KINDS:
        yield ""
        yield f"### `{kind.code}` {kind.label.zh} · {kind.label.en}"
        yield ""
        yield "| column | 中文 | what | type | required | personal |"
        yield "|---|---|---|---|---|---|"
        for one in kind.columns:
            type_ = one.type.value + (f": {', '.join(one.choices)}" if one.choices else "")
            type_ += f" → `{one.target}`" if one.target else ""
            personal = one.personal.value if one.personal else ""
            yield f"| `{one.name}` | {one.label.zh} | {one.label.en} | {type_} | {'yes' if one.required else ''} | {personal} |"
    yield ""


def _needs() -> Iterator[str]:
    codes = sorted({code for d in CATALOGUE for code in d.needs} | {code for c in CHECKS for code in c.needs})
    yield "## What each check and detector needs 各项核查所需记录"
    yield ""
    yield "What is missing makes a check *unchecked*; it never counts against anyone."
    yield ""
    yield "| check or detector | 中文 | side | clause | " + " | ".join(codes) + " |"
    yield "|---|---|---|---|" + "---|" * len(codes)
    for check in CHECKS:
        marks = " | ".join("●" if code in check.needs else "" for code in codes)
        yield f"| `{check.code}` | {check.label.zh} | merit | | {marks} |"
    for one in CATALOGUE:
        marks = " | ".join("●" if code in one.needs else "" for code in codes)
        yield f"| `{one.code}` | {one.label.zh} | {one.side.value} | {one.clause} | {marks} |"
    yield ""


def _codes() -> Iterator[str]:
    yield "## Codes 代码"
    yield ""
    yield "- contact kinds: " + ", ".join(f"`{kind.value}`" for kind in ContactKind)
    yield "- flaws of an inspection: " + ", ".join(f"`{code}` {both.zh}" for code, both in FLAWS.items())
    yield "- grievances: " + ", ".join(f"`{one.value}`" for one in Grievance)
    yield "- merit states: " + ", ".join(f"`{one.value}`" for one in MeritState)
    yield "- suggestions: " + ", ".join(f"`{label.value}` {both.zh}" for label, both in LABEL_WORDS.items())
    yield "- roles: " + ", ".join(f"`{role.value}`" for role in Role)
    yield ""
    yield "`mingcha export assessments` writes a line a complaint: `id, suggestion, merit [{claim, state}], agency, campaign,"
    yield "organisation, findings [{detector, clause, side: for|against, family, weight, why {zh, en}, cites}], due`."
    yield f"While merit is open, whoever may decide it gets null for {', '.join(f'`{name}`' for name in HIDDEN)}"
    yield f'and `"withheld": "{WITHHELD}"`; the command line exports as an analyst, who decides no merit.'
    yield "`mingcha contacts` writes `id, contacts [{kind, value, start, end}]`, spans in code points of the original."
    yield ""


def _exits() -> Iterator[str]:
    yield "## Exit codes 退出码"
    yield ""
    for code in Exit:
        yield f"- `{code.value}` {code.name.lower().replace('_', ' ')}"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
