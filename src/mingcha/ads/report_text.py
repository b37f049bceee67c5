"""What a report of an ad says, per route, Chinese first: the ad's own words, where they stand, and the clause; nobody is named
an offender, a pose is never a ground, and an association's paper is cited as what it is."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.actor import ROLE_WORDS, Role
from mingcha.model.ad_cycle import ROUTE_WORDS, Drafted, Route
from mingcha.model.advert import TRADE_WORDS, Trade
from mingcha.model.provenance import Clause, Grade, Rank
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day

LEAD = Words(
    "以上为线索，请贵方自行核实；如不属实请告知，本机构将撤回并更正。",
    "This is a lead for you to verify; tell us where it does not hold, and we withdraw and correct it.",
)
QUOTED = 3  # passages that weigh most
BLANK = "〔待填〕"
STATUS: dict[Grade, Words] = {
    Grade.FIRST_HAND: Words("已读原文", "read first hand"),
    Grade.REPORTED: Words("据转述，未见原文", "as reported, not read first hand"),
    Grade.UNREAD: Words("未读", "not read"),
}
OPENS: dict[Route, Words] = {
    Route.PLATFORM: Words(
        "现举报以下内容，请依平台规则核查。", "We report this content to be examined under the platform's rules."
    ),
    Route.LINE_12377: Words("现举报以下网络信息，请依法核查。", "We report the following content for examination."),
    Route.ASSOCIATION: Words("现将以下线索报送贵会核实。", "We pass on this lead for verification."),
}
ASKS: dict[Route, Words] = {
    Route.PLATFORM: Words(
        "如属实，请下架该内容并依规处置发布账号，告知受理编号与处理结果。",
        "If it holds, please take it down, deal with the posting account under your rules, and tell us your number and the outcome.",
    ),
    Route.LINE_12377: Words(
        "如属实，请转有关平台依法处置，告知受理编号与处理结果。",
        "If it holds, please have the platform deal with it by law, and tell us your number and the outcome.",
    ),
    Route.ASSOCIATION: Words(
        "如属实，请按自律机制研判并联动处置，告知收悉情况；被广告招揽的消费者是可能的受害人，请勿据此标注任何个人。",
        "If it holds, please weigh it under your rules with your members, and confirm that it arrived. Consumers it reached are possible "
        "victims: please mark nobody because of it.",
    ),
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
    drafted_at: datetime
    approved_by: tuple[Role, ...]
    clause: Clause
    first_seen: date
    last_seen: date
    seen_at: datetime  # the last time
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
    said = [_line(quote) for quote in quotes(one)]
    zh = "、".join(f"「{quote}」" for quote in said)
    en = ", ".join(f'"{quote}"' for quote in said)
    return Words(
        f"公开招揽{trade.zh}业务" + (f"，原文有{zh}" if said else ""),
        f"solicits publicly for {trade.en}" + (f"; it says {en}" if said else ""),
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
    route, why, clause, by = one.drafted.route, ground(one), cited(one.clause), approvers(one)
    shot, day = _line(one.drafted.screenshot), local_day(one.drafted_at)
    platform, link, account = _line(one.platform), _line(one.link), _line(one.account)
    zh = (
        f"{OPENS[route].zh}\n\n平台：{platform}\n链接：{link}\n账号：{account}\n"
        f"理由：{why.zh}\n依据：{clause.zh}\n截图编号：{shot}\n发现：{one.first_seen} 至 {one.last_seen}，共 {one.sightings} 次\n"
        f"内部编号：{one.ad}\n起草日期：{day}\n同意人岗位：{by.zh}\n\n{ASKS[route].zh}\n{LEAD.zh}\n{institution or BLANK}"
    )
    en = (
        f"{OPENS[route].en}\n\nPlatform: {platform}\nLink: {link}\nAccount: {account}\n"
        f"Ground: {why.en}\nClause: {clause.en}\nScreenshot: {shot}\n"
        f"Seen: {one.first_seen} to {one.last_seen}, {one.sightings} times\nOur number: {one.ad}\nDrafted: {day}\n"
        f"Agreed to by: {by.en}\n\n{ASKS[route].en}\n{LEAD.en}\n{institution or BLANK}"
    )
    return Words(zh, en)


def cover(platform: str, count: int, institution: str) -> Words:
    """What stands above a platform's batch sheet."""
    opens, asks, of = OPENS[Route.PLATFORM], ASKS[Route.PLATFORM], _line(platform)
    return Words(
        f"{opens.zh}\n\n平台：{of}\n共 {count} 条，链接、账号、理由、依据与截图编号见附表。\n\n{asks.zh}\n{LEAD.zh}\n"
        f"{institution or BLANK}",
        f"{opens.en}\n\nPlatform: {of}\n{count} in the sheet enclosed, each with its link, account, ground, clause and "
        f"screenshot number.\n\n{asks.en}\n{LEAD.en}\n{institution or BLANK}",
    )


def approvers(one: Reported) -> Words:
    """In which roles people agreed; nobody is named outside the house."""
    said = [ROLE_WORDS[role] for role in one.approved_by]
    return Words("、".join(role.zh for role in said), ", ".join(role.en for role in said))


def correction(ad: str, route: Route, receipt: str | None, institution: str) -> Words:
    """What whoever got a report is told when it fell."""
    number, to = receipt or BLANK, ROUTE_WORDS[route]
    return Words(
        f"更正：本机构此前就内部编号 {ad} 提交的举报（{to.zh}，回执 {number}）不能成立，现予撤回。"
        f"如已据此采取措施，请予恢复，并请确认收到本更正。\n{institution or BLANK}",
        f"Correction: our report under number {ad} ({to.en}, receipt {number}) does not hold and is withdrawn. If anything was done because "
        f"of it, please restore it, and confirm this correction.\n{institution or BLANK}",
    )


def quotes(one: Reported) -> tuple[str, ...]:
    """The passages of the ad that weigh most."""
    return tuple(dict.fromkeys(found.passage.quote for found in one.drafted.solicitation.judged.findings))[:QUOTED]


def _line(said: str | None) -> str:
    """What a post or its poster wrote, on one line: it cannot look like a line of ours."""
    return " ".join((said or "").split()) or BLANK
