"""`mingcha family`: the page of one family in the terminal, in the page's own order."""

from typing import Annotated

import typer

from mingcha.cli.house import house, local_actor
from mingcha.cli.say import out, print_json, say
from mingcha.model.actor import Purpose


def register(app: typer.Typer) -> None:
    """Add this file's verb."""
    app.command("family", help=say("一个家族：先看是不是我们的问题", "one family: is this our fault, first"))(family)


def family(
    id_: Annotated[
        str,
        typer.Argument(metavar="ID", help=say("家族编号（见 show --reveal）", "the family's id (see show --reveal)")),
    ],
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Show a family: our fault first, then innocent explanations, signs of organisation last. The look is logged."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.family_page import family as act
    from mingcha.cli.family_page import render

    with house() as deps:
        page = act(deps, local_actor(Purpose.INVESTIGATION), id_)
    if json_:
        print_json(to_plain(page))
        return
    for part in render(page):
        out.print(part)
