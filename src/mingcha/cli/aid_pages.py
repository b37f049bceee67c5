"""How aid is shown: the outreach list, one customer's help, the totals; masked, keyed, readable at 80 columns."""

from datetime import date
from itertools import groupby
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
    ROUTE_WORDS,
    AidAct,
    Filed,
    LossRecorded,
    Need,
    Recovered,
    Route,
)
from mingcha.model.aid_followup import COUNTED, NEXT_WORDS
from mingcha.model.provenance import Grade
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.aid_list import AidView
    from mingcha.model.aid import AidFacts

CUSTOMER = Annotated[str, typer.Argument(metavar="CUSTOMER", help=say("客户编号 P-…", "the customer's id, P-…"))]
FEN = 100
GRADES = {
    Grade.FIRST_HAND: Words("读过原文", "read first-hand"),
    Grade.REPORTED: Words("转述", "reported"),
    Grade.UNREAD: Words("未核", "not checked"),
}
LINES = 40
SHORT = 8


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
    for need, same in groupby(found.lines[:LINES], key=lambda line: line.possible.need):
        out.print(
            f"{words(NEED_WORDS[need])}（{sum(one.possible.need is need for one in found.lines)}）",
            style="bold",
            markup=False,
        )
        table = folding("", "", "")
        table.show_header = False
        for line in same:
            why = say("；", "; ").join(words(FACT_WORDS[fact.kind]) for fact in line.possible.facts)
            state = words(AID_STATE_WORDS[line.state]) if line.state else say("未联系", "not reached")
            table.add_row(line.possible.customer, state + _asked(line.asked_until), why)
        out.print(table)
    if not found.lines:
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
    _ways(deps, view)
    _money(view.facts)
    for act in view.acts:
        out.print(_act(deps, act), markup=False, soft_wrap=True)


def _ways(deps: Deps, view: "AidView") -> None:
    """Lawful ways: offered already, or to be offered; and where legal aid is near."""
    a = deps.standards.aid
    out.print(say("可介绍的合法途径（免费，不附条件）", "lawful ways to offer (free, no conditions)"), style="bold")
    offered = {one.route for one in view.facts.offered}
    needed = view.possible is not None and view.possible.need is Need.HARDSHIP
    for route, told in ((Route.HARDSHIP, a.hardship), (Route.INSTALMENT, a.instalment), (Route.LEGAL_AID, a.legal_aid)):
        mark = "✓" if route in offered else "!" if route is Route.HARDSHIP and needed else "·"
        out.print(f"  {mark} {route}  {words(ROUTE_WORDS[route])}  {words(told.title)}", markup=False)
    for office in view.offices:
        out.print(
            f"      {' '.join(filter(None, (office.name, office.address, office.phone)))}", style="dim", markup=False
        )


def _money(facts: "AidFacts") -> None:
    """Each payment with what shows it, what came back, which letters were written."""
    if facts.losses:
        lost, back = money(facts.lost), money(facts.back)
        out.print(
            say(f"损失 {lost} 元，追回 {back} 元", f"lost CNY {lost}, back CNY {back}"), style="bold", markup=False
        )
    for id_, entry in facts.entries:
        out.print(f"  {id_[:SHORT]}  {_entry(entry)}", markup=False, soft_wrap=True)
    if facts.papers:
        made = dict.fromkeys(words(PAPER_WORDS[one.kind]) for _, one in facts.papers)
        out.print("  " + say("材料：", "letters: ") + say("、", ", ").join(made), markup=False)


def _entry(entry: LossRecorded | Filed | Recovered) -> str:
    if isinstance(entry, Filed):
        return f"{entry.on}  {say('已递交', 'handed in')}  {entry.where}  {entry.number}".rstrip()
    if isinstance(entry, Recovered):
        return f"{entry.on}  {say('追回', 'back')}  {money(entry.amount)}  {entry.origin}"
    shown = say("、", ", ").join((*entry.proofs, *entry.exhibits)) or say("尚无凭证", "nothing shows it yet")
    return f"{entry.paid_on}  {say('付给', 'paid to')} {entry.payee or '—'}  {money(entry.fee)}  {shown}"


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


