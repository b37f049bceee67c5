"""How ads are shown: the list with what is due, one ad with all its acts, and the funnel with the rules it is counted by."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from mingcha.actions.deps import Deps
from mingcha.cli.families import Json
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import locale, out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.actor import Actor, Purpose
from mingcha.model.ad_cycle import (
    ACT_WORDS,
    DUE_WORDS,
    LOOK_WORDS,
    ROUTE_WORDS,
    STAGE_WORDS,
    AdAct,
    Due,
    FunnelBy,
    FunnelLine,
    Stage,
)
from mingcha.model.advert import STANCE_WORDS, TRADE_WORDS, PostJudged, Trade

if TYPE_CHECKING:
    from mingcha.actions.ad_reports import Correction

LINES = 40
REASONS = 3  # shown of each side
AD = Annotated[str, typer.Argument(metavar="AD", help=say("广告编号 AD-…", "the ad's id, AD-…"))]


def list_ads(
    stage: Annotated[Stage | None, typer.Option(metavar="STATE", help=", ".join(Stage))] = None, json_: Json = False
) -> None:
    """What is due first, then the newest."""
    from mingcha.actions import ad_funnel
    from mingcha.actions.codec import to_plain

    with house() as deps:
        lines, now = ad_funnel.list_ads(deps, analyst(), stage), deps.now()
    if json_:
        print_json([to_plain(one) for one in lines])
        return
    if not lines:
        out.print(say("没有广告；下一步：", "no ads; next: ") + again("ads import FILE"), markup=False)
        return
    table = folding(
        say("编号", "ad"), say("平台", "platform"), say("行当", "trade"), say("状态", "state"),
        say("发现", "seen"), say("待办", "due"),
    )  # fmt: skip
    for one in lines[:LINES]:
        table.add_row(
            one.ad,
            escape(one.platform or ""),
            words(TRADE_WORDS[one.trade]) if one.trade else "",
            words(STAGE_WORDS[one.stage]),
            f"{one.sightings:,}",
            "\n".join(_due(each, now) for each in one.due),
        )
    if len(lines) > LINES:
        more = len(lines) - LINES
        table.caption = say(f"另有 {more:,} 条，见 --json", f"{more:,} more with --json")
    out.print(table)


def show_ad(ad: AD, json_: Json = False) -> None:
    """Its words (masked) with the machine's reasons marked, acts oldest first, what waits, and corrections that are owed."""
    from mingcha.actions.ad_funnel import see_ad
    from mingcha.actions.codec import to_plain
    from mingcha.wiring import ad_judge

    with house() as deps:
        page, now = see_ad(deps, analyst(), ad, ad_judge(deps.standards).judge), deps.now()
    if json_:
        print_json(to_plain(page))
        return
    item = page.item
    out.print(f"[bold]{item.id}[/bold]  {escape(item.platform or '')}  {words(STAGE_WORDS[page.stage])}")
    seen = f"{item.first_seen:%Y-%m-%d} – {item.last_seen:%Y-%m-%d}"
    out.print(say(f"发现 {len(item.sightings)} 次，{seen}", f"seen {len(item.sightings)} times, {seen}"))
    if page.text and page.machine:
        _say_reading(page.text, page.machine)
    for act in page.acts:
        said = f"{act.at:%Y-%m-%d %H:%M}  {act.by}  {words(ACT_WORDS[act.kind])}  {_details(act)}"
        out.print(said, markup=False)
    for one in page.due:
        out.print("· " + _due(one, now))
    say_corrections(page.corrections)


def _say_reading(text: str, read: PostJudged) -> None:
    """The words of a post, what speaks for an ad marked in them, and the reasons of both sides: a suggestion."""
    shown = Text(text)
    for one in read.findings:
        shown.stylize("bold yellow", one.passage.start, one.passage.end)
    out.print(Panel(shown, title=say("最近一次看到的文字（已脱敏）", "words last seen (masked)"), title_align="left"))
    said = words(STANCE_WORDS[read.stance]) if not read.is_ad or read.trade is None else words(TRADE_WORDS[read.trade])
    share = f"{read.probability / 10_000:.0f} %"
    out.print(
        say(f"模型读作：{said}（{share}，仅供参考）", f"the machine reads: {said} ({share}, a suggestion)"),
        markup=False,
    )
    for one in (*read.findings[:REASONS], *read.against[:REASONS]):
        line = f"  {one.weight / 1000:+.1f}  {words(one.why)}：「{one.passage.quote}」"
        out.print(Text(line, style="" if one.weight > 0 else "dim"))


