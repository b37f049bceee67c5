"""`cases element|demand|speaks-for|refer|agree|sent|filed|outcome|fell|corrected`: what leaves, what came of it, and what is corrected."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingcha.actions.deps import Deps
from mingcha.cli.ad_cycle import As, At
from mingcha.cli.ad_pages import analyst, who
from mingcha.cli.case_pages import CASE
from mingcha.cli.families import Json, Reason
from mingcha.cli.house import again, house, settings
from mingcha.cli.say import out, print_json, say, words
from mingcha.errors import InputError, NotFound
from mingcha.model.case import DemandNoted, Exculpated, Line, Shown
from mingcha.model.case_out import (
    CorrectionConfirmed,
    Filing,
    FindingFell,
    Order,
    OutcomeKnown,
    ReferralDrafted,
    ReferralFiled,
    ReferralSent,
)
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.casework import Referred

REFERRAL = Annotated[
    str, typer.Argument(metavar="REFERRAL", help=say("移送编号（可只写开头）", "its id, or how it begins"))
]
Count = Annotated[int, typer.Option(min=0)]


def register_in(group: typer.Typer) -> None:
    """Add this file's verbs to the group `cases`, and those for what comes after."""
    from mingcha.cli.case_after import register_after

    for name, verb, zh, en in (
        ("element", element, "为要件登记证据", "enter exhibits for an element"),
        ("demand", demand, "登记威胁原话与索要金额", "words of threat and what was asked"),
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
    register_after(group)


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


def demand(
    case: CASE,
    complaint: Annotated[str, typer.Argument(metavar="COMPLAINT", help=say("本案的投诉", "a complaint of the case"))],
    words: Annotated[str, typer.Argument(metavar="WORDS", help=say("原话", "the very words"))],
    exhibit: Annotated[str, typer.Option(metavar="ID", help=say("证据编号", "the exhibit they are in"))],
    at: Annotated[
        str | None, typer.Option(metavar="[H:]MM:SS", help=say("录音中的时间点", "where in the recording"))
    ] = None,
    demanded: Annotated[
        str | None, typer.Option(metavar="YUAN", help=say("索要金额（元）", "what was asked for, yuan"))
    ] = None,
    because: Annotated[
        str | None,
        typer.Option(
            "--waived-because",
            metavar="YUAN",
            help=say("减免中因威胁的部分（元）；没有写 0", "of what was waived, because of it; 0 if none"),
        ),
    ] = None,
    json_: Json = False,
) -> None:
    """What a person heard or read in an exhibit; a later word on the same place of it counts in place of the earlier."""
    from mingcha.actions.casework import work_on_case
    from mingcha.cli.cases import told

    body = DemandNoted(
        complaint=complaint,
        exhibit=exhibit,
        words=words,
        at_second=_second(at) if at else None,
        demanded=_fen("--demanded", demanded) if demanded else None,
        waived_because=_fen("--waived-because", because) if because else None,
    )
    with house() as deps:
        done = work_on_case(deps, analyst(), case, body)
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
        typer.Option(metavar="NUMBER", help=say("办案机关文书的文号（完整材料）", "number of its paper (full pack)")),
    ] = None,
    issuer: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("出具文书的机关", "the authority that issued it"))
    ] = None,
    issued: Annotated[
        datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help=say("文书日期", "its day"))
    ] = None,
    scan: Annotated[
        str | None, typer.Option(metavar="ID", help=say("文书扫描件的证据编号", "the exhibit that is its scan"))
    ] = None,
    scope: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=say("文书调取的投诉，可多次", "complaint the paper asks for"))
    ] = None,
    json_: Json = False,
) -> None:
    """Stage 1 is a redacted report; on an order (its number, issuer, day and scan) stage 2, the full pack within what it asks for."""
    from mingcha.actions.casework import refer as act
    from mingcha.casework.outgoing import FULL, REPORT
    from mingcha.cli.cases import told

    paper = _order(order, issuer, issued, scan)
    with house() as deps:
        known = deps.standards.casework.offences.get(offence)
        body = ReferralDrafted(
            addressee=to or (known.addressee if known else ""),
            offence=offence,
            stage=REPORT if paper is None else FULL,
            rests_on=tuple(rests_on),
            order=paper,
            scope=tuple(scope or ()),
        )
        done = act(deps, analyst(), case, body)
    told(
        done, say("已起草，未发送", "drafted, nothing is sent"), again(f"cases agree {case} {done.id[:8]}"), json_=json_
    )


