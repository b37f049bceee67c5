"""`exhibits add|list|get|check|erase`: bytes kept as they came, with where they are from; read only after every byte was checked."""

import mimetypes
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from mingcha.cli.families import Json, Reason
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import Exit, err, out, print_json, say, tell, visible, words
from mingcha.cli.table import folding
from mingcha.model.actor import Actor, Purpose
from mingcha.model.exhibit import WHOLENESS_WORDS, About, Exhibit, ExhibitCheck, Wholeness

NAME = 40  # characters of a name shown
AnExhibit = Annotated[str, typer.Argument(metavar="EXHIBIT", help=say("证据编号 EX-…", "the exhibit's id, EX-…"))]
Of = Annotated[list[str] | None, typer.Option("--of", metavar="ID", help=say("与何有关：广告、投诉、案件", "what it is about: an ad, a case"))]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    group = typer.Typer(help=say("证据：保存、读取、核对", "exhibits: keep, read, check"), no_args_is_help=True)
    for name, verb, zh, en in (
        ("add", add, "保存一个文件为证据", "keep a file as an exhibit"),
        ("list", list_, "证据清单；来源处即将删除的", "exhibits; what a source loses soon"),
        ("get", get, "取出原件（逐字节核对，入日志）", "write its bytes, all checked; logged"),
        ("check", check, "逐字节核对全部证据", "check every byte of all exhibits"),
        ("erase", erase, "删除证据及其派生件", "erase an exhibit and its copies"),
    ):
        group.command(name, help=say(zh, en))(verb)
    app.add_typer(group, name="exhibits")


def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("文件", "the file"))],
    source: Annotated[str, typer.Option(metavar="SYSTEM", help=say("来源系统", "the source system"))],
    how: Annotated[str, typer.Option(metavar="TEXT", help=say("如何取得", "how it was obtained"))],
    of: Of = None,
    taken: Annotated[
        datetime | None,
        typer.Option(
            metavar="TIME",
            formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z"],
            help=say("取得时间（带时区），默认文件时间", "when (with its zone); default the file's"),
        ),
    ] = None,
    gone_in: Annotated[
        int | None,
        typer.Option(metavar="DAYS", min=0, max=36_500, help=say("来源处几天后删除", "its source deletes it in")),
    ] = None,
    original: Annotated[
        str | None, typer.Option("--from", metavar="EXHIBIT", help=say("派生自哪份证据", "the original of this copy"))
    ] = None,
    step: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=say("如何派生：识别、转写、遮盖", "what was done: OCR, redaction")),
    ] = None,
    media: Annotated[str | None, typer.Option(metavar="TYPE", help=say("媒体类型", "media type"))] = None,
    json_: Json = False,
) -> None:
    """Keep a file's bytes as they are, encrypted and sealed. What changes while it is read is not kept."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.exhibits import keep_exhibit
    from mingcha.wiring import file_pieces

    at = taken or datetime.fromtimestamp(file.stat().st_mtime, UTC)
    with house() as deps:
        about = About(
            name=file.name,
            of=tuple(of or ()),
            media=media or mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            system=source,
            how=how,
            taken_at=at,
            derived_from=original,
            step=step,
            gone_at=deps.now() + timedelta(days=gone_in) if gone_in is not None else None,
        )
        kept = keep_exhibit(deps, _analyst(), file_pieces(file), about)
    if json_:
        print_json(to_plain(kept))
        return
    out.print(
        say(f"已保存并封存：{kept.id}（{kept.size:,} 字节）", f"kept and sealed: {kept.id} ({kept.size:,} bytes)")
    )
    out.print(f"SHA-256 {kept.sha256}\nSM3     {kept.sm3}", style="dim", soft_wrap=True)


def list_(
    of: Annotated[
        str | None, typer.Option("--of", metavar="ID", help=say("只看与此有关的", "about this alone"))
    ] = None,
    ending_in: Annotated[
        int | None,
        typer.Option(
            "--ending-in",
            metavar="DAYS",
            min=0,
            max=36_500,
            help=say("几天内来源处将删除的", "its source deletes within"),
        ),
    ] = None,
    json_: Json = False,
) -> None:
    """What was kept, in that order; or what its source deletes within so many days, the soonest first. Personal data masked."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.exhibits import ending_soon, exhibits_of

    with house() as deps:
        if ending_in is None:
            found = exhibits_of(deps, _analyst(), of)
        else:
            found = tuple(one for one in ending_soon(deps, _analyst(), ending_in) if of is None or of in one.about.of)
    if json_:
        print_json([to_plain(one) for one in found])
        return
    if not found:
        out.print(say("没有证据", "no exhibits"))
        return
    table = folding(
        say("编号", "id"), say("名称", "name"), say("关于", "about"), say("字节", "bytes"), say("源删除", "gone")
    )
    table.columns[0].no_wrap = True  # to be copied whole
    for one in found:
        about, gone = one.about, one.about.gone_at
        ending = f"{gone:%Y-%m-%d}" if gone else say("未知", "unknown")
        table.add_row(one.id, Text(_name(one)), Text(" ".join(about.of)), f"{one.size:,}", ending)
    out.print(table)


