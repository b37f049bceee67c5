"""`mingcha returns`: the tables of a month or a quarter by the codes of JR/T 0169."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from mingcha.cli.desk import Json
from mingcha.cli.house import house, local_actor
from mingcha.cli.say import locale, out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.returns import BY_WORDS, COLUMN_WORDS, By, ReturnLine, Returns

LINES = 12
SHOWN = ("received", "before", "answered", "late", "open", "upheld", "refused", "median_days")  # the file holds all


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("returns", help=say("投诉统计月报、季报（JR/T 0169代码）", "monthly and quarterly tables"))(returns)


def returns(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help=say("如 2026-10、2026Q3", "such as 2026-10, 2026Q3"))],
    to: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=say("写入 .xlsx", "write an .xlsx"))] = None,
    json_: Json = False,
) -> None:
    """What came in by channel, business, cause and region, and what became of it. Asking is sealed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.returns import returns_of
    from mingcha.wiring import returns_file

    with house() as deps:
        made = returns_of(deps, local_actor(), period)
    if to is not None:
        to.write_bytes(returns_file(made, locale()))
    if json_:
        print_json(to_plain(made))
        return
    head = say(
        f"{made.period.name}（{made.period.first} 至 {made.period.last}），截至 {made.on}：受理 {made.total.received:,} 件",
        f"{made.period.name} ({made.period.first} to {made.period.last}), as of {made.on}: {made.total.received:,} received",
    )
    out.print(head, style="bold")
    if made.total.received:
        for by, lines in made.tables:
            out.print(_table(made, by, lines))
    if to is not None:
        out.print(say("已写入 ", "written: ") + str(to), markup=False)


def _table(made: Returns, by: By, lines: tuple[ReturnLine, ...]) -> Table:
    table = folding("", *(words(COLUMN_WORDS[name]) for name in SHOWN), title=words(BY_WORDS[by]))
    for line in lines[:LINES]:
        name = escape(line.code) or f"[yellow]{say('（未编码）', '(no code)')}[/yellow]"
        table.add_row(name, *_figures(line))
    if len(lines) > LINES:
        more = len(lines) - LINES
        table.add_row(say(f"另有 {more:,} 项", f"{more:,} more"), style="dim")
    uncoded = dict(made.uncoded)[by]
    if uncoded:
        table.caption = say(
            f"{uncoded:,} 件台账未给代码，以本系统的名称代列",
            f"{uncoded:,} without a code in the ledger, under our own words",
        )
    table.add_row(say("合计", "total"), *_figures(made.total), style="bold")
    return table


def _figures(line: ReturnLine) -> list[str]:
    told = (getattr(line, name) for name in SHOWN)
    return ["—" if figure is None else f"{figure:,}" for figure in told]
