"""`bulk preview|apply|undo|list`: one deed for many complaints, applied exactly as it was shown and taken back within a day."""

import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer
from rich.markup import escape

from mingcha.cli.desk import Json, day
from mingcha.cli.handling import Before, Department, To, Until, assigned, requested
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import out, print_json, say, tell, words
from mingcha.cli.table import folding
from mingcha.errors import InputError
from mingcha.model.bulk import (
    DEED_KINDS,
    DEED_WORDS,
    KEPT_WORDS,
    Bulk,
    BulkDeed,
    BulkPreview,
    DeedKind,
    Draft,
    Kept,
    Selection,
)
from mingcha.model.handling import OwnRecord, Tagged
from mingcha.model.words import Words

SHOWN = 20
Deed = Annotated[DeedKind, typer.Argument(metavar="DEED", help=say("操作：", "deed: ") + ", ".join(DeedKind))]
Label = Annotated[str | None, typer.Option("--label", metavar="TAG", help=say("要加的标签", "the tag to put on"))]
Records = Annotated[
    OwnRecord | None, typer.Option(metavar="KIND", help=say("记录：", "records: ") + ", ".join(OwnRecord))
]
Ids = Annotated[
    list[str] | None, typer.Option("--id", metavar="ID", help=say("编号，可多次", "a complaint; repeatable"))
]
Channel = Annotated[str | None, typer.Option(metavar="TEXT", help=say("渠道", "channel"))]
From = Annotated[str | None, typer.Option(metavar="DATE", help=say("收到日期起", "received from"))]
Until_ = Annotated[str | None, typer.Option(metavar="DATE", help=say("收到日期止", "received until"))]
Welfare = Annotated[
    bool | None, typer.Option("--welfare/--no-welfare", help=say("是否在关怀通道", "in the welfare lane, or not"))
]
Due = Annotated[str | None, typer.Option(metavar="DATE", help=say("期限早于", "due before"))]
Have = Annotated[str | None, typer.Option("--tagged", metavar="TAG", help=say("已有此标签", "that have this tag"))]
Held = Annotated[str | None, typer.Option(metavar="NAME", help=say("由谁经办", "that this person has"))]
Seen = Annotated[
    str | None, typer.Option("--seen", metavar="DIGEST", help=say("预览给出的摘要", "the digest the preview gave"))
]
Free = Annotated[bool, typer.Option("--unassigned", help=say("无人经办", "that nobody has"))]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help=say("批量：预览、办理、撤销", "bulk: preview, apply, take back"))
    for name, zh, en in (
        ("preview", "预览：件数、样本、将跳过的", "how many, a sample, what is skipped"),
        ("apply", "按预览办理", "do exactly what was shown"),
    ):
        group.command(name, help=say(zh, en))(shown_or_done)
    group.command("undo", help=say("24 小时内撤销", "take it back within 24 hours"))(undo)
    group.command("list", help=say("批量操作清单", "bulk deeds, the newest first"))(list_)
    app.add_typer(group, name="bulk")


def shown_or_done(
    ctx: typer.Context,
    deed: Deed,
    to: To = None,
    before: Before = None,
    label: Label = None,
    records: Records = None,
    department: Department = None,
    until: Until = None,
    id_: Ids = None,
    channel: Channel = None,
    received_from: From = None,
    received_to: Until_ = None,
    welfare: Welfare = None,
    due_before: Due = None,
    tagged: Have = None,
    held_by: Held = None,
    unassigned: Free = False,
    seen: Seen = None,
    json_: Json = False,
) -> None:
    """A selection knows the facts of the queue and never what was found; what is applied is what was shown, or nothing."""
    made: dict[DeedKind, Callable[[], BulkDeed]] = {
        DeedKind.ASSIGN: lambda: assigned(to, before),
        DeedKind.TAG: lambda: _tagged(label),
        DeedKind.RECORDS: lambda: requested(records, department, until),
        DeedKind.DRAFT: Draft,
    }
    which = Selection(
        ids=tuple(id_ or ()),
        channel=channel,
        received_from=day("--received-from", received_from),
        received_to=day("--received-to", received_to),
        welfare=welfare,
        due_before=day("--due-before", due_before),
        tag=tagged,
        assigned_to=held_by,
        unassigned=unassigned or None,
    )
    if ctx.info_name == "preview":
        _preview(which, made[deed](), json_=json_, ctx=ctx)
    elif seen is None:
        raise InputError(where="--seen", found="", expected=Words("预览给出的摘要", "the digest that the preview gave"))
    else:
        _apply(which, made[deed](), seen, json_=json_)


def undo(
    bulk: Annotated[str, typer.Argument(metavar="BULK", help=say("批量编号", "the bulk deed's id"))],
    json_: Json = False,
) -> None:
    """Each complaint is as it was before; what somebody acted on since, and what was erased, is told and left."""
    from mingcha.actions.bulk import undo as act

    with house() as deps:
        done = act(deps, local_actor(), bulk)
    assert done.undone is not None
    tell(_undone(done), as_json(done), json_=json_)
    for one in () if json_ else done.undone.left:
        if one.why is not Kept.ASIDE:
            out.print(f"{one.complaint}  {words(KEPT_WORDS[one.why])}", markup=False)


