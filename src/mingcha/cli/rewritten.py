"""`rewritten`: letters of any file that seem one rewritten throughout, without a workspace."""

import json
from pathlib import Path
from typing import Annotated

import typer

from mingcha.cli.faults import say_faults
from mingcha.cli.reading import NO_EVIDENCE
from mingcha.cli.say import Exit, err, out, print_json, say

WEAK = (
    "改写相似是弱线索：同样遭遇的陌生人也会这样写。不得单凭它认定任何人。",
    "Rewritten likeness is a weak sign: strangers with one grievance write so too. It is never enough alone.",
)


def register(app: typer.Typer) -> None:
    """Add this file's verb."""
    app.command("rewritten", help=say("找出疑似通篇改写或互译的信", "find letters that seem one rewritten"))(rewritten)


def rewritten(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("至多两万行", "up to 20,000 rows"))],
    target: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help=say("成对写到哪里（JSON Lines）", "where pairs go (JSON Lines)")),
    ],
    text: Annotated[str, typer.Option(metavar="COLUMN", help=say("正文所在列", "column of the text"))] = "text",
    id_: Annotated[str, typer.Option("--id", metavar="COLUMN", help=say("编号所在列", "column of the id"))] = "id",
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Write `a, b, likeness, aligned, points` a line a pair, the surest first."""
    from mingcha.actions.rewritten import find_rewritten_letters
    from mingcha.cli.progress import stages
    from mingcha.wiring import encoder, open_letters

    err.print(say(*NO_EVIDENCE), style="dim")
    err.print(say(*WEAK), style="yellow")
    with stages(show=not json_) as tick:
        done = find_rewritten_letters(open_letters(file, text, id_), encoder(), tick)
    with target.open("w", encoding="utf-8") as sink:
        for one in done.found.found:
            line = {
                "a": done.sheet.ids[done.rows[one.a]],
                "b": done.sheet.ids[done.rows[one.b]],
                "likeness": round(one.likeness, 4),
                "aligned": one.aligned,
                "points": one.points,
            }
            sink.write(json.dumps(line, ensure_ascii=False) + "\n")
    told = {
        "rows": len(done.sheet.ids),
        "letters_compared": len(done.rows),
        "pairs_compared": done.found.compared,
        "pairs": len(done.found.found),
        "cut_short": done.cut_short,
        "not_read": len(done.sheet.faults),
    }
    if json_:
        print_json(told)
    else:
        _say(told)
    if say_faults(done.sheet.faults):
        raise typer.Exit(int(Exit.REJECTS))


def _say(told: dict[str, int]) -> None:
    rows, letters, pairs = told["rows"], told["letters_compared"], told["pairs"]
    out.print(
        say(
            f"{rows:,} 行，比较 {letters:,} 种信，疑似改写 {pairs:,} 对",
            f"{rows:,} rows, {letters:,} letters compared, {pairs:,} pairs seem rewritten",
        )
    )
    if told["cut_short"]:
        out.print(say(f"{told['cut_short']:,} 封只读了开头", f"{told['cut_short']:,} letters were read in part"))
