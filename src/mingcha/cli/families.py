"""`mingcha families`: the list, and a person's word on which letters belong together."""

from typing import Annotated

import typer
from rich.table import Table

from mingcha.cli.house import house, local_actor
from mingcha.cli.say import out, print_json, say, tell
from mingcha.model.actor import Purpose

SHOWN = 30
Reason = Annotated[
    str,
    typer.Option(
        "--reason", metavar="TEXT", help=say("理由（长期留存，勿写姓名号码）", "the reason (no names, numbers)")
    ),
]
Family = Annotated[str, typer.Argument(metavar="FAMILY", help=say("家族编号", "the family's id"))]
Json = Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))]
families = typer.Typer(no_args_is_help=True, help=say("家族清单；合并、拆分、撤销", "families: list, join, part, undo"))


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.add_typer(families, name="families")


@families.command("list", help=say("全部家族与仍然有效的判断", "all families, judgements that stand"))
def list_(json_: Json = False) -> None:
    """List families by size."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.families import listed

    with house() as deps:
        rows, said = listed(deps, local_actor(Purpose.INVESTIGATION))
    if json_:
        print_json({"families": [to_plain(row) for row in rows], "judgements": [to_plain(one) for one in said]})
        return
    if not rows:
        out.print(say("还没有家族：先运行 mingcha assess", "no families yet: run mingcha assess first"))
        return
    table = Table(box=None, pad_edge=False)
    for title in (say("家族", "family"), say("件数", "letters"), say("至少共有", "in common")):
        table.add_column(title, justify="left" if len(table.columns) == 0 else "right", no_wrap=True)
    for row in rows[:SHOWN]:
        least = f"{row.least / 10_000:.1f} %" if row.least else say("人工", "by people")
        table.add_row(row.id, f"{row.members:,}", least)
    out.print(table)
    if len(rows) > SHOWN:
        more = len(rows) - SHOWN
        out.print(say(f"另有 {more:,} 个，--json 列出全部", f"{more:,} more; --json lists all"), style="dim")
    for one in said:
        kind = say("合并", "joined") if one.kind.value == "together" else say("拆分", "parted")
        out.print(f"{one.id}  {kind}  {one.by}  {one.at:%Y-%m-%d %H:%M}", highlight=False)


@families.command(help=say("两个家族其实是一个", "two families are one"))
def join(into: Family, other: Family, reason: Reason, json_: Json = False) -> None:
    """Join OTHER into FAMILY, which keeps its id."""
    from mingcha.actions.families import join as act

    with house() as deps:
        done = act(deps, local_actor(Purpose.INVESTIGATION), into, other, reason)
    said = say(f"已合并到 {into}；判断编号 {done.id}", f"joined into {into}; judgement {done.id}")
    tell(said, {"family": into, "judgement": done.id}, json_=json_)


@families.command(help=say("把几件投诉移出家族", "take complaints out of a family"))
def part(
    family: Family,
    complaints: Annotated[list[str], typer.Argument(metavar="ID...", help=say("投诉编号", "ids of complaints"))],
    reason: Reason,
    json_: Json = False,
) -> None:
    """Part complaints from FAMILY; they stay together among themselves."""
    from mingcha.actions.families import part as act

    with house() as deps:
        done = act(deps, local_actor(Purpose.INVESTIGATION), family, complaints, reason)
    said = say(f"已移出 {len(complaints)} 件；判断编号 {done.id}", f"{len(complaints)} parted; judgement {done.id}")
    tell(said, {"family": family, "judgement": done.id}, json_=json_)


@families.command(help=say("撤销一次合并或拆分", "take a join or part back"))
def undo(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help=say("判断编号", "the judgement's id"))],
    reason: Reason,
    json_: Json = False,
) -> None:
    """Undo JUDGEMENT: members still where it put them return to where they were."""
    from mingcha.actions.families import undo as act

    with house() as deps:
        done = act(deps, local_actor(Purpose.INVESTIGATION), judgement, reason)
    said = say(
        f"已恢复 {done.restored} 件；{done.moved_on} 件此后已被移动，待下次核查",
        f"{done.restored} restored; {done.moved_on} had moved on, the next assess places them",
    )
    tell(said, {"restored": done.restored, "moved_on": done.moved_on}, json_=json_)
