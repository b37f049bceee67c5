"""`aid link|paper|print-card|warning`: what is handed to a victim, and what is told to everybody."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingcha.cli.aid_pages import CUSTOMER, helper
from mingcha.cli.answer import FORMS, Language, write_letter
from mingcha.cli.families import Json
from mingcha.cli.house import again, house, settings
from mingcha.cli.say import locale, out, print_json, say, tell, words
from mingcha.errors import InputError
from mingcha.model.aid import PAPER_WORDS, PaperKind
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.model.correction import WarningFell

Lang = Annotated[Language | None, typer.Option("--language", metavar="LANG", help=say("语言：zh, en", "zh or en"))]


def link(
    customer: CUSTOMER,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="URL", help=say("对外网址，默认本机", "public address; this machine")),
    ] = None,
    json_: Json = False,
) -> None:
    """Shown once. Hand it over by a safe way; it opens after `aid proved … --code`."""
    from mingcha.actions.aid_link import make_link

    with house() as deps:
        made = make_link(deps, helper(), customer)
    chosen = settings()
    address = f"{(base or f'http://{chosen.host}:{chosen.port}').rstrip('/')}/help/{made.token}"
    if json_:
        print_json({"link": address, "code": made.code})
        return
    out.print(address, markup=False, soft_wrap=True)
    out.print(say(f"编号 {made.code}；7 天内有效", f"code {made.code}; good for 7 days"), markup=False)
    hint = again(f"aid proved {customer} --by branch --code {made.code}")
    out.print(
        say("本人持此页证明身份后：", "once they proved who they are: ") + hint,
        markup=False,
        soft_wrap=True,
        style="dim",
    )


def paper(
    customer: CUSTOMER,
    kind: Annotated[PaperKind, typer.Argument(metavar="KIND", help=", ".join(PaperKind))],
    to: Annotated[
        Path, typer.Option("--out", metavar="FILE", help=say("写入 .txt、.docx 或 .pdf", ".txt, .docx, .pdf"))
    ],
    language: Lang = None,
    json_: Json = False,
) -> None:
    """In their own name and in clear: only once they proved who they are."""
    from mingcha.actions.aid_papers import make_paper

    with house() as deps:
        made = make_paper(deps, helper(), customer, kind, language.value if language else locale())
        write_letter(to, made.text, deps.now().astimezone(deps.zone))
    if json_:
        print_json({"file": str(to), "kind": kind.value, "gaps": list(made.gaps)})
        return
    out.print(say("已写入 ", "written: ") + f"{to}  {words(PAPER_WORDS[kind])}", markup=False, soft_wrap=True)
    for gap in made.gaps:
        out.print("! " + say("待填：", "to fill in: ") + gap, style="yellow", markup=False)


def print_card(
    situation: Annotated[str, typer.Argument(metavar="CARD", help=say("情形，见 aid show", "which, see aid show"))],
    to: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("写入 .pdf 或 .docx", "write .pdf or .docx"))],
    language: Lang = None,
    json_: Json = False,
) -> None:
    """What to do in the first hour, to be handed over; nothing of anybody stands on it."""
    from mingcha.actions.aid_papers import card_paper
    from mingcha.wiring import sheet_file

    form, tongue = _form(to), language.value if language else locale()
    with house() as deps:
        sheet = card_paper(deps, helper(), situation, tongue)
        to.write_bytes(sheet_file(sheet, form, tongue, deps.now().astimezone(deps.zone)))
    tell(say("已写入 ", "written: ") + str(to), {"file": str(to), "card": situation}, json_=json_)


def _form(to: Path) -> str:
    if to.suffix.lower() not in FORMS:
        raise InputError(where="--out", found=to.name, expected=Words(".pdf 或 .docx", ".pdf or .docx"))
    return FORMS[to.suffix.lower()]


def say_warning_fell(one: "WarningFell") -> None:
    """What is out rests on something that fell: take it back, or let it out anew."""
    head = say(
        f"{one.at:%Y-%m-%d} 由 {one.by} 批准的公开提示须撤回或重新批准：所依据的 {one.rests_on} 项中已有 {len(one.fallen)} 项不再成立",
        f"The public warning {one.by} let out on {one.at:%Y-%m-%d} is to be taken back or let out anew: of the {one.rests_on} it rests "
        f"on {len(one.fallen)} do not hold any more",
    )
    out.print(head, style="yellow", markup=False, soft_wrap=True)
    out.print("  " + "、".join(one.fallen), markup=False, soft_wrap=True)
    out.print("  " + again("aid warning --take-back REASON"), markup=False, style="dim")


def warning(
    to: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=say("写入 .pdf 或 .docx", "write .pdf or .docx"))
    ] = None,
    approve: Annotated[
        str | None,
        typer.Option("--approve", metavar="SHA256", help=say("批准读过的这一份", "let out the one you read")),
    ] = None,
    take_back: Annotated[
        str | None, typer.Option("--take-back", metavar="REASON", help=say("撤回已批准的提示", "take back what is out"))
    ] = None,
    staff: Annotated[bool, typer.Option("--staff", help=say("加上员工提示", "with how staff speak"))] = False,
    language: Lang = None,
    json_: Json = False,
) -> None:
    """Drawn from live ads and organisations, no names; a draft until a person lets it out."""
    from mingcha.actions.aid_warnings import approve_warning, draft_warning, take_back_warning, warning_sheet
    from mingcha.actions.codec import to_plain
    from mingcha.wiring import sheet_file

    form = _form(to) if to is not None else ""
    tongue = language.value if language else locale()
    with house() as deps:
        if take_back is not None:
            take_back_warning(deps, helper(), take_back)
        made = draft_warning(deps, helper()) if approve is None else approve_warning(deps, helper(), approve)
        if to is not None and made.warnings:
            sheet = warning_sheet(deps, made, tongue, staff=staff)
            to.write_bytes(sheet_file(sheet, form, tongue, deps.now().astimezone(deps.zone)))
    if json_:
        print_json(to_plain(made))
        return
    for one in made.warnings:
        drawn = say(f"广告 {one.ads}，组织 {one.rings}", f"ads {one.ads}, organisations {one.rings}")
        out.print(f"{words(one.says)}（{drawn}）", style="bold", markup=False)
        out.print(f"  {words(one.true)}\n  {words(one.do)}", markup=False)
    if not made.warnings:
        out.print(say("目前没有可提示的内容", "nothing to warn of now"))
    elif made.by:
        out.print(say(f"已由 {made.by} 批准", f"let out by {made.by}"), style="green", markup=False)
    else:
        hint = again(f"aid warning --approve {made.sha256}")
        out.print(say("草稿；读过之后：", "a draft; once read: ") + hint, markup=False, soft_wrap=True)
    if made.fell is not None:
        say_warning_fell(made.fell)
    if to is not None and made.warnings:
        out.print(say("已写入 ", "written: ") + str(to), markup=False, soft_wrap=True)