def get(
    exhibit: AnExhibit,
    target: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("写到哪里", "where to write"))],
    json_: Json = False,
) -> None:
    """Write an exhibit's bytes. The file is there only once every byte was checked; who read it is logged."""
    from mingcha.actions.exhibits import read_exhibit

    beside = target.with_name(target.name + ".part")
    with house() as deps:
        opened = read_exhibit(deps, _analyst(), exhibit)
        sink = os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")  # never somebody else's
        try:
            with sink:
                for piece in opened.read():
                    sink.write(piece)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    size, digest = opened.exhibit.size, opened.exhibit.sha256
    said = say(f"已写入 {target}（{size:,} 字节，核对无误）", f"written to {target} ({size:,} bytes, all checked)")
    tell(said, {"exhibit": exhibit, "file": str(target), "bytes": size, "sha256": digest}, json_=json_)


def check(json_: Json = False) -> None:
    """Read every exhibit to its last byte. `mingcha verify` checks that what is said of them is what was sealed."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.exhibits import check_exhibits
    from mingcha.cli.progress import counting

    with house() as deps, counting(say("核对", "checking"), show=not json_) as more:
        found = check_exhibits(deps, local_actor(Purpose.INSPECTION), more)
    if json_:
        print_json([to_plain(one) for one in found])
    else:
        _counted(found)
    if any(one.why for one in found):
        raise typer.Exit(int(Exit.BROKEN_SEAL))


def erase(exhibit: AnExhibit, reason: Reason, json_: Json = False) -> None:
    """Destroy an exhibit, its key and all copies derived of it. That it was kept stays, and the chain still verifies."""
    from mingcha.actions.exhibits import erase_exhibit

    with house() as deps:
        ids = erase_exhibit(deps, local_actor(), exhibit, reason)
    copies = len(ids) - 1
    said = say(f"已删除 {exhibit} 及 {copies} 份派生件", f"{exhibit} erased, and {copies} copies derived of it")
    tell(said, {"erased": list(ids)}, json_=json_)


def _analyst() -> Actor:
    return local_actor(Purpose.INVESTIGATION)


def _counted(found: tuple[ExhibitCheck, ...]) -> None:
    for wholeness in Wholeness:
        count = sum(1 for one in found if one.found is wholeness)
        if count:
            out.print(f"{count:>8,}  {words(WHOLENESS_WORDS[wholeness])}")
    for one in found:
        if one.why:
            err.print(words(one.why), style="red", markup=False)
    if not found:
        out.print(say("还没有证据：", "no exhibits yet: ") + again("exhibits add FILE …"), markup=False)


def _name(exhibit: Exhibit) -> str:
    """A name as it may be shown, a long one cut."""
    name = visible(exhibit.about.name)
    return name if len(name) <= NAME else f"{name[:NAME]}…"
