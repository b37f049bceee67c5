"""`cases received|register|corrections|correction|correction-sent|going|preserve|preserved`: what comes after a referral, and what must not go."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from mingcha.cli.ad_cycle import At
from mingcha.cli.ad_pages import analyst, say_corrections
from mingcha.cli.case_pages import CASE
from mingcha.cli.case_refer import REFERRAL, enter, whole
from mingcha.cli.families import Json
from mingcha.cli.house import again, house
from mingcha.cli.say import locale, out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.errors import InputError
from mingcha.model.case_out import FILING_WORDS, CorrectionSent, PreservationAnswered, ReferralReceived
from mingcha.model.correction import Owed, Perishing, RegisterLine
from mingcha.model.sheet import Sheet
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.register import Register

FORMS = ("pdf", "docx")
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help=say("写入 .pdf 或 .docx", "a .pdf or a .docx"))]
Days = Annotated[int, typer.Option(metavar="N", min=0, max=36_500, help=say("多少天之内", "within so many days"))]
Day = Annotated[datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help=say("日期", "day"))]


def register_after(group: typer.Typer) -> None:
    """Add this file's verbs to the group `cases`."""
    for name, verb, zh, en in (
        ("received", received, "登记移送的回执", "enter the receipt of a referral"),
        ("register", register, "移送登记簿：回执、结果、期限、合计", "register of referrals, with totals"),
        ("corrections", corrections, "须更正的对象（案件与广告举报）", "who is owed a correction: cases and ads"),
        ("correction", correction, "生成更正函（不发送）", "write the correction (sends nothing)"),
        ("correction-sent", correction_sent, "登记更正函已送交", "the correction was handed over"),
        ("going", going, "即将被来源系统删除的记录", "what source systems delete soon"),
        ("preserve", preserve, "请求系统或平台保全记录", "ask a system or platform to keep records"),
        ("preserved", preserved, "登记保全答复", "what was answered to that"),
    ):
        group.command(name, help=say(zh, en))(verb)


def received(
    case: CASE,
    of: REFERRAL,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=say("回执号", "number of the receipt"))],
    on: Annotated[datetime, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help=say("日期", "its day"))],
    by: Annotated[str, typer.Option(metavar="NAME", help=say("签收人", "who took it in"))] = "",
    json_: Json = False,
) -> None:
    """That the authority took it in; what it did with it is `cases filed`."""
    with house() as deps:
        body = ReferralReceived(whole(deps, case, of), number, by, on.date())
        enter(deps, case, body, say("回执已登记", "entered"), json_=json_)


def register(
    to: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=say("写入 .xlsx 或 .csv", "an .xlsx or a .csv"))
    ] = None,
    json_: Json = False,
) -> None:
    """Every referral of the cases open to you: receipt, result, last day for a review, what came of it; and all in numbers."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.register import register_of, register_rows
    from mingcha.wiring import ad_sheet

    form = _form(to, ("xlsx", "csv")) if to else ""
    with house() as deps:
        made = register_of(deps, analyst())
    if to is not None:
        to.write_bytes(ad_sheet(register_rows(made, locale()), form))
    if json_:
        print_json(to_plain(made))
        return
    _register_page(made)
    if to is not None:
        out.print(say("已写入 ", "written: ") + str(to), markup=False)


def corrections(json_: Json = False) -> None:
    """Whoever received what rests on a finding that fell, and did not confirm the correction yet; whom to write to besides; and the
    public warning, where something it rests on fell."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.corrections import corrections as act
    from mingcha.cli.aid_out import say_warning_fell

    with house() as deps:
        owed = act(deps, analyst())
    if json_:
        print_json(to_plain(owed))
        return
    if not owed.referrals and not owed.ads and owed.warning is None:
        out.print(say("没有须更正的对象。", "No correction is owed."))
    for one in owed.referrals:
        _owed(one)
    say_corrections(owed.ads)
    if owed.warning is not None:
        say_warning_fell(owed.warning)


