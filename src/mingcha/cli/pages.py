"""What the desk prints: queue table, merit page, reveal page; readable at 80 columns."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from rich.console import RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mingcha.actions.access_log import AccessPage
from mingcha.actions.codec import to_plain
from mingcha.actions.export import finding
from mingcha.actions.look import MeritView, QueuePage, RevealView
from mingcha.actions.personal import KIND_OF, PersonalView
from mingcha.cli.house import again
from mingcha.cli.say import locale, say, words
from mingcha.cli.strip import strip_lines
from mingcha.cli.table import folding
from mingcha.detect.catalogue import CATALOGUE
from mingcha.merit.catalogue import CHECKS
from mingcha.model.assessment import LABEL_WORDS, Label, Suggestion
from mingcha.model.clock import PAPER_WORDS, Clock, ClockState
from mingcha.model.finding import ANSWER_WORDS, Answer, Family, Finding, Nothing, Side, Unchecked
from mingcha.model.handling import OWN_RECORD_WORDS, Handling
from mingcha.model.merit import MeritState
from mingcha.model.share import Share
from mingcha.standards.calendar import local_day

DETECTORS = {one.code: one for one in CATALOGUE}
STATE_WORDS = {
    MeritState.CONFIRMED: ("成立", "confirmed", "red"),
    MeritState.PARTLY: ("部分成立", "partly", "dark_orange"),
    MeritState.DISPUTED: ("双方记录不一致", "disputed", "yellow"),
    MeritState.CONTRADICTED: ("与记录相反", "contradicted", "blue"),
    MeritState.NOT_FOUND: ("记录中未见", "not found in our records", "cyan"),
    MeritState.UNCHECKED: ("未能核查", "unchecked", "dim"),
}
GRIEVANCE_WORDS = {check.grievance.value: (check.label.zh, check.label.en) for check in CHECKS}
VERDICT_WORDS = {
    "upheld": ("成立", "upheld"),
    "partly": ("部分成立", "partly upheld"),
    "not_upheld": ("不成立", "not upheld"),
    "breach_of_order": ("扰乱投诉秩序", "breach of complaint order"),
}
PERCENT = 10_000  # millionths
FAMILY_WORDS = {
    Family.TEXT: ("文本", "text"),
    Family.LINE: ("号码网络", "line"),
    Family.PAPER: ("纸件", "paper"),
    Family.MONEY: ("资金", "money"),
    Family.VOICE: ("声音", "voice"),
    Family.OUTLET: ("引流", "outlet"),
    Family.AUTHORITY: ("授权", "authority"),
    Family.CONDUCT: ("行为", "conduct"),
}


def verdict_words(verdict: str) -> str:
    """A decision's name in the user's language."""
    if verdict in VERDICT_WORDS:
        return say(*VERDICT_WORDS[verdict])
    return words(LABEL_WORDS[Label(verdict)]) if verdict in list(Label) else verdict


def days_left(due: date, today: date) -> Text:
    """Days to a deadline, coloured: red when overdue or due within 3 days."""
    left = (due - today).days
    style = "bold red" if left < 0 else "red" if left <= 3 else "yellow" if left <= 7 else "green"
    shown = say(f"逾期 {-left} 天", f"{-left} d late") if left < 0 else say(f"剩 {left} 天", f"{left} d left")
    return Text(shown, style=style)


def queue_table(page: QueuePage, today: date) -> RenderableType:
    """The queue: no label, no score, on purpose."""
    table = Table(
        box=None,
        pad_edge=False,
        title=say(f"待办 {len(page.rows)} / {page.total:,}", f"{len(page.rows)} of {page.total:,}"),
    )
    table.add_column(say("编号", "id"), no_wrap=True)
    table.add_column(say("期限", "due"), no_wrap=True)
    for heading in ("", say("渠道", "channel"), say("诉求", "merit"), say("经办", "who")):
        table.add_column(heading, overflow="fold")
    for row in page.rows:
        mark = say("⚑ 关怀 ", "⚑ welfare ") if row.welfare else ""
        mark += say("待补正 ", "repair ") if row.state == "needs_repair" else ""
        mark += say("记录有变 ", "records changed ") if row.reopened else ""
        mark += say("期限无据 ", "clock unread ") if row.unread_clock else ""
        mark += handling_marks(page.handling[row.complaint])
        merit = say("已决", "decided") if row.merit_decided else ""
        due = days_left(row.nearest, today).append(f" {row.nearest}", style="dim")
        table.add_row(row.complaint, due, mark, escape(row.channel or ""), merit, escape(row.assigned_to or ""))
    if page.aside:
        table.caption = say(
            f"另有 {page.aside} 件指名您或您所在条线，由他人办理",
            f"{page.aside} more name you or your line: others handle them",
        )
    return table


def queue_json(page: QueuePage) -> dict[str, Any]:
    """The queue as plain data."""
    rows = []
    for row in page.rows:
        facts = page.handling[row.complaint]
        waiting = [one.asked.records.value for one in facts.waiting]
        more = {"tags": list(facts.tags), "records_waiting": waiting, "draft_on_file": facts.draft is not None}
        rows.append({**to_plain(row), "assigned_to": row.assigned_to, **more})
    return {"total": page.total, "aside": page.aside, "rows": rows}


def handling_marks(facts: Handling) -> str:
    """Tags, how many records are waited for, and whether a draft is on file: what a row of the queue has room for."""
    marks = [escape(f"#{tag}") for tag in facts.tags]
    marks += [say(f"待调档{len(facts.waiting)}", f"records {len(facts.waiting)}")] if facts.waiting else []
    marks += [say("有草稿", "draft")] if facts.draft else []
    return " ".join(marks)


def _handling(facts: Handling) -> Iterator[RenderableType]:
    if facts.holder is not None:
        yield Text(say("经办：", "with: ") + facts.holder)
    if facts.tags:
        yield Text(say("标签：", "tags: ") + " ".join(facts.tags))
    for one in facts.waiting:
        what = (
            f"{words(OWN_RECORD_WORDS[one.asked.records])} · {one.asked.department} · {one.asked.until} · {one.id[-8:]}"
        )
        yield Text(say("待调取：", "records asked for: ") + what)
    if facts.draft is not None:
        yield Text(say("草稿存档：", "draft on file: ") + f"{facts.draft.by} {local_day(facts.draft.at)}", style="dim")


def clock_panel(clock: ClockState, today: date) -> Panel:
    """The clock with every move and why it did or did not count; then what else the filing is about, a clock each."""
    body = _clock(clock, today)
    for one in clock.further:
        body.append("\n\n").append(words(one.title), style="bold").append("　").append_text(_clock(one, today))
        body.append(f"\n{one.regime}", style="dim")
    return Panel(body, title=say("期限", "clock"), subtitle=clock.regime, subtitle_align="right")


def _clock(clock: Clock, today: date) -> Text:
    body = Text()
    body.append(
        say(
            f"收到 {clock.started_on}　首个期限 {clock.first_due}　现期限 {clock.due} ",
            f"received {clock.started_on}  first due {clock.first_due}  due {clock.due} ",
        )
    )
    body.append_text(
        days_left(clock.own_nearest, today)
        if clock.ended_on is None
        else Text(say(f"已于 {clock.ended_on} 终结", f"ended {clock.ended_on}"))
    )
    if clock.unread:
        body.append(
            "\n" + say("此期限的法定依据未经核实（unread）", "no verified source for this deadline (unread)"),
            style="yellow",
        )
    for move in clock.moves:
        sign = "✓" if move.took_effect else "✗"
        body.append(
            f"\n{sign} {words(PAPER_WORDS[move.event.kind])} {move.event.at:%Y-%m-%d} → {move.due_after}  {words(move.why)}"
        )
    for warning in clock.warnings:
        body.append("\n" + words(warning), style="yellow")
    return body


def merit_page(view: MeritView, today: date) -> Iterator[RenderableType]:
    """The merit stage: text with claims marked, clock, what the records say."""
    text = Text(view.complaint.text or say("（无正文）", "(no text)"))
    for claim in view.claims:
        text.stylize("bold yellow", claim.passage.start, claim.passage.end)
    facts = " · ".join(one for one in (view.row.channel, view.row.product, f"{view.row.received_at:%Y-%m-%d}") if one)
    yield Panel(text, title=view.row.complaint, subtitle=facts)
    yield clock_panel(view.clock, today)
    for zh, en in view.warnings:
        yield Text("! " + say(zh, en), style="yellow")
    if view.possible_refilings:
        yield Text(say("正文相同的其他投诉：", "same text elsewhere: ") + ", ".join(view.possible_refilings))
    table = folding(say("诉求", "grievance"), say("结果", "state"), say("理由", "why"), title=say("诉求核查", "merit"))
    for result in view.merit:
        zh, en, style = STATE_WORDS[result.state]
        claimed = "" if result.claim else say("（未提出）", " (not claimed)")
        missing = "".join(f"\n· {words(gap)}" for gap in result.searched.missing)
        table.add_row(
            say(*GRIEVANCE_WORDS[result.grievance.value]) + claimed,
            Text(say(zh, en), style=style),
            words(result.why) + missing,
        )
    yield (
        table
        if view.merit
        else Text(say("正文中没有读到可核查的诉求。", "No checkable grievance was read in the text."), style="dim")
    )
    yield from strip_lines(view.strip)
    yield from _handling(view.handling)
    standing = view.standing
    if standing.merit:
        yield Text(
            say("诉求已决：", "merit decided: ") + f"{verdict_words(standing.merit.verdict)} — {standing.merit.by}",
            style="bold",
        )
    if view.row.reopened:
        late = say("决定之后记录有变，请复核：", "The records changed since it was decided; look again: ")
        yield Text(late + again(f"decide {view.row.complaint} VERDICT --reason …"), style="yellow")
    if standing.awaiting_second:
        yield Text(say("等待第二人确认：", "awaiting a second person: ") + standing.awaiting_second.id, style="yellow")
    if standing.conclusion:
        yield Text(
            say("结论：", "conclusion: ") + f"{verdict_words(standing.conclusion.verdict)} — {standing.conclusion.by}",
            style="bold",
        )


def reveal_page(view: RevealView) -> Iterator[RenderableType]:
    """Agency and organisation: for and against side by side, the arithmetic, what was not checked."""
    assessment = view.assessment
    suggestion = assessment.suggestion
    head = Text(LABEL_WORDS[suggestion.label].say(locale()), style="bold")
    head.append("\n" + words(suggestion.why))
    head.append("\n" + say("为何不是：", "why not: ") + words(suggestion.why_not), style="dim")
    yield Panel(head, title=say("建议（由人决定）", "suggestion (people decide)"), subtitle=suggestion.scale)
    table = folding(
        "", say("分", "pts"), say("族", "family"), say("理由与来源", "why and source"), title=say("发现", "findings")
    )
    found = [r for r in assessment.results if isinstance(r, Finding)]
    for one in sorted(found, key=lambda f: (f.side is Side.AGAINST, -f.points)):
        sign = say("指向", "for") if one.side is Side.FOR else say("反证", "against")
        points = one.points if one.side is Side.FOR else -one.points
        sources = ", ".join(f"{c.kind}:{c.record}" for c in one.cites[:3])
        why = f"{words(one.why)}\n[dim]{one.detector} · {one.clause} · {escape(sources)}[/dim]"
        table.add_row(sign, str(points), say(*FAMILY_WORDS[one.family]), why)
    yield table if found else Text(say("没有发现。", "Nothing was found."), style="dim")
    yield from _arithmetic(found, suggestion)
    if view.campaign:
        hint, texts = again(f"family {view.campaign.id}"), view.campaign.texts
        yield Text(say(f"所在家族（{texts:,} 件）：\n{hint}", f"its family ({texts:,} complaints):\n{hint}"))
    unchecked = [r for r in assessment.results if isinstance(r, Unchecked)]
    absent = sum(1 for r in assessment.results if isinstance(r, Nothing))
    rest = say(f"另有 {absent} 项查过而无", f"{absent} looked and absent")
    if unchecked:
        named = say("、", ", ").join(words(DETECTORS[u.detector].label) for u in unchecked)
        rest += (
            say(f"，{len(unchecked)} 项因缺记录未查：", f", {len(unchecked)} unchecked for want of records: ") + named
        )
    yield Text(rest, style="dim")


def _arithmetic(found: list[Finding], suggestion: Suggestion) -> Iterator[RenderableType]:
    """The sum of each answer apart: the answers are never merged."""
    totals = (
        (Answer.AGENCY, suggestion.agency_points),
        (Answer.ORGANISATION, suggestion.organisation_points),
    )
    for answer, total in totals:
        steps = [s for f, s in zip(found, suggestion.steps, strict=True) if f.answer is answer and s.counted]
        if steps:
            sums = " ".join(f"{s.points:+d} {say(*FAMILY_WORDS[s.family])}" for s in steps)
            yield Text(
                say("计算 · ", "arithmetic, ") + words(ANSWER_WORDS[answer]) + say("：", ": ") + f"{sums} = {total}"
            )
    if found:
        yield Text(
            say("同一族内只计最强的一项；决定建议的是铁律三的条件，不是总分。",
                "Only the strongest of a family counts; law 3's conditions decide, not the sum."),
            style="dim",
        )  # fmt: skip


def personal_panel(view: PersonalView) -> Panel:
    """What the records hold of the people in it, and the text, in clear."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for record in (view.complaint, view.customer):
        for column in KIND_OF[type(record)].columns if record is not None else ():
            value = getattr(record, column.name)
            if value and column.personal is not None:
                table.add_row(words(column.label), Text(str(value)))
    return Panel(table, title=say("个人信息（本次查看已记入日志）", "personal data (this look is logged)"))


