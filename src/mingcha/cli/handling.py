"""`assign`, `tag`, `records`, `draft`, `take-back`: one complaint handled without deciding it, each act sealed."""

from typing import Annotated

import typer

from mingcha.cli.desk import Id, Json, day
from mingcha.cli.house import house, local_actor
from mingcha.cli.say import say, tell
from mingcha.errors import InputError
from mingcha.model.actor import LOCAL
from mingcha.model.handling import Assigned, DeskAct, OwnRecord, RecordsArrived, RecordsRequested, Tagged, Untagged
from mingcha.model.words import Words

To = Annotated[str | None, typer.Option(metavar="NAME", help=say("交给谁，默认本人", "to whom; yourself"))]
Before = Annotated[str | None, typer.Option("--from", metavar="NAME", help=say("从谁接手", "who has it now"))]
Department = Annotated[
    str | None, typer.Option(metavar="TEXT", help=say("向哪个部门调取", "which department of ours is asked"))
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help=say("须到达的日期", "until when they are to come"))]


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("assign", help=say("指派经办人", "give a complaint to one person"))(assign)
    app.command("tag", help=say("加或去掉标签", "put a tag on it, or take one off"))(tag)
    app.command("records", help=say("向本机构部门调取记录", "ask a department of ours for records"))(records)
    app.command("draft", help=say("起草答复存档", "put the drafted answer on file"))(draft)
    app.command("take-back", help=say("撤销上一步", "take the last of these acts back"))(take_back)


def assign(id_: Id, to: To = None, before: Before = None, json_: Json = False) -> None:
    """One person has a complaint; it is taken over only from whoever has it, and never goes to whom it names."""
    from mingcha.actions.handling import assign as act

    with house() as deps:
        done = act(deps, local_actor(), id_, assigned(to, before))
    _told(done, say("已指派", "assigned"), json_=json_)


def tag(
    id_: Id,
    name: Annotated[str, typer.Argument(metavar="TAG", help=say("标签，如 加急", "the tag, such as urgent"))],
    off: Annotated[bool, typer.Option("--off", help=say("去掉", "take it off"))] = False,
    json_: Json = False,
) -> None:
    """A tag says what is to be done; one that labels or names anybody is refused."""
    from mingcha.actions.handling import tag as act

    with house() as deps:
        done = act(deps, local_actor(), id_, Untagged(name) if off else Tagged(name))
    _told(done, say("已去掉标签", "tag taken off") if off else say("已加标签", "tagged"), json_=json_)


def records(
    id_: Id,
    kind: Annotated[
        OwnRecord | None,
        typer.Argument(metavar="KIND", help=say("记录：", "records: ") + ", ".join(OwnRecord)),
    ] = None,
    department: Department = None,
    until: Until = None,
    arrived: Annotated[
        str | None,
        typer.Option(metavar="REQUEST", help=say("已到达：调取编号，见 show", "they came: the request, see show")),
    ] = None,
    json_: Json = False,
) -> None:
    """Our own records only: whoever complained is asked for nothing, and the clock runs on."""
    from mingcha.actions.handling import request_records
    from mingcha.actions.look import merit_view

    with house() as deps:
        if arrived is not None:
            waiting = [one.id for one in merit_view(deps, local_actor(), id_).handling.waiting]
            meant = [one for one in waiting if arrived and one.endswith(arrived)]
            done = request_records(deps, local_actor(), id_, RecordsArrived(meant[0] if len(meant) == 1 else arrived))
        else:
            done = request_records(deps, local_actor(), id_, requested(kind, department, until))
    said = (
        say("已登记到达", "entered as arrived") if arrived else say("已调取，期限照常计算", "asked; the clock runs on")
    )
    _told(done, said, json_=json_)


def draft(id_: Id, json_: Json = False) -> None:
    """Only after merit is decided. Nothing leaves the house, and no clock ends."""
    from mingcha.actions.handling import keep_draft

    with house() as deps:
        done = keep_draft(deps, local_actor(), id_)
    _told(done, say("草稿已存档，未发出", "on file; nothing was sent"), json_=json_)


def take_back(id_: Id, json_: Json = False) -> None:
    """Who has it, its tags, records asked for and the draft are as they were before the last of these acts."""
    from mingcha.actions.handling import take_back as act

    with house() as deps:
        done = act(deps, local_actor(), id_)
    _told(done, say("已撤销上一步", "taken back"), json_=json_)


def assigned(to: str | None, before: str | None) -> Assigned:
    """What the options say of who is to have it."""
    return Assigned(to or local_actor().name.removeprefix(LOCAL), before)


def requested(kind: OwnRecord | None, department: str | None, until: str | None) -> RecordsRequested:
    """What the options say of records; InputError names the one that is missing."""
    last = day("--until", until)
    if kind is None or department is None or last is None:
        missing = "KIND" if kind is None else "--department" if department is None else "--until"
        expected = Words("记录种类、部门与到达日期", "the kind of records, a department, and the day they are to come")
        raise InputError(where=missing, found="", expected=expected)
    return RecordsRequested(kind, department, last)


def _told(act: DeskAct, said: str, *, json_: bool) -> None:
    tell(f"{said}（{act.id[-8:]}）", {"act": act.id, "complaint": act.complaint, "kind": act.kind.value}, json_=json_)