def list_(json_: Json = False) -> None:
    """Who did what to how many, and until when it can be taken back."""
    from mingcha.actions.bulk import bulks

    with house() as deps:
        found, zone = bulks(deps, local_actor()), deps.zone
    if json_:
        print_json([as_json(one) for one in found])
        return
    if not found:
        out.print(say("还没有批量操作。", "No bulk deeds yet."))
        return
    table = folding(
        say("编号", "id"), say("操作", "deed"), say("件数", "of"), say("谁", "by"), say("可撤销至", "until"), ""
    )
    for one in found:
        until, kind = one.until.astimezone(zone), DEED_KINDS[type(one.applied.deed)]
        state = _undone(one) if one.undone else ""
        count = f"{len(one.applied.items):,}"
        table.add_row(one.id, words(DEED_WORDS[kind]), count, escape(one.by), f"{until:%m-%d %H:%M}", state)
    out.print(table)


def as_json(one: Bulk) -> dict[str, Any]:
    """A bulk deed as plain data."""
    left = one.undone.left if one.undone else ()
    return {
        "bulk": one.id,
        "deed": DEED_KINDS[type(one.applied.deed)].value,
        "by": one.by,
        "at": one.at.isoformat(),
        "until": one.until.isoformat(),
        "count": len(one.applied.items),
        "skipped": one.applied.skipped,
        "restored": len(one.undone.restored) if one.undone else None,
        "left": [{"complaint": each.complaint, "why": each.why.value} for each in left if each.why is not Kept.ASIDE],
        "left_aside": sum(each.why is Kept.ASIDE for each in left),
    }


def _preview(which: Selection, deed: BulkDeed, *, json_: bool, ctx: typer.Context) -> None:
    from mingcha.actions.bulk import preview
    from mingcha.actions.codec import to_plain
    from mingcha.cli.pages import days_left

    with house() as deps:
        seen = preview(deps, local_actor(), which, deed)
        today = deps.now().astimezone(deps.zone).date()
    if json_:
        lists = {"sample": [to_plain(one) for one in seen.sample], "skipped": [to_plain(one) for one in seen.skipped]}
        print_json({"count": seen.count, "aside": seen.aside, "digest": seen.digest, **lists})
        return
    kind = words(DEED_WORDS[DEED_KINDS[type(deed)]])
    title = say(
        f"{kind}：{seen.count:,} 件，样本 {len(seen.sample)}", f"{kind}: {seen.count:,}, {len(seen.sample)} shown"
    )
    table = folding(say("编号", "id"), say("期限", "due"), say("渠道", "channel"), say("经办", "who"), title=title)
    for row in seen.sample:
        who, channel = escape(row.assigned_to or ""), escape(row.channel or "")
        table.add_row(row.complaint, days_left(row.nearest, today), channel, who)
    out.print(table if seen.sample else title)
    for line in _told(seen):
        out.print(line, markup=False)
    if seen.count:
        out.print(
            say("照此办理：", "Do exactly this: ") + again(_repeated(ctx, seen.digest)), markup=False, soft_wrap=True
        )


def _apply(which: Selection, deed: BulkDeed, seen: str, *, json_: bool) -> None:
    from mingcha.actions.bulk import apply

    with house() as deps:
        done = apply(deps, local_actor(), which, deed, seen)
    count = len(done.applied.items)
    tell(say(f"已办理 {count:,} 件（{done.id}）", f"done to {count:,} ({done.id})"), as_json(done), json_=json_)
    if not json_:
        hint = again(f"bulk undo {done.id}")
        out.print(
            say("24 小时内可撤销：", "Within 24 hours it can be taken back: ") + hint, markup=False, soft_wrap=True
        )


def _told(seen: BulkPreview) -> Iterator[str]:
    """What is skipped: reasons with their counts, the first of each by id."""
    reasons = Counter(words(one.why) for one in seen.skipped)
    for why, count in reasons.items():
        first = next(one.complaint for one in seen.skipped if words(one.why) == why)
        yield say(f"跳过 {count:,} 件：{why}（如 {first}）", f"{count:,} skipped: {why} (such as {first})")
    if seen.aside:
        yield say(
            f"另有 {seen.aside:,} 件指名您或您所在条线，由他人办理",
            f"{seen.aside:,} more name you or your line: others handle them",
        )


def _undone(done: Bulk) -> str:
    assert done.undone is not None
    restored, left = len(done.undone.restored), len(done.undone.left)
    return say(f"已撤销：恢复 {restored:,} 件，保留 {left:,} 件", f"taken back: {restored:,} restored, {left:,} left")


def _repeated(ctx: typer.Context, digest: str) -> str:
    """The same command as was just given, to be applied."""
    parts = ["bulk", "apply", str(ctx.params["deed"])]
    for one in ctx.command.params:
        value = ctx.params.get(one.name or "")
        if not one.opts[0].startswith("-") or value is None or value in ((), []) or one.name == "seen":
            continue
        if isinstance(value, bool):
            parts += [one.opts[0]] if value else one.secondary_opts[:1]
        else:
            for each in value if isinstance(value, list | tuple) else [value]:
                parts += [one.opts[0], shlex.quote(str(each))]
    return " ".join([*parts, "--seen", digest])


def _tagged(label: str | None) -> Tagged:
    """InputError where no tag is given: it is no fault of the complaints."""
    if label is None:
        raise InputError(where="--label", found="", expected=Words("要加的标签，如 加急", "the tag to put on"))
    return Tagged(label)
