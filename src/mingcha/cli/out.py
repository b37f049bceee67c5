"""What leaves the workspace: report, exports, replay, verification, and the log of who saw what."""

import json
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from mingcha.actions.deps import Deps
from mingcha.cli.days import Keys, Roots, Slips, look, plain, troubles, verdict
from mingcha.cli.house import house, local_actor
from mingcha.cli.say import Exit, err, out, print_json, say, words
from mingcha.model.actor import Actor, Purpose
from mingcha.model.days import Assurance
from mingcha.model.words import Words

Json = Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))]
CHAIN_WORDS = {
    "access": Words("查阅", "access"),
    "custody": Words("保管", "custody"),
    "decisions": Words("决定", "decisions"),
    "exhibits": Words("证据", "exhibits"),
    "roots": Words("每日根值", "roots"),
}


class What(StrEnum):
    """What can be exported."""

    ASSESSMENTS = "assessments"
    CHAIN = "chain"


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("report", help=say("生成一个可离线打开的报告文件", "write one self-contained report file"))(report)
    app.command("export", help=say("导出核查结果或证据链", "export assessments or the evidence chains"))(export)
    app.command("replay", help=say("按封存的输入重算建议", "rebuild a suggestion from its sealed inputs"))(replay)
    app.command("verify", help=say("验证全部证据链", "verify all evidence chains"))(verify)
    app.command("access-log", help=say("谁在何时为何看过什么", "who saw what, when and what for"))(access_log)


def report(
    target: Annotated[Path, typer.Argument(metavar="OUT.html", help=say("HTML 文件", "HTML file"))],
    json_: Json = False,
) -> None:
    """Write the manager's report."""
    from mingcha.actions.report import report_data
    from mingcha.cli.say import locale
    from mingcha.wiring import render_html

    with house() as deps:
        page = render_html(report_data(deps, local_actor(Purpose.INVESTIGATION)), locale())
    target.write_text(page, encoding="utf-8")
    if json_:
        print_json({"file": str(target), "bytes": len(page.encode())})
        return
    out.print(
        say(
            f"报告已写入 {target}（{len(page) // 1024} KiB，可离线打开）",
            f"report written to {target} ({len(page) // 1024} KiB, opens off-line)",
        ),
        markup=False,
    )


def export(
    what: Annotated[What, typer.Argument(metavar="WHAT", help="assessments, chain")],
    target: Annotated[
        Path, typer.Option("--out", metavar="FILE", help=say("写到哪里（JSON Lines）", "where to write (JSON Lines)"))
    ],
    source_ids: Annotated[
        bool,
        typer.Option(
            "--source-ids", help=say("保留导入时的编号（须理由，入日志）", "keep imported ids (reason needed, logged)")
        ),
    ] = False,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=say("理由", "the reason"))] = "",
    second: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=say("同意的第二人（账号），当场登录", "account of who agrees; signs in here"),
        ),
    ] = None,
    days: Annotated[
        int, typer.Option(metavar="N", help=say("导入编号可保存几天", "days imported ids may be kept"))
    ] = 90,
    json_: Json = False,
) -> None:
    """Export assessments (a line a complaint) or the chains (for the stand-alone verifier)."""
    from mingcha.actions.export import export_assessments, export_with_source_ids
    from mingcha.actions.verify import export_chains

    expires = None
    with house() as deps:
        actor = local_actor(Purpose.INVESTIGATION)
        if what is What.CHAIN:
            lines = export_chains(deps, local_actor())
        elif source_ids:
            taken = export_with_source_ids(deps, actor, reason, _second(deps, second), days)
            lines, expires = map(_json_line, taken.lines), taken.expires.isoformat()
        else:
            lines = map(_json_line, export_assessments(deps, actor))
        count = 0
        with target.open("w", encoding="utf-8") as sink:
            for line in lines:
                sink.write(line + "\n")
                count += 1
    if json_:
        print_json({"file": str(target), "lines": count, **({"expires": expires} if expires else {})})
        return
    out.print(say(f"已导出 {count:,} 行到 {target}", f"{count:,} lines written to {target}"), markup=False)
    if expires:
        out.print(
            say(
                f"文件含导入编号，须在 {expires} 之前销毁（已封存）。",
                f"It holds imported ids: destroy it by {expires} (sealed).",
            )
        )


