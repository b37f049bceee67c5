"""`mingcha recusals`: which open complaints are closed to whom because they name them, and which are left to nobody."""

import typer
from rich.markup import escape

from mingcha.cli.desk import Json
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import out, print_json, say
from mingcha.cli.table import folding

LINES = 30


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("recusals", help=say("回避：哪些投诉不到哪些人手里", "who stands aside from which complaints"))(
        recusals
    )


def recusals(json_: Json = False) -> None:
    """Open complaints that name somebody with an account, their line, or the agency they belong to. Asking is sealed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.recusal import recusals as act

    with house() as deps:
        found = act(deps, local_actor())
    if json_:
        print_json([to_plain(one) for one in found])
        return
    if not found:
        hint = again("accounts names NAME --known-as …")
        out.print(
            say("没有须回避的投诉。账号的姓名、工号、网点写在：", "Nobody has to stand aside. Names of accounts: ")
            + hint,
            markup=False,
        )
        return
    nobody = sum(one.nobody for one in found)
    if nobody:
        said = say(
            f"{nobody:,} 件没有可以裁定诉求的人，须请上级机构指派：",
            f"{nobody:,} are left to nobody who decides merit; the superior body must name somebody:",
        )
        out.print(said, style="bold red")
    table = folding(say("编号", "id"), say("须回避的账号", "closed to"), "")
    for one in found[:LINES]:
        mark = f"[red]{say('无人可办', 'nobody left')}[/red]" if one.nobody else ""
        table.add_row(one.complaint, escape("、".join(one.closed_to)), mark)
    if len(found) > LINES:
        table.caption = say(f"另有 {len(found) - LINES:,} 件，见 --json", f"{len(found) - LINES:,} more with --json")
    out.print(table)
