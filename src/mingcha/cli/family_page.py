"""The page of one family as the terminal shows it, in the page's own order; readable at 80 columns."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mingcha.campaign.summary import CHINA
from mingcha.cli.house import again
from mingcha.cli.pages import GRIEVANCE_WORDS, percent, share_words, verdict_words
from mingcha.cli.say import say, words
from mingcha.model.family_page import (
    Checked,
    Common,
    Explanation,
    FamilyPage,
    Fault,
    FaultPart,
    Hours,
    InnocentPart,
    Looked,
    MeritTally,
    Rhythm,
    SignalsPart,
    Spread,
    Tells,
)
from mingcha.model.share import Share
from mingcha.model.words import Words

LEVELS = "▁▂▃▄▅▆▇█"
BAR, SOURCES = 16, 2
MILLION = 1_000_000
FAULT_STYLE = {Fault.LIKELY: "bold red", Fault.SOME: "yellow", Fault.NOT_SHOWN: "", Fault.UNKNOWN: "dim"}
TELLS = {
    Tells.MORE_COMMON: Words("多于家族外", "more than outside"),
    Tells.AS_OUTSIDE: Words("与家族外无别", "as outside"),
    Tells.NOT_SHARED: Words("没有共同的", "none shared"),
    Tells.NO_BASE: Words("家族外无可比", "no comparison"),
    Tells.NO_DATA: Words("没有记录", "no records"),
}
LOOKED = {
    Looked.FOUND: ("green", "✓", Words("有", "found")),
    Looked.NOTHING: ("", "–", Words("查过，没有", "looked, not found")),
    Looked.UNCHECKED: ("dim", "?", Words("没有数据", "no data")),
}
CHECKED = {
    Checked.CONFIRMED: Words("成立", "confirmed"),
    Checked.NOT_CONFIRMED: Words("未证实", "not confirmed"),
    Checked.OPEN: Words("未核", "not yet"),
}
WEEKDAYS = Words("一二三四五六日", "M T W T F S S ")  # two cells a day


def render(page: FamilyPage) -> Iterator[RenderableType]:
    """The page in its order."""
    yield _head(page)
    for title, lines in (
        (say("一、是我们的问题吗？", "1. Is this our fault?"), _ours(page.ours)),
        (say("二、可能的正当解释", "2. Innocent explanations"), _innocent(page.innocent, page.members - page.unread)),
        (say("三、组织迹象", "3. Signs of organisation"), _signals(page.signals)),
    ):
        yield Panel(Group(*lines), title=title, title_align="left")
    yield from _members(page)


def _head(page: FamilyPage) -> Text:
    head = Text(say("家族 ", "Family ") + page.id, style="bold")
    counts = say(f"{page.members:,} 件投诉，{page.acts:,} 次行为", f"{page.members:,} complaints, {page.acts:,} acts")
    if page.unread:
        counts += say(f"；{page.unread:,} 件尚未核查，未计入", f"; {page.unread:,} not assessed yet and left out")
    base = say(
        f"对照：家族外 {page.compared_of:,} 件中的 {page.compared:,} 件，按编号抽取",
        f"compared with {page.compared:,} of {page.compared_of:,} complaints outside, drawn by keyed id",
    )
    return head.append(f"\n{counts}\n", style="not bold").append(base, style="not bold dim")


def _ours(ours: FaultPart) -> Iterator[RenderableType]:
    yield Text(words(ours.says) + "\n", style=FAULT_STYLE[ours.fault])
    looks = _grid(".", ".", "")
    looks.add_row(say("由人裁定", "people decided"), _bar(ours.decided), _tally(ours.decided))
    looks.add_row(say("系统核查", "checks found"), _bar(ours.checks), _tally(ours.checks))
    yield looks
    yield Text(
        say(
            "█ 成立　▒ 未证实　· 未核；括号内为 95% 区间",
            "█ confirmed  ▒ not confirmed  · not yet; 95 % interval in brackets",
        ),
        style="dim",
    )
    found = [f"{say(*GRIEVANCE_WORDS[one.grievance.value])} {_of(one.confirmed)}" for one in ours.grievances]
    if found:
        yield Text(say("其中核查成立：", "confirmed by checks: ") + say("，", ", ").join(found), style="dim")
    yield Text("\n" + say("它们有什么共同之处？", "What do they have in common?"), style="bold")
    common = _grid("", "", say("家族内.", "here."), say("家族外.", "outside."), ".")
    for one in ours.common:
        common.add_row(words(one.label), escape(one.value or "—"), _of(one.here), _of(one.outside), _tells(one))
    yield common


def _tells(one: Common) -> Text:
    return Text(words(TELLS[one.tells]), style="bold" if one.tells is Tells.MORE_COMMON else "dim")


def _bar(tally: MeritTally) -> Text:
    """Confirmed, not confirmed and not yet looked at, as one bar of `BAR` blocks."""
    confirmed, total = tally.confirmed.hits, tally.confirmed.of + tally.open
    first, second = (BAR * part // (total or 1) for part in (confirmed, tally.confirmed.of))
    if confirmed:
        first, second = max(first, 1), max(second, 1)
    bar = Text("█" * first, style="red")
    return bar.append("▒" * (second - first), style="").append("·" * (BAR - second), style="dim")


def _tally(tally: MeritTally) -> str:
    confirmed, open_ = tally.confirmed, tally.open
    if not confirmed.of:
        return say(f"都还没有结果（{open_:,} 件）", f"no result yet ({open_:,})")
    return say(
        f"{confirmed.of:,} 件有结果，成立 {confirmed.hits:,} 件，{share_words(confirmed)}；{open_:,} 件未核",
        f"{confirmed.hits:,} of {confirmed.of:,} confirmed, {share_words(confirmed)}; {open_:,} not yet",
    )


def _of(share: Share) -> str:
    return f"{share.hits:,}/{share.of:,} {percent(share.share)}%" if share.share is not None else "—"


def _innocent(part: InnocentPart, members: int) -> Iterator[RenderableType]:
    table = _grid(".", "", "")
    for one in part.explanations:
        style, mark, said = LOOKED[one.looked]
        table.add_row(Text(mark, style=style), words(one.label), _explained(one, words(said)))
    yield table
    yield Text(
        say(
            f"至少一种解释涉及 {part.explained:,} / {members:,} 件",
            f"At least one reaches {part.explained:,} of {members:,}",
        ),
        style="bold" if part.explained else "dim",
    )


def _explained(one: Explanation, said: str) -> Text:
    if one.looked is not Looked.FOUND:
        return Text(f"{said}{say('：', ': ')}{words(one.why)}", style="dim" if one.looked is Looked.UNCHECKED else "")
    sources = ", ".join(f"{cite.kind}:{cite.record}" for cite in one.cites[:SOURCES])
    more = len(one.cites) - SOURCES
    sources += say(" 等", " …") if more > 0 else ""
    told = Text(f"{words(one.why)}{say(f'（{one.members:,} 件）', f' ({one.members:,})')}")
    return told.append(f"\n{sources}", style="dim")


def _signals(part: SignalsPart) -> Iterator[RenderableType]:
    yield Text(
        say(
            "说的是整个家族，不是其中任何一件投诉或任何一个人。\n",
            "Of the family, never of one complaint or person in it.\n",
        ),
        style="dim",
    )
    table = _grid("", "")
    unrelated = part.unrelated
    table.add_row(
        say("互不相关的客户", "unrelated customers"),
        say(
            f"{unrelated.count:,}（另有 {unrelated.related:,} 名与他们相关，{unrelated.unknown:,} 件无从得知，不计）",
            f"{unrelated.count:,} ({unrelated.related:,} more are related to them, {unrelated.unknown:,} unknown and not counted)",
        ),
    )
    table.add_row(say("文本最低相似度", "least likeness inside"), f"{percent(part.similarity_min)}%")
    for name, spread in (
        (say("机构", "lenders"), part.lenders),
        (say("渠道", "channels"), part.channels),
        (say("地区", "regions"), part.regions),
    ):
        table.add_row(name, _spread(spread))
    table.add_row(say("时间分布", "spread in time"), _when(part))
    table.add_row(say("停顿后重现", "reuse after a pause"), _pauses(part))
    yield table
    yield Text("\n" + say("星期与时段（中国时间）", "Weekday and hour (China time)"), style="bold")
    yield from _hours(part.hours)


def _spread(spread: Spread) -> Text:
    shown = say("，", ", ").join(f"{one.value} {one.acts:,}" for one in spread.values) or "—"
    more = say(f"，另有 {spread.more:,} 种", f", and {spread.more:,} more") if spread.more else ""
    unknown = say(f"；{spread.unknown:,} 次未记", f"; {spread.unknown:,} without") if spread.unknown else ""
    return Text(shown + more).append(unknown, style="dim")


def _when(part: SignalsPart) -> Text:
    if part.first_at is None or part.last_at is None:
        return Text("—")
    first, last = (_day(at) for at in (part.first_at, part.last_at))
    told = say(
        f"{first} 至 {last}，{part.active_days:,} 天有投诉，最多一天 {part.densest_day_acts:,} 次",
        f"{first} to {last}, on {part.active_days:,} days, at most {part.densest_day_acts:,} acts a day",
    )
    line = part.timeline
    step = say(f"每格 {line.days} 天", f"{line.days} d a column")
    undated = say(f"；{line.undated:,} 次无时间", f"; {line.undated:,} without a time") if line.undated else ""
    return Text(f"{told}\n{_spark(line.counts)}").append(f" {step}{undated}", style="dim")


def _pauses(part: SignalsPart) -> str:
    pauses, longest = part.pauses, part.pauses.longest
    if longest is None:
        return say("不到两天，无从说起", "fewer than two days: nothing to tell")
    if not pauses.of:
        return say(f"没有；最长间隔 {longest.days:,} 天", f"none; the longest gap: {longest.days:,} d")
    shown = say("，", ", ").join(f"{one.last} → {one.next}" for one in pauses.shown[:SOURCES])
    told = say(
        f"{pauses.of:,} 次，停顿 {pauses.at_least} 天以上", f"{pauses.of:,} after {pauses.at_least} days or more"
    )
    return f"{told}{say('：', ': ')}{shown}" + (say(" 等", " …") if pauses.of > SOURCES else "")


def _hours(hours: Hours) -> Iterator[RenderableType]:
    table = _grid(".", say("零时至二十三时.", "hour 0 to 23."), words(WEEKDAYS) + ".")
    for name, grid in ((say("家族内", "here"), hours.here), (say("家族外", "outside"), hours.outside)):
        by_hour = [sum(row[hour] for row in grid) for hour in range(24)]
        table.add_row(name, _spark(by_hour), _spark([sum(row) for row in grid], wide=2))
    yield table
    told = words(hours.why)
    if hours.p is not None:
        p = f"p = {hours.p / MILLION:.4f}"
        told += say(f"（置换检验 {hours.draws:,} 次，{p}）", f" (permutation test, {hours.draws:,} draws, {p})")
    yield Text(told, style="bold" if hours.rhythm is Rhythm.DIFFERENT else "dim")


def _spark(counts: Sequence[int], wide: int = 1) -> str:
    """One block a count, its height against the highest; nothing there is a dot."""
    top = max(counts, default=0)
    return "".join((LEVELS[(len(LEVELS) * n - 1) // top] if n else "·") * wide for n in counts)


def _day(at: datetime) -> str:
    return at.astimezone(CHINA).date().isoformat()


def _members(page: FamilyPage) -> Iterator[RenderableType]:
    shown = say(
        f"所列投诉 {len(page.cited)} / {page.members:,}", f"complaints listed: {len(page.cited)} of {page.members:,}"
    )
    table = Table(box=None, pad_edge=False, title=shown)
    for heading in (
        say("编号", "id"),
        say("收到", "received"),
        say("渠道", "channel"),
        say("裁定", "decided"),
        say("核查", "checks"),
    ):
        table.add_column(heading, no_wrap=True, overflow="ellipsis")
    for one in page.cited:
        day = _day(one.received_at) if one.received_at else "—"
        decided = verdict_words(one.decided) if one.decided else ""
        table.add_row(one.complaint, day, escape(one.channel or ""), decided, words(CHECKED[one.checks]))
    yield table
    if page.cited:
        yield Text(say("接下来：", "Next: ") + again(f"show {page.cited[0].complaint}"))


def _grid(*columns: str) -> Table:
    """Columns without lines. A name ending in a point keeps its column on one line; headings show where there are any."""
    table = Table(box=None, pad_edge=False, show_header=any(name.strip(".") for name in columns))
    for name in columns:
        table.add_column(name.rstrip("."), no_wrap=name.endswith("."), overflow="fold")
    return table
