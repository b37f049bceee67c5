"""`mingcha precision`: how often people bear out each detector, whether it drifts, and how reviewers agree."""

import typer
from rich.table import Table

from mingcha.cli.desk import Json
from mingcha.cli.house import house, local_actor
from mingcha.cli.pages import share_words, withheld_words
from mingcha.cli.say import out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.actor import Purpose
from mingcha.model.finding import Side
from mingcha.model.precision import DetectorLine, Precision, ReviewerLine

SIDES = {Side.FOR: "+", Side.AGAINST: "−"}


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("precision", help=say("各识别项有多准、是否漂移", "how often people bear detectors out"))(precision)


def precision(json_: Json = False) -> None:
    """Shares with intervals from people's conclusions, drift, and reviewers beside the records. Asking is sealed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.precision import precision_figures

    with house() as deps:
        figures = precision_figures(deps, local_actor(Purpose.INVESTIGATION))
    if json_:
        print_json(to_plain(figures))
        return
    if not figures.assessed:
        out.print(say("还没有核查过的投诉。", "No complaint is assessed yet."))
        return
    out.print(
        say(
            f"{figures.on}：已核查 {figures.assessed:,} 件，已作结论 {figures.concluded:,} 件",
            f"{figures.on}: {figures.assessed:,} assessed, {figures.concluded:,} concluded",
        ),
        style="bold",
    )
    if figures.withheld:
        out.print(withheld_words(figures.withheld), style="yellow")
    out.print(_detectors(figures))
    if figures.reviewers:
        out.print(_reviewers(figures.reviewers))
    note = say(
        "作结论的人看过系统建议，作结论的件也不是随机抽取：这是一致程度，不是真实准确率。+ 指向代理或组织，− 指向相反。"
        "“近四周”与此前八周的触发率之差超出偶然时标 !。",
        "People saw the suggestion before they concluded, and what is concluded is no random sample: this is agreement, not truth. "
        "+ speaks for an agency or organisation, − against. ! marks a rate of the last four weeks that differs from the eight before "
        "beyond chance.",
    )
    out.print(note, style="dim")


def _detectors(figures: Precision) -> Table:
    table = folding(
        say("识别项", "detector"),
        "",
        say("结论印证", "borne out"),
        say("存疑", "open"),
        say("近四周触发", "fires now"),
        say("此前", "before"),
    )
    for one in figures.detectors:
        if one.now.hits or one.before.hits or one.borne_out.of or one.left_open:
            table.add_row(*_detector(one), style="bold" if one.drifted else "")
    return table


def _detector(one: DetectorLine) -> tuple[str, ...]:
    mark = " !" if one.drifted else ""
    rates = share_words(one.now) + mark, share_words(one.before)
    return words(one.title), SIDES[one.side], share_words(one.borne_out), f"{one.left_open:,}", *rates


def _reviewers(lines: tuple[ReviewerLine, ...]) -> Table:
    table = folding(
        "",
        say("决定", "decisions"),
        say("记录证实时予以支持", "relief where records confirm"),
        say("被他人撤销", "taken back by others"),
        say("第二人确认", "confirmed by a second"),
        title=say("作出决定的人", "who decided"),
    )
    for one in lines:
        table.add_row(
            one.name,
            f"{one.decided:,}",
            share_words(one.relief),
            share_words(one.taken_back),
            share_words(one.seconded),
        )
    return table
