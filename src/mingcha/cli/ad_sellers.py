"""`ads sellers|seller|bursts|words`: who stands behind ads, weeks of new accounts, and words no list knows."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.text import Text

from mingcha.cli.ad_pages import LINES, analyst
from mingcha.cli.families import Json
from mingcha.cli.house import again, house
from mingcha.cli.say import locale, out, print_json, say, tell, words
from mingcha.cli.table import folding
from mingcha.errors import InputError
from mingcha.model.ad_cycle import STAGE_WORDS
from mingcha.model.advert import CLAIM_WORDS, TRADE_WORDS
from mingcha.model.seller import THREAD_WORDS
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.model.proposal import Proposal, WordProposals
    from mingcha.model.seller import SellerPage

BAR = 30
FEW = 8


def register_sellers(group: typer.Typer) -> None:
    """Add this file's verbs to the group `ads`."""
    group.command("sellers", help=say("广告方清单：账号与联系方式归并", "who stands behind the ads"))(sellers)
    group.command("seller", help=say("一个广告方的全貌，可写成网页", "one seller; a page with a chart"))(seller)
    group.command("bursts", help=say("新账号集中出现的周", "weeks of many new accounts"))(bursts)
    group.command("words", help=say("待定新词：采纳、拒绝、导出", "words no list knows: decide, export"))(words_)


def sellers(json_: Json = False) -> None:
    """Ads joined by accounts, contacts, payees, codes, links and posters, anew each time. A seller is no person."""
    from mingcha.actions.ad_sellers import list_sellers
    from mingcha.actions.codec import to_plain
    from mingcha.wiring import ad_machine

    with house() as deps:
        found = list_sellers(deps, analyst(), ad_machine(deps.standards))
    if json_:
        print_json([to_plain(one) for one in found])
        return
    if not found:
        out.print(say("没有招揽的广告；下一步：", "no ad solicits; next: ") + again("ads import FILE"), markup=False)
        return
    table = folding(
        say("编号", "seller"), say("账号", "accounts"), say("广告", "ads"), say("平台", "platforms"),
        say("行当", "trades"), say("最近", "last seen"), say("团伙", "rings"),
    )  # fmt: skip
    for one in found[:LINES]:
        trades = say("、", ", ").join(words(TRADE_WORDS[trade]) for trade in one.trades)
        platforms = say("、", ", ").join(name for name in one.platforms if name)
        rings = "?" if one.rings is None else " ".join(one.rings)
        row = (one.seller, words(one.kind), f"{one.ads:,}", escape(platforms), trades, f"{one.last_seen}", rings)
        table.add_row(*row)
    if len(found) > LINES:
        more = len(found) - LINES
        table.caption = say(f"另有 {more:,} 个，见 --json", f"{more:,} more with --json")
    out.print(table)


def seller(
    id_: Annotated[str, typer.Argument(metavar="SELLER", help=say("广告方或其任一广告的编号", "its id, or an ad's"))],
    page: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.html", help=say("写成网页", "write it as a page"))
    ] = None,
    reveal: Annotated[
        str | None,
        typer.Option("--reveal", metavar="REASON", help=say("联系方式显示原文，须理由", "contacts in clear; a reason")),
    ] = None,
    json_: Json = False,
) -> None:
    """What it says and asks, where and when it was seen, what was done, and which rings state its contacts."""
    from mingcha.actions.ad_sellers import see_seller
    from mingcha.actions.codec import to_plain
    from mingcha.wiring import ad_machine, seller_html

    with house() as deps:
        found = see_seller(deps, analyst(), ad_machine(deps.standards), id_, reveal)
    if page is not None:
        page.write_text(seller_html(found, locale()), encoding="utf-8")
    if json_:
        print_json(to_plain(found))
        return
    _show(found)
    if page is not None:
        out.print(say(f"网页已写入 {page}", f"page written to {page}"), markup=False)


def _show(one: "SellerPage") -> None:
    out.print(f"[bold]{one.seller}[/bold]  {words(one.kind)}")
    for way in one.ways:
        out.print(f"{words(THREAD_WORDS[way.thread])}  {way.shown}  × {way.ads}", markup=False)
    for price, count in one.prices[:FEW]:
        out.print(Text(say(f"开价  「{price}」 × {count}", f"price  “{price}” × {count}")))
    for claim, count, quote in one.claims:
        out.print(Text(f"{words(CLAIM_WORDS[claim])}  「{quote}」 × {count}"))
    for pose in one.poses:
        day = f"{pose.looked_up}" if pose.looked_up else say("尚未查登记册", "not looked up yet")
        out.print(Text(f"{words(CLAIM_WORDS[pose.claim])}  {pose.name or ''}  {day}"))
    most = max((count for _, count in one.weeks), default=1)
    for week, count in one.weeks[-2 * FEW :]:
        out.print(Text(f"{week}  {'█' * -(-count * BAR // most)} {count}"))
    for ad in one.ads[:LINES]:
        by = say("人", "a person") if ad.by_person else say("机器（建议）", "the machine, a suggestion")
        said = f"{ad.ad}  {ad.platform or ''}  {words(STAGE_WORDS[ad.stage])}  {by}  {ad.first_seen} – {ad.last_seen}"
        out.print(Text(said))
    if len(one.ads) > LINES:
        more = len(one.ads) - LINES
        out.print(say(f"另有 {more:,} 条，见 --json", f"{more:,} more with --json"), style="dim")
    out.print(
        say(
            f"举报有回执 {one.reports} 份，下架 {one.removed} 条，重现 {len(one.returned)} 次",
            f"{one.reports} reports with a receipt, {one.removed} removed, {len(one.returned)} came back",
        )
    )
    quoted = f"{one.quoted:,}" if one.quoted is not None else f"< {one.quoted_floor}"
    out.print(
        say(f"投诉中写到它的客户：{quoted}（可能的受害人）", f"customers who quote it: {quoted} (possible victims)")
    )
    if one.rings:
        out.print(say("关联的团伙：", "rings: ") + " ".join(one.rings), markup=False)


