"""`ads import` of pictures, pages, videos, captures and folders of them: what goes in, what does not and why, file by file."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mingcha.cli.ad_pages import analyst
from mingcha.cli.house import again, house
from mingcha.cli.say import Exit, err, out, print_json, say, visible, words
from mingcha.errors import InputError
from mingcha.model.found import Form, NotRead, form_of
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.ad_finds import Find, Said
    from mingcha.actions.take_in import TakenIn

FINDS = frozenset({Form.PICTURE, Form.PAGE, Form.VIDEO, Form.CAPTURE})
SHOWN = 5
RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
OWN = "file"  # of --seen: as each file says


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line said."""

    platform: str | None
    place: str | None
    seen: str | None
    transcript: Path | None
    rejects: Path | None
    keep: bool = field(kw_only=True)
    check: bool = field(kw_only=True)


def is_find(file: Path) -> bool:
    """Whether it is a folder, or a file of its own that shows an ad."""
    return file.is_dir() or form_of(file.name) in FINDS


def import_finds(file: Path, asked: Asked, *, json_: bool) -> None:
    """Take in what is found; exit code 4 where a file could not be read."""
    from mingcha.actions.ad_finds import Bringing, take_in_finds
    from mingcha.actions.find_files import finds_in, listed
    from mingcha.cli.progress import stages
    from mingcha.wiring import ad_judge, openers

    if asked.transcript is not None and form_of(file.name) is not Form.VIDEO:
        raise InputError(where="--transcript", found=file.name, expected=Words("一个视频", "with one video"))
    files = listed(file)
    unread: list[NotRead] = []
    notes: list[tuple[str, Words]] = []
    with house() as deps, stages(show=not json_) as tick:
        said = _said(asked)
        found = finds_in(file, files, openers(deps.zone), transcript=asked.transcript, own_time=asked.seen == OWN)
        if asked.check:
            _check(list(found), json_=json_)
            return
        how = Bringing(
            judge=ad_judge(deps.standards).judge,
            said=said,
            keep=asked.keep,
            reject=unread.append,
            note=lambda name, note: notes.append((name, note)),
            progress=_counting(files, tick),
        )
        done = take_in_finds(deps, analyst(), found, how)
    target = asked.rejects or file.with_name(file.name + ".rejects.csv")
    bad = [one for one in unread if not one.passed_by]
    if bad:
        _write(target, bad)
    _tell(done, unread, notes, target if bad else None, json_=json_)
    if bad:
        raise typer.Exit(int(Exit.REJECTS))


def _counting(files: Sequence[Path], tick: Callable[[str, int, int], None]) -> Callable[[], None]:
    """Counts what is done; how much a capture holds, nobody knows before."""
    of = 0 if any(form_of(one.name) is Form.CAPTURE for one in files) else len(files)
    done = count(1)
    tick("ads", 0, of)
    return lambda: tick("ads", next(done), of)


def _said(asked: Asked) -> "Said":
    from mingcha.actions.ad_checks import zoned
    from mingcha.actions.ad_finds import Said

    at = zoned("--seen", asked.seen) if asked.seen and asked.seen != OWN else None
    return Said(platform=asked.platform, place=asked.place, seen_at=at)


def _check(found: "list[Find | NotRead]", *, json_: bool) -> None:
    """What would be read, without reading any of it."""
    good = [one.name for one in found if not isinstance(one, NotRead)]
    bad = [one for one in found if isinstance(one, NotRead) and not one.passed_by]
    if json_:
        print_json({"found": good, "not": {one.place: words(one.why) for one in bad}})
        return
    for name in good:
        out.print(visible(name), markup=False, soft_wrap=True)
    _say_unread(bad)
    out.print(say(f"共 {len(good)} 项，什么也没有写入。", f"{len(good)} were found; nothing was written."), style="dim")


def _tell(
    done: "TakenIn", unread: list[NotRead], notes: list[tuple[str, Words]], target: Path | None, *, json_: bool
) -> None:
    left = [one for one in unread if one.passed_by]
    bad = [one for one in unread if not one.passed_by]
    if json_:
        print_json(
            {
                "found": done.rows,
                "taken": done.taken,
                "amended": done.amended,
                "unchanged": done.unchanged,
                "not_read": {one.place: words(one.why) for one in bad},
                "passed_by": _reasons(left),
                "notes": [[name, words(note)] for name, note in notes],
                "rejects_file": str(target) if target else None,
            }
        )
        return
    for many, zh, en in (
        (done.rows, "找到", "found"),
        (done.taken, "新收", "taken in"),
        (done.amended, "更新", "amended"),
        (done.unchanged, "无变化", "unchanged"),
        (len(bad), "未能读取", "not read"),
    ):
        if many or zh in ("找到", "新收"):
            out.print(f"{many:>10,}  {say(zh, en)}")
    for why, many in _reasons(left).items():
        out.print(f"{many:>10,}  {say('略过：', 'passed by: ')}{visible(why)}", markup=False)
    for name, note in notes[:SHOWN]:
        err.print(visible(f"{name}: {words(note)}"), markup=False, soft_wrap=True)
    if len(notes) > SHOWN:
        err.print(say(f"另有 {len(notes) - SHOWN:,} 条说明，见 --json", f"{len(notes) - SHOWN:,} more notes: --json"))
    _say_unread(bad)
    if target is not None:
        err.print(say("未读取的文件清单：", "list of what was not read: ") + str(target), markup=False, soft_wrap=True)
    if done.taken:
        out.print(say("接下来：", "Next: ") + again("ads list"), markup=False)


def _say_unread(bad: list[NotRead]) -> None:
    for one in bad[:SHOWN]:
        err.print(visible(f"{one.place}: {words(one.why)}"), markup=False, soft_wrap=True)
    if len(bad) > SHOWN:
        err.print(say(f"另有 {len(bad) - SHOWN:,} 个未能读取", f"{len(bad) - SHOWN:,} more were not read"))


def _reasons(left: list[NotRead]) -> dict[str, int]:
    """How many were passed by for each reason."""
    out_: dict[str, int] = {}
    for one in left:
        out_[words(one.why)] = out_.get(words(one.why), 0) + 1
    return out_


def _write(target: Path, bad: list[NotRead]) -> None:
    with target.open("w", encoding="utf-8-sig", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(["file", "why"])
        for one in bad:
            name = "'" + one.place if one.place.startswith(RISKY) else one.place
            writer.writerow([name, f"{one.why.zh} / {one.why.en}"])