def _order(number: str | None, issuer: str | None, issued: datetime | None, scan: str | None) -> Order | None:
    """An authority's paper; None where nothing is said of one, InputError where not all is."""
    if number and issuer and issued and scan:
        return Order(number=number, issuer=issuer, on=issued.date(), scan=scan)
    said = {"--order": number, "--issuer": issuer, "--issued": issued, "--scan": scan}
    if set(said.values()) == {None}:
        return None
    where = next(name for name, value in said.items() if not value)
    expected = Words("文书的文号、机关、日期与扫描件", "number, issuer, day and scan of the paper")
    raise InputError(where=where, found="", expected=expected)


def agree(case: CASE, of: REFERRAL, as_: As = None, json_: Json = False) -> None:
    """Whoever drafted it may be the first; the second is neither that person nor their superior or subordinate."""
    from mingcha.actions.casework import agree_to_referral
    from mingcha.cli.cases import told

    with house() as deps:
        actor = who(deps, as_)
        done = agree_to_referral(deps, actor, case, whole(deps, case, of))
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
        id_ = whole(deps, case, of)
        made = build_pack(deps, analyst(), case, id_, lambda sheet, form, at: sheet_file(sheet, form, "zh-CN", at))
        plan = write_bundle(target, made.bundle, made.read, stamp)
    last = made.bundle.custody[-1]
    day = local_day(made.bundle.made_at).isoformat()
    paper = slip(day, plan.root, plan.count, plan.manifest, {last.chain: (last.seq, last.hash)})
    if json_:
        print_json(
            {
                "out": str(target),
                "root": plan.root,
                "files": plan.count,
                "personal_items": {one.of.value: one.items for one in made.personal},
            }
        )
        return
    out.print(say(f"已写入 {target}（{plan.count} 个文件）", f"written to {target} ({plan.count} files)"), markup=False)
    out.print(words(paper), markup=False, soft_wrap=True)
    for one in made.personal:
        held = say(f"个人信息（{one.title.zh}）{one.items} 条", f"personal data ({one.title.en}): {one.items} items")
        out.print(held, markup=False, soft_wrap=True)
    follows = again(f"cases sent {case} {id_[:8]} {plan.root}")
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
        body = ReferralSent(whole(deps, case, of), root, zoned("--at", at) if at else deps.now())
        enter(deps, case, body, say("已登记移送", "entered"), json_=json_)


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
        body = ReferralFiled(whole(deps, case, of), filing, number, on.date(), until)
        enter(deps, case, body, say("已登记", "entered"), json_=json_)


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
            referral=whole(deps, case, of),
            text=text,
            people=people,
            rings=rings,
            sentences=sentences,
            restitution=_fen("--restitution", restitution),
        )
        enter(deps, case, body, say("已登记", "entered"), json_=json_)


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
        body = CorrectionConfirmed(whole(deps, case, of), how)
        enter(deps, case, body, say("更正已送达", "the correction arrived"), json_=json_)


def enter(deps: Deps, case: str, body: "Referred", said: str, *, json_: bool) -> None:
    """Enter what became of a referral, and say so."""
    from mingcha.actions.casework import refer as act
    from mingcha.cli.cases import told

    told(act(deps, analyst(), case, body), said, None, json_=json_)


def whole(deps: Deps, case: str, start: str) -> str:
    """The one referral of a case whose id begins so."""
    from mingcha.actions.casework import see_case

    found = [one.id for one in see_case(deps, analyst(), case).facts.referrals if one.id.startswith(start)]
    if len(found) != 1:
        raise NotFound(what=Words("移送", "referral"), which=start)
    return found[0]


def _second(at: str) -> int:
    """Seconds of a place in a recording."""
    parts = at.split(":")
    if not 2 <= len(parts) <= 3 or not all(one.isascii() and one.isdigit() and len(one) <= 3 for one in parts):
        raise InputError(where="--at", found=at, expected=Words("分:秒 或 时:分:秒", "MM:SS or H:MM:SS"))
    return sum(int(one) * 60**n for n, one in enumerate(reversed(parts)))


def _fen(where: str, yuan: str) -> int:
    """Fen of an amount in yuan."""
    try:
        fen = Decimal(yuan.replace(",", "")) * 100
    except InvalidOperation:
        fen = Decimal("NaN")
    if not fen.is_finite() or fen != fen.to_integral_value() or fen < 0:
        raise InputError(where=where, found=yuan, expected=Words("金额（元）", "an amount in yuan"))
    return int(fen)
