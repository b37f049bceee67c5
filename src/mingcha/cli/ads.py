"""`ads`: what posts and posters offer and claim, judged with reasons; what people then do about them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from mingcha.cli.ad_add import add
from mingcha.cli.ad_capture import capture
from mingcha.cli.ad_cycle import register_in
from mingcha.cli.ad_sellers import register_sellers
from mingcha.cli.faults import say_faults
from mingcha.cli.reading import NO_EVIDENCE
from mingcha.cli.say import Exit, err, locale, out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.errors import InputError, UnreadableFile
from mingcha.model.found import Form, form_of
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.judging import Judged
    from mingcha.model.advert import AdFinding, PostJudged
    from mingcha.model.letters import Fault

SHOWN_IN = frozenset({Form.PICTURE, Form.PAGE, Form.VIDEO})
SHOWN = 5
BAR = 24


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    group = typer.Typer(help=say("广告：识别、举报、复查", "ads: judge, report, re-check"), no_args_is_help=True)
    group.command("judge", help=say("逐条判断帖子或图片是否招揽，附理由", "judge posts or images, with reasons"))(judge)
    group.command("add", help=say("粘贴分享口令，登记一次发现", "paste a share text: one sighting"))(add)
    register_in(group)
    register_sellers(group)
    group.command("capture", help=say("用浏览器抓取网页、复查", "capture pages by a browser"))(capture)
    app.add_typer(group, name="ads")


def judge(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|FOLDER",
            help=say(
                "JSON Lines、CSV、XLSX、Parquet；图片、视频、网页或其文件夹",
                "JSON Lines, CSV, XLSX, Parquet; an image, a video, a saved page or a folder",
            ),
        ),
    ],
    target: Annotated[
        Path, typer.Option("--out", metavar="FILE", help=say("写到哪里（JSON Lines）", "where to write (JSON Lines)"))
    ],
    text: Annotated[str, typer.Option(metavar="COLUMN", help=say("正文所在列", "column of the text"))] = "text",
    id_: Annotated[str, typer.Option("--id", metavar="COLUMN", help=say("编号所在列", "column of the id"))] = "id",
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Write a line a post: `id, is_ad, stance, trade, claims, contacts, findings, probability`; no level on anybody."""
    from mingcha.cli.progress import counting

    if target.exists() and file.exists() and target.samefile(file):
        raise InputError(where="--out", found=target.name, expected=Words("另一个文件", "another file"))
    err.print(say(*NO_EVIDENCE), style="dim")
    faults: list[Fault] = []
    unreadable: list[UnreadableFile] = []
    judged = _judged(file, (text, id_), faults, unreadable)
    first = next(judged, None)  # a file that is not there is said before anything is written
    seen: Counter[Words] = Counter()
    examples: list[Judged] = []
    with counting(say("判断中", "judging"), show=not json_) as more, target.open("w", encoding="utf-8") as sink:
        for one in _again(first, judged):
            sink.write(json.dumps(_line(one), ensure_ascii=False) + "\n")
            seen[_answer(one.judged)] += 1
            if one.judged.is_ad and len(examples) < SHOWN:
                examples.append(one)
            more(1)
    if json_:
        counted = {words(answer): count for answer, count in seen.most_common()}
        print_json({"posts": seen.total(), "answers": counted, "not_read": len(faults) + len(unreadable)})
    else:
        _say(seen, examples)
    for error in unreadable[:SHOWN]:
        err.print(error.say(locale()), markup=False)
    if len(unreadable) > SHOWN:
        more_of = len(unreadable) - SHOWN
        err.print(say(f"另有 {more_of:,} 个文件未能读取", f"{more_of:,} more files were not read"))
    if say_faults(faults) or unreadable:
        raise typer.Exit(int(Exit.REJECTS))


