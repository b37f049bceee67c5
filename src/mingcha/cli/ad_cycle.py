"""`ads import|list|show|word|report|approve|receipt|answer|recheck|…`: what people do about ads; nothing here sends anything."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingcha.actions.deps import Deps
from mingcha.cli.ad_add import Place, place_code
from mingcha.cli.ad_export import export, mailed
from mingcha.cli.ad_pages import AD, analyst, list_ads, say_corrections, show_ad, show_funnel, who
from mingcha.cli.families import Json, Reason
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import Exit, out, print_json, say, tell, words
from mingcha.errors import InputError
from mingcha.model.ad_cycle import (
    LIKENESS_WORDS,
    AdAct,
    AdState,
    Answered,
    Checked,
    Likeness,
    Look,
    Reply,
    Route,
    Solicits,
)
from mingcha.model.advert import Trade
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.ad_checks import Imported

AnAd = Annotated[str | None, typer.Argument(metavar="AD", help=say("广告编号 AD-…", "the ad's id, AD-…"))]
RouteOption = Annotated[Route | None, typer.Option("--route", metavar="ROUTE", help=", ".join(Route))]
From = Annotated[Path | None, typer.Option("--from", metavar="FILE", help=say("从表格导入", "import from a table"))]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help=say("以此账号当场登录操作", "act as this account; signs in here")),
]
At = Annotated[
    str | None, typer.Option("--at", metavar="TIME", help=say("带时区的 ISO 时间，默认现在", "ISO time with zone; now"))
]
LISTED = ", ".join


def register_in(group: typer.Typer) -> None:
    """Add this file's verbs to the group `ads`."""
    for name, verb, zh, en in (
        ("import", import_, "导入广告线索（一行一次发现）", "import sightings, a row each"),
        ("list", list_ads, "广告清单：状态与待办", "ads: how they stand, what is due"),
        ("show", show_ad, "一条广告的全部经过", "everything done about one ad"),
        ("word", word, "由人认定是否招揽", "a person's word: does it solicit"),
        ("report", report, "起草举报（不发送）", "draft a report (sends nothing)"),
        ("approve", approve, "同意举报：须两人，涉本机构须三人", "agree: two people; three if it names us"),
        ("export", export, "导出或邮寄已同意的举报", "write or mail what was agreed to"),
        ("mailed", mailed, "登记邮件是否到达", "say whether a mail arrived"),
        ("receipt", receipt, "登记已发送的回执", "enter the receipt of what was sent"),
        ("answer", answer, "登记对举报的答复", "enter what a report was answered"),
        ("recheck", recheck, "登记复查：仍在、已不在……", "enter a look: still up, gone …"),
        ("reappeared", reappeared, "疑似重现清单；登记重现", "what may have come back; say so"),
        ("object", object_, "发布者异议：登记、支持、驳回", "the poster objects: enter, decide"),
        ("withdraw", withdraw, "撤回举报", "take a report back"),
        ("corrected", corrected, "登记更正已送达", "a correction was confirmed"),
        ("funnel", show_funnel, "漏斗：发现、举报、下架、重现", "seen, reported, removed, returned"),
        ("erase", erase, "删除一条广告的全部数据", "erase all data of one ad"),
    ):
        group.command(name, help=say(zh, en))(verb)


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|FOLDER",
            help=say("表格；图片、网页、视频、WARC、WACZ", "a table; pictures, pages, videos, WARC, WACZ"),
        ),
    ],
    map_: Annotated[Path | None, typer.Option("--map", help=say("映射文件（TOML）", "mapping file (TOML)"))] = None,
    source: Annotated[str, typer.Option(help=say("来源系统名称", "name of the source system"))] = "default",
    check: Annotated[bool, typer.Option("--check", help=say("只试读，不写入", "try it, write nothing"))] = False,
    rejects: Annotated[Path | None, typer.Option(help=say("退回行写到哪里", "where rejected rows go"))] = None,
    platform: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("图片等：平台", "of pictures …: the platform"))
    ] = None,
    place: Place = None,
    seen: Annotated[
        str | None,
        typer.Option(metavar="TIME|file", help=say("发现时间；file：按文件", "when seen; file: as each file says")),
    ] = None,
    transcript: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("视频字幕", "of a video: .srt, .vtt, .txt"))
    ] = None,
    keep: Annotated[bool, typer.Option(help=say("原件保存为证据", "keep the originals as exhibits"))] = True,
    json_: Json = False,
) -> None:
    """The same as `mingcha import ads FILE`; pictures, pages, videos and captures too. Sightings of one ad are one ad."""
    from mingcha.actions.ad_sightings import group_sightings
    from mingcha.cli.ad_finds import Asked, import_finds, is_find
    from mingcha.cli.intake import import_ as take_in

    if not check:
        with house() as deps:
            group_sightings(deps, analyst())  # of a workspace from before there were ads
    if is_find(file):
        asked = Asked(platform, place_code(place), seen, transcript, rejects, keep=keep, check=check)
        import_finds(file, asked, json_=json_)
        return
    take_in("ads", file, map_, source, check, rejects, json_)