def correction(case: CASE, of: REFERRAL, to: Out, json_: Json = False) -> None:
    """What fell, why, and what we ask; nobody is accused. One named person hands it over: a correction waits for no second."""
    from mingcha.actions.corrections import draft_correction

    form = _form(to, FORMS)
    with house() as deps:
        id_ = whole(deps, case, of)
        made = draft_correction(deps, analyst(), case, id_, _drawn, (form,))
    to.write_bytes(dict(made.files)[form])
    if json_:
        print_json({"file": str(to), "sha256": made.sha256, "people": [one.customer for one in made.owed.people]})
        return
    out.print(say(f"已写入 {to}", f"written to {to}"), markup=False)
    hint = again(f"cases correction-sent {case} {id_[:8]} {made.sha256}")
    out.print(say("送交后登记：", "Once handed over: ") + hint, markup=False, soft_wrap=True)


def correction_sent(
    case: CASE,
    of: REFERRAL,
    digest: Annotated[str, typer.Argument(metavar="SHA256", help=say("更正函（PDF）的摘要", "digest of the letter"))],
    at: At = None,
    json_: Json = False,
) -> None:
    """A named person says that the correction was handed over; it stays owed until it is confirmed (`cases corrected`)."""
    from mingcha.actions.ad_checks import zoned

    with house() as deps:
        body = CorrectionSent(whole(deps, case, of), digest, zoned("--at", at) if at else deps.now())
        enter(deps, case, body, say("已登记送交", "entered"), json_=json_)


