"""`objections list|show|link|…`: those who are named object by their own door; answered in 15 days by somebody not on it."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from mingcha.actions.deps import Deps
from mingcha.cli.ad_cycle import As
from mingcha.cli.ad_pages import say_corrections
from mingcha.cli.families import Json, Reason
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import out, print_json, say, tell, visible, words
from mingcha.cli.table import folding
from mingcha.errors import InputError
from mingcha.model.actor import Actor
from mingcha.model.objection import (
    OBJECTION_STATE_WORDS,
    TOUCHED_WORDS,
    Touched,
    TouchedKind,
    TouchedLinked,
    TouchedUnlinked,
)
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.objections import ObjectionLine, ObjectionView

OBJECTION = Annotated[str, typer.Argument(metavar="OBJ", help=say("异议编号 OBJ-…", "its id, OBJ-…"))]
KINDS = ", ".join(f"{kind}:ID" for kind in TouchedKind)
ABOUT = Annotated[str, typer.Argument(metavar="KIND:ID", help=KINDS)]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help=say("被指名者的异议", "objections of those who are named"))
    for name, verb, zh, en in (
        ("list", list_, "待答复的异议，最急的在前", "those that wait, the nearest day first"),
        ("show", show, "一份异议", "one of them"),
        ("link", link, "它还指向这一项", "it names this as well"),
        ("unlink", unlink, "它并不指向这一项", "it does not name this"),
        ("answer", answer, "答复（不在案的人）", "answer it, from outside"),
        ("erase", erase, "删除已了结异议的内容", "destroy what an ended one says"),
    ):
        group.command(name, help=say(zh, en))(verb)
    app.add_typer(group, name="objections")


def list_(
    all_: Annotated[bool, typer.Option("--all", help=say("含已了结的", "those that ended too"))] = False,
    as_: As = None,
    json_: Json = False,
) -> None:
    """What they name is disputed until they are answered; overdue ones are told first."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.objections import objections

    with house() as deps:
        lines = objections(deps, _who(deps, as_), ended=all_)
    if json_:
        print_json([to_plain(one) for one in lines])
        return
    if not lines:
        out.print(say("没有待答复的异议。", "No objection waits."))
        return
    table = folding(
        say("编号", "objection"), say("状态", "state"), say("最迟答复", "due"), say("剩余天数", "days"),
        say("所指", "names"), say("相同", "alike"),
    )  # fmt: skip
    for one in lines:
        days = Text(str(one.days_left), style="red" if one.days_left < 0 else "")
        waits = one.state == "waiting"
        table.add_row(
            one.id, words(OBJECTION_STATE_WORDS[one.state]), one.due.isoformat(), days if waits else "", _named(one),
            str(one.alike) if one.alike else "",
        )  # fmt: skip
    out.print(table)
    late = sum(one.days_left < 0 and one.state == "waiting" for one in lines)
    if late:
        out.print(say(f"{late} 份已逾期", f"{late} overdue"), style="red")
    hint = again(f"objections show {lines[0].id}")
    out.print(say("接下来：", "Next: ") + hint, markup=False, soft_wrap=True, style="dim")