def word(
    ad: AD,
    solicits: Annotated[Solicits, typer.Option(metavar="WORD", help=LISTED(Solicits))],
    reason: Reason,
    trade: Annotated[Trade | None, typer.Option(metavar="TRADE", help=LISTED(Trade))] = None,
    json_: Json = False,
) -> None:
    """Say whether an ad solicits, and for which trade; what the machine reads stands beside it, neither replaces the other."""
    from mingcha.actions.ad_words import judge_ad
    from mingcha.wiring import ad_judge

    with house() as deps:
        done = judge_ad(deps, analyst(), ad_judge(deps.standards).judge, ad, solicits, trade, reason)
    follows = again(f"ads report {ad} --route platform")
    _told(done, say("已认定并封存", "judged and sealed"), follows if solicits is Solicits.YES else None, json_=json_)


def report(
    ad: AD,
    route: Annotated[Route, typer.Option(metavar="ROUTE", help=LISTED(Route))],
    clause: Annotated[
        str | None, typer.Option(metavar="CLAUSE", help=say("所依条款", "the clause it rests on"))
    ] = None,
    names_us: Annotated[
        bool, typer.Option("--names-us", help=say("内容提及本机构", "the post names our institution"))
    ] = False,
    screenshot: Annotated[
        str | None, typer.Option(metavar="REF", help=say("截图编号", "number of the screenshot"))
    ] = None,
    looked_up: Annotated[
        datetime | None,
        typer.Option(
            metavar="DATE", formats=["%Y-%m-%d"], help=say("所称名义查无登记的日期", "the day no register had its name")
        ),
    ] = None,
    json_: Json = False,
) -> None:
    """Draft a report of an ad a person judged. What complains, reports, warns or teaches is reported by nobody."""
    from mingcha.actions.ad_reports import GROUND, Wanted, draft_report
    from mingcha.wiring import ad_judge

    wanted = Wanted(
        route=route,
        clause=clause or GROUND,
        names_institution=names_us,
        screenshot=screenshot,
        looked_up=looked_up.date() if looked_up else None,
    )
    with house() as deps:
        done = draft_report(deps, analyst(), ad_judge(deps.standards).judge, ad, wanted)
    _told(done, say("已起草，未发送", "drafted, nothing is sent"), again(f"ads approve {ad}"), json_=json_)


def approve(ad: AD, route: RouteOption = None, as_: As = None, json_: Json = False) -> None:
    """Agree to a report. Whoever drafted it may be the first; the second is neither that person nor their subordinate."""
    from mingcha.actions.ad_funnel import see_ad
    from mingcha.actions.ad_reports import approve_report
    from mingcha.ads.cycle import approved

    with house() as deps:
        done = approve_report(deps, who(deps, as_), ad, route)
        enough = any(approved(one) for one in see_ad(deps, analyst(), ad).state.reports if one.open)
    follows = "ads export --out DIR" if enough else f"ads approve {ad} --as NAME"
    said = say("已同意并封存", "agreed and sealed")
    _told(
        done,
        said if enough else said + say("，还须另一人同意", "; another person has to agree"),
        again(follows),
        json_=json_,
    )