def access_table(page: AccessPage) -> Table:
    """Who saw what."""
    table = folding(
        "#",
        say("时间（UTC）", "at (UTC)"),
        say("谁", "who"),
        say("做了什么", "act"),
        say("目的", "purpose"),
        say("投诉", "complaints"),
    )
    for line in page.lines:
        ids = ", ".join(line.complaints[:3])
        more = len(line.complaints) - 3
        ids += say(f" 等，另 {more} 件", f" and {more} more") if more > 0 else ""
        act = line.act if line.readable else say("无法读取（请运行 verify）", "unreadable (run verify)")
        table.add_row(str(line.seq), f"{line.at:%m-%d %H:%M}", escape(line.by), act, line.purpose, ids)
    return table


def as_json(view: MeritView, opened: RevealView | None, clear: PersonalView | None = None) -> dict[str, Any]:
    """The same as plain data; the reveal and personal data are there only when they were opened."""
    out: dict[str, Any] = {
        "id": view.row.complaint,
        "state": view.row.state,
        "text": view.complaint.text,
        "clock": to_plain(view.clock),
        "claims": [to_plain(claim) for claim in view.claims],
        "merit": [to_plain(result) for result in view.merit],
        "strip": to_plain(view.strip),
        "handling": to_plain(view.handling),
        "possible_refilings": list(view.possible_refilings),
    }
    if clear:
        out["personal"] = {
            "complaint": to_plain(clear.complaint),
            "customer": to_plain(clear.customer) if clear.customer else None,
        }
    if opened:
        suggestion = opened.assessment.suggestion
        out["suggestion"] = to_plain(suggestion)
        out["findings"] = [finding(r) for r in opened.assessment.results if isinstance(r, Finding)]
        out["unchecked"] = [to_plain(r) for r in opened.assessment.results if isinstance(r, Unchecked)]
        out["campaign"], out["organisation"] = opened.assessment.campaign, opened.assessment.group
    return out


def withheld_words(count: int) -> str:
    """How many complaints figures leave out because the asker may still decide their merit."""
    return say(f"另有 {count:,} 件诉求未决，未计入", f"{count:,} with open merit are not counted")


def share_words(share: Share) -> str:
    """A share in whole per cent with its interval, rounded outwards."""
    if share.share is None or share.low is None or share.high is None:
        return "—"
    return f"{percent(share.share)}% ({share.low // PERCENT}–{-(-share.high // PERCENT)}%)"


def percent(millionths: int) -> int:
    """Whole per cent."""
    return (millionths + PERCENT // 2) // PERCENT
