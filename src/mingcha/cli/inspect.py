"""`mingcha inspect`: hold the whole house against its seals, draw a sample, and write the pack an inspector takes away."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from mingcha.cli.desk import Json, day
from mingcha.cli.house import house, local_actor
from mingcha.cli.progress import counting
from mingcha.cli.say import Exit, err, locale, out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.errors import InputError
from mingcha.model.actor import Purpose
from mingcha.model.inspection import FLAWS, Inspection
from mingcha.model.words import Words

LINES = 20


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("inspect", help=say("检查：全部与封存核对，抽样，成包", "inspect: seals, a sample, a pack"))(inspect)


def inspect(
    first: Annotated[str, typer.Option("--from", metavar="DATE", help=say("起始日", "first day"))],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help=say("截止日", "last day"))],
    seed: Annotated[str, typer.Option(metavar="SEED", help=say("检查人员自定的种子", "a seed of the inspector's own"))],
    pack: Annotated[Path, typer.Option("--out", metavar="PACK", help=say("检查包写到哪里", "where the pack goes"))],
    sample: Annotated[int, typer.Option(min=1, max=10_000, help=say("抽多少件", "how many to draw"))] = 30,
    before: Annotated[
        Path | None,
        typer.Option(
            metavar="PACK", help=say("上次的检查包，核对链尾", "an earlier pack, to compare heads"), exists=True
        ),
    ] = None,
    json_: Json = False,
) -> None:
    """Nothing narrows what is checked: the period says which complaints are drawn and listed. Sealed. Exit 7: something differs."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.inspection.inspect import Asked
    from mingcha.actions.inspection.pack import heads_in, make_pack
    from mingcha.merit.catalogue import CHECKS
    from mingcha.wiring import inspection_html

    days = day("--from", first), day("--to", last)
    assert days[0] is not None
    assert days[1] is not None
    heads = heads_in(before) if before else {}
    asked = Asked(first=days[0], last=days[1], seed=seed, sample=sample, heads=heads)
    names = {check.grievance.value: check.label for check in CHECKS}
    if not pack.parent.is_dir():
        raise InputError(where="--out", found=pack.parent, expected=Words("已有的文件夹", "a folder that exists"))
    with house() as deps, counting(say("核对", "checking"), show=not json_) as tick:
        found = make_pack(
            deps,
            local_actor(Purpose.INSPECTION),
            asked,
            pack,
            lambda made, parity: inspection_html(made, parity, names, locale()),
            lambda _, more: tick(more),
        )
    if json_:
        print_json(to_plain(found))
    else:
        _told(found, pack)
    if found.flaws:
        raise typer.Exit(int(Exit.BROKEN_SEAL))


def _told(found: Inspection, pack: Path) -> None:
    counts = dict(found.counts)
    out.print(
        say(
            f"核对了 {counts['links']:,} 条封存记录、{counts['versions']:,} 个记录版本、{counts['complaints']:,} 件投诉；"
            f"本期收到 {counts['received_in_period']:,} 件，抽 {len(found.sample)} 件。",
            f"Checked {counts['links']:,} sealed records, {counts['versions']:,} versions, {counts['complaints']:,} "
            f"complaints; {counts['received_in_period']:,} received in the period, {len(found.sample)} drawn.",
        )
    )
    if found.flaws:
        err.print(
            say(f"有 {len(found.flaws)} 处与封存不符：", f"{len(found.flaws)} things are not what was sealed:"),
            style="bold red",
        )
        err.print(_flaws(found))
    else:
        out.print(say("✓ 与封存一致", "✓ everything is what was sealed"), style="green")
    off = sum(one.replays is False for one in found.sample)
    if off:
        err.print(say(f"抽样中有 {off} 件重算不一致", f"{off} of the sample are not rebuilt the same"), style="red")
    out.print(
        say(
            f"不支持 {len(found.refused)} 件；被关联而属实 {len(found.linked_upheld)} 件；期限文书 {len(found.moves.papers)} 件；"
            f"申请核查等异议 {len(found.objections)} 件；撤销决定 {len(found.reversals)} 项。",
            f"{len(found.refused)} refused; {len(found.linked_upheld)} linked and yet true; {len(found.moves.papers)} papers "
            f"of clocks; {len(found.objections)} reviews and objections; {len(found.reversals)} decisions taken back.",
        )
    )
    out.print(
        say(f"检查包：{pack}（核对：python3 {pack}）", f"The pack: {pack} (to check it: python3 {pack})"), markup=False
    )


def _flaws(found: Inspection) -> Table:
    table = folding(say("种类", "kind"), say("何处", "where"), say("说明", "what"))
    for one in found.flaws[:LINES]:
        table.add_row(words(FLAWS[one.code]), escape(one.where), escape(words(one.words)))
    more = len(found.flaws) - LINES
    if more > 0:
        table.add_row("…", "", say(f"另有 {more:,} 处，见检查包", f"{more:,} more in the pack"))
    return table
