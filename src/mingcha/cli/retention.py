"""`retention schedule|due|propose|agree|dispose|certificate|list` and `access`: what is kept how long, what goes by two people, what is told."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingcha.actions.deps import Deps
from mingcha.cli.ad_cycle import As
from mingcha.cli.ad_pages import who
from mingcha.cli.families import Json, Reason
from mingcha.cli.house import again, house, local_actor
from mingcha.cli.say import locale, out, print_json, say, tell, words
from mingcha.cli.table import folding
from mingcha.errors import InputError
from mingcha.model.actor import Actor
from mingcha.model.aid import Proof
from mingcha.model.provenance import Grade
from mingcha.model.retention import BATCH_WORDS, HOLDING_WORDS, KEEPS_WORDS, BatchState, Holding, Standing
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.disposal import BatchView

Kind = Annotated[
    Holding, typer.Argument(metavar="KIND", help=", ".join(one for one in Holding if one is not Holding.LOG))
]
BATCH = Annotated[str, typer.Argument(metavar="BATCH", help=say("批次编号 DISP-…", "its id, DISP-…"))]
SOON = 90  # days


def register(app: typer.Typer) -> None:
    """Add the group and the verb beside it."""
    group = typer.Typer(no_args_is_help=True, help=say("保存期限与销毁：须两人", "terms, and disposal by two people"))
    for name, verb, zh, en in (
        ("schedule", schedule, "各类保存多久、依据", "how long each kind is kept, and why"),
        ("due", due, "到期与将到期的，及保留原因", "what is due, what comes next, what stays"),
        ("propose", propose, "提出销毁批次（不销毁）", "propose a batch (destroys nothing)"),
        ("agree", agree, "第二人同意所读的清单", "a second person agrees to the list"),
        ("withdraw", withdraw, "撤回批次", "take a batch back"),
        ("dispose", dispose, "销毁已同意的批次", "destroy an agreed batch, for good"),
        ("certificate", certificate, "销毁证明", "the certificate of a batch"),
        ("list", list_batches, "所有批次", "all batches"),
    ):
        group.command(name, help=say(zh, en))(verb)
    app.add_typer(group, name="retention")
    app.command("access", help=say("向本人提供其个人信息副本", "give somebody what is held about them"))(access)


def schedule(json_: Json = False) -> None:
    """A site replaces it by its counsel's own file; nothing is disposed of by itself."""
    from mingcha.actions.codec import to_plain

    with house() as deps:
        told = deps.standards.schedule
    if json_:
        print_json(to_plain(told))
        return
    signed = told.countersigned_by or say("尚无人确认", "confirmed by nobody yet")
    out.print(f"{told.id}  {words(told.status)} ({signed})", markup=False)
    table = folding(say("类别", "kind"), say("年", "years"), say("自何时", "from"), say("依据", "ground"))
    for one in told.terms:
        years = say("永久", "ever") if one.years is None else str(one.years)
        unread = "" if one.grade is Grade.FIRST_HAND else say("（原文未核）", " (text not read)")
        name = f"{words(HOLDING_WORDS[one.holding])}\n{one.holding.value}"
        table.add_row(name, years, words(one.since), f"{words(one.why)}\n{one.clause.rpartition(':')[2]}{unread}")
    out.print(table)


