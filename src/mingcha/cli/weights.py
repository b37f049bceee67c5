"""`mingcha weights`, `learn` and `adopt`: what people's conclusions teach, who would change, and the two who adopt it or not."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from mingcha.cli.desk import Json
from mingcha.cli.house import house, local_actor
from mingcha.cli.pages import DETECTORS, percent, share_words
from mingcha.cli.parity import GROUP_WORDS, VALUE_WORDS
from mingcha.cli.progress import stages
from mingcha.cli.say import out, print_json, say, tell, words
from mingcha.cli.table import folding
from mingcha.model.actor import Purpose, Role
from mingcha.model.assessment import LABEL_WORDS
from mingcha.model.finding import ANSWER_WORDS, Side
from mingcha.model.weights import Band, Fitted, GroupChange, Proposal, Shadow, Weights
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.learning import Seen

BAR = 20
LINES = 12
DUTY_WORDS = {
    Role.ANALYST: Words("分析人员", "analyst"),
    Role.CONSUMER_PROTECTION: Words("消保人员", "consumer protection"),
}
PURPOSES = {Role.ANALYST: Purpose.INVESTIGATION, Role.CONSUMER_PROTECTION: Purpose.HANDLING}


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("weights", help=say("现行权重与历次提案", "weights in force, and proposals"))(show)
    app.command("learn", help=say("从结论拟合权重并试算一个月", "fit weights on conclusions, compare a month"))(learn)
    app.command("adopt", help=say("同意采用权重（须两人）", "agree to weights; it takes two"))(adopt)


def show(json_: Json = False) -> None:
    """The weights in force, every proposal, and what the newest would change."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.learning import see_weights

    with house() as deps:
        seen = see_weights(deps, local_actor(Purpose.INVESTIGATION))
    if json_:
        print_json(to_plain(seen))
        return
    out.print(say("现行权重：", "in force: ") + seen.in_force.id, style="bold")
    out.print(_deltas(seen.in_force))
    if not seen.proposals:
        out.print(say("还没有提案；下一步：mingcha learn", "No proposal yet; next: mingcha learn"))
        return
    out.print(_proposals(seen))
    if not seen.proposals[0].adopted:
        _whole(seen.proposals[0])


def learn(
    shipped: Annotated[
        bool, typer.Option("--shipped", help=say("提议恢复出厂权重", "propose going back to the shipped weights"))
    ] = False,
    json_: Json = False,
) -> None:
    """Fit weights on all conclusions and compare them over the newest month; nothing changes before two people adopt them."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.learning import propose_weights

    with house() as deps, stages(show=not json_) as tick:
        made = propose_weights(deps, local_actor(Purpose.INVESTIGATION), shipped=shipped, progress=tick)
    if json_:
        print_json(to_plain(made))
        return
    _whole(made)
    if made.better or shipped:
        note = say(
            f"尚未生效。须分析人员与消保人员各一人同意：mingcha adopt {made.weights.id} --as … --reason …",
            f"Not in force. An analyst and somebody of consumer protection must agree: mingcha adopt {made.weights.id} --as … --reason …",
        )
        out.print(note)
    else:
        out.print(
            say("未见超出偶然的改进，不能采用。", "No better beyond chance: they cannot be adopted."), style="yellow"
        )


def adopt(
    id_: Annotated[str, typer.Argument(metavar="ID", help=say("权重编号", "id of the weights"))],
    duty: Annotated[
        Role,
        typer.Option(
            "--as", metavar="DUTY", help=say("analyst 或 consumer_protection", "analyst or consumer_protection")
        ),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=say("理由", "why"))],
    json_: Json = False,
) -> None:
    """Agree to a proposal; in force when an analyst and somebody of consumer protection, two people, have agreed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.learning import agree_weights

    if duty not in PURPOSES:
        raise typer.BadParameter(say("须为 analyst 或 consumer_protection", "analyst or consumer_protection"))
    with house() as deps:
        made = agree_weights(deps, local_actor(PURPOSES[duty]), id_, reason)
    said = (
        say(f"{id_} 已生效；下次核查起使用：mingcha assess", f"{id_} is in force from the next run on: mingcha assess")
        if made.adopted
        else say(
            f"已同意 {id_}；还须另一职责的另一人同意", f"agreed to {id_}; another person of the other duty must agree"
        )
    )
    tell(said, to_plain(made), json_=json_)


def _whole(made: Proposal) -> None:
    """What a proposal was fitted on, what it changes in points, and who would change."""
    for one in made.fitted:
        out.print(_question(one))
        if one.learned:
            out.print(_learned(one))
        if one.bands:
            out.print(_bands(one.bands))
    _shadow(made.shadow)
    note = say(
        "作结论的人看过系统建议：学到的是一致程度。学到的权重只会让提示变少，不会新提示出厂权重未提示的人；是否关联只看铁律三。",
        "People saw the suggestion before they concluded: what is learned is agreement. Weights name nobody whom the shipped ones do "
        "not name; whether a complaint is linked hangs on law 3 alone.",
    )
    out.print(note, style="dim")


