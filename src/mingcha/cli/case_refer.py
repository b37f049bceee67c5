"""`cases element|speaks-for|refer|agree|sent|filed|outcome|fell|corrected`: what leaves, what came of it, and what is corrected."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from mingcha.actions.deps import Deps
from mingcha.cli.ad_cycle import As, At
from mingcha.cli.ad_pages import analyst, who
from mingcha.cli.case_pages import CASE
from mingcha.cli.families import Json, Reason
from mingcha.cli.house import again, house, settings
from mingcha.cli.say import out, print_json, say, words
from mingcha.errors import InputError, NotFound
from mingcha.model.case import (
    CorrectionConfirmed,
    Exculpated,
    Filing,
    FindingFell,
    Line,
    OutcomeKnown,
    ReferralDrafted,
    ReferralFiled,
    ReferralSent,
    Shown,
)
from mingcha.model.words import Words

REFERRAL = Annotated[
    str, typer.Argument(metavar="REFERRAL", help=say("移送编号（可只写开头）", "its id, or how it begins"))
]
Count = Annotated[int, typer.Option(min=0)]


def register_in(group: typer.Typer) -> None:
    """Add this file's verbs to the group `cases`."""
    for name, verb, zh, en in (
        ("element", element, "为要件登记证据", "enter exhibits for an element"),
        ("speaks-for", speaks_for, "写明有利于对方的情况", "write what speaks for those named"),
        ("refer", refer, "起草移送（不发送）", "draft a referral (sends nothing)"),
        ("agree", agree, "同意移送：须两人", "agree to it: two people"),
        ("pack", pack, "生成材料包：证据、文书、核验工具", "build the pack: exhibits, papers, checks"),
        ("sent", sent, "登记已移送", "it was handed over"),
        ("filed", filed, "登记受理结果", "what the authority did"),
        ("outcome", outcome, "登记处理结果与追回金额", "what came of it"),
        ("fell", fell, "登记一项发现被推翻", "a finding fell"),
        ("corrected", corrected, "登记更正已送达", "a correction was confirmed"),
    ):
        group.command(name, help=say(zh, en))(verb)


def element(
    case: CASE,
    name: Annotated[
        str, typer.Argument(metavar="OFFENCE.ELEMENT", help=say("如 extortion.threat", "as extortion.threat"))
    ],
    exhibit: Annotated[list[str], typer.Option(metavar="ID", help=say("证据编号，可多次", "exhibit; repeatable"))],
    note: Annotated[str, typer.Option(metavar="TEXT", help=say("说明", "a note"))] = "",
    json_: Json = False,
) -> None:
    """Which exhibits are held for an element of an offence; `cases show` lists the gaps."""
    from mingcha.actions.casework import work_on_case
    from mingcha.cli.cases import told

    with house() as deps:
        done = work_on_case(deps, analyst(), case, Shown(name, tuple(exhibit), note))
    told(done, say("已登记", "entered"), None, json_=json_)


def speaks_for(
    case: CASE,
    line: Annotated[Line, typer.Argument(metavar="LINE", help=", ".join(Line))],
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("内容；没有也须写明", "what; say so if nothing"))],
    json_: Json = False,
) -> None:
    """Each line is written before anything is referred."""
    from mingcha.actions.casework import work_on_case
    from mingcha.cli.cases import told

    with house() as deps:
        done = work_on_case(deps, analyst(), case, Exculpated(line, text))
    told(done, say("已写明", "written"), None, json_=json_)


def refer(
    case: CASE,
    offence: Annotated[str, typer.Option(metavar="NAME", help=say("如 extortion", "as extortion"))],
    rests_on: Annotated[
        list[str],
        typer.Option("--rests-on", metavar="FINDING", help=say("所依据的发现，可多次", "finding; repeatable")),
    ],
    to: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("收件机关，默认按罪名", "addressee; by the offence"))
    ] = None,
    order: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help=say("办案机关文书：文号、机关、日期（完整材料）", "the authority's paper (full pack)")
        ),
    ] = None,
    scope: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=say("文书调取的投诉，可多次", "complaint the paper asks for"))
    ] = None,
    json_: Json = False,
) -> None:
    """Stage 1 is a redacted report; with --order stage 2, the full pack within what the order asks for."""
    from mingcha.actions.casework import refer as act
    from mingcha.cli.cases import told

    with house() as deps:
        known = deps.standards.casework.offences.get(offence)
        body = ReferralDrafted(
            addressee=to or (known.addressee if known else ""),
            offence=offence,
            stage=2 if order else 1,
            rests_on=tuple(rests_on),
            order=order,
            scope=tuple(scope or ()),
        )
        done = act(deps, analyst(), case, body)
    told(
        done, say("已起草，未发送", "drafted, nothing is sent"), again(f"cases agree {case} {done.id[:8]}"), json_=json_
    )


def agree(case: CASE, of: REFERRAL, as_: As = None, json_: Json = False) -> None:
    """Whoever drafted it may be the first; the second is neither that person nor their superior or subordinate."""
    from mingcha.actions.casework import agree_to_referral
    from mingcha.cli.cases import told

    with house() as deps:
        actor = who(deps, as_)
        done = agree_to_referral(deps, actor, case, _whole(deps, case, of))
    told(done, say("已同意", "agreed"), None, json_=json_)