def due(kind: Kind, as_: As = None, json_: Json = False) -> None:
    """Days left, the least first. What a hold, an open case or a running clock keeps is counted by reason."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.disposal import what_is_due

    with house() as deps:
        found = what_is_due(deps, _person(deps, as_), kind)
    if json_:
        print_json(to_plain(found))
        return
    rows = (*found.due, *found.coming)
    table = folding(say("编号", "id"), say("期满", "ends"), say("剩余天数", "days left"))
    for one in rows:
        table.add_row(one.id, one.ends.isoformat() if one.ends else "", _left(one))
    out.print(
        table if rows else say("没有到期或将到期的；留存原因：", "nothing is due or will be; what stays, and why:")
    )
    if found.left_out:
        out.print(say(f"另有 {found.left_out} 项未列", f"{found.left_out} more are not shown"), markup=False)
    for why, count in found.kept:
        out.print(f"  {words(KEEPS_WORDS[why])}  {count}", markup=False, style="dim")
    for count, zh, en in (
        (found.under_way, "在办理中的批次里", "stand in a batch under way"),
        (found.named, "指名您所在条线，由他人提出", "name your line: somebody else proposes them"),
    ):
        if count:
            out.print(f"  {say(zh, en)}  {count}", markup=False, style="dim")
    if found.due:
        out.print(say("下一步：", "next: ") + again(f"retention propose {kind.value} --reason …"), markup=False)


def propose(kind: Kind, reason: Reason, as_: As = None, json_: Json = False) -> None:
    """Freezes what is due as a list with a root, and draws a sample to be looked at."""
    from mingcha.actions.disposal import propose_disposal

    with house() as deps:
        made = propose_disposal(deps, _person(deps, as_), kind, reason)
    root = made.batch.proposed.root if made.batch.proposed else ""
    _told(made, again(f"retention agree {made.batch.id} {root} --as NAME"), json_=json_)


def agree(
    batch: BATCH,
    root: Annotated[str, typer.Argument(metavar="ROOT", help=say("所读清单的根", "root of the list you read"))],
    as_: As = None,
    json_: Json = False,
) -> None:
    """Legal, and neither the proposer's subordinate nor superior; signs in with --as."""
    from mingcha.actions.disposal import agree_to_disposal

    with house() as deps:
        made = agree_to_disposal(deps, who(deps, as_), batch, root)
    _told(made, again(f"retention dispose {batch}"), json_=json_)


def withdraw(batch: BATCH, reason: Reason, as_: As = None, json_: Json = False) -> None:
    """What was in it may be proposed again."""
    from mingcha.actions.disposal import withdraw_disposal

    with house() as deps:
        _told(withdraw_disposal(deps, _person(deps, as_), batch, reason), None, json_=json_)


def dispose(
    batch: BATCH,
    yes: Annotated[bool, typer.Option("--yes", help=say("不再询问", "do not ask"))] = False,
    as_: As = None,
    json_: Json = False,
) -> None:
    """For good: keys go, ciphertext stays shut. What is held or changed by now stays, and is told."""
    from mingcha.actions.disposal import dispose as act

    if not yes:
        asked = say(f"将永久销毁批次 {batch}，无法恢复。继续？", f"Batch {batch} will be destroyed for good. Go on?")
        typer.confirm(asked, abort=True, err=True)
    with house() as deps:
        made = act(deps, _person(deps, as_), batch)
    _told(made, again(f"retention certificate {batch} --out FILE.pdf"), json_=json_)


def certificate(
    batch: BATCH,
    to: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("写入 .pdf 或 .docx", ".pdf or .docx"))],
    as_: As = None,
    json_: Json = False,
) -> None:
    """The same bytes whenever it is made."""
    from mingcha.actions.disposal_paper import disposal_certificate
    from mingcha.cli.answer import FORMS
    from mingcha.wiring import sheet_file

    if to.suffix.lower() not in FORMS:
        raise InputError(where="--out", found=to.name, expected=Words(".pdf 或 .docx", ".pdf or .docx"))
    with house() as deps:
        made = disposal_certificate(deps, _person(deps, as_), batch, locale())
        at = made.at.astimezone(deps.zone)
    to.write_bytes(sheet_file(made.sheet, FORMS[to.suffix.lower()], locale(), at))
    tell(say(f"已写入 {to}", f"written: {to}"), {"file": str(to), "batch": batch}, json_=json_)


