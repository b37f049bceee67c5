"""`mingcha care`, `stop-contact` and `dialler`: the welfare lane read in time, contacts stopped, the dialler told."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from mingcha.cli.desk import Json
from mingcha.cli.house import house, local_actor
from mingcha.cli.say import out, print_json, say, tell
from mingcha.cli.table import folding

CRISIS = (
    "先听，不争辩，不提还款；问此刻是否安全、身边有没有人",
    "listen first, do not argue, do not speak of repayment; ask whether they are safe now and whether anyone is with them",
)
URGENT = (
    "有即时危险：报110；心理援助热线12356；通知主管，登记停止联系",
    "in immediate danger: call 110; psychological help line 12356; tell the supervisor, stop collection contacts",
)
LINES = 30
FIELDS = ("number", "since", "why", "record")


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("care", help=say("关怀通道：两小时内有没有人看", "the welfare lane: read within two hours?"))(care)
    app.command("stop-contact", help=say("停止催收联系，登记并封存", "stop collection contacts; sealed"))(stop)
    app.command("dialler", help=say("导出停联名单给外呼系统", "export the numbers not to be dialled"))(dialler)


def care(json_: Json = False) -> None:
    """Open complaints of the welfare lane: when they came in, who first read them, and which wait too long."""
    from mingcha.actions.care import first_reads
    from mingcha.actions.codec import to_plain

    with house() as deps:
        rows = first_reads(deps, local_actor())
    if json_:
        print_json([to_plain(one) for one in rows])
        return
    if not rows:
        out.print(say("关怀通道没有未办结的投诉。", "No open complaint in the welfare lane."))
        return
    late = sum(one.late for one in rows)
    unread = sum(one.read_at is None for one in rows)
    head = say(
        f"{len(rows):,} 件，未读 {unread:,}，超过两小时 {late:,}",
        f"{len(rows):,} open, {unread:,} unread, {late:,} late",
    )
    out.print(head, style="bold red" if late else "bold")
    table = folding(say("投诉", "complaint"), say("进入", "came in"), say("首次阅看", "first read"), "")
    for one in rows[:LINES]:
        read = f"{one.read_at:%m-%d %H:%M} {one.read_by}" if one.read_at else say("未读", "unread")
        table.add_row(one.complaint, f"{one.arrived_at:%m-%d %H:%M}", read, say("超时", "late") if one.late else "")
    out.print(table)
    if len(rows) > LINES:
        out.print(
            say(f"另有 {len(rows) - LINES:,} 件，见 --json", f"{len(rows) - LINES:,} more with --json"), style="dim"
        )
    out.print(say(*CRISIS), style="yellow")
    out.print(say(*URGENT), style="yellow")


def stop(
    complaint: Annotated[str, typer.Argument(metavar="ID")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=say("理由", "the reason"))],
    lift: Annotated[bool, typer.Option("--lift", help=say("本人要求恢复", "the consumer asks to lift it"))] = False,
    json_: Json = False,
) -> None:
    """Record that collection contacts stop for a complaint; `mingcha dialler` hands the list on."""
    from mingcha.actions.care import stop_contact

    with house() as deps:
        stop_contact(deps, local_actor(), complaint, reason, lift=lift)
    said = (
        say(f"{complaint} 可以恢复联系", f"{complaint}: contacts may go on")
        if lift
        else say(
            f"{complaint} 已登记停止联系；下一步：mingcha dialler", f"{complaint}: contacts stop; next: mingcha dialler"
        )
    )
    tell(said, {"complaint": complaint, "stopped": not lift}, json_=json_)


def dialler(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=say("写到哪个 CSV", "the CSV to write"))],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=say("理由", "the reason"))],
    json_: Json = False,
) -> None:
    """Write the numbers nobody may dial to collect, in clear. Who took the list and why is sealed first."""
    from mingcha.actions.care import dialler_list

    with house() as deps:
        lines = dialler_list(deps, local_actor(), reason)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS)
        writer.writerows((one.number, one.since.isoformat(), one.why, one.record) for one in lines)
    tell(
        say(f"{len(lines):,} 个号码已写入 {path}", f"{len(lines):,} numbers written to {path}"),
        {"numbers": len(lines), "path": str(path)},
        json_=json_,
    )
