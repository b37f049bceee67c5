"""`campaigns`: any file of texts to families of letters and pairs of near copies, without a workspace."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingcha.cli.faults import say_faults
from mingcha.cli.reading import NO_EVIDENCE
from mingcha.cli.say import Exit, err, out, print_json, say
from mingcha.errors import InputError, UnreadableFile
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.campaigns import Gathered, Paired, Progress, Sheet

GB = 10**9
Json = Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))]


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("campaigns", help=say("从任意文件找出相似信件的家族", "find families of letters in any file"))(
        campaigns
    )


def campaigns(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=say("JSON Lines、CSV、XLSX 或 Parquet", "JSON Lines, CSV, XLSX or Parquet")
        ),
    ],
    text: Annotated[str, typer.Option(metavar="COLUMN", help=say("正文所在列", "column of the text"))] = "text",
    id_: Annotated[str, typer.Option("--id", metavar="COLUMN", help=say("编号所在列", "column of the id"))] = "id",
    scheme: Annotated[
        str,
        typer.Option(
            metavar="NAME", help=say("mingcha（去伪装、填空）或 plain-5", "mingcha (through disguises) or plain-5")
        ),
    ] = "mingcha",
    threshold: Annotated[
        float, typer.Option(metavar="0..1", help=say("--pairs 的杰卡德下限", "least Jaccard of --pairs"))
    ] = 0.7,
    target: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help=say("家族写到哪里（JSON Lines）", "where families go (JSON Lines)")),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=say("成对写到哪里（精确，至多十万行）", "where pairs go (exact, to 10^5 rows)")
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("HTML 报告写到哪里", "where the HTML report goes"))
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=say("各家族的模板写到哪里（JSON Lines）", "where templates go (JSON Lines)")),
    ] = None,
    ignore: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=say("不算相似的套话，每行一段", "passages that are no likeness, one a line")),
    ] = None,
    memory: Annotated[
        float | None,
        typer.Option(metavar="GB", min=0, help=say("哈希超过多少放到磁盘", "hashes beyond this go to disk")),
    ] = None,
    json_: Json = False,
) -> None:
    """Write `id, family, similarity` a line a member, `a, b, jaccard` a line a pair, and a page of families."""
    from mingcha.actions.campaigns import find_families, find_pairs
    from mingcha.cli.progress import stages
    from mingcha.wiring import open_letters, scratch

    if not (target or pairs or report or templates):
        raise InputError(
            where="--out, --pairs, --report, --templates", found="", expected=Words("至少一个", "at least one of them")
        )
    err.print(say(*NO_EVIDENCE), style="dim")
    room, passages = scratch(None if memory is None else int(memory * GB)), _passages(ignore)
    sheet: Sheet | None = None
    told: dict[str, object] = {}
    with stages(show=not json_) as tick:
        if pairs:
            paired = find_pairs(open_letters(file, text, id_), scheme, threshold, progress=tick)
            _write_pairs(pairs, paired)
            sheet = paired.sheet
        if target or report or templates:
            gathered = find_families(open_letters(file, text, id_), scheme, progress=tick, ignore=passages, join=room)
            sheet = gathered.sheet
            _write_families(target, gathered)
            _write_templates(templates, gathered, (file, text, id_), tick)
            _write_report(report, gathered, (file, text, id_), tick)
    if pairs:
        told |= {"rows": len(paired.sheet.ids), "pairs": len(paired.pairs.first), "empty": paired.empty}
        if not json_:
            _say_pairs(paired)
    if target or report or templates:
        told |= {**_counted(gathered), "bytes_on_disk": room.spilled}
        if not json_:
            _say_families(gathered, room.spilled)
    if json_:
        print_json({**told, "not_read": len(sheet.faults) if sheet else 0})
    if sheet and say_faults(sheet.faults):
        raise typer.Exit(int(Exit.REJECTS))


def _passages(file: Path | None) -> tuple[str, ...]:
    if file is None:
        return ()
    if not file.is_file():
        raise UnreadableFile(file=file, why=Words("没有这个文件", "there is no such file"))
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableFile(file=file, why=Words("不是 UTF-8 文本", "it is not UTF-8 text")) from error
    return tuple(line for line in lines if line.strip())


def _write_pairs(target: Path, done: "Paired") -> None:
    names = [json.dumps(one, ensure_ascii=False) for one in done.sheet.ids]
    columns = (
        done.pairs.first.tolist(),
        done.pairs.second.tolist(),
        done.pairs.shared.tolist(),
        done.pairs.union.tolist(),
    )
    with target.open("w", encoding="utf-8") as sink:
        sink.writelines(
            f'{{"a": {names[a]}, "b": {names[b]}, "jaccard": {round(shared / union, 6)}}}\n'
            for a, b, shared, union in zip(*columns, strict=True)
        )


def _write_families(target: Path | None, done: "Gathered") -> None:
    if target is None:
        return
    with target.open("w", encoding="utf-8") as sink:
        for one in done.found.families:
            for row, similarity in zip(one.rows.tolist(), one.similarity.tolist(), strict=True):
                name = json.dumps(done.sheet.ids[row], ensure_ascii=False)
                sink.write(f'{{"id": {name}, "family": "{one.name}", "similarity": {similarity / 1_000_000}}}\n')


def _write_templates(target: Path | None, done: "Gathered", source: tuple[Path, str, str], tick: "Progress") -> None:
    if target is None:
        return
    from mingcha.actions.family_report import rebuild, template_line
    from mingcha.wiring import open_letters

    with target.open("w", encoding="utf-8") as sink:
        for one in rebuild(done.found.families, lambda: open_letters(*source), tick):
            sink.write(json.dumps(template_line(one, done.sheet.ids), ensure_ascii=False) + "\n")


def _write_report(target: Path | None, done: "Gathered", source: tuple[Path, str, str], tick: "Progress") -> None:
    if target is None:
        return
    from mingcha.actions.family_report import family_report
    from mingcha.cli.say import locale
    from mingcha.wiring import families_html, open_letters

    page = families_html(family_report(done, lambda: open_letters(*source), source[0].name, tick), locale())
    target.write_text(page, encoding="utf-8")


def _counted(done: "Gathered") -> dict[str, object]:
    found = done.found
    return {
        "rows": len(done.sheet.ids),
        "families": len(found.families),
        "rows_in_families": sum(len(one.rows) for one in found.families),
        "compared": found.compared,
        "too_short": len(found.too_short),
        "empty": done.empty,
        "left": len(found.left),
        "rows_with_common_passages": len(found.with_common),
        "compared_with_likeliest_only": found.passed_over,
    }


def _say_pairs(done: "Paired") -> None:
    rows, pairs = len(done.sheet.ids), len(done.pairs.first)
    out.print(say(f"{rows:,} 行，{pairs:,} 对", f"{rows:,} rows, {pairs:,} pairs"))
    if done.empty:
        out.print(say(f"{done.empty:,} 行没有文字", f"{done.empty:,} rows without words"))


def _say_families(done: "Gathered", on_disk: int) -> None:
    found = done.found
    inside = sum(len(one.rows) for one in found.families)
    rows, families = len(done.sheet.ids), len(found.families)
    out.print(
        say(
            f"{rows:,} 行，{families:,} 个家族，其中 {inside:,} 行",
            f"{rows:,} rows, {families:,} families of {inside:,} rows",
        )
    )
    per_row = found.compared / max(1, rows)
    out.print(
        say(
            f"核对 {found.compared:,} 次，平均每行 {per_row:.1f} 次",
            f"{found.compared:,} comparisons, {per_row:.1f} a row",
        )
    )
    notes = (
        (len(found.too_short), "行太短，未比较", "rows too short to compare"),
        (done.empty, "行没有文字", "rows without words"),
        (len(found.left), "行离开家族后独立", "rows left a family and found no other"),
        (len(found.with_common), "行的套话不算相似", "rows whose common passages were no likeness"),
        (found.passed_over, "篇只与最可能的几个家族比较过", "texts were compared with their likeliest families only"),
    )
    for count, zh, en in notes:
        if count:
            out.print(f"{count:>10,}  {say(zh, en)}")
    if on_disk:
        gigabytes = f"{on_disk / GB:,.2f} GB"
        out.print(say(f"哈希 {gigabytes} 曾放在磁盘上", f"{gigabytes} of hashes were kept on disk"))
