"""The desk on the command line: assess, queue, show, decide, and papers that move a clock."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import out, print_json, say, words
from mingcha.errors import InputError
from mingcha.model.actor import Purpose
from mingcha.model.clock import PAPERS, ClockEventKind
from mingcha.model.decision import ACCUSING, Conclusion, MeritVerdict
from mingcha.model.merit import Grievance
from mingcha.model.words import Words

Json = Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))]
Id = Annotated[
    str, typer.Argument(metavar="ID", help=say("投诉的内部编号（见 queue）", "the complaint's keyed id (see queue)"))
]
LANDSCAPE_WORDS = {
    "acts": Words("次投诉行为（同一人多渠道算一次）", "acts (one person in several channels is one)"),
    "families": Words("组近似文本", "families of near-duplicate texts"),
    "families_born": Words("组为新出现", "of them new"),
    "families_grown": Words("组有新成员", "of them grown"),
    "families_merged": Words("组并入其他组", "merged into others"),
    "families_split": Words("组自其他组分出", "split from others"),
    "families_gone": Words("组不再成立", "hold no longer"),
    "too_short_to_compare": Words("件过短，未比较", "too short to compare"),
    "left_out_of_families": Words("件退出家族后独立", "left a family and found no other"),
    "compared_with_the_likeliest": Words("篇只比较了最可能的家族", "compared with their likeliest families only"),
    "judgements_not_followed": Words("条人工判断未能照办", "judgements that could not be followed"),
    "ties": Words("条起关联作用的共用值", "shared values that link"),
    "hubs": Words("个枢纽值（列出，不作关联）", "hubs (listed, never link)"),
    "dormant_ties": Words("条关联已休眠", "ties asleep"),
    "groups": Words("个群组", "groups"),
    "rings": Words("个团伙（见 rings）", "rings (see `rings`)"),
    "rings_not_resampled": Words("个太大，未重抽", "of them too large to resample"),
}


class State(StrEnum):
    """States of a complaint on the desk."""

    OPEN = "open"
    NEEDS_REPAIR = "needs_repair"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    NOT_HANDLED = "not_handled"


class Asker(StrEnum):
    """Who made contact first before a withdrawal."""

    CONSUMER = "consumer"
    INSTITUTION = "institution"


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("assess", help=say("核查全部投诉并给出建议", "assess every complaint"))(assess)
    app.command("queue", help=say("待办：按最近期限排列", "the queue, by nearest deadline"))(queue)
    app.command("search", help=say("全文检索（脱敏文本）", "full-text search (redacted text)"))(search)
    app.command("show", help=say("查看一件投诉", "show one complaint"))(show)
    app.command("decide", help=say("作出决定：先诉求，后代理与团伙", "decide: merit first, then the rest"))(decide)
    app.command("clock", help=say("登记影响期限的文书", "record a paper that may move the clock"))(clock)


def assess(json_: Json = False) -> None:
    """Assess every complaint in the workspace."""
    from mingcha.actions.assess import assess as act
    from mingcha.cli.progress import stages
    from mingcha.model.assessment import LABEL_WORDS, Label

    with house() as deps, stages(show=not json_) as tick:
        done = act(deps, local_actor(Purpose.INVESTIGATION), tick)
    if json_:
        print_json(
            {
                "complaints": done.complaints,
                "labels": done.labels,
                "landscape": done.landscape,
                "reopened": done.reopened,
            }
        )
        return
    if not done.complaints:
        hint = again("import complaints FILE")
        out.print(say(f"工作区还没有投诉。先用 {hint}", f"No complaints here yet. First: {hint}"), markup=False)
        return
    out.print(say(f"已核查 {done.complaints:,} 件投诉", f"{done.complaints:,} complaints assessed"), style="bold")
    for label in Label:
        out.print(f"{done.labels.get(label.value, 0):>10,}  {words(LABEL_WORDS[label])}")
    for name, count in done.landscape.items():
        out.print(f"{count:>10,}  {words(LANDSCAPE_WORDS[name])}", style="dim")
    if done.reopened:
        late = say(
            f"{done.reopened:,} 件在决定之后记录有变，须复核：",
            f"{done.reopened:,} decided on what the records no longer say, to be looked at again: ",
        )
        out.print(late + again("queue --reopened"), style="yellow", markup=False)
    out.print(say("接下来：", "Next: ") + again("queue"), markup=False)


def queue(
    limit: Annotated[int, typer.Option(min=1, metavar="N", help=say("显示多少行", "how many rows"))] = 20,
    state: Annotated[
        State | None, typer.Option(metavar="STATE", help=say("只看此状态：", "only this state: ") + ", ".join(State))
    ] = None,
    due_before: Annotated[
        str | None, typer.Option(metavar="DATE", help=say("期限早于（YYYY-MM-DD）", "due before (YYYY-MM-DD)"))
    ] = None,
    reopened: Annotated[
        bool, typer.Option("--reopened", help=say("只看决定之后记录有变的", "only where records changed since"))
    ] = False,
    held_by: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("只看此人经办的", "only what this person has"))
    ] = None,
    unassigned: Annotated[
        bool, typer.Option("--unassigned", help=say("只看无人经办的", "only what nobody has"))
    ] = False,
    json_: Json = False,
) -> None:
    """Print the queue."""
    from mingcha.actions.look import queue as act
    from mingcha.cli.pages import queue_json, queue_table
    from mingcha.model.stored import QueueFilter

    where = QueueFilter(
        state=state,
        due_before=day("--due-before", due_before),
        reopened=reopened or None,
        assigned_to=held_by,
        unassigned=unassigned or None,
    )
    with house() as deps:
        page = act(deps, local_actor(), where, None, limit)
        today = deps.now().astimezone(deps.zone).date()
    if json_:
        print_json(queue_json(page))
        return
    if page.rows or page.aside:
        out.print(queue_table(page, today))
    elif where != QueueFilter():
        out.print(say("没有符合条件的投诉。", "No complaints match."))
    else:
        hint = f"{again('demo')}, {again('import complaints FILE')}"
        out.print(say(f"没有待办投诉。先用 {hint}", f"No complaints here. Try {hint}"), markup=False)


def search(
    text: Annotated[str, typer.Argument(metavar="WORDS", help=say("要找的词，空格分开", "words, separated by spaces"))],
    json_: Json = False,
) -> None:
    """Find complaints by words of their redacted text."""
    from mingcha.actions.look import search as act

    with house() as deps:
        found = act(deps, local_actor(), text)
    if json_:
        print_json({"words": text, "complaints": found})
        return
    out.print(say(f"{len(found)} 件", f"{len(found)} found"))
    for id_ in found:
        out.print(id_)


def show(
    id_: Id,
    reveal: Annotated[
        bool, typer.Option("--reveal", help=say("打开代理与团伙部分", "open agency and organisation"))
    ] = False,
    personal: Annotated[
        bool,
        typer.Option("--personal", help=say("显示个人信息（须理由，入日志）", "show personal data (reason, logged)")),
    ] = False,
    reason: Annotated[str, typer.Option(help=say("显示个人信息的理由", "why personal data are shown"))] = "",
    json_: Json = False,
) -> None:
    """Show a complaint: merit stage, or the reveal; personal data are masked unless asked for."""
    from mingcha.actions import look
    from mingcha.actions.personal import reveal_personal
    from mingcha.cli import pages

    with house() as deps:
        view = look.merit_view(deps, local_actor(), id_)
        opened = look.reveal(deps, local_actor(), id_) if reveal else None
        clear = reveal_personal(deps, local_actor(), id_, reason) if personal else None
        today = deps.now().astimezone(deps.zone).date()
        with deps.store.read() as work:
            assessed = bool(work.desk.assessments([id_]))
    if json_:
        print_json(pages.as_json(view, opened, clear))
        return
    for part in pages.merit_page(view, today):
        out.print(part)
    if clear:
        out.print(pages.personal_panel(clear))
    if not assessed:
        hint = again("assess")
        out.print(say(f"尚未核查：{hint}", f"Not assessed yet: {hint}"), style="yellow", markup=False)
    if opened:
        for part in pages.reveal_page(opened):
            out.print(part)


def decide(
    id_: Id,
    verdict: Annotated[
        str,
        typer.Argument(
            metavar="VERDICT",
            help=say("诉求：", "merit: ")
            + ", ".join(MeritVerdict)
            + say("；之后：", "; then: ")
            + ", ".join(Conclusion)
            + say("；第二人确认或撤销：confirm, undo", "; second person or undo: confirm, undo"),
        ),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=say("理由", "the reason"))],
    grievance: Annotated[
        list[Grievance] | None,
        typer.Option(
            metavar="G", help=say("成立的诉求，可多次：", "grievance upheld, repeatable: ") + ", ".join(Grievance)
        ),
    ] = None,
    clause: Annotated[
        str | None, typer.Option(metavar="CLAUSE", help=say("所依条款", "the clause it rests on"))
    ] = None,
    decision: Annotated[
        str | None, typer.Option(metavar="ID", help=say("要确认或撤销的决定", "the decision to confirm or undo"))
    ] = None,
    json_: Json = False,
) -> None:
    """Decide merit, then the rest; confirm as second person; undo."""
    from mingcha.actions import decide as acts
    from mingcha.actions.codec import to_plain
    from mingcha.cli.pages import verdict_words

    actor = local_actor()
    with house() as deps:
        if verdict in [v.value for v in MeritVerdict]:
            made = acts.decide_merit(deps, actor, id_, MeritVerdict(verdict), tuple(grievance or ()), reason)
        elif verdict in [c.value for c in Conclusion]:
            made = acts.decide_conclusion(deps, actor, id_, Conclusion(verdict), reason, clause)
        elif verdict in ("confirm", "undo"):
            if not decision:
                raise typer.BadParameter(say("须用 --decision 写明哪一项决定", "say which decision with --decision"))
            made = (acts.confirm if verdict == "confirm" else acts.undo)(deps, actor, id_, decision, reason)
        else:
            raise typer.BadParameter(say(f"不认识的决定：{verdict}", f"unknown verdict: {verdict}"))
    if json_:
        print_json(to_plain(made))
        return
    named = verdict_words(made.verdict)
    out.print(say(f"已记录并封存：{named}（{made.id}）", f"recorded and sealed: {named} ({made.id})"))
    if made.verdict in ACCUSING and not made.confirms and not made.undoes:
        out.print(say("此项决定须第二人确认后生效。", "This decision takes effect once a second person confirms it."))
    elif verdict in list(MeritVerdict):
        out.print(say("接下来：", "Next: ") + again(f"show {id_} --reveal"), markup=False)


def clock(
    id_: Id,
    event: Annotated[
        ClockEventKind, typer.Argument(metavar="EVENT", help=say("文书：", "paper: ") + ", ".join(PAPERS))
    ],
    document: Annotated[
        str | None, typer.Option(metavar="REF", help=say("文书编号或摘要", "document number or digest"))
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help=say("时间（ISO，带时区），默认现在", "ISO time with zone; now"))
    ] = None,
    approver_rank: Annotated[
        str | None, typer.Option(metavar="TEXT", help=say("批准人层级", "approver's rank"))
    ] = None,
    notified: Annotated[
        str | None, typer.Option(metavar="TIME", help=say("告知投诉人的时间", "when the complainer was told"))
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help=say("除外期间的最后一日", "last excluded day"))
    ] = None,
    new_passage: Annotated[
        str | None, typer.Option(metavar="TEXT", help=say("新事实的原文", "the passage with the new facts"))
    ] = None,
    contacted_first_by: Annotated[
        Asker | None, typer.Option(metavar="WHO", help=say("谁先联系：", "who called first: ") + ", ".join(Asker))
    ] = None,
    channel: Annotated[
        str | None, typer.Option(metavar="TEXT", help=say("撤回：通过何种渠道联系", "withdrawal: how they spoke"))
    ] = None,
    offered: Annotated[
        str | None, typer.Option(metavar="TEXT", help=say("撤回：机构给出的条件", "withdrawal: what was offered"))
    ] = None,
    matter: Annotated[
        str | None, typer.Option(metavar="CODE", help=say("只关乎哪一个期限", "the one clock it is about"))
    ] = None,
    json_: Json = False,
) -> None:
    """Record one paper; without a document it has no effect, and the reason is shown."""
    from mingcha.actions.clock_paper import record_clock_event
    from mingcha.actions.codec import to_plain
    from mingcha.cli.pages import clock_panel
    from mingcha.model.clock import ClockEvent

    actor = local_actor()
    paper = ClockEvent(
        kind=event,
        at=moment("--at", at) or datetime.now(UTC),
        document=document,
        by=actor.name,
        approver_rank=approver_rank,
        notified_at=moment("--notified", notified),
        until=day("--until", until),
        new_passage=new_passage,
        contacted_first_by=contacted_first_by,
        channel=channel,
        offered=offered,
        matter=matter,
    )
    with house() as deps:
        state = record_clock_event(deps, actor, id_, paper)
        today = deps.now().astimezone(deps.zone).date()
    if json_:
        print_json(to_plain(state))
        return
    out.print(clock_panel(state, today))


def day(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(
            where=option, found=text, expected=Words("日期，如 2026-03-05", "a date such as 2026-03-05")
        ) from None


def period(first: str | None, last: str | None, today: date, days: int) -> tuple[date, date]:
    """The days --from and --to ask for: up to today, and from so many days before the last."""
    until = day("--to", last) or today
    return day("--from", first) or until - timedelta(days=days), until


def moment(option: str, text: str | None) -> datetime | None:
    """An option's time with its zone; InputError says what it should be."""
    wanted = Words("带时区的时间，如 2026-03-05T21:14+08:00", "a time with its zone such as 2026-03-05T21:14+08:00")
    try:
        read = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(where=option, found=text, expected=wanted) from None
    if read is not None and read.utcoffset() is None:
        raise InputError(where=option, found=text, expected=wanted)
    return read
