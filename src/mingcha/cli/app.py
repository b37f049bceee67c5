"""All verbs of the command line in the order people meet them."""

from pathlib import Path
from typing import Annotated

import typer

from mingcha.cli import (
    accounts,
    ads,
    aid,
    answer,
    benefits,
    bulk,
    campaigns,
    care,
    cases,
    causes,
    days,
    declining,
    demo,
    desk,
    erase,
    exhibits,
    families,
    family,
    handling,
    inspect,
    intake,
    keys,
    link,
    moves,
    objections,
    out,
    parity,
    persons,
    precision,
    reading,
    recusals,
    retention,
    returns,
    rewritten,
    rings,
    same,
    serve,
    weights,
)
from mingcha.cli.house import choose_workspace
from mingcha.cli.say import say
from mingcha.cli.terminal import spoken

app = typer.Typer(
    name="mingcha",
    help=say(
        "明察：分清有组织的非法代理与真实投诉人。\n\n常用：demo、import、assess、queue、show、decide、report。",
        "Tells organised illegal agents apart from genuine complainants.\n\nStart with demo, import, assess, queue, show, decide, report.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback()
def options(
    workspace: Annotated[
        Path | None,
        typer.Option(help=say("工作区文件夹", "workspace folder"), envvar="MINGCHA_WORKSPACE"),
    ] = None,
) -> None:
    """Options every verb shares."""
    choose_workspace(workspace)


for group in (
    demo,
    intake,
    desk,
    handling,
    bulk,
    answer,
    benefits,
    declining,
    care,
    causes,
    families,
    family,
    rings,
    ads,
    exhibits,
    cases,
    objections,
    aid,
    same,
    parity,
    precision,
    weights,
    recusals,
    moves,
    returns,
    inspect,
    out,
    days,
    serve,
    accounts,
    keys,
    erase,
    retention,
    reading,
    campaigns,
    rewritten,
    link,
    persons,
):
    group.register(app)
spoken(app)
