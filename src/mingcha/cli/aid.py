"""`aid list|show|reach|…`: whom to help and what was done, each act sealed; links, letters, cards and warnings are in `aid_out`."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from mingcha.cli.aid_pages import CUSTOMER, FEN, helper, list_aid, list_offices, show_aid, show_follow_up, show_totals
from mingcha.cli.families import Json
from mingcha.cli.house import house, settings
from mingcha.cli.say import say, tell
from mingcha.errors import InputError
from mingcha.model.aid import (
    AidAct,
    CardDone,
    ChannelKind,
    Closed,
    Declined,
    Filed,
    LossRecorded,
    Offered,
    Proof,
    Proved,
    Reached,
    Recovered,
    Route,
    SetAside,
)
from mingcha.model.traces import PROOFS
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.aid import Helped

DIGITS = 11  # of a sum in yuan: what the door over HTTP takes too
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help=say("说明", "a note"))]
Yuan = Annotated[str, typer.Argument(metavar="YUAN", help=say("金额，元", "the sum in yuan"))]
Day = Annotated[
    datetime | None,
    typer.Option("--on", metavar="DATE", formats=["%Y-%m-%d"], help=say("日期，默认今天", "day; today")),
]


def register(app: typer.Typer) -> None:
    """Add the group."""
    from mingcha.cli.aid_out import link, paper, print_card, warning

    group = typer.Typer(no_args_is_help=True, help=say("援助：帮助可能受骗的客户", "aid: help whoever was cheated"))
    for name, verb, zh, en in (
        ("list", list_aid, "可能受骗的客户，最急的在前", "who was probably cheated, by need"),
        ("follow-up", show_follow_up, "帮助中的人：下一步、已多少天", "who is being helped: next step, days"),
        ("show", show_aid, "一人的原因、安全渠道、经过", "one customer: why, safe ways, what was done"),
        ("reach", reach, "登记联系（仅限安全渠道）", "they were reached, by a safe way"),
        ("link", link, "生成一次性链接", "make a one-time link"),
        ("proved", proved, "登记第二重身份证明", "they proved who they are"),
        ("card", card, "完成一个应急步骤", "a first-hour step was done"),
        ("print-card", print_card, "打印应急卡片", "print a first-hour card"),
        ("offer", offer, "介绍困难帮扶、分期、法律援助", "offer hardship help, instalments, legal aid"),
        ("offices", list_offices, "按地方查法律援助机构", "offices of legal aid by place"),
        ("loss", loss, "登记损失", "what they paid"),
        ("paper", paper, "制作材料", "write a letter for them"),
        ("filed", filed, "登记材料递交", "a paper was handed in"),
        ("recovered", recovered, "登记追回", "money came back"),
        ("set-aside", set_aside, "更正：某条登记不作数", "an entry was wrong"),
        ("decline", decline, "本人暂不需要", "they want no help now"),
        ("close", close, "结束帮助", "end the help"),
        ("warning", warning, "公开提示与员工卡片", "public warning and staff card"),
        ("totals", show_totals, "帮助人数、损失、追回", "people helped, lost, recovered"),
    ):
        group.command(name, help=say(zh, en))(verb)
    app.add_typer(group, name="aid")


def reach(
    customer: CUSTOMER,
    by: Annotated[ChannelKind, typer.Option("--by", metavar="WAY", help=", ".join(ChannelKind))],
    note: Note = "",
    json_: Json = False,
) -> None:
    """Only by a way no agent can hold; `aid show` lists them."""
    _help(customer, Reached(by, note), say("已登记联系", "reached"), json_=json_)


def proved(
    customer: CUSTOMER,
    by: Annotated[Proof, typer.Option("--by", metavar="PROOF", help=", ".join(Proof))],
    code: Annotated[
        str, typer.Option(metavar="CODE", help=say("其链接页面上的编号", "the code on the page of their link"))
    ] = "",
    json_: Json = False,
) -> None:
    """With the code of a link in their hands, that link opens."""
    _help(customer, Proved(by, code), say("身份已证明", "proved"), json_=json_)


def card(
    customer: CUSTOMER,
    situation: Annotated[str, typer.Argument(metavar="CARD", help=say("情形，见 aid show", "which, see aid show"))],
    step: Annotated[str, typer.Argument(metavar="STEP", help=say("步骤", "its step"))],
    note: Note = "",
    json_: Json = False,
) -> None:
    """A step of a first-hour card."""
    _help(customer, CardDone(situation, step, note), say("步骤已完成", "step done"), json_=json_)


def offer(
    customer: CUSTOMER,
    route: Annotated[Route, typer.Argument(metavar="WAY", help=", ".join(Route))],
    note: Note = "",
    json_: Json = False,
) -> None:
    """A lawful way, free; whether they take it is for them to say."""
    _help(customer, Offered(route, note), say("已登记介绍", "entered"), json_=json_)


def loss(
    customer: CUSTOMER,
    yuan: Yuan,
    on: Day = None,
    to: Annotated[str, typer.Option(metavar="NAME", help=say("收款方", "who was paid"))] = "",
    exhibit: Annotated[
        list[str] | None, typer.Option("--exhibit", metavar="ID", help=say("证据编号，可多次", "exhibit; repeatable"))
    ] = None,
    proof: Annotated[list[str] | None, typer.Option("--proof", metavar="KIND", help=", ".join(PROOFS))] = None,
    json_: Json = False,
) -> None:
    """A fee they paid, with what shows it."""
    shown = (tuple(exhibit or ()), tuple(proof or ()))
    body = LossRecorded(fee=fen(yuan), paid_on=day(on), payee=to, exhibits=shown[0], proofs=shown[1])
    _help(customer, body, say("损失已登记", "loss entered"), json_=json_)


def filed(
    customer: CUSTOMER,
    where: Annotated[str, typer.Argument(metavar="WHERE", help=say("递交何处", "where to"))],
    on: Day = None,
    number: Annotated[str, typer.Option(metavar="NO", help=say("回执编号", "number of the receipt"))] = "",
    json_: Json = False,
) -> None:
    """They handed a paper in themselves."""
    _help(customer, Filed(where, day(on), number), say("递交已登记", "entered"), json_=json_)


def recovered(
    customer: CUSTOMER,
    yuan: Yuan,
    from_: Annotated[str, typer.Option("--from", metavar="WHOM", help=say("来自何方", "from whom"))],
    on: Day = None,
    json_: Json = False,
) -> None:
    """Money that came back."""
    body = Recovered(amount=fen(yuan), on=day(on), origin=from_)
    _help(customer, body, say("追回已登记", "entered"), json_=json_)


def set_aside(
    customer: CUSTOMER,
    act: Annotated[str, typer.Argument(metavar="ENTRY", help=say("登记编号，见 aid show", "its id, see aid show"))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("理由", "why"))],
    json_: Json = False,
) -> None:
    """A loss, a paper handed in or money back that was entered wrongly."""
    _help(customer, SetAside(act, reason), say("已更正", "set aside"), json_=json_)


def decline(customer: CUSTOMER, note: Note = "", json_: Json = False) -> None:
    """Never held against them; they may come back at any time."""
    _help(customer, Declined(note), say("已登记，不再主动联系", "entered: nobody asks again"), json_=json_)


def close(
    customer: CUSTOMER,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("理由", "why"))],
    json_: Json = False,
) -> None:
    """The help ends; they may come back at any time."""
    _help(customer, Closed(reason), say("帮助已结束", "ended"), json_=json_)


def day(on: datetime | None) -> date:
    """A day as typed, else today where the house stands."""
    return on.date() if on else datetime.now(ZoneInfo(settings().timezone)).date()


def fen(yuan: str) -> int:
    """Yuan as they are typed, in fen."""
    whole, _, part = yuan.replace(",", "").partition(".")
    if not whole.isdecimal() or len(whole) > DIGITS or not (part == "" or part.isdecimal()) or len(part) > 2:
        raise InputError(
            where="YUAN", found=yuan, expected=Words("金额，例如 3000 或 39.90", "a sum such as 3000 or 39.90")
        )
    return int(whole) * FEN + int(part.ljust(2, "0"))


def _help(customer: str, body: "Helped", said: str, *, json_: bool) -> None:
    from mingcha.actions.aid import help_customer

    with house() as deps:
        told(help_customer(deps, helper(), customer, body), said, json_=json_)


def told(act: AidAct, said: str, *, json_: bool) -> None:
    """Say what was kept."""
    tell(f"{said}（{act.id[:8]}）", {"act": act.id, "customer": act.customer, "kind": act.kind.value}, json_=json_)
