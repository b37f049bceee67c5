"""`days key|seal|list|slip|check`: the signed root of each day, its slip on paper, and what a slip kept outside says of the house."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mingcha.cli.families import Json
from mingcha.cli.house import again, house, local_actor, settings
from mingcha.cli.say import Exit, err, out, print_json, say, tell, words
from mingcha.cli.table import folding
from mingcha.errors import InputError
from mingcha.model.actor import Purpose
from mingcha.model.days import DAY_WORDS, Assurance, DaysChecked, DayState, Slip, assured
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.deps import Deps

PASSPHRASE = "MINGCHA_AUDIT_PASSPHRASE"  # noqa: S105 -- the name of a variable
LEAST = 16  # digits of a public key
MOST = 1 << 16  # bytes of a slip
KeyFile = Annotated[Path, typer.Option("--key", metavar="FILE", help=say("审计密钥文件", "the audit key's file"))]
Slips = Annotated[
    list[str] | None,
    typer.Option("--slip", metavar="FILE|TEXT", help=say("留存在外的纸条：文件或照录", "a slip kept outside")),
]
Keys = Annotated[
    list[str] | None,
    typer.Option("--audit-key", metavar="HEX", help=say("审计公钥（另处留存的）", "public audit key, kept outside")),
]
Roots = Annotated[
    Path | None,
    typer.Option("--tsa-ca", metavar="FILE.pem", help=say("时间戳机构的根证书", "the time authority's roots")),
]


def register(app: typer.Typer) -> None:
    """Add this file's verbs."""
    group = typer.Typer(help=say("每日根值：签名、纸条、核对", "days: sign, print, check"), no_args_is_help=True)
    for name, verb, zh, en in (
        ("key", key, "建立审计密钥（存于工作区之外）", "make the audit key (outside the workspace)"),
        ("seal", seal, "签名封存已过去的每一天", "sign the root of each day that is over"),
        ("list", list_, "已封存的日期", "days and whether they hold"),
        ("slip", slip, "一页纸条（PDF 或文本），另处保存", "a day's slip (PDF or text), to keep apart"),
        ("check", check, "逐日重算，并与外部留存核对", "each day anew, against what is kept outside"),
    ):
        group.command(name, help=say(zh, en))(verb)
    app.add_typer(group, name="days")


def key(
    target: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("新文件", "a new file"))],
    json_: Json = False,
) -> None:
    """An Ed25519 key under a passphrase of 12 characters or more; whoever administers the house should not have either."""
    from mingcha.wiring import audit_door

    public = audit_door().make(target, _passphrase(confirm=True), settings().workspace)
    said = say(f"审计密钥已写入 {target}。公钥：{public}", f"audit key written to {target}. Public key: {public}")
    tell(said, {"file": str(target), "public": public}, json_=json_)


def seal(
    key_file: KeyFile,
    timestamp: Annotated[
        bool, typer.Option("--timestamp", help=say("为各日根值取时间戳", "get time-stamps (MINGCHA_TSA)"))
    ] = False,
    json_: Json = False,
) -> None:
    """A day is sealed once, when it is over. Doing it again changes nothing; a day that changed since is told."""
    from mingcha.actions.day_roots import seal_days, stamp_days
    from mingcha.wiring import audit_door, time_stamp

    stamp = time_stamp(settings()) if timestamp else None
    opened = audit_door().signer(key_file, _passphrase())
    with house() as deps:
        actor = local_actor(Purpose.INSPECTION)
        made = seal_days(deps, actor, opened)
        stamped = stamp_days(deps, actor, stamp) if stamp else ()
        found = look(deps)  # whose key signed earlier days is for `check` to say: keys are changed for new ones
    if json_:
        days = [{"day": one.root.day, "count": one.root.count, "root": one.root.root} for one in made]
        print_json({"sealed": days, "stamped": [one.root.day for one in stamped], **plain(found)})
    else:
        for one in made:
            out.print(f"[green]✓[/green] {one.root.day} {one.root.count:>8,}  {one.root.root[:16]}…")
        out.print(
            say(f"封存 {len(made)} 天，盖时间戳 {len(stamped)} 天。", f"{len(made)} sealed, {len(stamped)} stamped.")
        )
        if made:
            out.print(say("打印纸条：", "print a slip: ") + again(f"days slip {made[-1].root.day} --out slip.pdf"))
        troubles(found)
    _end(found)


def list_(json_: Json = False) -> None:
    """Days with records or a seal, each root computed anew."""
    from mingcha.actions.day_roots import sealed_days

    with house() as deps:
        found = look(deps)
        stamped = {one.root.day for one in sealed_days(deps, local_actor(Purpose.INSPECTION)) if one.token}
    if json_:
        print_json([{**row, "time_stamp": int(row["day"] in stamped)} for row in plain(found)["days"]])
        return
    table = folding(say("日期", "day"), say("记录", "records"), say("根值", "root"), say("时间戳", "stamp"), "")
    for one in found.days:
        tick = "✓" if one.day in stamped else ""
        table.add_row(one.day, f"{one.count:,}", one.root[:16], tick, words(DAY_WORDS[one.state]))
    out.print(table)