def pack(
    case: CASE,
    of: REFERRAL,
    target: Annotated[
        Path, typer.Option("--out", metavar="DIR|FILE.zip", help=say("新文件夹，或 .zip", "a new folder, or .zip"))
    ],
    timestamp: Annotated[
        bool, typer.Option("--timestamp", help=say("向时间戳机构取时间戳", "get a time-stamp (MINGCHA_TSA)"))
    ] = False,
    json_: Json = False,
) -> None:
    """Once two agreed: papers as PDF and DOCX, the exhibits the elements name, the custody chain, and what checks it all."""
    from mingcha.actions.referral_pack import build_pack
    from mingcha.evidence.slip import slip
    from mingcha.standards.calendar import local_day
    from mingcha.wiring import sheet_file, time_stamp, write_bundle

    stamp = time_stamp(settings()) if timestamp else None
    with house() as deps:
        whole = _whole(deps, case, of)
        made = build_pack(deps, analyst(), case, whole, lambda sheet, form, at: sheet_file(sheet, form, "zh-CN", at))
        plan = write_bundle(target, made.bundle, made.read, stamp)
    last = made.bundle.custody[-1]
    day = local_day(made.bundle.made_at).isoformat()
    paper = slip(day, plan.root, plan.count, plan.manifest, {last.chain: (last.seq, last.hash)})
    if json_:
        print_json({"out": str(target), "root": plan.root, "files": plan.count, "personal_items": made.personal_items})
        return
    out.print(say(f"已写入 {target}（{plan.count} 个文件）", f"written to {target} ({plan.count} files)"), markup=False)
    out.print(words(paper), markup=False, soft_wrap=True)
    follows = again(f"cases sent {case} {whole[:8]} {plan.root}")
    out.print(
        say("本程序不发送。交出后登记：", "Nothing was sent. Once handed over: ") + follows,
        markup=False,
        soft_wrap=True,
    )


def sent(
    case: CASE,
    of: REFERRAL,
    root: Annotated[str, typer.Argument(metavar="ROOT", help=say("材料包的根摘要", "root digest of the pack"))],
    at: At = None,
    json_: Json = False,
) -> None:
    """A named person says that it was handed over."""
    from mingcha.actions.ad_checks import zoned

    with house() as deps:
        body = ReferralSent(_whole(deps, case, of), root, zoned("--at", at) if at else deps.now())
        _refer(deps, case, body, say("已登记移送", "entered"), json_=json_)


def filed(
    case: CASE,
    of: REFERRAL,
    filing: Annotated[Filing, typer.Argument(metavar="RESULT", help=", ".join(Filing))],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=say("文号", "number of the paper"))],
    on: Annotated[datetime, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help=say("日期", "its day"))],
    review_until: Annotated[
        datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help=say("可申请复议至", "review until"))
    ] = None,
    json_: Json = False,
) -> None:
    """What the authority did; a refusal with its last day for a review stands in the list until then."""
    with house() as deps:
        until = review_until.date() if review_until else None
        body = ReferralFiled(_whole(deps, case, of), filing, number, on.date(), until)
        _refer(deps, case, body, say("已登记", "entered"), json_=json_)


def outcome(
    case: CASE,
    of: REFERRAL,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("结果", "what came of it"))],
    people: Count = 0,
    rings: Count = 0,
    sentences: Count = 0,
    restitution: Annotated[str, typer.Option(metavar="YUAN", help=say("追回金额（元）", "restitution, yuan"))] = "0",
    json_: Json = False,
) -> None:
    """People and rings brought to justice, sentences, and what was paid back."""
    with house() as deps:
        body = OutcomeKnown(
            referral=_whole(deps, case, of),
            text=text,
            people=people,
            rings=rings,
            sentences=sentences,
            restitution=_fen(restitution),
        )
        _refer(deps, case, body, say("已登记", "entered"), json_=json_)


def fell(
    case: CASE,
    finding: Annotated[str, typer.Argument(metavar="FINDING", help=say("被推翻的发现", "the finding that fell"))],
    reason: Reason,
    json_: Json = False,
) -> None:
    """Whoever received a referral that rests on it is owed a correction."""
    from mingcha.actions.casework import work_on_case
    from mingcha.cli.cases import told

    with house() as deps:
        done = work_on_case(deps, analyst(), case, FindingFell(finding, reason))
    told(
        done,
        say("已登记；须更正的见案件页", "entered; corrections owed are on the case"),
        again(f"cases show {case}"),
        json_=json_,
    )


def corrected(
    case: CASE,
    of: REFERRAL,
    how: Annotated[str, typer.Option(metavar="TEXT", help=say("对方如何确认", "how it was confirmed"))],
    json_: Json = False,
) -> None:
    """Whoever received the referral confirmed the correction."""
    with house() as deps:
        body = CorrectionConfirmed(_whole(deps, case, of), how)
        _refer(deps, case, body, say("更正已送达", "the correction arrived"), json_=json_)


def _refer(
    deps: Deps,
    case: str,
    body: ReferralSent | ReferralFiled | OutcomeKnown | CorrectionConfirmed,
    said: str,
    *,
    json_: bool,
) -> None:
    from mingcha.actions.casework import refer as act
    from mingcha.cli.cases import told

    told(act(deps, analyst(), case, body), said, None, json_=json_)


def _whole(deps: Deps, case: str, start: str) -> str:
    """The one referral of a case whose id begins so."""
    from mingcha.actions.casework import see_case

    found = [one.id for one in see_case(deps, analyst(), case).facts.referrals if one.id.startswith(start)]
    if len(found) != 1:
        raise NotFound(what=Words("移送", "referral"), which=start)
    return found[0]


def _fen(yuan: str) -> int:
    """Fen of an amount in yuan."""
    try:
        fen = Decimal(yuan.replace(",", "")) * 100
    except InvalidOperation:
        fen = Decimal("NaN")
    if not fen.is_finite() or fen != fen.to_integral_value() or fen < 0:
        raise InputError(where="--restitution", found=yuan, expected=Words("金额（元）", "an amount in yuan"))
    return int(fen)