def show_funnel(
    by: Annotated[FunnelBy, typer.Option(metavar="BY", help=", ".join(FunnelBy))] = FunnelBy.PLATFORM,
    json_: Json = False,
) -> None:
    """What was seen and what came of it, with the rules it is counted by."""
    from mingcha.actions.ad_funnel import ad_funnel
    from mingcha.actions.codec import to_plain

    with house() as deps:
        found = ad_funnel(deps, analyst(), by)
    if json_:
        print_json(to_plain(found))
        return
    table = folding(
        "", say("发现", "seen"), say("广告", "ads"), say("账号", "accounts"), say("已认定", "judged"),
        say("已举报", "reported"), say("已下架", "removed"), say("中位天数", "days"), say("重现", "back"),
        say("撤回", "withdrawn"),
    )  # fmt: skip
    for line in found.lines:
        name = TRADE_WORDS[Trade(line.of)].say(locale()) if by is FunnelBy.TRADE and line.of else line.of
        table.add_row(*_funnel_row(escape(name) or say("（未知）", "(unknown)"), line))
    table.add_row(*_funnel_row(say("合计", "all"), found.total), style="bold")
    out.print(table)
    for rule in found.rules:
        out.print("· " + words(rule), style="dim", markup=False)


def who(deps: Deps, name: str | None) -> Actor:
    """Whoever is at the keyboard, or the account that signs in here."""
    from mingcha.actions.accounts import vouched

    if name is None:
        return analyst()
    password = typer.prompt(say(f"{name} 的口令", f"password of {name}"), hide_input=True, err=True)
    return vouched(deps, name, password, Purpose.INVESTIGATION)


def analyst() -> Actor:
    """Whoever is at the keyboard."""
    return local_actor(Purpose.INVESTIGATION)


def say_corrections(owed: "Sequence[Correction]") -> None:
    """Whom a correction has to reach, and what it says."""
    for one in owed:
        head = say("须向其更正：", "a correction is owed to ") + words(ROUTE_WORDS[one.route])
        out.print(head, style="yellow", markup=False)
        out.print(words(one.text), markup=False)


def _funnel_row(name: str, line: FunnelLine) -> tuple[str, ...]:
    days = "" if line.median_hours is None else f"{line.median_hours / 24:.1f}"
    counts = (line.sightings, line.ads, line.accounts, line.judged, line.reported, line.removed)
    return (name, *(f"{count:,}" for count in counts), days, f"{line.reappeared:,}", f"{line.withdrawn:,}")


def _due(one: Due, now: datetime) -> str:
    said = f"{words(DUE_WORDS[one.kind])} {one.at:%Y-%m-%d}"
    return f"[red]{said}[/red]" if one.at <= now else said


def _details(act: AdAct) -> str:
    """What an act says, in a few words."""
    body: Any = act.body
    solicits, trade, look = (getattr(body, name, None) for name in ("solicits", "trade", "look"))
    said = [
        solicits.value if solicits else "",
        words(TRADE_WORDS[trade]) if trade else "",
        words(LOOK_WORDS[look]) if look else "",
        words(ROUTE_WORDS[body.route]) if hasattr(body, "route") else "",
        *(
            str(getattr(body, name, "") or "")
            for name in ("number", "to", "answer", "reason", "text", "confirmed", "url", "ad")
        ),
    ]
    if getattr(body, "probability", None) is not None:
        said.append(
            say(f"（模型建议 {body.probability / 10_000:.0f} %）", f"(the machine: {body.probability / 10_000:.0f} %)")
        )
    return " ".join(one for one in said if one)