def _second(deps: Deps, name: str | None) -> Actor | None:
    """The second person, who types their own password here."""
    from mingcha.actions.accounts import vouched

    if name is None:
        return None
    password = typer.prompt(say(f"{name} 的口令", f"password of {name}"), hide_input=True, err=True)
    return vouched(deps, name, password, Purpose.INVESTIGATION)


def _json_line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def replay(
    id_: Annotated[str, typer.Argument(help=say("投诉的内部编号", "the complaint's keyed id"))], json_: Json = False
) -> None:
    """Rebuild the newest suggestion of a complaint, bit for bit, or name what changed."""
    from mingcha.actions.replay import replay as act

    with house() as deps:
        done = act(deps, local_actor(Purpose.INSPECTION), id_)
    if json_:
        print_json(
            {
                "id": id_,
                "same": done.same,
                "sealed": done.digest_sealed,
                "now": done.digest_now,
                "changed": [c.en for c in done.changed],
            }
        )
    else:
        verdict = say("逐位一致", "bit for bit the same") if done.same else say("不一致", "different")
        out.print(f"{verdict}  {done.digest_now[:16]}…", style="green" if done.same else "red")
        for change in done.changed:
            out.print("· " + words(change))
    if not done.same:
        raise typer.Exit(int(Exit.CHANGED))


def verify(slips: Slips = None, keys: Keys = None, roots: Roots = None, json_: Json = False) -> None:
    """Check every chain from its first record; say what that is worth against what was kept outside the house."""
    from mingcha.actions.verify import verify as act

    with house() as deps:
        checked = act(deps, local_actor(Purpose.INSPECTION))
        days = look(deps, keys, slips, roots)
    broken = [one for one in checked if one.broken_at is not None]
    level = Assurance.BROKEN if broken else days.assurance
    if json_:
        chains = [
            {
                "chain": c.chain,
                "records": c.records,
                "head": c.head,
                "broken_at": c.broken_at,
                "why": c.why.en if c.why else None,
            }
            for c in checked
        ]
        print_json({"chains": chains, **plain(days), "assurance": level})
    else:
        for one in checked:
            if one.broken_at is None:
                named = words(CHAIN_WORDS.get(one.chain, Words(one.chain, one.chain)))
                out.print(f"[green]✓[/green] {named:<10} {one.records:>8,}  {one.head[:16]}…")
            elif one.why:
                err.print(f"[red]✗[/red] {one.chain} #{one.broken_at}: ", end="")
                err.print(words(one.why), markup=False)
        if not checked:
            out.print(say("还没有封存的记录。", "Nothing has been sealed yet."))
        told = {(one.chain, one.broken_at) for one in broken}
        troubles(replace(days, broken=tuple(one for one in days.broken if one[:2] not in told)))
        verdict(replace(days, assurance=level))
    if level is Assurance.BROKEN:
        raise typer.Exit(int(Exit.BROKEN_SEAL))


def access_log(
    after: Annotated[
        int | None, typer.Option(help=say("从此序号之后（默认最新）", "after this record; default the newest"))
    ] = None,
    limit: Annotated[int, typer.Option(help=say("显示多少行", "how many rows"), min=1)] = 30,
    by: Annotated[str | None, typer.Option(help=say("只看此人", "this person alone"))] = None,
    complaint: Annotated[str | None, typer.Option(help=say("只看此投诉", "this complaint alone"))] = None,
    json_: Json = False,
) -> None:
    """Show a page of the access chain; reading it is logged."""
    from mingcha.actions.access_log import access_log as act
    from mingcha.actions.codec import to_plain
    from mingcha.cli.pages import access_table

    with house() as deps:
        page = act(deps, local_actor(Purpose.INSPECTION), after=after, limit=limit, by=by, complaint=complaint)
    if json_:
        print_json({"rows": [to_plain(line) for line in page.lines], "next": page.next_after})
        return
    out.print(access_table(page))
    if page.next_after is not None:
        out.print(say(f"后面还有：--after {page.next_after}", f"more follow: --after {page.next_after}"), style="dim")