def show(
    objection: OBJECTION,
    reveal: Annotated[
        str | None,
        typer.Option(
            "--reveal", metavar="REASON", help=say("查看原文的理由（封存）", "in clear; the reason is sealed")
        ),
    ] = None,
    as_: As = None,
    json_: Json = False,
) -> None:
    """Masked, unless a reason is given. Looking is sealed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.objections import reveal_objection, see_objection

    with house() as deps:
        actor = _who(deps, as_)
        view = (
            see_objection(deps, actor, objection)
            if reveal is None
            else reveal_objection(deps, actor, objection, reveal)
        )
    if json_:
        print_json(to_plain(view))
        return
    _page(view)


def link(objection: OBJECTION, about: ABOUT, reason: Reason, as_: As = None, json_: Json = False) -> None:
    """It is disputed from now on."""
    _link(objection, TouchedLinked(_touched(about), reason), as_, json_=json_)


def unlink(objection: OBJECTION, about: ABOUT, reason: Reason, as_: As = None, json_: Json = False) -> None:
    """It is free again, unless another objection names it."""
    _link(objection, TouchedUnlinked(_touched(about), reason), as_, json_=json_)


def answer(
    objection: OBJECTION,
    reason: Reason,
    upheld: Annotated[bool, typer.Option("--uphold/--refuse", help=say("成立／不成立", "they are right, or not"))],
    falls: Annotated[
        list[str] | None,
        typer.Option(
            "--falls", metavar="ID", help=say("成立时被推翻的一项，可多次", "what falls, if upheld; repeatable")
        ),
    ] = None,
    tell_: Annotated[
        str, typer.Option("--tell", metavar="TEXT", help=say("本人看到的答复", "what the objector reads"))
    ] = "",
    alike: Annotated[bool, typer.Option("--alike", help=say("相同的一并答复", "all that are alike with it"))] = False,
    as_: As = None,
    json_: Json = False,
) -> None:
    """Whoever works on what it names, or stands above or below them, does not answer."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.objections import Answering, answer_objections

    given = Answering(upheld=upheld, reason=reason, told=tell_, falls=tuple(falls or ()), alike=alike)
    with house() as deps:
        done = answer_objections(deps, _who(deps, as_), objection, given)
    if json_:
        print_json(to_plain(done))
        return
    out.print(say(f"已答复 {len(done.answered)} 份", f"{len(done.answered)} answered"), markup=False)
    say_corrections(done.corrections)
    for ring in done.rings:
        told = say(
            f"团伙 {ring}：异议未写明号码，请人工查看其关联", f"ring {ring}: no value was named, look at its ties"
        )
        out.print(told, style="yellow", markup=False)
    for complaint in done.complaints:
        told = say(
            f"投诉 {complaint}：请重新认定，撤销原结论", f"complaint {complaint}: undo what was decided, decide anew"
        )
        out.print(told, style="yellow", markup=False)


def erase(objection: OBJECTION, reason: Reason, json_: Json = False) -> None:
    """That there was one, and how it ended, stays sealed."""
    from mingcha.actions.objections import erase_objection

    with house() as deps:
        acts = erase_objection(deps, local_actor(), objection, reason)
    tell(say(f"已删除（{acts} 项）", f"erased ({acts} acts)"), {"objection": objection, "acts": acts}, json_=json_)


def _link(objection: str, body: TouchedLinked | TouchedUnlinked, as_: str | None, *, json_: bool) -> None:
    from mingcha.actions.objections import link_objection

    with house() as deps:
        done = link_objection(deps, _who(deps, as_), objection, body)
    tell(f"{say('已登记', 'kept')}（{done.id[:8]}）", {"act": done.id, "kind": done.kind.value}, json_=json_)


def _who(deps: Deps, name: str | None) -> Actor:
    """Whoever is at the keyboard, of consumer protection, or the account that signs in here."""
    from mingcha.cli.ad_pages import who

    return local_actor() if name is None else who(deps, name)


def _touched(text: str) -> Touched:
    kind, colon, id_ = text.partition(":")
    if not colon or not id_ or kind not in list(TouchedKind):
        raise InputError(where="KIND:ID", found=text, expected=Words(KINDS, KINDS))
    return Touched(TouchedKind(kind), id_)


def _named(one: "ObjectionLine") -> str:
    told = [f"{words(TOUCHED_WORDS[each.kind])} {each.id}" for each in one.touched]
    if one.withheld:
        told.append(say(f"另有 {one.withheld} 项您不能查看", f"{one.withheld} closed to you"))
    return "；".join(told) or say("未找到，请人工核对", "nothing found: look by hand")


def _page(view: "ObjectionView") -> None:
    line = view.line
    out.print(
        f"{line.id}  {words(OBJECTION_STATE_WORDS[line.state])}  {line.due.isoformat()}", markup=False, style="bold"
    )
    out.print(say("所指：", "names: ") + _named(line), markup=False)
    for zh, en, told in (
        ("写进去的", "what of theirs", view.lodged.named),
        ("所说", "what they say", view.lodged.said),
        *(("补充", "added", text) for text in view.more),
        ("称呼", "who", view.lodged.who),
        ("联系", "reach", view.lodged.reach),
    ):
        if told:
            out.print(say(f"{zh}：", f"{en}: ") + "\n".join(map(visible, told.split("\n"))), markup=False)
    if view.left:
        told = say(f"另有 {view.left} 项未自动查找，请人工核对", f"{view.left} more were not looked for: look by hand")
        out.print(told, style="yellow")
    if view.alike:
        out.print(say("相同的：", "alike: ") + ", ".join(view.alike), markup=False, style="dim")
    if view.decided:
        told = "\n".join(map(visible, view.decided.told.split("\n")))
        out.print(say("答复：", "answer: ") + told, markup=False)