def _question(one: Fitted) -> str:
    head = f"[bold]{words(ANSWER_WORDS[one.answer])}[/bold] " + say(
        f"认定 {one.accused:,} 件，未认定 {one.others:,} 件", f"{one.accused:,} accused, {one.others:,} not"
    )
    if not one.enough:
        return head + say("；太少，不拟合（各须40件）", "; too few to fit (40 of each)")
    if not one.unit:
        return head + say("；分值区分不了两者，不拟合", "; points do not tell the two apart, nothing fitted")
    loss = f"{one.loss_before / 1e6:.4f} → {one.loss_after / 1e6:.4f}"
    better = say("，改进超出偶然", ", better beyond chance") if one.better else say("，未见改进", ", no better")
    return head + say(f"；交叉验证对数损失 {loss}", f"; cross-validated log-loss {loss}") + better


def _learned(one: Fitted) -> Table:
    table = folding(
        say("识别项", "detector"), "", say("触发", "fired"), say("其中认定", "accused"), say("增减", "points")
    )
    for line in one.learned:
        sign = "+" if line.side is Side.FOR else "−"
        delta = f"[bold]{line.delta:+d}[/bold]" if line.delta else "0"
        table.add_row(_title(line.detector), sign, f"{line.fired:,}", share_words(line.accused), delta)
    return table


def _bands(bands: tuple[Band, ...]) -> Table:
    table = folding(
        say("得分", "points"),
        say("件数", "complaints"),
        say("预期", "expected"),
        say("实际认定", "accused"),
        "",
        title=say("校准", "calibration"),
    )
    for band in bands:
        bar = "█" * round(BAR * (band.accused.share or 0) / 1_000_000)
        mark = round(BAR * band.expected / 1_000_000)
        drawn = bar.ljust(BAR)[:mark] + "│" + bar.ljust(BAR)[mark:]
        span = f"{band.least}" if band.least == band.most else f"{band.least}…{band.most}"
        table.add_row(
            span,
            f"{band.accused.of:,}",
            f"{percent(band.expected)}%",
            share_words(band.accused),
            f"[cyan]{drawn}[/cyan]",
        )
    return table


def _shadow(shadow: Shadow) -> None:
    head = say(
        f"试算 {shadow.first} 至 {shadow.last} 收到的 {shadow.cases:,} 件：{len(shadow.changed):,} 件可见的建议会变",
        f"{shadow.cases:,} complaints received {shadow.first} to {shadow.last}: {len(shadow.changed):,} suggestions open to you would change",
    )
    out.print(head, style="bold")
    for before, after, held in shadow.moves:
        out.print(f"  {words(LABEL_WORDS[before])} → {words(LABEL_WORDS[after])}  {held:,}")
    if shadow.moves:
        out.print(_groups(shadow.groups))


def _groups(groups: tuple[GroupChange, ...]) -> Table:
    table = folding(
        say("群体", "group"), "", say("件数", "complaints"), say("新被提示", "newly named"), say("不再提示", "no longer"),
        title=say("按群体（少于10件不列）", "by group; of ten or more"),
    )  # fmt: skip
    shown = Counter[str]()
    for one in groups:
        if one.named is None or one.cleared is None or shown[one.by] >= LINES:
            continue
        shown[one.by] += 1
        value = words(VALUE_WORDS[one.value]) if one.value in VALUE_WORDS else escape(one.value)
        mark = " ▲" if one.above else ""
        table.add_row(
            words(GROUP_WORDS[one.by]), value, f"{one.cases:,}", share_words(one.named) + mark, share_words(one.cleared)
        )
    table.caption = say("▲ 高于其余群体，非偶然", "▲ above all others beyond chance")
    return table


def _deltas(weights: Weights) -> str:
    if not weights.deltas:
        return say("各识别项用出厂分值", "every detector gives what it shipped with")
    return say("；", "; ").join(f"{_title(name)} {delta:+d}" for name, delta in weights.deltas)


def _proposals(seen: "Seen") -> Table:
    table = folding(
        say("权重", "weights"),
        say("提出人", "proposed by"),
        say("会变", "would change"),
        say("同意", "agreed"),
        say("状态", "state"),
    )
    for one in seen.proposals:
        moved = sum(held for _, _, held in one.shadow.moves)
        table.add_row(
            one.weights.id, escape(one.made_by), f"{moved:,}", "\n".join(_agreed(one)) or "—", _state(seen, one)
        )
    return table


def _agreed(one: Proposal) -> Iterator[str]:
    return (f"{escape(agreed.by)}（{words(DUTY_WORDS[agreed.role])}）" for agreed in one.agreed)


def _state(seen: "Seen", one: Proposal) -> str:
    if one.weights.id == seen.in_force.id:
        return f"[green]{say('现行', 'in force')}[/green]"
    if one.adopted:
        return say("已被取代", "replaced")
    return say("待同意", "open") if one.instead_of == seen.in_force.id else say("已过时", "outdated")


def _title(detector: str) -> str:
    return words(DETECTORS[detector].label)
