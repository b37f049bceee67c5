"""`mingcha ask` and `mingcha decline`: papers asked for, and complaints left unhandled with notice to whoever filed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingcha.cli.answer import To, write_letter
from mingcha.cli.desk import Id, Json, day
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import locale, out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.materials import Lacks, Material

if TYPE_CHECKING:
    from mingcha.actions.declining import Notice
    from mingcha.actions.deps import Deps

Record = Annotated[
    bool, typer.Option("--record", help=say("登记并封存（否则只看信函）", "record and seal it; else the letter alone"))
]


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("ask", help=say("请提交人补充材料", "ask whoever filed for papers"))(ask)
    app.command("decline", help=say("不予办理并告知提交人", "leave it unhandled, with notice"))(decline)


def ask(
    id_: Id,
    material: Annotated[
        list[Material] | None,
        typer.Option(
            metavar="CODE", help=say("要补充的材料，可多次：", "what to ask for, repeatable: ") + ", ".join(Material)
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help=say("等候至（YYYY-MM-DD）", "wait until (YYYY-MM-DD)"))
    ] = None,
    to: To = None,
    record: Record = False,
    json_: Json = False,
) -> None:
    """Without a material: what may be asked for of this complaint, and whether it may be left unhandled."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.declining import ask_papers, lacks

    if not material:
        with house() as deps:
            known = lacks(deps, local_actor(), id_)
        print_json(to_plain(known)) if json_ else _show(known, id_)
        return
    with house() as deps:
        made = ask_papers(deps, local_actor(), id_, material, day("--until", until), record=record)
        _write(deps, made, to)
    waited = f" --until {until}" if until else ""
    _said(made, json_=json_, hint=f"ask {id_} --material {' --material '.join(material)}{waited} --record")


def decline(id_: Id, to: To = None, record: Record = False, json_: Json = False) -> None:
    """Refused, with every reason, as long as the complaint has to be handled; this is no answer on merit."""
    from mingcha.actions import declining

    with house() as deps:
        made = declining.decline(deps, local_actor(), id_, record=record)
        _write(deps, made, to)
    _said(made, json_=json_, hint=f"decline {id_} --record")


def _show(known: Lacks, id_: str) -> None:
    title = say("可以请提交人补充的材料", "What may be asked for")
    table = folding(say("代码", "code"), say("材料", "material"), say("不可索要的原因", "why it may not"), title=title)
    for one in known.materials:
        table.add_row(one.material.value, words(one.title), words(one.why_not) if one.why_not else "")
    out.print(table)
    free = [one.material.value for one in known.materials if one.why_not is None]
    if free:
        hint = again(f"ask {id_} --material {free[-1]} --until {known.until}")
        out.print(say("例如：", "For example: ") + hint, style="dim", markup=False)
    if known.must_handle:
        out.print(say("须照常办理：", "It has to be handled:"), style="bold")
        for why in known.must_handle:
            out.print("· " + words(why), markup=False)
    else:
        out.print(say("可以不予办理：", "It may be left unhandled: ") + again(f"decline {id_}"), markup=False)


def _write(deps: "Deps", made: "Notice", to: Path | None) -> None:
    if to is not None:
        write_letter(to, made.letter.say(locale()), deps.now().astimezone(deps.zone))


def _said(made: "Notice", *, json_: bool, hint: str) -> None:
    from mingcha.actions.codec import to_plain

    if json_:
        print_json(to_plain(made))
        return
    out.print(made.letter.say(locale()), markup=False, soft_wrap=True)
    out.print()
    if made.clock is None:
        out.print(say("确认无误后登记并发出：", "Record and send it with: ") + again(hint), style="dim", markup=False)
    else:
        out.print(say("已登记并封存；请发给提交人。", "Recorded and sealed; send it to whoever filed."), style="bold")
