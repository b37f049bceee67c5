"""How cases are shown: the list with what waits, and one case with its steps, elements, referrals and acts."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.text import Text

from mingcha.actions.deps import Deps
from mingcha.cli.ad_pages import analyst
from mingcha.cli.families import Json
from mingcha.cli.house import again, house
from mingcha.cli.say import locale, out, print_json, say, words
from mingcha.cli.table import folding
from mingcha.model.actor import ROLE_WORDS
from mingcha.model.case import CASE_ACT_WORDS, CASE_STATE_WORDS, LINE_WORDS, SUBJECT_WORDS, CaseAct, Line
from mingcha.model.case_facts import CaseFacts, Referral
from mingcha.model.case_out import FILING_WORDS, LOST_WORDS, FindingLost
from mingcha.standards.calendar import local_day

if TYPE_CHECKING:
    from mingcha.actions.casework import CaseView

CASE = Annotated[str, typer.Argument(metavar="CASE", help=say("案件编号 CASE-…", "the case's id, CASE-…"))]
DONE, NOT_DONE = "✓", "·"


def list_cases(json_: Json = False) -> None:
    """The cases you were admitted to, the nearest day first."""
    from mingcha.actions.casework import cases
    from mingcha.actions.codec import to_plain

    with house() as deps:
        lines = cases(deps, analyst())
    if json_:
        print_json([to_plain(one) for one in lines])
        return
    if not lines:
        out.print(
            say("没有您可查看的案件；下一步：", "no case is open to you; next: ") + again("cases open TITLE …"),
            markup=False,
        )
        return
    table = folding(
        say("编号", "case"), say("名称", "title"), say("状态", "state"), say("经办", "held by"), say("最近期限", "due")
    )
    for one in lines:
        state = words(CASE_STATE_WORDS[one.facts.state]) if one.facts.state else ""
        due = one.next_due.isoformat() if one.next_due else ""
        table.add_row(one.id, escape(one.facts.title), state, escape(one.facts.holder or ""), due)
    out.print(table)


def show_case(
    case: CASE,
    glass: Annotated[
        str | None,
        typer.Option("--break-glass", metavar="REASON", help=say("未获准时紧急查看的理由", "why, if not admitted")),
    ] = None,
    json_: Json = False,
) -> None:
    """Everything about one case. Looking is sealed; looking without having been admitted is sealed on the case."""
    from mingcha.actions.casework import break_glass, see_case
    from mingcha.actions.codec import to_plain

    with house() as deps:
        view = see_case(deps, analyst(), case) if glass is None else break_glass(deps, analyst(), case, glass)
        if json_:
            print_json(to_plain(view))
            return
        _page(deps, view)


def _page(deps: Deps, view: "CaseView") -> None:
    facts = view.facts
    state = words(CASE_STATE_WORDS[facts.state]) if facts.state else ""
    out.print(Text(f"{view.id}  {facts.title}  {state}", style="bold"))
    for one in facts.subjects:
        out.print(f"  {words(SUBJECT_WORDS[one.kind])} {one.id}", markup=False, soft_wrap=True)
    people = (
        say("经办", "held by")
        + f" {facts.holder or '-'}  "
        + say("可查看", "open to")
        + f" {'、'.join(facts.admitted)}"
    )
    out.print(people, markup=False, style="dim")
    today = local_day(deps.now())
    for due in view.due:
        past = (today - due.on).days
        since = say(f"（已 {past} 天）", f" ({past} days ago)") if past > 0 else ""
        out.print(f"  {due.on}  {words(due.what)}{since}", markup=False, style="yellow")
    _steps(deps, facts)
    _evidence(deps, facts)
    _demands(facts)
    _speaks_for(facts)
    for referral in facts.referrals:
        _referral(referral)
    out.print(say("经过", "what was done"), style="bold")
    for act in view.acts:
        out.print(_act_line(act), markup=False, soft_wrap=True)


def _steps(deps: Deps, facts: CaseFacts) -> None:
    from mingcha.casework.progress import steps

    playbook = deps.standards.casework.playbooks.get(facts.playbook)
    if playbook is None:
        return
    out.print(say("步骤：", "steps: ") + words(playbook.title), style="bold", markup=False, soft_wrap=True)
    for one in steps(playbook, facts):
        mark = DONE if one.finished else NOT_DONE
        asks = say("（须证据）", " (with exhibits)") if one.step.evidence else ""
        out.print(
            f"  {mark} {one.step.id}  {words(one.step.title)}{asks}  {words(ROLE_WORDS[one.step.owner])}", markup=False
        )


def _evidence(deps: Deps, facts: CaseFacts) -> None:
    """For each offence a referral or an exhibit names: what is held for each element, and the gaps."""
    from mingcha.casework.progress import elements

    named = [one.drafted.offence for one in facts.referrals] + [one.element.partition(".")[0] for one in facts.shown]
    for id_ in dict.fromkeys(named):
        offence = deps.standards.casework.offences.get(id_)
        if offence is None:
            continue
        out.print(f"{words(offence.title)}  {words(offence.article)}", style="bold", markup=False, soft_wrap=True)
        for one in elements(offence, facts):
            held = "、".join(one.exhibits) if one.exhibits else say("缺", "gap")
            out.print(
                f"  {offence.id}.{one.element.id}  {words(one.element.title)}：{held}", markup=False, soft_wrap=True
            )
        out.print("  " + words(offence.counter), style="dim", markup=False, soft_wrap=True)


def _demands(facts: CaseFacts) -> None:
    """Words of threat as people noted them, and what was asked for; what of a waiver was given because of it."""
    for n, one in enumerate(facts.demands):
        if not n:
            out.print(say("威胁与索要", "threats and demands"), style="bold")
        where = "" if one.at_second is None else f" {one.at_second // 60:02}:{one.at_second % 60:02}"
        sums = [
            f"{name} {fen // 100:,}.{fen % 100:02}"
            for name, fen in (
                (say("索要", "asked"), one.demanded),
                (say("因此减免", "waived because of it"), one.waived_because),
            )
            if fen is not None
        ]
        said = f"  {one.complaint}  {one.exhibit}{where}  {one.words}  {'  '.join(sums)}"
        out.print(said.rstrip(), markup=False, soft_wrap=True)


def _speaks_for(facts: CaseFacts) -> None:
    out.print(
        say("有利于对方的情况（移送前须写明）", "what speaks for those named (written before any referral)"),
        style="bold",
    )
    for line in Line:
        written = [one.text for one in facts.lines if one.line is line]
        said = "；".join(written) or say("未写", "not written")
        out.print(
            f"  {DONE if written else NOT_DONE} {line}  {words(LINE_WORDS[line])}：{said}", markup=False, soft_wrap=True
        )


def _referral(one: Referral) -> None:
    out.print(say("移送 ", "referral ") + one.id[:8], style="bold", markup=False, soft_wrap=True)
    drafted = one.drafted
    stage = say(f"第 {drafted.stage} 阶段", f"stage {drafted.stage}")
    out.print(
        f"  {drafted.addressee} · {drafted.offence} · {stage} · " + say("同意 ", "agreed ") + "、".join(one.agreed),
        markup=False,
    )
    if drafted.order:
        paper = drafted.order
        out.print(f"  {paper.number} {paper.issuer} {paper.on} {paper.scan}", markup=False, soft_wrap=True)
    if one.sent:
        out.print(f"  {one.sent.handed_over:%Y-%m-%d}  {one.sent.root[:16]}", markup=False, soft_wrap=True)
    if one.received:
        told = f"  {say('回执', 'receipt')} {one.received.number} {one.received.taken_by} {one.received.on}"
        out.print(told, markup=False, soft_wrap=True)
    if one.filed:
        out.print(
            f"  {words(FILING_WORDS[one.filed.filing])} {one.filed.number} {one.filed.on}", markup=False, soft_wrap=True
        )
    if one.fallen:
        fell = "、".join(each.finding for each in one.fallen)
        said = (
            say("有发现被推翻，须更正：", "a finding fell, a correction is owed: ")
            if one.owes_correction
            else say("有发现被推翻：", "a finding fell: ")
        )
        out.print(f"  {said}{fell}", style="red" if one.owes_correction else "dim", markup=False)


def _act_line(act: CaseAct) -> str:
    if isinstance(act.body, FindingLost):
        said = f"{act.body.finding}：{words(LOST_WORDS[act.body.cause])}"
    else:
        said = getattr(act.body, "reason", "") or getattr(act.body, "text", "") or getattr(act.body, "note", "")
    return f"  {act.at:%Y-%m-%d %H:%M}  {CASE_ACT_WORDS[act.kind].say(locale())}  {act.by}  {said}"
