"""What a report of an ad says, per route, Chinese first: the ad's own words, where they stand, and the clause; nobody is named
an offender, a pose is never a ground, and an association's paper is cited as what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mingcha.model.ad_cycle import ROUTE_WORDS, Drafted, Route
from mingcha.model.advert import TRADE_WORDS, AdFinding, Trade
from mingcha.model.provenance import Clause, Grade, Rank
from mingcha.model.words import Words

QUOTED = 3  # passages that weigh most
BLANK = "〔待填〕"
STATUS: dict[Grade, Words] = {
    Grade.FIRST_HAND: Words("已读原文", "read first hand"),
    Grade.REPORTED: Words("据转述，未见原文", "as reported, not read first hand"),
    Grade.UNREAD: Words("未读", "not read"),
}
OPENS: dict[Route, Words] = {
    Route.PLATFORM: Words(
        "请依平台规则核查并处理以下内容。", "Please examine this content under the platform's rules."
    ),
    Route.LINE_12377: Words("现举报以下网络信息，请依法核查处理。", "We report the following content for examination."),
    Route.ASSOCIATION: Words("现将以下线索报送贵会，供核实与联动处置。", "We pass on this lead for verification."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One ad as a report tells of it, in clear. `trade` is a person's word."""

    ad: str
    platform: str | None
    link: str | None
    account: str | None
    trade: Trade
    drafted: Drafted
    clause: Clause
    first_seen: date
    last_seen: date
    sightings: int


def may_ground(clause: Clause, on: date) -> Words | None:
    """Why a clause cannot be a ground on a day; None where it can: read first hand, stood for by the site, or an association's own
    paper under its name and status."""
    day = on.isoformat()
    if not (clause.in_force_from or day) <= day <= (clause.in_force_to or day):
        return Words("该条款在这一天没有效力", "the clause is not in force on that day")
    if clause.binds not in ("agent", "everyone"):
        return Words("该条款不约束发布者", "the clause binds no advertiser")
    own = clause.grade is Grade.FIRST_HAND or clause.countersigned_by is not None
    papers = clause.rank is Rank.SELF_REGULATORY and clause.grade is Grade.REPORTED
    return None if own or papers else Words("该条款未读原文", "the clause was not read first hand")


def ground(one: Reported) -> Words:
    """Why it is reported, in one sentence with the ad's own words."""
    trade = TRADE_WORDS[one.trade]
    quotes = _quotes(one.drafted.solicitation.judged.findings)
    zh = "、".join(f"「{quote}」" for quote in quotes)
    en = ", ".join(f'"{quote}"' for quote in quotes)
    return Words(
        f"公开招揽{trade.zh}业务" + (f"，原文有{zh}" if quotes else ""),
        f"solicits publicly for {trade.en}" + (f"; it says {en}" if quotes else ""),
    )


def cited(clause: Clause) -> Words:
    """A clause with what it is and how it is known."""
    status = STATUS[clause.grade]
    paper = Words("行业自律文件", "an association's paper") if clause.rank is Rank.SELF_REGULATORY else None
    zh = "，".join([*([paper.zh] if paper else []), status.zh])
    en = ", ".join([*([paper.en] if paper else []), status.en])
    return Words(f"{clause.id} {clause.title.zh}（{zh}）", f"{clause.id} {clause.title.en} ({en})")


def notice(one: Reported, institution: str) -> Words:
    """The text of a report."""
    route, why, clause = one.drafted.route, ground(one), cited(one.clause)
    shot = one.drafted.screenshot or BLANK
    zh = (
        f"{OPENS[route].zh}\n\n平台：{one.platform or BLANK}\n链接：{one.link or BLANK}\n账号：{one.account or BLANK}\n"
        f"理由：{why.zh}\n依据：{clause.zh}\n截图编号：{shot}\n发现：{one.first_seen} 至 {one.last_seen}，共 {one.sightings} 次\n"
        f"内部编号：{one.ad}\n\n以上为线索，请贵方自行核实。\n{institution or BLANK}"
    )
    en = (
        f"{OPENS[route].en}\n\nPlatform: {one.platform or BLANK}\nLink: {one.link or BLANK}\nAccount: {one.account or BLANK}\n"
        f"Ground: {why.en}\nClause: {clause.en}\nScreenshot: {shot}\n"
        f"Seen: {one.first_seen} to {one.last_seen}, {one.sightings} times\nOur number: {one.ad}\n\n"
        f"This is a lead for you to verify.\n{institution or BLANK}"
    )
    return Words(zh, en)


def correction(ad: str, route: Route, receipt: str | None, institution: str) -> Words:
    """What whoever got a report is told when it fell."""
    number, to = receipt or BLANK, ROUTE_WORDS[route]
    return Words(
        f"更正：本机构此前就内部编号 {ad} 提交的举报（{to.zh}，回执 {number}）不能成立，现予撤回。"
        f"如已据此采取措施，请予恢复，并请确认收到本更正。\n{institution or BLANK}",
        f"Correction: our report under number {ad} ({to.en}, receipt {number}) does not hold and is withdrawn. If anything was done because "
        f"of it, please restore it, and confirm this correction.\n{institution or BLANK}",
    )


def _quotes(findings: Sequence[AdFinding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.passage.quote for one in findings))[:QUOTED]
