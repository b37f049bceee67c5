"""`normalise` and `contacts`: reading tools that work without a workspace and carry no evidence value."""

import json
from pathlib import Path
from typing import Annotated

import typer

from mingcha.cli.say import Exit, err, locale, out, print_json, say
from mingcha.errors import InputError, UnreadableFile
from mingcha.model.words import Words

NO_EVIDENCE = (
    "此输出不在证据链中，没有证据效力。",
    "This output is outside the evidence chain and carries no evidence value.",
)


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("normalise", help=say("显示一段文字去除伪装后的读法", "show how a text reads without its disguises"))(
        normalise
    )
    app.command("contacts", help=say("从文件中找联系方式", "find contacts in a file"))(contacts)


def normalise(
    text: Annotated[str, typer.Argument(help=say("文字", "the text"))],
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Fold one text."""
    from mingcha.text.normalise import normalise as fold

    folded = fold(text)
    err.print(say(*NO_EVIDENCE), style="dim")
    if json_:
        spans = [[s, e] for s, e in zip(folded.starts, folded.ends, strict=True)]
        print_json({"scheme": folded.scheme, "original": text, "text": folded.text, "spans": spans})
        return
    out.print(folded.text, markup=False)


def contacts(
    file: Annotated[
        Path,
        typer.Argument(
            help=say("JSON Lines（id, text）或纯文本，每行一条", "JSON Lines (id, text) or plain text, one a line")
        ),
    ],
    target: Annotated[Path, typer.Option("--out", help=say("写到哪里（JSON Lines）", "where to write (JSON Lines)"))],
    json_: Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))] = False,
) -> None:
    """Write `id, contacts [{kind, value, start, end}]`, a line a text."""
    from mingcha.text.contacts import contacts as find
    from mingcha.wiring import open_text

    count = found = bad = 0
    file.open("rb").close()  # a file that is not there is said before anything is written
    if target.exists() and target.samefile(file):
        raise InputError(where="--out", found=target.name, expected=Words("另一个文件", "another file"))
    with target.open("w", encoding="utf-8") as sink:
        for number, line in enumerate(open_text(file), 1):
            line = line.rstrip("\r\n")
            if not line.strip():
                continue
            try:
                row = json.loads(line) if line.lstrip().startswith("{") else {"id": number, "text": line}
            except json.JSONDecodeError as error:
                bad += 1
                why = Words("不是 JSON", f"not JSON: {error.msg}")
                err.print(UnreadableFile(file=f"{file}:{number}", why=why).say(locale()), markup=False)
                continue
            mentions = find(str(row.get("text") or ""))
            contacts_ = [{"kind": m.kind.value, "value": m.value, "start": m.start, "end": m.end} for m in mentions]
            sink.write(json.dumps({"id": row.get("id", number), "contacts": contacts_}, ensure_ascii=False) + "\n")
            count, found = count + 1, found + len(mentions)
    err.print(say(*NO_EVIDENCE), style="dim")
    if json_:
        print_json({"texts": count, "contacts": found, "unreadable": bad})
    else:
        out.print(say(f"{count:,} 条，{found:,} 处联系方式", f"{count:,} texts, {found:,} contacts"))
    if bad:
        raise typer.Exit(int(Exit.REJECTS))
