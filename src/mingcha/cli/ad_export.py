"""`ads export|mailed`: what was agreed to leaves as files; by e-mail only where `--send` says so, and it is shown first."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mingcha.actions.deps import Deps
from mingcha.cli.ad_pages import AD, analyst
from mingcha.cli.families import Json, Reason
from mingcha.cli.house import again, house, settings
from mingcha.cli.say import err, out, print_json, say, tell, visible, words
from mingcha.errors import InputError
from mingcha.model.ad_cycle import Route
from mingcha.model.mail import Enclosed
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.ad_mail import Addressed, Parcel
    from mingcha.ads.report_text import Reported

ROUTES = ", ".join(Route)


def export(
    target: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=say("写到哪个文件夹", "folder to write to"))
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help=say("另写 CSV", "write CSV as well"))] = False,
    xarf: Annotated[bool, typer.Option("--xarf", help=say("另附 XARF 4 文件", "XARF 4 as well"))] = False,
    screenshots: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=say("截图所在文件夹，按编号取", "folder of files named by number")),
    ] = None,
    mail: Annotated[
        Route | None, typer.Option(metavar="ROUTE", help=say("显示拟发邮件：", "show mails: ") + ROUTES)
    ] = None,
    platform: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("只发此平台", "of this platform alone"))
    ] = None,
    to: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help=say("收件人，可多次", "recipient; repeatable"))
    ] = None,
    send: Annotated[bool, typer.Option("--send", help=say("确认发送", "send them"))] = False,
    json_: Json = False,
) -> None:
    """Write a batch sheet a platform and a text a report by other routes (--out), or show what would be mailed (--mail).

    Nothing is sent unless --send stands beside --mail. A receipt is entered by hand.
    """
    from mingcha.actions.ad_mail import Addressed

    if (target is None) is (mail is None):
        raise InputError(where="--out", found="", expected=Words("--out 与 --mail 之一", "one of --out and --mail"))
    shots = _screenshots(screenshots)
    if target is not None:
        if send or to or platform:
            raise InputError(where="--send", found="", expected=Words("与 --mail 一起用", "given with --mail"))
        _write(target, shots, csv=csv, xarf=xarf, json_=json_)
    elif mail is not None:
        _mail(Addressed(mail, platform, tuple(to or ())), shots, xarf=xarf, send=send, json_=json_)


def mailed(
    ad: AD,
    route: Annotated[Route, typer.Option(metavar="ROUTE", help=ROUTES)],
    reason: Reason,
    arrived: Annotated[bool, typer.Option("--arrived/--lost", help=say("到达，或未到达", "it arrived, or did not"))],
    json_: Json = False,
) -> None:
    """Say what became of a mail of which nobody knew, or that one came back. Lost: it can be sent again."""
    from mingcha.actions.ad_mail import mail_known

    with house() as deps:
        done = mail_known(deps, analyst(), ad, route, reason, arrived=arrived)
    tell(
        say("已登记", "entered") + f"（{done.id[:8]}）",
        {"act": done.id, "ad": ad, "kind": done.kind.value},
        json_=json_,
    )


def _screenshots(folder: Path | None) -> list[Path]:
    return sorted(one for one in folder.iterdir() if one.is_file()) if folder else []


def _write(target: Path, shots: Sequence[Path], *, csv: bool, xarf: bool, json_: bool) -> None:
    from mingcha.actions.ad_reports import export_reports
    from mingcha.cli.ad_files import sheets, texts, write
    from mingcha.wiring import ad_sheet

    target.mkdir(parents=True, exist_ok=True)
    with house() as deps:
        _may_xarf(deps, xarf=xarf)
        done = export_reports(deps, analyst())
        told, names = [one.told for one in done], [one.name for one in shots]
        files = [*sheets(told, "xlsx", ad_sheet, names), *texts([(one.told, one.text) for one in done])]
        if csv:
            files += sheets(told, "csv", ad_sheet, names)
        if xarf:
            files += _xarf(deps, told)
    written = write(target, files)
    if json_:
        print_json({"files": [str(one) for one in written]})
        return
    for one in written:
        out.print(str(one), markup=False, soft_wrap=True)
    if written:
        said = say("未发送。发送后登记回执：", "Nothing was sent. Once it is, enter its receipt: ")
        out.print(said + again("ads receipt AD NUMBER"), markup=False, soft_wrap=True)
    else:
        out.print(say("没有已获同意、待回执的举报", "nothing that was agreed to awaits its receipt"))


def _mail(asked: "Addressed", shots: Sequence[Path], *, xarf: bool, send: bool, json_: bool) -> None:
    from mingcha.actions.ad_mail import parcels, send_parcel
    from mingcha.wiring import mail_post

    mail = settings().mail
    post = mail_post(settings()) if send else None
    shown: list[dict[str, Any]] = []
    with house() as deps:
        _may_xarf(deps, xarf=xarf)

        def pack(route: Route, reports: "Sequence[Reported]") -> tuple[Enclosed, ...]:
            return _enclosed(deps, route, reports, shots, xarf=xarf)

        found = parcels(deps, analyst(), asked, pack)
        for one in found:
            shown.append(_plain(one))
            if not json_:
                _show(one, mail.sender if mail else say("〔未配置 MINGCHA_SMTP〕", "[MINGCHA_SMTP is not set]"))
            if post is not None:
                shown[-1]["answer"] = said = send_parcel(deps, analyst(), post, one)
                if not json_:
                    out.print(say("已发出：", "Sent: ") + said, markup=False)
    if json_:
        print_json({"messages": shown, "sent": sum("answer" in one for one in shown)})
    elif not found:
        out.print(say("没有可发送的举报", "no report can be sent"))
    elif post is None:
        out.print(say("以上均未发送；确认后加 --send。", "None of it was sent; to send it, add --send."))
    else:
        said = say("邮件发出不等于已举报，收到回执后登记：", "A mail is no report yet; once its receipt is here: ")
        out.print(said + again("ads receipt AD NUMBER"), markup=False, soft_wrap=True)


def _enclosed(
    deps: Deps, route: Route, reports: "Sequence[Reported]", shots: Sequence[Path], *, xarf: bool
) -> tuple[Enclosed, ...]:
    """The sheet, XARF where it is asked for, and the screenshots of these reports and no others."""
    from mingcha.ads.report_sheet import enclosed_for
    from mingcha.cli.ad_files import sheets
    from mingcha.wiring import ad_sheet

    names = [one.name for one in shots]
    mine = {name for one in reports for name in enclosed_for(one, names)}
    files = sheets(reports, "xlsx", ad_sheet, names) if route is Route.PLATFORM else []
    if xarf:
        files += _xarf(deps, reports)
    return (*files, *(Enclosed(one.name, one.read_bytes()) for one in shots if one.name in mine))


def _may_xarf(deps: Deps, *, xarf: bool) -> None:
    """Said before anything is written or sealed."""
    from mingcha.ads.xarf import lacking

    why = lacking(deps.standards.institution, deps.standards.sending) if xarf else None
    if why is not None:
        raise InputError(where="--xarf", found="", expected=why)


def _xarf(deps: Deps, reports: "Sequence[Reported]") -> list[Enclosed]:
    from mingcha.cli.ad_files import xarfs

    files, unfit = xarfs(reports, deps.standards.institution, deps.standards.sending)
    for ad, why in unfit.items():
        err.print(say(f"{ad} 不写 XARF：", f"{ad} is not in XARF: ") + words(why), markup=False)
    return files


def _show(one: "Parcel", sender: str) -> None:
    """One message as it would go: to whom, what about, what is in it, how large; no account and no link is printed."""
    letter = one.letter
    lines = [
        say("发件：", "from: ") + sender,
        say("收件：", "to: ") + ", ".join(letter.to),
        say("主题：", "subject: ") + letter.subject,
        *(say("附件：", "enclosed: ") + f"{each.name} ({len(each.data):,} B)" for each in letter.enclosed),
        say("大小：", "size: ") + f"{letter.size:,} B",
        say("举报：", "reports: ") + ", ".join(each.ad for each in one.reports),
    ]
    if one.written:
        written = say(
            f"其中 {one.written} 条此前已导出文件，请确认没有另行发送过",
            f"{one.written} of them were written to files before: make sure nobody sent those",
        )
        lines.append(written)
    for line in lines:
        out.print(visible(line), markup=False, soft_wrap=True)


def _plain(one: "Parcel") -> dict[str, Any]:
    letter = one.letter
    return {
        "id": letter.id,
        "to": list(letter.to),
        "subject": letter.subject,
        "enclosed": [{"name": each.name, "bytes": len(each.data)} for each in letter.enclosed],
        "bytes": letter.size,
        "reports": [each.ad for each in one.reports],
        "written": one.written,
    }
