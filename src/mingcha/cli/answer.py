"""`mingcha answer`: the drafted answer to a complaint, and the letter that was given."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mingcha.cli.desk import Id, Json, moment
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import locale, out, print_json, say, words

FORMS = {".docx": "docx", ".pdf": "pdf"}


class Language(StrEnum):
    """Languages of a letter."""

    ZH = "zh"
    EN = "en"


To = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help=say("写入 .txt、.docx 或 .pdf", "write it as .txt, .docx or .pdf")),
]


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("answer", help=say("起草或登记答复", "draft an answer, or record the one given"))(answer)


def answer(
    id_: Id,
    language: Annotated[
        Language | None, typer.Option(metavar="LANG", help=say("信函语言：zh, en", "language of the letter: zh, en"))
    ] = None,
    to: To = None,
    record: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=say("登记已发出的答复，期限随之终止", "record the letter given; ends the clock")
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help=say("答复时间（ISO，带时区），默认现在", "when; ISO with zone; now")),
    ] = None,
    json_: Json = False,
) -> None:
    """Draft from merit alone; a letter that threatens, labels or still has gaps is not recorded."""
    from mingcha.actions.codec import to_plain

    if record is not None:
        _record(id_, record, at, json_)
        return
    from mingcha.actions.answers import draft_answer
    from mingcha.answer.letter import lines

    with house() as deps:
        drafted = draft_answer(deps, local_actor(), id_)
        letter = "\n".join(lines(drafted, language.value if language else locale()))
        if to is not None:
            write_letter(to, letter, deps.now().astimezone(deps.zone))
    if json_:
        print_json({"letter": letter, **to_plain(drafted)})
        return
    if to is None:
        out.print(letter, markup=False, soft_wrap=True)
        out.print()
    for gap in drafted.gaps:
        out.print("! " + say("待填：", "to fill in: ") + words(gap), style="yellow", markup=False)
    for title in drafted.undecided:
        out.print("! " + say("待裁定：", "to be decided: ") + words(title), style="yellow", markup=False)
    if to is not None:
        out.print(say("已写入 ", "written: ") + str(to), markup=False)
    readable = to if to is not None and to.suffix.lower() != ".pdf" else None  # a PDF is given, and not read again
    hint = again(f"answer {id_} --record {readable or 'FILE'}")
    out.print(say("修改、签发并发出之后：", "Once changed, signed and sent: ") + hint, style="dim", markup=False)


def write_letter(to: Path, letter: str, at: datetime) -> None:
    """Write a letter as Word or PDF where the name ends so, as text otherwise."""
    from mingcha.wiring import letter_file

    form = FORMS.get(to.suffix.lower())
    to.write_bytes(letter_file(letter, form, at) if form else f"{letter}\n".encode())


def _record(id_: str, letter: Path, at: str | None, json_: bool) -> None:
    from mingcha.actions.answers import record_answer
    from mingcha.actions.codec import to_plain
    from mingcha.cli.pages import clock_panel
    from mingcha.wiring import read_letter

    when = moment("--at", at) or datetime.now(UTC)
    text = read_letter(letter)
    with house() as deps:
        state = record_answer(deps, local_actor(), id_, text, when)
        today = deps.now().astimezone(deps.zone).date()
    if json_:
        print_json(to_plain(state))
        return
    out.print(say("答复已登记并封存。", "The answer is recorded and sealed."), style="bold")
    out.print(clock_panel(state, today))
