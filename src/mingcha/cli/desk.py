"""The desk on the command line: assess, queue, show, decide, and papers that move a clock."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from mingcha.cli.house import house, local_actor
from mingcha.cli.say import out, print_json, say
from mingcha.model.actor import Purpose
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.merit import Grievance

Json = Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))]
Id = Annotated[str, typer.Argument(help=say("投诉的内部编号", "the complaint's keyed id"))]


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
        print_json({"complaints": done.complaints, "labels": done.labels, "landscape": done.landscape})
        return
    out.print(say(f"已核查 {done.complaints:,} 件投诉", f"{done.complaints:,} complaints assessed"), style="bold")
    for label in Label:
        out.print(f"{done.labels.get(label.value, 0):>10,}  {LABEL_WORDS[label].say(_locale())}")
    for name, count in done.landscape.items():
        out.print(f"{count:>10,}  {name}", style="dim")


def queue(
    limit: Annotated[int, typer.Option(help=say("显示多少行", "how many rows"))] = 20,
    state: Annotated[str | None, typer.Option(help="open, needs_repair, answered, withdrawn")] = None,
    due_before: Annotated[
        str | None, typer.Option(help=say("期限早于（YYYY-MM-DD）", "due before (YYYY-MM-DD)"))
    ] = None,
    json_: Json = False,
) -> None:
    """Print the queue."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.look import queue as act
    from mingcha.cli.pages import queue_table
    from mingcha.model.stored import QueueFilter

    where = QueueFilter(state=state, due_before=date.fromisoformat(due_before) if due_before else None)
    with house() as deps:
        page = act(deps, local_actor(), where, None, limit)
        today = deps.now().astimezone(deps.zone).date()
    if json_:
        print_json({"total": page.total, "rows": [to_plain(row) for row in page.rows]})
        return
    out.print(queue_table(page, today))


def search(
    words: Annotated[str, typer.Argument(help=say("要找的词，空格分开", "words, separated by spaces"))],
    json_: Json = False,
) -> None:
    """Find complaints by words of their redacted text."""
    from mingcha.actions.look import search as act

    with house() as deps:
        found = act(deps, local_actor(), words)
    if json_:
        print_json({"words": words, "complaints": found})
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
    if json_:
        print_json(pages.as_json(view, opened, clear))
        return
    for part in pages.merit_page(view, today):
        out.print(part)
    if clear:
        out.print(pages.personal_panel(clear))
    if opened:
        for part in pages.reveal_page(opened):
            out.print(part)


def decide(
    id_: Id,
    verdict: Annotated[
        str,
        typer.Argument(
            help="upheld|partly|not_upheld, ordinary|authorised_agent|linked_to_suspected_organisation|breach_of_order|insufficient, confirm, undo"
        ),
    ],
    reason: Annotated[str, typer.Option(help=say("理由（必填）", "the reason (required)"))],
    grievance: Annotated[list[Grievance] | None, typer.Option(help=say("成立的诉求", "grievances upheld"))] = None,
    clause: Annotated[str | None, typer.Option(help=say("所依条款", "clause it rests on"))] = None,
    decision: Annotated[str | None, typer.Option(help=say("要确认或撤销的决定", "decision to confirm or undo"))] = None,
    json_: Json = False,
) -> None:
    """Decide merit, then the rest; confirm as second person; undo."""
    from mingcha.actions import decide as acts
    from mingcha.actions.codec import to_plain

    actor = local_actor()
    with house() as deps:
        if verdict in [v.value for v in MeritVerdict]:
            made = acts.decide_merit(deps, actor, id_, MeritVerdict(verdict), tuple(grievance or ()), reason)
        elif verdict in [c.value for c in Conclusion]:
            made = acts.decide_conclusion(deps, actor, id_, Conclusion(verdict), reason, clause)
        elif verdict == "confirm" and decision:
            made = acts.confirm(deps, actor, id_, decision, reason)
        elif verdict == "undo" and decision:
            made = acts.undo(deps, actor, id_, decision, reason)
        else:
            raise typer.BadParameter(say(f"不认识的决定：{verdict}", f"unknown verdict: {verdict}"))
    if json_:
        print_json(to_plain(made))
        return
    out.print(say(f"已记录并封存：{made.verdict}（{made.id}）", f"recorded and sealed: {made.verdict} ({made.id})"))
    if made.verdict in acts.ACCUSING and not made.confirms and not made.undoes:
        out.print(say("此项决定须第二人确认后生效。", "This decision takes effect once a second person confirms it."))


def clock(
    id_: Id,
    event: Annotated[
        str, typer.Argument(help="found_complex, extension, appraisal, mediation, restart, merge, withdrawal, answered")
    ],
    document: Annotated[str | None, typer.Option(help=say("文书编号或摘要", "document number or digest"))] = None,
    at: Annotated[
        str | None, typer.Option(help=say("日期时间（ISO，带时区），默认现在", "ISO time with zone; default now"))
    ] = None,
    approver_rank: Annotated[str | None, typer.Option(help=say("批准人层级", "approver's rank"))] = None,
    notified: Annotated[str | None, typer.Option(help=say("告知投诉人的时间", "when the complainer was told"))] = None,
    until: Annotated[str | None, typer.Option(help=say("除外期间的最后一日", "last excluded day"))] = None,
    new_passage: Annotated[str | None, typer.Option(help=say("新事实的原文", "the passage with the new facts"))] = None,
    contacted_first_by: Annotated[str | None, typer.Option(help="consumer, institution")] = None,
    json_: Json = False,
) -> None:
    """Record one paper; without a document it has no effect, and the reason is shown."""
    from mingcha.actions.clock_paper import record_clock_event
    from mingcha.actions.codec import to_plain
    from mingcha.cli.pages import clock_panel
    from mingcha.model.clock import ClockEvent, ClockEventKind

    actor = local_actor()
    paper = ClockEvent(
        kind=ClockEventKind(event),
        at=datetime.fromisoformat(at) if at else datetime.now(UTC),
        document=document,
        by=actor.name,
        approver_rank=approver_rank,
        notified_at=datetime.fromisoformat(notified) if notified else None,
        until=date.fromisoformat(until) if until else None,
        new_passage=new_passage,
        contacted_first_by=contacted_first_by,
    )
    with house() as deps:
        state = record_clock_event(deps, actor, id_, paper)
        today = deps.now().astimezone(deps.zone).date()
    if json_:
        print_json(to_plain(state))
        return
    out.print(clock_panel(state, today))


def _locale() -> str:
    from mingcha.cli.say import locale

    return locale()