def bursts(json_: Json = False) -> None:
    """Weeks in which far more accounts that were just opened first advertised than usual. No report rests on one."""
    from mingcha.actions.ad_sellers import list_bursts
    from mingcha.actions.codec import to_plain
    from mingcha.wiring import ad_machine

    with house() as deps:
        found = list_bursts(deps, analyst(), ad_machine(deps.standards))
    if json_:
        print_json([to_plain(one) for one in found])
        return
    for one in found:
        out.print(Text(f"{one.week}  {one.platform}  {words(one.why)}", style="bold"))
        listed = " ".join(one.ads[:FEW])
        out.print(Text(f"  {listed}{' …' if len(one.ads) > FEW else ''}"))
    if not found:
        out.print(say("没有新账号集中出现的周", "no week has more new accounts than usual"))
    out.print(say("这是线索，不是举报的依据。", "A lead, and no ground for a report."), style="dim")


def words_(
    accept: Annotated[str | None, typer.Option(metavar="WORD", help=say("采纳一个词，须理由", "accept a word"))] = None,
    refuse: Annotated[str | None, typer.Option(metavar="WORD", help=say("拒绝一个词，须理由", "refuse a word"))] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=say("理由", "the reason"))] = "",
    export: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help=say("写出本机构词表（不自动启用）", "write the site's list; not put in use")
        ),
    ] = None,
    json_: Json = False,
) -> None:
    """Without options: words beside known ones that several accounts use and complaints do not. A person decides."""
    from mingcha.actions.word_proposals import propose_words
    from mingcha.wiring import ad_machine

    if accept and refuse:
        raise InputError(where="--refuse", found=refuse, expected=Words("一次一个词", "one word at a time"))
    if accept or refuse:
        _decide(accept or refuse or "", reason, accepted=accept is not None, json_=json_)
        return
    if export is not None:
        _export(export, json_=json_)
        return
    with house() as deps:
        found = propose_words(deps, analyst(), ad_machine(deps.standards))
    _say_words(found, json_=json_)


def _decide(word: str, reason: str, *, accepted: bool, json_: bool) -> None:
    from mingcha.actions.codec import to_plain
    from mingcha.actions.word_proposals import decide_word

    with house() as deps:
        done = decide_word(deps, analyst(), word, accepted=accepted, reason=reason)
    said = say("已采纳并封存", "accepted and sealed") if accepted else say("已拒绝并封存", "refused and sealed")
    if done.ordinary and accepted:
        said += say("；普通借款人也用，只作中性词，不计分", "; borrowers use it too: neutral, it weighs nothing")
    tell(said, to_plain(done), json_=json_)
    if accepted and not json_:
        out.print(say("结果不变，直到启用词表：", "No result changes until the list is put in use: ") + again("ads words --export DIR"), markup=False)  # fmt: skip


def _export(folder: Path, *, json_: bool) -> None:
    from mingcha.actions.word_proposals import site_lexicon

    with house() as deps:
        name, text = site_lexicon(deps, analyst())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    said = say(
        f"已写入 {folder / name}。启用：设 MINGCHA_OVERRIDES 为此文件夹（连同 site.toml），此后的结果注明新词表编号。",
        f"Written to {folder / name}. To use it set MINGCHA_OVERRIDES to its folder (with your site.toml); results name it.",
    )
    tell(said, {"file": str(folder / name)}, json_=json_)


def _say_words(found: "WordProposals", *, json_: bool) -> None:
    from mingcha.actions.codec import to_plain

    if json_:
        print_json(to_plain(found))
        return
    table = folding(
        say("词", "word"), say("账号", "accounts"), say("普通投诉", "complaints"), say("倍数（比特）", "times (bits)"),
        say("例句（已脱敏）", "as used (masked)"), say("提醒", "mind"),
    )  # fmt: skip
    for one in found.proposed[:LINES]:
        table.add_row(*_word(one))
    if found.proposed:
        out.print(table)
    else:
        out.print(say("没有待定的新词", "no new word is proposed"))
    for said in found.decided:
        done = say("已采纳", "accepted") if said.accepted else say("已拒绝", "refused")
        out.print(f"{said.word}  {done}  {said.at:%Y-%m-%d} {said.by}", style="dim", markup=False)
    out.print(
        say(
            f"计数范围：{found.ads:,} 条招揽广告、{found.accounts:,} 个账号、{found.innocents:,} 件与广告无关的投诉"
            f"（另有 {found.left_out:,} 件较早的未计）；词表 {found.lexicon}",
            f"counted over {found.ads:,} ads of {found.accounts:,} accounts and {found.innocents:,} complaints no ad is "
            f"tied to ({found.left_out:,} older ones left out); list {found.lexicon}",
        ),
        style="dim",
    )


def _word(one: "Proposal") -> tuple[str, ...]:
    return (
        one.word,
        f"{one.accounts_with:,}/{one.accounts:,}",
        f"{one.innocents_with:,}/{one.innocents:,}",
        f"{one.millibits / 1000:.1f}",
        escape("\n".join(one.examples)),
        words(one.ordinary) if one.ordinary else "",
    )
