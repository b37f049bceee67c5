"""`mingcha moves`: every paper that was to move a clock in a period, with what came of it, counted by person."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from mingcha.cli.desk import Json, period
from mingcha.cli.house import house, local_actor
from mingcha.cli.say import out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.actor import Purpose
from mingcha.model.clock import PAPER_WORDS
from mingcha.model.moves import MoveCount, Moves
from mingcha.standards.calendar import local_day

DAYS, LINES = 30, 20


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("moves", help=say("期限变动：谁凭何文书改了哪些期限", "which papers moved which clocks, and by whom"))(
        show
    )


def show(
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=say("起始日，默认30日前", "first day; 30 days ago"))
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help=say("截止日，默认今天", "last day; today"))
    ] = None,
    json_: Json = False,
) -> None:
    """Restarts, extensions, exclusions, merges, withdrawals and answers with their papers. Asking is sealed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.moves import clock_moves

    with house() as deps:
        days = period(first, last, local_day(deps.now()), DAYS)
        found = clock_moves(deps, local_actor(Purpose.INVESTIGATION), *days)
    if json_:
        print_json(to_plain(found))
        return
    if not found.papers:
        out.print(
            say(f"{found.first} 至 {found.last} 没有期限文书。", f"No papers from {found.first} to {found.last}.")
        )
        return
    out.print(
        _counts(
            found.counts, say("登记人", "by"), say(f"{found.first} 至 {found.last}", f"{found.first} to {found.last}")
        )
    )
    if any(one.by for one in found.units):
        out.print(_counts(found.units, say("网点部门", "unit"), None))
    out.print(_papers(found))
    more = len(found.papers) - LINES
    if more > 0:
        out.print(say(f"另有 {more:,} 项，全部见 --json", f"{more:,} more; all of them with --json"), style="dim")


def _counts(counts: tuple[MoveCount, ...], whose: str, title: str | None) -> Table:
    table = Table(title=title, box=None, pad_edge=False)
    for heading in (say("文书", "paper"), whose):
        table.add_column(heading, overflow="fold")
    for heading in (say("件数", "papers"), say("生效", "took effect"), say("被关联", "on linked")):
        table.add_column(heading, justify="right")
    for one in counts:
        open_ = say(f"（{one.withheld} 未公开）", f" ({one.withheld} withheld)") if one.withheld else ""
        table.add_row(
            words(PAPER_WORDS[one.kind]),
            escape(one.by) or "—",
            f"{one.papers:,}",
            f"{one.took_effect:,}",
            f"{one.suggested:,}{open_}",
        )
    return table


def _papers(found: Moves) -> Table:
    table = folding(
        say("日期", "day"), say("投诉", "complaint"), say("期限", "clock"), say("文书与结果", "paper and effect")
    )
    for one in found.papers[:LINES]:
        sign = "✓" if one.took_effect else "✗"
        moved = f"{one.due_before} → {one.due_after}" if one.due_before != one.due_after else str(one.due_after)
        document = one.event.document or say("无文书", "no document")
        said = f"{sign} {words(PAPER_WORDS[one.event.kind])} · {document} · {moved}\n{words(one.why)}"
        table.add_row(str(local_day(one.event.at)), one.complaint, words(one.title), escape(said))
    return table