def list_batches(as_: As = None, json_: Json = False) -> None:
    """The newest first."""
    from mingcha.actions.codec import to_plain
    from mingcha.actions.disposal import batches

    with house() as deps:
        held = batches(deps, _person(deps, as_))
    if json_:
        print_json([to_plain(one) for one in held])
        return
    table = folding(
        say("批次", "batch"), say("类别", "kind"), say("件数", "things"), say("状态", "state"), say("日期", "day")
    )
    for one in held:
        if one.proposed and one.state:
            count = len(one.disposed.gone) if one.disposed else len(one.proposed.listed)
            day = f"{one.people[-1][2]:%Y-%m-%d}"
            table.add_row(
                one.id, words(HOLDING_WORDS[one.proposed.holding]), str(count), words(BATCH_WORDS[one.state]), day
            )
    out.print(table)


def access(
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER_ID", help=say("导入时的客户号", "their imported id"))],
    to: Annotated[Path, typer.Option("--out", metavar="FILE.zip", help=say("写入的新文件", "a new file"))],
    proof: Annotated[Proof, typer.Option("--proof", metavar="PROOF", help=", ".join(Proof))],
    checked_by: Annotated[str, typer.Option("--checked-by", metavar="NAME", help=say("由谁核实", "who checked it"))],
    how: Annotated[str, typer.Option("--how", metavar="TEXT", help=say("如何核实", "how they proved it"))],
    system: Annotated[str, typer.Option(metavar="NAME", help=say("来源系统，同导入时", "source system"))] = "default",
    as_: As = None,
    json_: Json = False,
) -> None:
    """Legal makes it, signing in with --as: theirs in clear, others' masked, no level, nobody else."""
    from mingcha.actions.access_copy import access_copy
    from mingcha.model.access import Proved
    from mingcha.wiring import write_access

    if to.suffix.lower() != ".zip":
        raise InputError(where="--out", found=to.name, expected=Words("一个 .zip 文件", "a .zip file"))
    with house() as deps:
        made = access_copy(deps, who(deps, as_), system, customer, Proved(proof, checked_by, how))
        write_access(to, made)
    held = {
        "records": len(made.copy.records),
        "complaints": len(made.copy.complaints),
        "exhibits": len(made.copy.exhibits),
    }
    said = say(
        f"已写入 {to}：{held['records']} 条记录，{held['complaints']} 件投诉，{held['exhibits']} 件证据",
        f"written: {to}, {held['records']} records, {held['complaints']} complaints, {held['exhibits']} exhibits",
    )
    tell(said, {"file": str(to), "customer": customer, **held}, json_=json_)


def _person(deps: Deps, as_: str | None) -> Actor:
    """Whoever is at the keyboard, or the account that signs in here: cases and help are closed to whoever decides merit."""
    return local_actor() if as_ is None else who(deps, as_)


def _left(one: Standing) -> str:
    """Days left; red past the term, yellow when it is near."""
    if one.left is None:
        return ""
    style = "red" if one.left < 0 else "yellow" if one.left <= SOON else "green"
    return f"[{style}]{one.left}[/{style}]"


def _told(made: "BatchView", follows: str | None, *, json_: bool) -> None:
    from mingcha.actions.codec import to_plain

    batch = made.batch
    if json_:
        print_json(to_plain(made))
        return
    if batch.proposed is None or batch.state is None:
        return
    done = batch.disposed
    count = len(done.gone) if done else len(batch.proposed.listed)
    head = f"{batch.id}  {words(HOLDING_WORDS[batch.proposed.holding])} {count}  {words(BATCH_WORDS[batch.state])}"
    out.print(head, style="bold", markup=False, soft_wrap=True)
    if batch.state is BatchState.PROPOSED:
        out.print(say("请先看这几件：", "look at these first: ") + "、".join(made.sample), markup=False, soft_wrap=True)
        if made.waiting:
            out.print(
                say(f"另有 {made.waiting} 件到期，未入本批", f"{made.waiting} more are due and not in it"), markup=False
            )
    for one in done.dropped if done else ():
        out.print(f"  {one.id}  {words(KEEPS_WORDS[one.why])}", style="yellow", markup=False, soft_wrap=True)
    if follows:
        out.print(say("下一步：", "next: ") + follows, markup=False, soft_wrap=True)
