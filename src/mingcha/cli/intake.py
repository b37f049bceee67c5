"""`mingcha import`: a file goes in; good rows are kept, bad ones come back in a file that can be mended and imported."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import Exit, err, out, print_json, say, words
from mingcha.model.intake import Reject, Row
from mingcha.model.kinds import BY_CODE


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("import", help=say("导入一个文件", "import a file"))(import_)


def import_(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=say("记录类型：", "kind of records: ") + ", ".join(BY_CODE))
    ],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=say("CSV、XLSX 或 JSON Lines，可为 .gz", "CSV, XLSX or JSON Lines, also .gz")
        ),
    ],
    map_: Annotated[Path | None, typer.Option("--map", help=say("映射文件（TOML）", "mapping file (TOML)"))] = None,
    source: Annotated[str, typer.Option(help=say("来源系统名称", "name of the source system"))] = "default",
    check: Annotated[
        bool, typer.Option("--check", help=say("只试读前几行，不写入", "show the first rows, write nothing"))
    ] = False,
    rejects: Annotated[Path | None, typer.Option(help=say("退回行写到哪里", "where rejected rows go"))] = None,
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Import one file."""
    from mingcha.actions.take_in import SourceFile, take_in
    from mingcha.cli.progress import counting
    from mingcha.wiring import intake_door

    door = intake_door(kind, file, map_, source)
    if check:
        _show_check(door.check(), json_=json_)
        return
    target = rejects or file.with_name(file.name + ".rejects.csv")
    with house() as deps, counting(say(f"导入 {file.name}", f"importing {file.name}"), show=not json_) as tick:
        bad = door.reject_file(target)
        origin = SourceFile(kind=door.kind, name=file.name, digest=door.digest, system=door.system)
        with bad:
            result = take_in(deps, local_actor(), origin, door.rows(), reject=bad.add, progress=tick)
    summary = {
        "kind": kind,
        "rows": result.rows,
        "taken": result.taken,
        "refiled": result.refiled,
        "amended": result.amended,
        "unchanged": result.unchanged,
        "rejected": result.rejected,
        "needs_repair": result.repair,
        "waiting": result.waiting,
        "rings_waiting": result.rings_waiting,
        "rejects_file": str(target) if result.rejected or result.repair else None,
    }
    if json_:
        print_json(summary)
    else:
        _show(summary)
    if result.rejected or result.repair:
        raise typer.Exit(int(Exit.REJECTS))


def _show(summary: dict[str, object]) -> None:
    labels = {
        "rows": say("读到的行", "rows read"),
        "taken": say("新收", "taken in"),
        "refiled": say("同号不同文，另立一件", "same id, other text: new filing"),
        "amended": say("更新", "amended"),
        "unchanged": say("无变化", "unchanged"),
        "needs_repair": say("待补正（已上钟）", "needs repair (clock runs)"),
        "rejected": say("退回", "rejected"),
        "waiting": say("待下次核查归入家族", "find their family in the next assess"),
        "rings_waiting": say("牵连过多，待下次核查归入团伙", "have too many around them: rings in the next assess"),
    }
    for key, label in labels.items():
        if summary[key] or key in ("rows", "taken"):
            out.print(f"{summary[key]:>10,}  {label}")
    if summary["rejects_file"]:
        hint = say("请改好后再次导入：", "mend it and import it again: ")
        err.print(f"[yellow]{hint}[/yellow]", end="")
        err.print(str(summary["rejects_file"]), markup=False, soft_wrap=True)
    elif summary["taken"] or summary["amended"] or summary["refiled"]:
        out.print(say("接下来：", "Next: ") + again("assess"), markup=False)


def _show_check(rows: Iterator[Row | Reject], *, json_: bool) -> None:
    from mingcha.actions.codec import to_plain

    shown = list(rows)
    if json_:
        print_json([_plain_check(row, to_plain) for row in shown])
        return
    for row in shown:
        out.rule(f"{say('行', 'line')} {row.number}")
        if isinstance(row, Reject):
            _mend(say("退回：", "rejected: ") + words(row.why))
            continue
        for name, value in to_plain(row.record).items():
            text = str(value)
            out.print(f"[bold]{name:<16}[/bold] ", end="")
            out.print(text if len(text) <= 160 else text[:160] + "…", markup=False)
        for warning in row.warnings:
            _mend(say("待补正：", "needs repair: ") + words(warning))
    out.rule()
    out.print(
        say(
            f"试读了前 {len(shown)} 行，什么也没有写入。",
            f"The first {len(shown)} rows were tried; nothing was written.",
        ),
        style="dim",
    )


def _plain_check(row: Row | Reject, to_plain: Callable[[Any], Any]) -> dict[str, Any]:
    if isinstance(row, Reject):
        return {"line": row.number, "column": row.column, "value": row.value, "expected": row.expected.en}
    warnings = [warning.en for warning in row.warnings]
    return {
        "line": row.number,
        "record": to_plain(row.record),
        "needs_repair": row.needs_repair,
        "warnings": warnings,
    }


def _mend(said: str) -> None:
    out.print("! " + said, style="yellow", markup=False)
