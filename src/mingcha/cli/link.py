"""`link`: any table of records or posts to groups of rows that belong together, without a workspace."""

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingcha.cli.faults import say_faults
from mingcha.cli.reading import NO_EVIDENCE
from mingcha.cli.say import Exit, err, out, print_json, say
from mingcha.cli.table import folding
from mingcha.errors import InputError
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.linking import Linked

SHOWN = 10
Tables = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help=say("CSV、XLSX、JSON Lines、Parquet", "CSV, XLSX, JSON Lines, Parquet")),
]
Target = Annotated[
    Path, typer.Option("--out", metavar="FILE", help=say("写到哪里（JSON Lines）", "where groups go (JSON Lines)"))
]
IdColumn = Annotated[str, typer.Option("--id", metavar="COLUMN", help=say("编号所在列", "column of the id"))]


def register(app: typer.Typer) -> None:
    """Add this file's verb."""
    app.command("link", help=say("把任意表格中同源的行归组", "group rows of any table that belong together"))(link)


def link(
    files: Tables,
    target: Target,
    id_: IdColumn = "id",
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT=COLUMN", help=say("列名不认识时指明，如 author=uid", "name a column, as author=uid")
        ),
    ] = None,
    values: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("共用的值写到哪里", "where shared values go (JSON Lines)"))
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Write `id, group` a line a row. Read are author, time, text, contacts, url, phone, card, device, ip, address, payee."""
    from mingcha.actions.linking import link_rows
    from mingcha.cli.progress import stages
    from mingcha.wiring import open_table

    err.print(say(*NO_EVIDENCE), style="dim")
    with stages(show=not json_) as tick:
        done = link_rows((row for file in files for row in open_table(file)), id_, named_columns(column), tick)
    names = {row: name_of(group) for group in done.groups for row in group}
    with target.open("w", encoding="utf-8") as sink:
        sink.writelines(json.dumps({"id": row, "group": names[row]}, ensure_ascii=False) + "\n" for row in names)
    if values is not None:
        _write_values(values, done)
    if json_:
        print_json(_told(done))
    else:
        _say(done)
    bad = [say_faults(faults, file) for file, faults in sorted(done.faults.items())]
    if any(bad):
        raise typer.Exit(int(Exit.REJECTS))


def name_of(group: tuple[str, ...]) -> str:
    """What a group is called, by who is in it."""
    return f"G-{sha256(json.dumps(group).encode()).hexdigest()[:10]}"


def named_columns(column: list[str] | None) -> dict[str, str]:
    out = {}
    for one in column or ():
        what, equals, heading = one.partition("=")
        if not (what and equals and heading):
            raise InputError(where="--column", found=one, expected=Words("形如 author=uid", "a form like author=uid"))
        out[what] = heading
    return out


def _write_values(target: Path, done: "Linked") -> None:
    with target.open("w", encoding="utf-8") as sink:
        for one in done.shared:
            line = {
                "kind": one.kind,
                "value": one.value,
                "accounts": one.accounts,
                "hub": one.hub,
                "rows": list(one.rows),
            }
            sink.write(json.dumps(line, ensure_ascii=False) + "\n")


def _told(done: "Linked") -> dict[str, object]:
    return {
        "rows": done.rows,
        "groups": sum(1 for group in done.groups if len(group) > 1),
        "rows_in_groups": sum(len(group) for group in done.groups if len(group) > 1),
        "alone": sum(1 for group in done.groups if len(group) == 1),
        "hubs": sum(1 for one in done.shared if one.hub),
        "columns": {what: list(columns) for what, columns in done.found.items()},
        "one_script_links": done.by_script,
        "not_read": sum(len(faults) for faults in done.faults.values()),
        "values_not_read": dict(done.unread),
    }


def _say(done: "Linked") -> None:
    large = sorted((group for group in done.groups if len(group) > 1), key=lambda group: (-len(group), group))
    inside = sum(map(len, large))
    read = say("；", "; ").join(f"{what}: {', '.join(columns)}" for what, columns in done.found.items())
    out.print(say(f"读到的列：{read or '无'}", f"columns read: {read or 'none'}"), markup=False)
    out.print(
        say(
            f"{done.rows:,} 行，{len(large):,} 组共 {inside:,} 行，单独 {done.rows - inside:,} 行",
            f"{done.rows:,} rows; {len(large):,} groups hold {inside:,}, {done.rows - inside:,} stand alone",
        )
    )
    if done.by_script:
        alone = say(
            "表中只有正文：同一话术即归一组。话术可以买卖，同组不等于同伙。",
            "The table holds texts alone: one script makes a group. Scripts are sold: one group need not be one hand.",
        )
        out.print(alone, style="yellow")
    table = folding(say("组", "group"), say("行数", "rows"), say("其中", "among them"))
    for group in large[:SHOWN]:
        more = "…" if len(group) > 3 else ""
        table.add_row(name_of(group), f"{len(group):,}", ", ".join(group[:3]) + more)
    if len(large) > SHOWN:
        table.caption = say(f"另有 {len(large) - SHOWN:,} 组在文件中", f"{len(large) - SHOWN:,} more are in the file")
    if large:
        out.print(table)
    hubs = [one for one in done.shared if one.hub]
    if hubs:
        most = ", ".join(f"{one.kind} × {one.accounts:,}" for one in sorted(hubs, key=lambda one: -one.accounts)[:5])
        out.print(
            say(f"{len(hubs):,} 个值用的人太多，不作关联：{most}", f"{len(hubs):,} values too common to link: {most}"),
            style="dim",
        )
    for what, count in sorted(done.unread.items()):
        out.print(
            say(f"{what}：{count:,} 个值读不懂，未用", f"{what}: {count:,} values were not understood and not used"),
            style="yellow",
        )
