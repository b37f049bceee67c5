"""What was seen and what came of it: counted by rules that are printed with the counts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import median

from mingcha.ads.cycle import RETURNS_IN, fold, removed_at, reported_at, solicits
from mingcha.ads.same import plain_name
from mingcha.model.ad_cycle import AdAct, AdItem, AdState, Funnel, FunnelBy, FunnelLine
from mingcha.model.words import Words

HOUR = timedelta(hours=1)
RULES: tuple[Words, ...] = (
    Words(
        "看到：每条导入记录计一次；同一作品、同一链接，或同一账号的同一文字，算一条广告",
        "seen: each imported record once; one work, one address, or one account's same words are one ad",
    ),
    Words(
        "账号：各平台已知发布账号的个数，一个账号可有多条广告；不是人数",
        "accounts: known posting accounts of each platform, which may have many ads; they are no head count",
    ),
    Words(
        "认定：最近一次由人作出的判断；机器的建议不计",
        "judged: by the newest word of a person; what a machine suggests counts for nothing",
    ),
    Words(
        "已举报：持有回执的广告；起草、同意、导出都不算；举报件数按回执计，撤回的另列",
        "reported: ads of which a receipt is held, no draft, approval or export; reports are counted by receipt, those withdrawn apart",
    ),
    Words(
        "已下架：举报之后两次复查均已不在，间隔至少24小时；无法访问、迁移、作者自行删除不算",
        "removed: gone in two looks at least 24 hours apart, after the report; unreachable, moved or deleted by its author is not removed",
    ),
    Words(
        "中位天数：从最早一份举报发出到首次发现不在",
        "median days: from the sending of the first report to the look that first found it gone",
    ),
    Words(
        "重现：下架后30日内由人认定以另一条广告重新出现",
        "reappeared: a person recognised another ad as this one within 30 days of its removal",
    ),
    Words("按周：以广告首次发现所在的周计", "by week: the week an ad was first seen in"),
)
Day = Callable[[datetime], date]


def funnel(items: Iterable[AdItem], acts: Mapping[str, Sequence[AdAct]], by: FunnelBy, on: date, day: Day) -> Funnel:
    """The funnel of all ads, told apart by one thing. `day` says which day a time is where the house stands."""
    states = [(item, fold(acts.get(item.id, ()))) for item in items]
    parts: dict[str, list[tuple[AdItem, AdState]]] = defaultdict(list)
    for item, state in states:
        parts[_part(item, state, by, day)].append((item, state))
    lines = tuple(_line(of, parts[of]) for of in sorted(parts))
    return Funnel(by=by, on=on, lines=lines, total=_line("", states), rules=RULES)


def _part(item: AdItem, state: AdState, by: FunnelBy, day: Day) -> str:
    if by is FunnelBy.PLATFORM:
        return item.platform or ""
    if by is FunnelBy.TRADE:
        return state.word.trade.value if state.word and state.word.trade else ""
    year, week, _ = day(item.first_seen).isocalendar()
    return f"{year}-W{week:02}"


def _line(of: str, ads: Sequence[tuple[AdItem, AdState]]) -> FunnelLine:
    states = [state for _, state in ads]
    took = [(gone - sent) // HOUR for one in states if (gone := removed_at(one)) and (sent := reported_at(one))]
    reports = [report for one in states for report in one.reports]
    return FunnelLine(
        of=of,
        sightings=sum(len(item.sightings) for item, _ in ads),
        ads=len(ads),
        accounts=len({(plain_name(item.platform or ""), item.account) for item, _ in ads if item.account}),
        judged=sum(one.word is not None for one in states),
        soliciting=sum(solicits(one) for one in states),
        reported=sum(reported_at(one) is not None for one in states),
        reports=sum(report.receipt is not None and report.open for report in reports),
        removed=len(took),
        median_hours=round(median(took)) if took else None,
        reappeared=sum(_came_back(one) for one in states),
        withdrawn=sum(report.receipt is not None and not report.open for report in reports),
    )


def _came_back(state: AdState) -> bool:
    gone = removed_at(state)
    return gone is not None and any(gone <= one.seen_at <= gone + RETURNS_IN for one in state.returned)
