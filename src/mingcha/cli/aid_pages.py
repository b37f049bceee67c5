"""How aid is shown: the outreach list, one customer's help, the totals; masked, keyed, readable at 80 columns."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from mingcha.actions.deps import Deps
from mingcha.cli.families import Json
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.actor import Actor, Purpose
from mingcha.model.aid import (
    AID_ACT_WORDS,
    AID_STATE_WORDS,
    CHANNEL_WORDS,
    FACT_WORDS,
    NEED_WORDS,
    PAPER_WORDS,
    AidAct,
)

if TYPE_CHECKING:
    from mingcha.actions.aid_list import AidView

CUSTOMER = Annotated[str, typer.Argument(metavar="CUSTOMER", help=say("客户编号 P-…", "the customer's id, P-…"))]
FEN = 100
LINES = 40


def helper() -> Actor:
    """Whoever is at the keyboard, for the purpose of aid."""
    return local_actor(Purpose.AID)


def money(fen: int) -> str:
    """A sum in yuan."""
    return f"{fen // FEN:,}.{fen % FEN:02d}"


def list_aid(json_: Json = False) -> None:
    """The most pressing need first; whoever declined or has been helped is not listed."""
    from mingcha.actions.aid_list import aid_list
    from mingcha.actions.codec import to_plain

    with house() as deps:
        found = aid_list(deps, helper())
    if json_:
        print_json(to_plain(found))
        return
    if found.lines:
        table = folding(say("客户", "customer"), say("最急之处", "need"), say("原因", "why"), say("状态", "state"))
        for line in found.lines[:LINES]:
            why = "；".join(words(FACT_WORDS[fact.kind]) for fact in line.possible.facts)
            state = words(AID_STATE_WORDS[line.state]) if line.state else say("未联系", "not reached")
            table.add_row(line.possible.customer, words(NEED_WORDS[line.possible.need]), why, state)
        out.print(table)
    else:
        out.print(
            say("没有可能受骗的客户；或先运行 ", "nobody was found; or run first: ") + again("assess"), markup=False
        )
    for count, zh, en in (
        (max(0, len(found.lines) - LINES), "人未列出，--json 列出全部", "more; --json lists all"),
        (found.ended, "人已表示不需要或帮助已结束", "declined or were helped"),
        (found.aside, "人的来件指名本人条线，由他人办理", "name your own line: somebody else helps them"),
        (found.unnamed, "件投诉有线索但没有客户号", "complaints show signs and name no customer"),
    ):
        if count:
            out.print(say(f"另有 {count:,} {zh}", f"{count:,} {en}"), style="dim")
    if found.lines:
        hint = again(f"aid show {found.lines[0].possible.customer}")
        out.print(say("接下来：", "Next: ") + hint, markup=False, soft_wrap=True, style="dim")


def show_aid(customer: CUSTOMER, json_: Json = False) -> None:
    """Why, by which ways they can be reached safely, which cards fit, and what was done. Looking is sealed."""
    from mingcha.actions.aid_list import aid_view
    from mingcha.actions.codec import to_plain

    with house() as deps:
        view = aid_view(deps, helper(), customer)
        if json_:
            print_json(to_plain(view))
            return
        _page(deps, view)


def _page(deps: Deps, view: "AidView") -> None:
    state = words(AID_STATE_WORDS[view.facts.state]) if view.facts.state else say("未联系", "not reached")
    out.print(Text(f"{view.customer}  {view.name or ''}  {state}", style="bold"))
    if view.possible:
        out.print("  " + words(NEED_WORDS[view.possible.need]), style="yellow", markup=False)
        for fact in view.possible.facts:
            cites = " ".join(f"{cite.kind}/{cite.record}" for cite in fact.cites)
            out.print(f"  {words(FACT_WORDS[fact.kind])}  {fact.on or ''}", markup=False)
            out.print(f"    {cites}", style="dim", markup=False, soft_wrap=True)
    out.print(say("联系渠道", "ways to reach them"), style="bold")
    for one in view.channels:
        phone = f" {view.phone or ''}" if one.kind.value == "call" else ""
        why = say("不安全：", "not safe: ") + words(one.why) if one.why else say("安全", "safe")
        out.print(f"  {one.kind}  {words(CHANNEL_WORDS[one.kind])}{phone}  {why}", markup=False)
    _cards(deps, view)
    facts = view.facts
    if facts.losses or facts.papers:
        lost, back = money(facts.lost), money(facts.back)
        out.print(say(f"损失 {lost} 元，追回 {back} 元", f"lost CNY {lost}, back CNY {back}"), markup=False)
        out.print(
            "  " + "、".join(dict.fromkeys(words(PAPER_WORDS[one.kind]) for _, one in facts.papers)), markup=False
        )
    for act in view.acts:
        out.print(_act(act), markup=False, soft_wrap=True)


def _cards(deps: Deps, view: "AidView") -> None:
    """Cards that fit, else the names of all."""
    cards = deps.standards.aid.situations
    fit = [one.id for one in view.possible.situations] if view.possible else []
    fit += [one.situation for one in view.facts.cards if one.situation not in fit]
    done = {(one.situation, one.step) for one in view.facts.cards}
    for id_ in dict.fromkeys(fit):
        out.print(f"{words(cards[id_].title)}  {id_}", style="bold", markup=False)
        for step in cards[id_].steps:
            mark = "✓" if (id_, step.id) in done else "·"
            who = f"{words(step.who.title)} {step.who.number}".strip()
            out.print(f"  {mark} {step.id}  {words(step.do)}（{who}）", markup=False)
            out.print(f"      {words(step.how)}", style="dim", markup=False)
    if not fit:
        out.print(say("应急卡片：", "first-hour cards: ") + ", ".join(cards), style="dim", markup=False)


def _act(act: AidAct) -> str:
    said = " ".join(
        str(value) for name in ("note", "where", "origin", "reason") if (value := getattr(act.body, name, ""))
    )
    return f"  {act.at:%Y-%m-%d %H:%M}  {words(AID_ACT_WORDS[act.kind])}  {act.by}  {said}"


def show_totals(json_: Json = False) -> None:
    """People found and helped, what they lost and got back; nobody is named."""
    from mingcha.actions.aid_list import aid_totals
    from mingcha.actions.codec import to_plain

    with house() as deps:
        made = aid_totals(deps, helper())
    if json_:
        print_json(to_plain(made))
        return
    for zh, en, value in (
        ("登记可能受害", "found", f"{made.found:,}"),
        ("得到帮助", "helped", f"{made.helped:,}"),
        ("本人暂不需要", "declined", f"{made.declined:,}"),
        ("登记损失（元）", "lost (CNY)", money(made.lost)),
        ("已追回（元）", "recovered (CNY)", money(made.recovered)),
        ("全部追回的人数", "have it all back", f"{made.whole:,}"),
        ("追回天数（中位数）", "days to have it back (median)", "—" if made.days is None else f"{made.days:,}"),
    ):
        out.print(f"{value:>14}  {say(zh, en)}", markup=False)