def receipt(
    ad: AnAd = None,
    number: Annotated[str | None, typer.Argument(metavar="NUMBER", help=say("回执编号", "its number"))] = None,
    route: RouteOption = None,
    sent: At = None,
    table: From = None,
    json_: Json = False,
) -> None:
    """Say that a report was sent, and hold its receipt. A table has `ad, route, receipt, sent_at, answer, answered_at, text`."""
    from mingcha.actions.ad_checks import enter_receipt, import_answers, zoned
    from mingcha.wiring import open_table

    with house() as deps:
        if table is not None:
            _imported(import_answers(deps, analyst(), open_table(table)), json_=json_)
            return
        at = zoned("--at", sent) if sent else None
        done = enter_receipt(deps, analyst(), _given(ad, "AD"), _given(number, "NUMBER"), route, at)
    _told(done, say("已登记回执，即为已举报", "receipt held: it is reported"), None, json_=json_)


def answer(
    ad: AD,
    reply: Annotated[Reply, typer.Argument(metavar="ANSWER", help=LISTED(Reply))],
    text: Annotated[str, typer.Option(metavar="TEXT", help=say("答复原文", "what it says"))] = "",
    route: RouteOption = None,
    at: At = None,
    json_: Json = False,
) -> None:
    """Keep what came back for a report."""
    from mingcha.actions.ad_checks import enter_answer, zoned

    with house() as deps:
        chosen = route or _only_route(deps, ad)
        done = enter_answer(deps, analyst(), ad, Answered(chosen, reply, text, zoned("--at", at) if at else deps.now()))
    _told(done, say("已登记答复", "answer kept"), None, json_=json_)


def recheck(
    ad: AnAd = None,
    result: Annotated[Look | None, typer.Option(metavar="RESULT", help=LISTED(Look))] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help=say("看的地址或新地址", "address; where to"))] = None,
    at: At = None,
    table: From = None,
    json_: Json = False,
) -> None:
    """Enter a look. Gone takes two at least 24 hours apart; unreachable is not gone. A table has `ad, url, result, at`."""
    from mingcha.actions.ad_checks import check_ad, import_looks, zoned
    from mingcha.wiring import open_table

    with house() as deps:
        if table is not None:
            _imported(import_looks(deps, analyst(), open_table(table)), json_=json_)
            return
        if result is None:
            raise InputError(where="--result", found="", expected=Words(LISTED(Look), LISTED(Look)))
        looked = Checked(result, zoned("--at", at) if at else deps.now(), url)
        done = check_ad(deps, analyst(), _given(ad, "AD"), looked)
    _told(done, say("已登记复查", "look kept"), None, json_=json_)


def reappeared(
    old: AnAd = None,
    new: Annotated[str | None, typer.Argument(metavar="NEW", help=say("新广告编号", "the new ad's id"))] = None,
    by: Annotated[Likeness, typer.Option(metavar="BY", help=LISTED(Likeness))] = Likeness.TEXT,
    json_: Json = False,
) -> None:
    """Without ids: ads that may have come back, by words, poster, link or handle. With two: a person says that AD came back as NEW."""
    from mingcha.actions.ad_checks import recognise
    from mingcha.actions.ad_returns import returned_perhaps
    from mingcha.actions.codec import to_plain

    with house() as deps:
        if old is not None:
            done = recognise(deps, analyst(), old, _given(new, "NEW"), by)
            _told(done, say("已登记重现", "reappearance kept"), None, json_=json_)
            return
        found = returned_perhaps(deps, analyst())
    if json_:
        print_json([to_plain(one) for one in found])
        return
    for one in found:
        like = say(f"文字相同 {one.share / 10_000:.0f} %", f"{one.share / 10_000:.0f} % of the words")
        shared = f"{words(LIKENESS_WORDS[one.by])}, " if one.by is not Likeness.TEXT else ""
        out.print(f"{one.old} → {one.new}  {shared}{like}", markup=False)
    if not found:
        out.print(say("没有疑似重现的广告", "no ad looks like one that went"))


