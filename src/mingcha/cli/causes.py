"""`mingcha causes`, `repair` and `repaired`: what upheld complaints come from, who mends it, and whether it got better."""

from datetime import date
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from mingcha.cli.desk import Id, Json, day, period
from mingcha.cli.house import house, local_actor
from mingcha.cli.pages import GRIEVANCE_WORDS, share_words
from mingcha.cli.say import out, print_json, say, tell, words
from mingcha.cli.table import folding
from mingcha.model.merit import Grievance
from mingcha.model.repair import NAMED, SOURCE_WORDS, AgencyLine, Cause, CauseLine, Causes, LedgerLine, Measure, Source
from mingcha.standards.calendar import local_day

DAYS, LINES, BAR = 90, 15, 12
SOURCE = say("成因所在", "where the cause lies")


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("causes", help=say("溯源：获支持的投诉从何而来", "what upheld complaints come from"))(show)
    app.command("name-cause", help=say("登记成因：合作方、话术、系统", "name a partner, script or system"))(name_cause)
    app.command("repair", help=say("登记整改：责任人、措施、期限", "open a repair: owner, fix, due day"))(repair)
    app.command("repaired", help=say("登记整改完成与证据", "record that a repair was made"))(repaired)


def show(
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=say("起始日，默认90日前", "first day; 90 days ago"))
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help=say("截止日，默认今天", "last day; today"))
    ] = None,
    json_: Json = False,
) -> None:
    """Causes by product, lender and agency, the largest first, and the ledger with its measures. Asking is sealed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.repairs import causes_of

    with house() as deps:
        found = causes_of(deps, local_actor(), *period(first, last, local_day(deps.now()), DAYS))
    if json_:
        print_json(to_plain(found))
        return
    head = say(
        f"{found.first} 至 {found.last}：已决 {found.decided:,} 件，未决 {found.undecided:,} 件",
        f"{found.first} to {found.last}: {found.decided:,} decided, {found.undecided:,} not",
    )
    out.print(head, style="bold")
    if found.lines:
        out.print(_causes(found))
        out.print(
            say(
                "占比：同一产品（机构、催收机构）已决投诉中获支持的比例（95%区间），人工登记的成因按全部已决投诉；▲ 高于其余，非偶然。",
                "Share: upheld, of the decided complaints there (95 %), of all decided for causes people named; ▲ above the others by more than chance.",
            ),
            style="dim",
        )
    elif found.decided:
        out.print(say("这段时间没有获支持的诉求。", "Nothing was upheld in these days."))
    else:
        out.print(
            say("成因出自诉求决定；下一步：mingcha queue", "Causes come from decisions on merit; next: mingcha queue")
        )
    if found.agencies:
        out.print(_agencies(found.agencies))
    if found.ledger:
        out.print(_ledger(found.ledger))
    elif found.lines:
        out.print(say("还没有整改登记；下一步：mingcha repair --help", "No repair yet; next: mingcha repair --help"))


def _causes(found: Causes) -> Table:
    table = folding(
        say("成因", "cause"),
        say("诉求", "grievance"),
        say("客户", "customers"),
        say("投诉", "complaints"),
        say("占比", "share"),
        "",
    )
    most = max(line.complaints for line in found.lines)
    for line in found.lines[:LINES]:
        table.add_row(*_row(line, most))
    more = len(found.lines) - LINES
    if more > 0:
        table.caption = say(f"另有 {more:,} 项，见 --json", f"{more:,} more with --json")
    return table


def _row(line: CauseLine, most: int) -> tuple[str, ...]:
    bar = "█" * max(1, round(BAR * line.complaints / most))
    return (
        f"{words(SOURCE_WORDS[line.cause.source])} {escape(line.cause.value)}",
        say(*GRIEVANCE_WORDS[line.cause.grievance.value]),
        f"{line.customers:,}",
        f"{line.complaints:,}",
        share_words(line.here) + (" ▲" if line.above else ""),
        f"[red]{bar}[/red]",
    )


def _agencies(cards: tuple[AgencyLine, ...]) -> Table:
    table = folding(
        say("催收机构", "agency"),
        say("移交客户中投诉的", "of its customers, complaining"),
        say("上期", "before"),
        say("已决中获支持", "upheld, of decided"),
        say("其他机构", "elsewhere"),
        say("主要诉求", "mostly"),
        say("整改中", "in repair"),
        title=say("催收机构评分卡", "agencies"),
    )
    for one in cards[:LINES]:
        worst = say("、", ", ").join(f"{say(*GRIEVANCE_WORDS[which.value])} {held}" for which, held in one.worst)
        mark = " ▲" if one.above else ""
        shares = share_words(one.complaining), share_words(one.before), share_words(one.upheld) + mark
        table.add_row(escape(one.agency), *shares, share_words(one.elsewhere), worst, f"{one.open_repairs or ''}")
    if len(cards) > LINES:
        table.caption = say(f"另有 {len(cards) - LINES:,} 家，见 --json", f"{len(cards) - LINES:,} more with --json")
    return table


def name_cause(
    id_: Id,
    source: Annotated[Source, typer.Argument(metavar="SOURCE", help=", ".join(NAMED))],
    value: Annotated[str, typer.Argument(metavar="NAME", help=say("其名称", "its name"))],
    json_: Json = False,
) -> None:
    """Say that an upheld complaint comes from a partner, a script or a system that no record names; sealed."""
    from mingcha.actions import repairs
    from mingcha.actions.codec import to_plain

    with house() as deps:
        made = repairs.name_cause(deps, local_actor(), id_, source, value)
    said = say(f"{id_} 的成因已登记；汇总：mingcha causes", f"the cause of {id_} is named; all of them: mingcha causes")
    tell(said, to_plain(made), json_=json_)


def _ledger(ledger: tuple[LedgerLine, ...]) -> Table:
    table = folding(
        "",
        say("成因", "cause"),
        say("责任人与措施", "owner and fix"),
        say("状态", "state"),
        title=say("整改台账", "repairs"),
    )
    for one in ledger:
        cause = one.repair.cause
        where = f"{escape(cause.value)} · {say(*GRIEVANCE_WORDS[cause.grievance.value])}"
        table.add_row(one.repair.id, where, f"{escape(one.repair.owner)}：{escape(one.repair.fix)}", _state(one))
    return table


def _state(one: LedgerLine) -> str:
    if one.repair.fixed_on is None:
        due = say(f"期限 {one.repair.due}", f"due {one.repair.due}")
        return f"[red]{due} {say('逾期', 'overdue')}[/red]" if one.overdue else due
    made = say(f"{one.repair.fixed_on} 完成", f"made {one.repair.fixed_on}")
    return "\n".join([made, *map(_measured, one.measures)])


def _measured(one: Measure) -> str:
    said = say(f"{one.days}日", f"{one.days} days") + f"：{share_words(one.before)} → {share_words(one.after)}"
    if one.undecided:
        said += say(f"，未决 {one.undecided:,}", f", {one.undecided:,} not decided")
    if not one.whole:
        return said + say("，未满期", ", not over yet")
    if one.better:
        return f"[green]{said} {say('下降', 'lower')}[/green]"
    return said + say("，未见下降", ", no fall shown")


def repair(
    source: Annotated[Source, typer.Argument(help=SOURCE)],
    value: Annotated[str, typer.Argument(metavar="NAME", help=say("其名称", "its name"))],
    grievance: Annotated[Grievance, typer.Argument(metavar="GRIEVANCE", help=say("诉求代码", "code of the grievance"))],
    owner: Annotated[str, typer.Option(metavar="NAME", help=say("责任人", "who mends it"))],
    fix: Annotated[str, typer.Option(metavar="TEXT", help=say("整改措施", "what is to be done"))],
    due: Annotated[str, typer.Option(metavar="DATE", help=say("完成期限", "by when"))],
    json_: Json = False,
) -> None:
    """Say who mends a cause of upheld complaints, how and by when; sealed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.repairs import open_repair

    by = day("--due", due) or date.max
    with house() as deps:
        made = open_repair(deps, local_actor(), Cause(source, value, grievance), owner, fix, by)
    said = say(
        f"整改 {made.id} 已登记；完成后：mingcha repaired {made.id} --evidence …",
        f"repair {made.id} is open; when it is made: mingcha repaired {made.id} --evidence …",
    )
    tell(said, to_plain(made), json_=json_)


def repaired(
    id_: Annotated[str, typer.Argument(metavar="ID")],
    evidence: Annotated[str, typer.Option(metavar="TEXT", help=say("整改证据", "what shows it"))],
    on: Annotated[str | None, typer.Option(metavar="DATE", help=say("完成日，默认今天", "the day; today"))] = None,
    json_: Json = False,
) -> None:
    """Record that a repair was made, and what shows it; its cause is measured again after 30 and 90 days."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.repairs import record_fix

    with house() as deps:
        made = record_fix(deps, local_actor(), id_, day("--on", on) or local_day(deps.now()), evidence)
    said = say(f"整改 {id_} 已完成；30日和90日后复测", f"repair {id_} is made; measured after 30 and 90 days")
    tell(said, to_plain(made), json_=json_)