def slip(
    day: Annotated[str, typer.Argument(metavar="DAY", help="2026-03-01")],
    target: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.pdf|.txt", help=say("默认显示在屏幕", "default: the screen"))
    ] = None,
    mail: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help=say("寄往另一处", "mail it to a second place"))
    ] = None,
    json_: Json = False,
) -> None:
    """Root, public key and heads in groups of four, with a code to scan; keep it where the house cannot write."""
    from mingcha.actions.day_roots import sealed_day, send_slip
    from mingcha.evidence.day_slip import day_code, day_slip
    from mingcha.wiring import mail_post, slip_file

    actor = local_actor(Purpose.INSPECTION)
    with house() as deps:
        one = sealed_day(deps, actor, day)
        said = send_slip(deps, actor, mail_post(settings()), day, mail) if mail else None
    text, code = day_slip(one), day_code(one)
    if target is not None:
        whole = slip_file(text, code, one.at) if target.suffix.lower() == ".pdf" else f"{text}\n{code}\n".encode()
        target.write_bytes(whole)
    if json_:
        print_json(
            {"day": day, "root": one.root.root, "code": code, "out": str(target) if target else None, "mailed": said}
        )
    elif said:
        out.print(say(f"已寄出：{said}", f"mailed: {said}"), markup=False)
    elif target is None:
        out.print(f"{text}\n{code}", markup=False, soft_wrap=True)
    else:
        out.print(say(f"已写入 {target}。", f"written to {target}."), markup=False)


def check(slips: Slips = None, keys: Keys = None, roots: Roots = None, json_: Json = False) -> None:
    """Without anything from outside the house can only agree with itself, and that is what is said then."""
    with house() as deps:
        found = look(deps, keys, slips, roots)
    if json_:
        print_json(plain(found))
    else:
        holding = sum(1 for one in found.days if one.state is DayState.HOLDS)
        out.print(say(f"{holding} 天相符", f"{holding} days hold"))
        troubles(found)
        verdict(found)
    _end(found)


def look(
    deps: "Deps", keys: list[str] | None = None, slips: list[str] | None = None, roots: Path | None = None
) -> DaysChecked:
    """The days against what was given; `verify` shares it."""
    from mingcha.actions.day_checks import Outside, check_days
    from mingcha.wiring import audit_door, trusted_stamps

    outside = Outside(
        genuine=audit_door().genuine,
        keys=frozenset(_key(one) for one in keys or ()),
        slips=tuple(_slip(one) for one in slips or ()),
        stamped=trusted_stamps(roots) if roots else None,
    )
    return check_days(deps, local_actor(Purpose.INSPECTION), outside)


def plain(found: DaysChecked) -> dict[str, Any]:
    """What was found, as JSON."""
    days = [
        {
            "day": d.day,
            "count": d.count,
            "root": d.root,
            "state": d.state,
            "stamped": d.stamped and d.stamped.isoformat(),
        }
        for d in found.days
    ]
    slips = [{"day": s.slip.day, "root": s.slip.root, "faults": [why.en for why in s.faults]} for s in found.slips]
    broken = [{"chain": chain, "at": seq, "why": why.en} for chain, seq, why in found.broken]
    return {"days": days, "slips": slips, "broken": broken, **_worth(found)}


def _worth(found: DaysChecked) -> dict[str, str]:
    return {"assurance": found.assurance, "until": found.until, "witnessed": found.witnessed}


def sealed_until(last: str, first: str) -> str:
    """Until which day days are sealed, and from which they wait for whoever holds the audit key."""
    told = say(f"已封存至 {last}", f"sealed until {last}") if last else say("从未封存", "never sealed")
    if not first:
        return told
    verb = again("days seal --key FILE" if last else "days key --out FILE")
    return told + say(f"；{first} 起待审计员封存：{verb}", f"; from {first} they wait for the auditor: {verb}")


def verdict(found: DaysChecked) -> None:
    """In bold: what the history of the house is worth, and how far."""
    style = "bold red" if found.assurance is Assurance.BROKEN else "bold"
    out.print(words(assured(found)), style=style, markup=False)


def troubles(found: DaysChecked) -> None:
    """Whatever does not hold, and days that wait."""
    for one in found.days:
        if one.state not in (DayState.HOLDS, DayState.WAITS):
            err.print(f"[red]✗[/red] {one.day} {words(DAY_WORDS[one.state])}")
    if waiting := [one.day for one in found.days if one.state is DayState.WAITS]:
        more = say(
            f"{len(waiting)} 天尚未封存，自 {waiting[0]} 起", f"{len(waiting)} days not sealed yet, from {waiting[0]}"
        )
        out.print(f"· {more}")
    for chain, seq, why in found.broken:
        err.print(f"✗ {chain} #{seq}: {words(why)}", markup=False)
    for each in found.slips:
        for why in each.faults:
            err.print(say("✗ 纸条：", "✗ slip: ") + words(why), markup=False, soft_wrap=True)


def _end(found: DaysChecked) -> None:
    if found.assurance is Assurance.BROKEN:
        raise typer.Exit(int(Exit.BROKEN_SEAL))


def _slip(given: str) -> Slip:
    """A file, or what stands on the paper."""
    from mingcha.evidence.day_slip import read_slip

    try:
        path = Path(given)
        text = path.read_text(encoding="utf-8")[:MOST] if len(given) < 256 and path.is_file() else given
        return read_slip(text)
    except ValueError as error:
        expected = Words("纸条的文本或编码（摘要至少 16 位）", "the text or code of a slip (16 digits of a digest)")
        raise InputError(where="--slip", found=str(error)[:80], expected=expected) from None


def _key(given: str) -> str:
    digits = "".join(given.lower().split())
    if len(digits) < LEAST or set(digits) - set("0123456789abcdef"):
        expected = Words("十六进制公钥（至少 16 位）", "a public key in hex (16 digits or more)")
        raise InputError(where="--audit-key", found=given, expected=expected)
    return digits


def _passphrase(*, confirm: bool = False) -> str:
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    asked: str = typer.prompt(
        say("审计密钥的口令", "passphrase"), hide_input=True, confirmation_prompt=confirm, err=True
    )
    return asked