def _judged(
    file: Path, columns: tuple[str, str], faults: "list[Fault]", unreadable: list[UnreadableFile]
) -> "Iterator[Judged]":
    from mingcha.actions.find_files import listed
    from mingcha.actions.judging import judge_files, judge_posts
    from mingcha.wiring import ad_judge, open_letters, read_post_file

    if file.is_dir() or form_of(file.name) in SHOWN_IN:
        base = file if file.is_dir() else file.parent
        named = ((str(one.relative_to(base)), one) for one in listed(file))
        return judge_files(named, read_post_file, ad_judge().judge_all, unreadable)
    return judge_posts(open_letters(file, *columns), ad_judge().judge_all, faults)


def _again(first: "Judged | None", rest: "Iterator[Judged]") -> "Iterable[Judged]":
    if first is not None:
        yield first
    yield from rest


def _answer(judged: "PostJudged") -> Words:
    from mingcha.model.advert import STANCE_WORDS, TRADE_WORDS, Stance

    if judged.is_ad and judged.trade is not None:
        trade = TRADE_WORDS[judged.trade]
        return Words(f"广告：{trade.zh}", f"ad: {trade.en}")
    if judged.stance is Stance.SOLICITS:
        return Words("招揽，但不是本行的广告", "solicits, but is no ad of these trades")
    return STANCE_WORDS[judged.stance]


def _line(one: "Judged") -> dict[str, Any]:
    judged = one.judged
    line: dict[str, Any] = {
        "id": one.id,
        "is_ad": judged.is_ad,
        "stance": judged.stance.value,
        "trade": judged.trade.value if judged.trade else None,
        "claims": [
            {"claim": claimed.claim.value, "name": claimed.name, "awaits_register": claimed.awaits_register}
            | _where(one, claimed.passage.start, claimed.passage.end, claimed.passage.quote)
            for claimed in judged.claims
        ],
        "contacts": [
            {"kind": mention.kind.value, "value": mention.value}
            | _where(one, mention.start, mention.end, mention.surface)
            for mention in judged.contacts
        ],
        "findings": [_finding(one, finding) for finding in (*judged.findings, *judged.against)],
        "findings_left_out": judged.left_out,
        "probability": judged.probability / 1_000_000,
        "evasive": judged.evasive,
        "why_not": words(judged.why_not) if judged.why_not else None,
        "scheme": judged.scheme,
    }
    seen = one.image or one.video
    if seen is not None:
        line["text"] = one.text
        line["codes"] = [{"kind": code.kind.value, "payload": code.payload, "box": code.box} for code in seen.codes]
        line["notes"] = [words(note) for note in seen.notes]
    return line


def _where(one: "Judged", start: int, end: int, quote: str) -> dict[str, Any]:
    place: dict[str, Any] = {"start": start, "end": end, "quote": quote}
    if one.image is not None:
        place["boxes"] = one.boxes(start, end)
    if one.video is not None:
        place["times"] = one.times(start, end)
    return place


def _finding(one: "Judged", finding: "AdFinding") -> dict[str, Any]:
    passage = finding.passage
    return {"code": finding.code, "why": words(finding.why), "weight": finding.weight / 1000} | _where(
        one, passage.start, passage.end, passage.quote
    )


def _say(seen: Counter[Words], examples: "list[Judged]") -> None:
    if not seen:
        out.print(say("没有可判断的内容", "there was nothing to judge"))
        return
    table = folding(say("判断", "judged"), say("条数", "posts"), "")
    largest = max(seen.values())
    for answer, count in seen.most_common():
        table.add_row(words(answer), f"{count:,}", "█" * max(1, count * BAR // largest))
    out.print(table)
    for one in examples:
        out.print()
        out.print(
            Text(f"{one.id}  {words(_answer(one.judged))}  {one.judged.probability / 10_000:.0f} %", style="bold")
        )
        for finding in one.judged.findings[:SHOWN]:
            out.print(Text(f"  +{finding.weight / 1000:.1f}  {words(finding.why)}：「{finding.passage.quote}」"))
    out.print()
    out.print(
        say(
            "这是线索，不是结论：只有人能认定与举报；“自称律师”等须先查登记册。",
            "These are leads, not findings: only people judge and report; whoever poses as a lawyer is looked up first.",
        ),
        style="dim",
    )
