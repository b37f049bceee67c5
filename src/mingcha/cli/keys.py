"""Keys, backup and a health check of the workspace."""

from pathlib import Path
from typing import Annotated

import typer
from rich.cells import cell_len

from mingcha.cli.house import again, house, local_actor, settings
from mingcha.cli.say import Exit, err, out, print_json, say, tell, words
from mingcha.errors import KeyTrouble
from mingcha.model.actor import Purpose
from mingcha.model.kinds import BY_CODE
from mingcha.model.words import Words

Json = Annotated[bool, typer.Option("--json", help=say("以 JSON 输出", "print JSON"))]


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    group = typer.Typer(help=say("密钥", "keys"), no_args_is_help=True)
    group.command("init", help=say("建立正式密钥（须在导入数据之前）", "make the site's key (before any data)"))(init)
    group.command("rotate", help=say("轮换包裹密钥", "rotate the wrapping key"))(rotate)
    group.command("recovery-sheet", help=say("打印恢复单", "print the recovery sheet"))(recovery_sheet)
    group.command("from-sheet", help=say("按恢复单重建密钥文件", "make the key file again from a typed-in sheet"))(
        from_sheet
    )
    group.command("check", help=say("检查密钥文件", "check the key file"))(check)
    app.add_typer(group, name="keys")
    app.command("backup", help=say("备份工作区（不含密钥）", "back the workspace up (without its key)"))(backup)
    app.command("restore", help=say("把备份恢复到新工作区", "restore a backup into a new workspace"))(restore)
    app.command("doctor", help=say("检查本机与工作区", "check this machine and the workspace"))(doctor)


def _key_file() -> Path:
    return settings().workspace / "keys.json"


def _managing(act: str) -> None:
    """Refuse whoever may not manage keys; seal the act where a workspace stands already."""
    from mingcha.actions.upkeep import manage_keys

    actor = local_actor(Purpose.ADMINISTRATION)
    manage_keys(None, actor, act)
    if settings().database or (settings().workspace / "house.db").exists():
        with house() as deps:
            manage_keys(deps, actor, act)


def init(json_: Json = False) -> None:
    """Make a production key for a workspace that holds no data yet."""
    from mingcha.actions.upkeep import manage_keys
    from mingcha.wiring import key_door

    manage_keys(None, local_actor(Purpose.ADMINISTRATION), "init_keys")
    if (settings().workspace / "house.db").exists():
        raise KeyTrouble(
            why=Words(
                "该工作区已有以现密钥加密的数据；请新建工作区",
                "this workspace already holds data under its present key; start a new workspace",
            )
        )
    settings().workspace.mkdir(parents=True, exist_ok=True)
    key_door().create(_key_file(), dev=False)
    if json_:
        print_json({"key_file": str(_key_file())})
        return
    out.print(
        say(
            f"密钥已写入 {_key_file()}（仅本人可读）。请立刻打印恢复单：",
            f"key written to {_key_file()} (owner-only). Print the recovery sheet now:",
        ),
        markup=False,
    )
    out.print(again("keys recovery-sheet"), markup=False)


def rotate(json_: Json = False) -> None:
    """Add a new wrapping key; what was encrypted before still opens."""
    from mingcha.wiring import key_door

    _managing("rotate_keys")
    key_door().rotate(_key_file())
    said = say("已轮换。旧恢复单作废，请重新打印。", "Rotated. The old recovery sheet is void; print a new one.")
    tell(said, {"rotated": True}, json_=json_)


def recovery_sheet() -> None:
    """Print the sheet from which the key can be typed in again."""
    from mingcha.wiring import key_door

    _managing("print_recovery_sheet")
    out.print(key_door().recovery_sheet(_key_file()), markup=False)


def from_sheet(
    sheet: Annotated[
        Path, typer.Argument(metavar="SHEET.txt", help=say("照恢复单录入的文本文件", "the sheet, typed in"))
    ],
    json_: Json = False,
) -> None:
    """Make the key file of a workspace again from its recovery sheet."""
    from mingcha.wiring import key_door

    settings().workspace.mkdir(parents=True, exist_ok=True)
    key_door().restore_from_sheet(sheet.read_text(encoding="utf-8"), _key_file())
    said = say("密钥文件已按恢复单重建。", "The key file is made again from the sheet.")
    tell(said, {"key_file": str(_key_file())}, json_=json_)


