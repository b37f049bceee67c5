"""`mingcha parity`: are linked complaints treated like the others? Shares with intervals, differences, weeks and alarms."""

import typer
from rich.table import Table
from rich.text import Text

from mingcha.cli.desk import Json
from mingcha.cli.house import house, local_actor
from mingcha.cli.pages import withheld_words
from mingcha.cli.say import out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.actor import Purpose
from mingcha.model.middle import Middle, spelt
from mingcha.model.quality import OUTCOME_WORDS, Difference, Gap, Line, Parity, Week
from mingcha.model.share import Share
from mingcha.model.words import Words

GROUP_WORDS = {
    "channel": Words("渠道", "channel"),
    "region": Words("地区", "region"),
    "age": Words("年龄段", "age band"),
    "assisted": Words("由他人代为提交", "filed by somebody else"),
}
VALUE_WORDS = {"?": Words("未知", "unknown"), "yes": Words("是", "yes"), "no": Words("否", "no")}
LINES, WEEKS, BAR = 6, 12, 20
FEN = 100


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command(
        "parity", help=say("同等对待：被关联的与其余投诉相比", "are linked complaints treated like the others?")
    )(show)


def show(json_: Json = False) -> None:
    """Relief, refusals, delay and withdrawals of linked complaints beside the others. Asking is sealed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.quality import parity_figures

    with house() as deps:
        figures = parity_figures(deps, local_actor(Purpose.INVESTIGATION))
    if json_:
        print_json(to_plain(figures))
        return
    if not figures.linked + figures.others:
        out.print(say("还没有投诉。", "No complaints here yet."))
        return
    head = say(
        f"{figures.on}：被关联 {figures.linked:,} 件，其余 {figures.others:,} 件",
        f"{figures.on}: {figures.linked:,} linked, {figures.others:,} others",
    )
    out.print(head, style="bold")
    if figures.withheld:
        out.print(withheld_words(figures.withheld), style="yellow")
    for alarm in figures.alarms:
        out.print("! " + words(alarm), style="bold red", markup=False)
    out.print(_gaps(figures))
    out.print(_weeks(figures.weeks))
    for name, lines in figures.by:
        out.print(_group(name, lines))
    note = say(
        "差异按产品与诉求种类标准化（95%区间）；不足10件不显示；被关联不等于有过错，客户可能是受害人。",
        "Differences within product and kind of claim (95 %); fewer than 10 are not shown; to be linked is no fault: the "
        "customer may be the victim.",
    )
    out.print(note, style="dim")


def _gaps(figures: Parity) -> Table:
    table = folding(
        "", say("被关联", "linked"), say("其余", "others"), say("差异（标准化）", "difference, standardised")
    )
    for gap in figures.gaps:
        table.add_row(words(OUTCOME_WORDS[gap.outcome]), _share(gap.linked), _share(gap.others), _difference(gap))
    table.add_row(
        say("答复天数（中位）", "days to answer, median"), *(_middle(one, 1) for one in figures.median_days), ""
    )
    amounts = (_middle(one.amounts, FEN) for one in figures.relief)
    table.add_row(say("支持金额（中位，元；有记录的）", "relief in yuan, median of those recorded"), *amounts, "")
    return table


def _middle(one: Middle | None, unit: int) -> str:
    return say("未满10件", "fewer than 10") if one is None else spelt(one, unit)


def _share(one: Share | None) -> str:
    if one is None or one.share is None or one.low is None or one.high is None:
        return say("未满10件", "fewer than 10")
    return f"{one.share / 10_000:.1f}% [{one.low / 10_000:.0f}–{one.high / 10_000:.0f}]"


def _difference(gap: Gap) -> Text:
    one = gap.difference
    if one is None or one.value is None:
        return Text("—", style="dim")
    left = say(f"，{one.left_out} 件无可比", f", {one.left_out} without any to compare") if one.left_out else ""
    return Text(f"{_points(one)}{left}", style="red" if _beyond_chance(one) else "")


def _points(one: Difference) -> str:
    value, low, high = ((end or 0) / 10_000 for end in (one.value, one.low, one.high))
    return f"{value:+.1f} [{low:+.1f}, {high:+.1f}]"


def _beyond_chance(one: Difference) -> bool:
    return (one.low or 0) > 0 or (one.high or 0) < 0


def _weeks(weeks: tuple[Week, ...]) -> Table:
    shown = weeks[-WEEKS:]
    more = len(weeks) - len(shown)
    title = say("按周：收到与被关联", "by week: received and linked")
    table = Table(
        title=title + (say(f"（另有 {more} 周）", f" ({more} earlier)") if more else ""), box=None, pad_edge=False
    )
    for heading in (say("周", "week of"), say("收到 ░", "received ░"), say("被关联 █", "linked █"), ""):
        table.add_column(heading)
    most = max((week.cases for week in shown), default=1)
    for week in shown:
        linked = round(BAR * week.linked / most)
        bar = Text("█" * linked, style="red") + Text("░" * (round(BAR * week.cases / most) - linked), style="cyan")
        table.add_row(str(week.monday), f"{week.cases:,}", f"{week.linked:,}", bar)
    return table


def _group(name: str, lines: tuple[Line, ...]) -> Table:
    more = len(lines) - LINES
    title = say("按", "by ") + words(GROUP_WORDS[name])
    title += say(f"（另有 {more} 项）", f" ({more} more)") if more > 0 else ""
    table = folding("", say("件数", "complaints"), say("被关联", "linked"), say("支持", "relief"), title=title)
    for line in lines[:LINES]:
        value = words(VALUE_WORDS[line.value]) if line.value in VALUE_WORDS else line.value
        table.add_row(value, f"{line.cases:,}", _share(line.linked), _share(line.relief))
    return table