def object_(
    ad: AD,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help=say("异议内容", "what the poster says"))] = None,
    upheld: Annotated[
        bool | None, typer.Option("--uphold/--refuse", help=say("支持或驳回，须理由", "decide it; needs a reason"))
    ] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=say("理由", "the reason"))] = "",
    as_: As = None,
    json_: Json = False,
) -> None:
    """Enter an objection of the poster, or decide it; whoever drafted or approved the report does not decide."""
    from mingcha.actions.ad_objections import record_objection, refuse_objection, uphold_objection
    from mingcha.actions.codec import to_plain

    with house() as deps:
        actor = who(deps, as_)
        if upheld is None:
            _told(record_objection(deps, actor, ad, text or ""), say("异议已登记", "objection kept"), None, json_=json_)
        elif upheld:
            owed = uphold_objection(deps, actor, ad, reason)
            if json_:
                print_json([to_plain(one) for one in owed])
                return
            out.print(
                say("异议获支持：举报已撤回，此广告今后不再认定。", "Upheld: reports are withdrawn, it is no ad now.")
            )
            say_corrections(owed)
        else:
            _told(refuse_objection(deps, actor, ad, reason), say("异议已驳回", "objection refused"), None, json_=json_)


def withdraw(ad: AD, reason: Reason, route: RouteOption = None, json_: Json = False) -> None:
    """Take a report back; what had left the house is owed a correction."""
    from mingcha.actions.ad_reports import withdraw_report
    from mingcha.actions.codec import to_plain

    with house() as deps:
        owed = withdraw_report(deps, analyst(), ad, route, reason)
    if json_:
        print_json([to_plain(one) for one in owed])
        return
    out.print(say("举报已撤回", "the report is withdrawn"))
    say_corrections(owed)


def corrected(
    ad: AD,
    route: Annotated[Route, typer.Option(metavar="ROUTE", help=LISTED(Route))],
    how: Annotated[str, typer.Option(metavar="TEXT", help=say("对方如何确认", "how it was confirmed"))],
    json_: Json = False,
) -> None:
    """Whoever got a report that fell confirmed the correction."""
    from mingcha.actions.ad_reports import confirm_correction

    with house() as deps:
        done = confirm_correction(deps, analyst(), ad, route, how)
    _told(done, say("更正已送达", "the correction arrived"), None, json_=json_)


def erase(ad: AD, reason: Reason, json_: Json = False) -> None:
    """Destroy its sightings, who posted it and what acts on it say; that there was an ad stays."""
    from mingcha.actions.ad_sightings import erase_ad

    with house() as deps:
        versions = erase_ad(deps, local_actor(), ad, reason)
    said = say(f"已删除 {versions} 份线索数据", f"{versions} sightings erased")
    tell(said, {"ad": ad, "versions": versions}, json_=json_)


def _told(act: AdAct, said: str, follows: str | None, *, json_: bool) -> None:
    tell(f"{said}（{act.id[:8]}）", {"act": act.id, "ad": act.ad, "kind": act.kind.value}, json_=json_)
    if follows and not json_:
        out.print(say("接下来：", "Next: ") + follows, markup=False, soft_wrap=True)


def _imported(done: "Imported", *, json_: bool) -> None:
    from mingcha.cli.faults import say_faults

    tell(
        say(f"已登记 {done.kept:,} 项", f"{done.kept:,} kept"),
        {"kept": done.kept, "not": len(done.faults)},
        json_=json_,
    )
    if say_faults(done.faults):
        raise typer.Exit(int(Exit.REJECTS))


def _only_route(deps: Deps, ad: str) -> Route:
    from mingcha.actions.ad_funnel import see_ad

    state: AdState = see_ad(deps, analyst(), ad).state
    held = [one.route for one in state.reports if one.open and one.receipt]
    if len(held) != 1:
        raise InputError(where="--route", found="", expected=Words(LISTED(Route), LISTED(Route)))
    return held[0]


def _given(value: str | None, name: str) -> str:
    if value is None:
        raise InputError(where=name, found="", expected=Words("须填写", "to be given"))
    return value