def check(json_: Json = False) -> None:
    """List what is wrong with the key file."""
    from mingcha.actions.upkeep import manage_keys
    from mingcha.wiring import key_door

    manage_keys(None, local_actor(Purpose.ADMINISTRATION), "check_keys")
    found = key_door().check(_key_file())
    if json_:
        print_json({"trouble": [one.en for one in found]})
        raise typer.Exit(int(Exit.KEYS if found else Exit.DONE))
    for one in found:
        err.print("· " + words(one))
    if found:
        raise typer.Exit(int(Exit.KEYS))
    out.print(say("密钥文件没有问题。", "The key file is sound."))


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help=say("备份文件", "backup file"))], json_: Json = False
) -> None:
    """Copy the database consistently while it may be in use. The key is not in it: keep the recovery sheet apart."""
    from mingcha.actions.upkeep import copy_house
    from mingcha.wiring import EXHIBITS, copy_database, copy_exhibits

    actor, source = local_actor(Purpose.ADMINISTRATION), settings().workspace / "house.db"
    copy_house(None, actor, "backup")
    if source.exists():
        with house() as deps:
            copy_house(deps, actor, "backup")
    copy_database(source, target)
    exhibits = copy_exhibits(settings().workspace / EXHIBITS, _beside(target))  # after: what the copy names is there
    said = say(f"已备份到 {target}。密钥不在其中。", f"backed up to {target}. The key is not in it.")
    if exhibits:
        said += say(f"证据 {exhibits:,} 份在 {_beside(target)}。", f" {exhibits:,} exhibits are in {_beside(target)}.")
    tell(said, {"file": str(target), "exhibits": exhibits}, json_=json_)


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help=say("备份文件", "backup file"))],
    key: Annotated[Path, typer.Option(metavar="FILE", help=say("密钥文件", "key file"))],
    json_: Json = False,
) -> None:
    """Restore into an empty workspace and drill: open it, verify every chain, decrypt a record."""
    from mingcha.actions.upkeep import copy_house
    from mingcha.actions.verify import drill
    from mingcha.wiring import EXHIBITS, copy_database, copy_exhibits, key_door

    copy_house(None, local_actor(Purpose.ADMINISTRATION), "restore")
    workspace = settings().workspace
    if (workspace / "house.db").exists():
        raise KeyTrouble(
            why=Words(
                f"{workspace} 已有数据库；请恢复到新的工作区",
                f"{workspace} already holds a database; restore into a new workspace",
            )
        )
    workspace.mkdir(parents=True, exist_ok=True)
    key_door().install(key, _key_file())
    copy_database(source, workspace / "house.db")
    if _beside(source).is_dir():
        copy_exhibits(_beside(source), workspace / EXHIBITS)
    with house() as deps:
        copy_house(deps, local_actor(Purpose.ADMINISTRATION), "restore")
        records, broken = drill(deps, local_actor(Purpose.INSPECTION))
    if broken:
        err.print(
            say(
                "恢复后的证据链有断裂，请运行 mingcha verify。",
                "A chain is broken after restoring; run mingcha verify.",
            )
        )
        raise typer.Exit(int(Exit.BROKEN_SEAL))
    said = say(
        f"已恢复；演练通过：抽开 {records} 条记录，证据链完整。",
        f"restored; drill passed: {records} records opened, chains whole.",
    )
    tell(said, {"records_opened": records, "chains_whole": True}, json_=json_)


def _beside(backup: Path) -> Path:
    """Where the exhibits of a backup lie."""
    return backup.with_name(backup.name + ".exhibits")


def doctor(json_: Json = False) -> None:
    """Say what this machine and workspace have and lack; a fault that needs mending gives exit code 1."""
    import shutil
    import sys

    from mingcha import __version__
    from mingcha.wiring import key_door, shelf

    chosen = settings()
    made = chosen.workspace.exists()
    trouble = key_door().check(_key_file()) if _key_file().exists() else ()
    lines = [
        ("mingcha", __version__),
        ("python", sys.version.split()[0]),
        (say("工作区", "workspace"), f"{chosen.workspace} {'✓' if made else say('（尚未建立）', '(not made yet)')}"),
        (say("时区", "time zone"), chosen.timezone),
        (say("标准文件", "standards"), str(len(shelf(chosen.overrides)))),
        (say("可用磁盘", "free disk"), f"{shutil.disk_usage(_existing(chosen.workspace)).free // 2**20:,} MiB"),
    ]
    if _key_file().exists():
        lines.append((say("密钥", "keys"), "✓" if not trouble else "; ".join(words(one) for one in trouble)))
    lines += _held() if (chosen.workspace / "house.db").exists() or chosen.database else []
    if json_:
        print_json(dict(lines))
        return
    for name, value in lines:
        out.print(f"{name}{' ' * max(1, 12 - cell_len(name))}{value}", markup=False)


def _existing(path: Path) -> Path:
    path = path.absolute()
    return path if path.exists() else _existing(path.parent)


def _held() -> list[tuple[str, str]]:
    """What the workspace holds, and whether the calendar of working days still reaches into the future."""
    from mingcha.actions.day_roots import waiting
    from mingcha.cli.days import sealed_until
    from mingcha.cli.house import house

    with house() as deps:
        with deps.store.read() as work:
            counts, days = work.records.counts(), waiting(deps, work)
        last = deps.standards.holidays.known_to
        today = deps.now().astimezone(deps.zone).date()
    held = ", ".join(f"{words(BY_CODE[code].label)} {count:,}" for code, count in counts.items() if count)
    ends = say(f"到 {last}", f"until {last}")
    if last <= today:
        ends += say("（已用完，请更新）", " (run out: renew it)")
    return [
        (say("记录", "records"), held or say("无", "none")),
        (say("节假日表", "holidays"), ends),
        (say("每日根值", "days"), sealed_until(*days)),
    ]