def _act(deps: Deps, act: AidAct) -> str:
    said = " ".join(
        str(value) for name in ("note", "where", "origin", "reason") if (value := getattr(act.body, name, ""))
    )
    return f"  {act.at.astimezone(deps.zone):%Y-%m-%d %H:%M}  {words(AID_ACT_WORDS[act.kind])}  {act.by}  {said}"


def show_follow_up(json_: Json = False) -> None:
    """Whoever is being helped, the most pressing first, until the money is back. Looking is sealed."""
    from mingcha.actions.aid_list import follow_up
    from mingcha.actions.codec import to_plain

    with house() as deps:
        made = follow_up(deps, helper())
    if json_:
        print_json(to_plain(made))
        return
    table = folding(
        say("客户", "customer"), say("下一步", "next"), say("损失", "lost"), say("追回", "back"), say("天数", "days"), say("未动", "quiet"),
    )  # fmt: skip
    for one in made.lines:
        step = words(NEXT_WORDS[one.next]) + _asked(one.asked_until)
        table.add_row(one.customer, step, money(one.lost), money(one.back), str(one.days), str(one.quiet))
    out.print(table if made.lines else say("目前没有帮助中的客户", "nobody is being helped now"))
    if made.aside:
        out.print(say(f"另有 {made.aside} 人由他人办理", f"{made.aside} are helped by somebody else"), style="dim")


def _asked(until: date | None) -> str:
    """By when somebody speaks with them, where they asked for a person."""
    return say(f"，请求人工，{until} 前", f", asked for a person, by {until}") if until else ""


def list_offices(
    place: Annotated[str, typer.Argument(metavar="PLACE", help=say("地方，可省略", "a place, or none"))] = "",
    json_: Json = False,
) -> None:
    """Offices of legal aid, with where that was read, how good the source is, and the day it was checked."""
    from mingcha.actions.aid_list import legal_aid
    from mingcha.actions.codec import to_plain

    with house() as deps:
        found = legal_aid(deps, helper(), place)
    if json_:
        print_json([to_plain(one) for one in found])
        return
    for one in found:
        out.print(f"{one.place}  {one.name}", style="bold", markup=False)
        for part in (one.address, one.phone, f"{one.source}（{words(GRADES[one.grade])}，{one.checked_on}）"):
            if part:
                out.print(f"  {part}", markup=False, soft_wrap=True)
    if place and not any(one.place in place or place in one.place for one in found):
        out.print(
            say("没有这个地方的机构；可在 site.toml 的 [[legal_aid]] 中添加", "none in that place: add it to site.toml, [[legal_aid]]"), style="dim", markup=False,
        )  # fmt: skip


def show_totals(json_: Json = False) -> None:
    """People found and helped, what they lost and got back; nobody is named."""
    from mingcha.actions.aid_list import aid_totals
    from mingcha.actions.codec import to_plain

    with house() as deps:
        made = aid_totals(deps, helper())
    if json_:
        print_json({**to_plain(made), "counted": {name: words(how) for name, how in COUNTED.items()}})
        return
    for name, zh, en, value in (
        ("found", "登记可能受害", "found", f"{made.found:,}"),
        ("helped", "得到帮助", "helped", f"{made.helped:,}"),
        ("declined", "本人暂不需要", "declined", f"{made.declined:,}"),
        ("offered", "已介绍合法途径", "were offered a lawful way", f"{made.offered:,}"),
        ("lost", "登记损失（元）", "lost (CNY)", money(made.lost)),
        ("recovered", "已追回（元）", "recovered (CNY)", money(made.recovered)),
        ("whole", "全部追回的人数", "have it all back", f"{made.whole:,}"),
        ("days", "追回天数（中位数）", "days to have it back (median)", "—" if made.days is None else f"{made.days:,}"),
    ):
        out.print(f"{value:>14}  {say(zh, en)}", markup=False)
        out.print(f"{'':>14}  {words(COUNTED[name])}", style="dim", markup=False)