def going(case: CASE, days: Days = 30, json_: Json = False) -> None:
    """Records of the case's complaints and ads, by the terms of `[retention]` in the site's file; what we hold comes last."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.preservation import going as act

    with house() as deps:
        found = act(deps, analyst(), case, days)
    if json_:
        print_json([to_plain(one) for one in found])
        return
    if not found:
        out.print(say("期限内没有会被删除的记录。", "Nothing is deleted within these days."))
        return
    _going_page(found)


def preserve(
    case: CASE,
    system: Annotated[str, typer.Option(metavar="NAME", help=say("来源系统或平台", "source system or platform"))],
    to: Out,
    days: Days = 30,
    json_: Json = False,
) -> None:
    """A letter that lists what it deletes within these days and we do not hold; that it was asked for is entered on the case."""
    from mingcha.actions.preservation import Wanted, ask_to_keep

    form = _form(to, FORMS)
    with house() as deps:
        made = ask_to_keep(deps, analyst(), case, Wanted(system, days), _drawn, (form,))
    to.write_bytes(dict(made.files)[form])
    if json_:
        print_json({"file": str(to), "act": made.act.id, "records": [one.record for one in made.rows]})
        return
    count = len(made.rows)
    out.print(say(f"已写入 {to}：{count} 条记录", f"written to {to}: {count} records"), markup=False)
    hint = again(f"cases preserved {case} {made.act.id[:8]} TEXT --until DATE")
    out.print(say("收到答复后登记：", "Once answered: ") + hint, markup=False, soft_wrap=True)


def preserved(
    case: CASE,
    request: Annotated[
        str, typer.Argument(metavar="REQUEST", help=say("请求编号（可只写开头）", "its id, or how it begins"))
    ],
    how: Annotated[str, typer.Argument(metavar="TEXT", help=say("答复", "what was answered"))],
    until: Day = None,
    refused: Annotated[bool, typer.Option("--refused", help=say("对方不予保全", "they do not keep them"))] = False,
    json_: Json = False,
) -> None:
    """What whoever runs the system answered, and until when they keep the records; what they refuse to keep is on the list again."""
    from mingcha.actions.casework import see_case, work_on_case
    from mingcha.cli.cases import told

    with house() as deps:
        asked = [one.id for one in see_case(deps, analyst(), case).facts.requests if one.id.startswith(request)]
        body = PreservationAnswered(
            asked[0] if len(asked) == 1 else request, how, until.date() if until else None, int(refused)
        )
        done = work_on_case(deps, analyst(), case, body)
    told(done, say("已登记", "entered"), None, json_=json_)


def _drawn(sheet: Sheet, form: str, at: datetime) -> bytes:
    from mingcha.wiring import sheet_file

    return sheet_file(sheet, form, "zh-CN", at)


def _form(to: Path, forms: tuple[str, ...]) -> str:
    form = to.suffix.lower().removeprefix(".")
    if form not in forms:
        listed = "、".join(f".{one}" for one in forms)
        raise InputError(where="--out", found=str(to), expected=Words(listed, listed))
    return form


def _register_page(made: "Register") -> None:
    if not made.lines:
        out.print(say("登记簿里还没有移送。", "No referral is in the register yet."))
        return
    table = folding(
        say("案件/移送", "case / referral"), say("收件机关", "addressee"), say("移送", "sent"), say("回执", "receipt"),
        say("结果", "result"), say("复议截止", "review until"), say("人/团/判", "people/rings/sentences"), say("追回", "back"),
    )  # fmt: skip
    for one in made.lines:
        table.add_row(*_register_row(one))
    out.print(table)
    sums = made.totals
    money = f"{sums.restitution / 100:,.2f}"
    out.print(
        say(
            f"移送 {sums.sent}（起草 {sums.referrals}），回执 {sums.received}；受理 {sums.accepted}，不予受理 {sums.refused}，退回 {sums.returned}，"
            f"未复 {sums.waiting}；{sums.people} 人、{sums.rings} 个团伙、{sums.sentences} 份判决，追回 {money} 元；须更正 {sums.corrections}",
            f"{sums.sent} handed over ({sums.referrals} drafted), {sums.received} received; {sums.accepted} taken up, {sums.refused} refused, "
            f"{sums.returned} returned, {sums.waiting} wait; {sums.people} people, {sums.rings} rings, {sums.sentences} sentences, {money} yuan "
            f"back; {sums.corrections} corrections owed",
        ),
        style="bold",
    )


def _register_row(one: RegisterLine) -> tuple[str, ...]:
    filed = one.filed
    result = f"{words(FILING_WORDS[filed.filing])} {filed.number} {filed.on}" if filed else ""
    owed = f" [red]{say('须更正', 'correction owed')}[/red]" if one.owes_correction else ""
    return (
        f"{one.case} {one.referral[:8]}{owed}",
        words(one.addressee),
        one.sent_on.isoformat() if one.sent_on else say("未移送", "not yet"),
        escape(f"{one.received.number} {one.received.on}") if one.received else "",
        escape(result),
        filed.review_until.isoformat() if filed and filed.review_until else "",
        f"{one.people}/{one.rings}/{one.sentences}",
        f"{one.restitution / 100:,.2f}",
    )


def _owed(one: Owed) -> None:
    head = say(
        f"{one.case} {one.referral[:8]} → {one.addressee.zh}：自 {one.since} 起 {one.days} 天",
        f"{one.case} {one.referral[:8]} → {one.addressee.en}: owed since {one.since}, {one.days} days",
    )
    out.print(head, style="yellow", markup=False, soft_wrap=True)
    for row in one.fallen:
        out.print(f"  {row.on}  {words(row.kind)} {row.finding}  {words(row.why)}", markup=False, soft_wrap=True)
    if one.people:
        told = "、".join(f"{each.customer or '-'}（{each.complaint}）" for each in one.people)
        out.print("  " + say("应告知的客户：", "customers to be told: ") + told, markup=False, soft_wrap=True)
    if one.letter_on:
        out.print("  " + say(f"更正函已于 {one.letter_on} 送交，未确认", f"handed over {one.letter_on}, not confirmed"))
    else:
        out.print(
            "  " + again(f"cases correction {one.case} {one.referral[:8]} --out FILE.pdf"), markup=False, style="dim"
        )


def _going_page(found: tuple[Perishing, ...]) -> None:
    table = folding(
        say("删除之日", "gone on"), say("系统", "system"), say("种类", "kind"), say("对方编号", "their id"),
        say("我方编号", "our id"), say("状态", "how it stands"),
    )  # fmt: skip
    for one in found:
        on = one.gone_on.isoformat() if one.gone_on else say("随时可能", "any time")
        stands = say("已保存", "kept") if one.kept else say("已请求", "asked for") if one.asked else ""
        table.add_row(on, escape(one.system), words(one.kind), escape(one.theirs), one.record, stands)
    out.print(table)
