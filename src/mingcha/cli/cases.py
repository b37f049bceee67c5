"""`cases open|list|show|…`: looking into an organisation with others, each act sealed; referrals are in `case_refer`."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mingcha.cli.ad_cycle import As
from mingcha.cli.ad_pages import analyst, who
from mingcha.cli.case_pages import CASE, list_cases, show_case
from mingcha.cli.families import Json, Reason
from mingcha.cli.house import again, house
from mingcha.cli.say import say, tell
from mingcha.errors import InputError
from mingcha.model.case import (
    Added,
    Admitted,
    Assigned,
    Begun,
    CaseAct,
    Closed,
    Held,
    HoldLifted,
    Noted,
    ObjectionAnswered,
    Opened,
    Reopened,
    SetAside,
    StepDone,
    Subject,
    SubjectKind,
    TaskDone,
    TaskSet,
)
from mingcha.model.words import Words

if TYPE_CHECKING:
    from mingcha.actions.casework import Worked

Name = Annotated[str, typer.Argument(metavar="NAME", help=say("账号", "account"))]
Exhibits = Annotated[
    list[str] | None, typer.Option("--exhibit", metavar="ID", help=say("证据编号，可多次", "exhibit; repeatable"))
]
Day = Annotated[datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help=say("日期", "day"))]
Text_ = Annotated[str, typer.Argument(metavar="TEXT", help=say("内容", "what it says"))]
KINDS = ", ".join(f"{kind}:ID" for kind in SubjectKind)


def register(app: typer.Typer) -> None:
    """Add the group."""
    from mingcha.cli.case_refer import register_in

    group = typer.Typer(no_args_is_help=True, help=say("案件：调查、移送、更正", "cases: look into, refer, correct"))
    for name, verb, zh, en in (
        ("list", list_cases, "您可查看的案件与期限", "cases open to you, and what waits"),
        ("open", open_, "立案", "open a case"),
        ("show", show_case, "一案的步骤、证据、移送、经过", "one case: steps, evidence, referrals"),
        ("note", note, "记录", "note something"),
        ("add", add, "并入对象", "add something it is about"),
        ("aside", aside, "移出对象", "set something aside"),
        ("admit", admit, "准许他人查看", "let somebody see it"),
        ("assign", assign, "指派经办人", "give it to one person"),
        ("begin", begin, "开始调查", "begin the investigation"),
        ("step", step, "完成一个步骤", "a step of the playbook was done"),
        ("task", task, "布置或完成任务", "set a task, or finish it"),
        ("object", object_, "登记被指名者的异议", "somebody named objects"),
        ("answer", answer, "由案外人答复异议", "answer it, from outside the case"),
        ("urgent", urgent, "法务认定紧急危害", "counsel: harm is urgent"),
        ("hold", hold, "设置或解除保全", "legal hold, on or off"),
        ("close", close, "结案", "close it"),
        ("reopen", reopen, "重启", "go on with it"),
    ):
        group.command(name, help=say(zh, en))(verb)
    register_in(group)
    app.add_typer(group, name="cases")


def open_(
    title: Annotated[str, typer.Argument(metavar="TITLE", help=say("案件名称", "its title"))],
    about: Annotated[list[str], typer.Option(metavar="KIND:ID", help=KINDS)],
    reason: Reason,
    playbook: Annotated[
        str, typer.Option(metavar="NAME", help=say("ring_level_1 等", "ring_level_1 and others"))
    ] = "ring_level_1",
    parent: Annotated[str | None, typer.Option(metavar="CASE", help=say("上级案件", "its parent"))] = None,
    json_: Json = False,
) -> None:
    """Open a case about rings, families, ads, complaints or customers who may be victims."""
    from mingcha.actions.casework import open_case

    subjects = tuple(subject_of(one) for one in about)
    with house() as deps:
        body = Opened(title=title, playbook=playbook, subjects=subjects, reason=reason, parent=parent)
        done = open_case(deps, analyst(), body)
    told(done, say(f"已立案 {done.case}", f"opened {done.case}"), again(f"cases show {done.case}"), json_=json_)


def note(case: CASE, text: Text_, json_: Json = False) -> None:
    """Write something down."""
    _work(case, Noted(text), say("已记录", "noted"), json_=json_)


def add(
    case: CASE,
    subject: Annotated[str, typer.Argument(metavar="KIND:ID", help=KINDS)],
    reason: Reason,
    json_: Json = False,
) -> None:
    """It is about this as well."""
    _work(case, Added(subject_of(subject), reason), say("已并入", "added"), json_=json_)


def aside(
    case: CASE,
    subject: Annotated[str, typer.Argument(metavar="KIND:ID", help=KINDS)],
    reason: Reason,
    json_: Json = False,
) -> None:
    """It is not about this after all; that it was stays written."""
    _work(case, SetAside(subject_of(subject), reason), say("已移出", "set aside"), json_=json_)


def admit(case: CASE, name: Name, reason: Reason, json_: Json = False) -> None:
    """Need to know: only who was admitted sees a case."""
    _work(case, Admitted(name, reason), say("已准许", "admitted"), json_=json_)


def assign(
    case: CASE,
    name: Name,
    before: Annotated[str | None, typer.Option("--from", metavar="NAME", help=say("从谁接手", "who had it"))] = None,
    json_: Json = False,
) -> None:
    """One person has a case; it is taken over only from whoever has it."""
    _work(case, Assigned(name, before), say("已指派", "assigned"), json_=json_)


def begin(case: CASE, reason: Reason, json_: Json = False) -> None:
    """From now on it is investigated."""
    _work(case, Begun(reason), say("开始调查", "begun"), json_=json_)


def step(
    case: CASE,
    name: Annotated[str, typer.Argument(metavar="STEP", help=say("步骤编号，见 cases show", "its id, see cases show"))],
    exhibit: Exhibits = None,
    text: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("说明", "a note"))] = "",
    json_: Json = False,
) -> None:
    """A step that asks for exhibits counts as done once it has some."""
    _work(case, StepDone(name, tuple(exhibit or ()), text), say("已完成步骤", "step done"), json_=json_)


def task(
    case: CASE,
    text: Text_,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help=say("由谁办", "whose it is"))] = None,
    due: Day = None,
    done: Annotated[
        bool, typer.Option("--done", help=say("TEXT 为任务编号，已完成", "TEXT is a task's id: it is done"))
    ] = False,
    json_: Json = False,
) -> None:
    """Something to be done by somebody until a day; or, with --done, it was."""
    if done:
        _work(case, TaskDone(text), say("任务已完成", "done"), json_=json_)
        return
    body = TaskSet(text, owner or analyst().name, due.date() if due else None)
    _work(case, body, say("任务已布置", "task set"), json_=json_)


def object_(case: CASE, text: Text_, as_: As = None, json_: Json = False) -> None:
    """Whoever is named in a case may object; it is answered in 15 days by somebody not on the case."""
    from mingcha.actions.casework import record_case_objection

    with house() as deps:
        done = record_case_objection(deps, who(deps, as_), case, text)
    told(done, say("异议已登记：答复前不移送", "kept: nothing is referred until it is answered"), None, json_=json_)


def answer(
    case: CASE,
    reason: Reason,
    finding: Annotated[
        str | None,
        typer.Option("--uphold", metavar="FINDING", help=say("成立：被推翻的发现", "upheld: the finding that falls")),
    ] = None,
    as_: As = None,
    json_: Json = False,
) -> None:
    """Only somebody who did nothing on the case answers."""
    from mingcha.actions.casework import answer_case_objection

    with house() as deps:
        body = ObjectionAnswered(0 if finding is None else 1, reason, finding)
        done = answer_case_objection(deps, who(deps, as_), case, body)
    told(done, say("已答复", "answered"), None, json_=json_)


def urgent(case: CASE, reason: Reason, as_: As = None, json_: Json = False) -> None:
    """It may be referred while an objection waits."""
    from mingcha.actions.casework import say_urgent

    with house() as deps:
        done = say_urgent(deps, who(deps, as_), case, reason)
    told(done, say("已认定紧急危害", "harm is urgent"), None, json_=json_)


def hold(
    case: CASE,
    reason: Reason,
    lift: Annotated[bool, typer.Option("--lift", help=say("解除", "lift it"))] = False,
    json_: Json = False,
) -> None:
    """While it holds nothing of the case is disposed of."""
    said = say("已解除保全", "hold lifted") if lift else say("已设置保全", "on hold")
    _work(case, HoldLifted(reason) if lift else Held(reason), said, json_=json_)


def close(
    case: CASE,
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help=say("结果", "how it ended"))],
    reason: Reason,
    json_: Json = False,
) -> None:
    """Not while an objection waits or a correction is owed."""
    _work(case, Closed(outcome, reason), say("已结案", "closed"), json_=json_)


def reopen(case: CASE, reason: Reason, json_: Json = False) -> None:
    """Something new."""
    _work(case, Reopened(reason), say("已重启", "reopened"), json_=json_)


def subject_of(text: str) -> Subject:
    """`ring:R-…` and the like; InputError for anything else."""
    kind, colon, id_ = text.partition(":")
    if not colon or not id_ or kind not in list(SubjectKind):
        raise InputError(where="--about", found=text, expected=Words(KINDS, KINDS))
    return Subject(SubjectKind(kind), id_)


def told(act: CaseAct, said: str, follows: str | None, *, json_: bool) -> None:
    """Say what was kept."""
    from mingcha.cli.say import out

    tell(f"{said}（{act.id[:8]}）", {"act": act.id, "case": act.case, "kind": act.kind.value}, json_=json_)
    if follows and not json_:
        out.print(say("接下来：", "Next: ") + follows, markup=False, soft_wrap=True)


def _work(case: str, body: "Worked", said: str, *, json_: bool) -> None:
    from mingcha.actions.casework import work_on_case

    with house() as deps:
        done = work_on_case(deps, analyst(), case, body)
    told(done, said, None, json_=json_)
