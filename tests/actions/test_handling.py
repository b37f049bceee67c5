"""Handling without deciding: who has a complaint, tags that name nobody, our own records, drafts on file; none of it moves a clock."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from mingcha.actions import accounts, answers, decide, handling, look
from mingcha.actions.assess import assess
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.handling_book import desk_acts
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.kept import record_id
from mingcha.answer.letter import lines
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.handling import (
    Assigned,
    Handling,
    OwnRecord,
    RecordsArrived,
    RecordsRequested,
    Tagged,
    TakenBack,
    Untagged,
)
from mingcha.model.inspection import Inspection
from mingcha.model.kinds import BY_CODE
from mingcha.model.merit import Grievance
from mingcha.model.party import Customer
from mingcha.model.people import Line
from mingcha.model.stored import DeskRow, QueueFilter
from mingcha.testing.house import NOON, FixedClock, house, put, someone

ADMIN = Actor("root", frozenset({Role.ADMIN}), Purpose.ADMINISTRATION)
SUE = someone(Role.SUPERVISOR, name="sue")
CALLS = RecordsRequested(OwnRecord.CALLS, "客服中心", NOON.date() + timedelta(days=3))
TEXTS = ("半夜打电话，利息太高", "王伟辱骂我", "利息太高")


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as held:
        fill(held)
        yield held


def fill(deps: Deps) -> None:
    put(deps, "customers", *(Customer(id=f"c{n}", name="李雷") for n in range(len(TEXTS))))
    filed = (
        Complaint(id=str(n), received_at=NOON, text=text, licence="bank", customer_id=f"c{n}")
        for n, text in enumerate(TEXTS)
    )
    put(deps, "complaints", *filed)
    assess(deps, someone())
    for name, role, names in (
        ("ann", Role.HANDLER, ()),
        ("wei", Role.HANDLER, ("王伟",)),
        ("ana", Role.ANALYST, ()),
        ("gone", Role.HANDLER, ()),
    ):
        accounts.create_account(deps, ADMIN, name, (role,), None, Line(None, names))
    accounts.disable_account(deps, ADMIN, "gone")


def of(deps: Deps, n: int = 0) -> str:
    return record_id(deps.keys, BY_CODE["complaints"], "test", str(n))


def stands(deps: Deps, n: int = 0) -> Handling:
    return look.merit_view(deps, someone(), of(deps, n)).handling


def row(deps: Deps, n: int = 0) -> DeskRow:
    with deps.store.read() as work:
        return work.desk.rows([of(deps, n)])[of(deps, n)]


def inspected(deps: Deps) -> Inspection:
    asked = Asked(first=NOON.date(), last=NOON.date(), seed="7")
    return inspect(deps, someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION), asked)


def test_one_person_has_it_and_it_is_taken_over_from_them_alone(deps: Deps) -> None:
    handling.assign(deps, SUE, of(deps), Assigned("ann"))
    assert (stands(deps).holder, row(deps).assigned_to) == ("ann", "ann")
    with pytest.raises(OutOfOrder, match="ann has it"):
        handling.assign(deps, SUE, of(deps), Assigned("sue"))
    handling.assign(deps, SUE, of(deps), Assigned("sue", "ann"))
    assert row(deps).assigned_to == "sue"
    page = look.queue(deps, SUE, QueueFilter(assigned_to="sue"), None)
    assert [one.complaint for one in page.rows] == [of(deps)]
    assert look.queue(deps, SUE, QueueFilter(unassigned=True), None).total == len(TEXTS) - 1


@pytest.mark.parametrize("name", ["nobody", "ana", "gone", "", "root"])
def test_only_somebody_who_may_handle_is_given_one(deps: Deps, name: str) -> None:
    with pytest.raises(InputError, match="may handle complaints"):
        handling.assign(deps, SUE, of(deps), Assigned(name))
    assert row(deps).assigned_to is None


def test_whoever_sits_at_the_keyboard_takes_one_under_their_own_name(deps: Deps) -> None:
    handling.assign(deps, replace(SUE, name="local:sue"), of(deps), Assigned("local:sue"))
    assert row(deps).assigned_to == "sue"


def test_nobody_is_given_a_complaint_that_names_them(deps: Deps) -> None:
    with pytest.raises(OutOfOrder, match="names them"):
        handling.assign(deps, SUE, of(deps, 1), Assigned("wei"))
    handling.assign(deps, SUE, of(deps, 0), Assigned("wei"))
    assert (row(deps, 0).assigned_to, row(deps, 1).assigned_to) == ("wei", None)


@pytest.mark.parametrize(
    "tag",
    [
        "老赖",
        "恶意投诉",
        "黑产",
        "Deadbeat",
        "疑似代理",
        "团伙",
        "risk score",
        "老 赖",
        "13812345678",
        "王小明先生",
        "拉黑",
        "老赖13812345678",
        "二级",
        "L1",
        "level 2",
        "代理件",
        "中介代办",
        "非本人",
        "黑名单",
        "诈骗",
        "伪造材料",
        "同一模板",
        "套话术",
        "可疑",
        "高风险",
        "重复缠访",
        "Ring 7",
        "R-GANG",
        "agent",
        "fraud?",
    ],
)
def test_a_tag_labels_and_names_nobody(deps: Deps, tag: str) -> None:
    with pytest.raises(InputError) as refused:
        handling.tag(deps, SUE, of(deps), Tagged(tag))
    assert "13812345678" not in refused.value.say("zh")
    assert stands(deps).tags == ()


@pytest.mark.parametrize(
    "tag", ["催收费用", "重点关怀", "打印中", "waiting for billing", "calls at night", "二次答复", "老人", "L"]
)
def test_a_tag_that_says_what_is_to_be_done_is_put_on(deps: Deps, tag: str) -> None:
    handling.tag(deps, SUE, of(deps), Tagged(tag))
    assert stands(deps).tags == (tag,)


def test_nothing_typed_holds_what_the_record_holds_of_somebody(deps: Deps) -> None:
    """A bare name has no word beside it that gives it away; the record knows it."""
    with pytest.raises(OutOfOrder, match="of somebody"):
        handling.tag(deps, SUE, of(deps), Tagged("找李雷"))
    with pytest.raises(OutOfOrder, match="of somebody"):
        handling.request_records(deps, SUE, of(deps), replace(CALLS, department="李 雷组"))
    assert (stands(deps).tags, stands(deps).waiting) == ((), ())
    handling.tag(deps, SUE, of(deps, 2), Tagged(TEXTS[2]))
    assert stands(deps, 2).tags == (TEXTS[2],), "what it is about may be said"


def test_tags_are_put_on_and_taken_off(deps: Deps) -> None:
    for tag in (" 加急 ", "等合同"):
        handling.tag(deps, SUE, of(deps), Tagged(tag))
    assert stands(deps).tags == ("加急", "等合同")
    handling.tag(deps, SUE, of(deps), Untagged("加急"))
    assert stands(deps).tags == ("等合同",)


def test_our_own_records_are_asked_for_and_the_clock_runs_on(deps: Deps) -> None:
    before = row(deps), look.merit_view(deps, SUE, of(deps)).clock
    asked = handling.request_records(deps, SUE, of(deps), CALLS)
    assert [one.id for one in stands(deps).waiting] == [asked.id]
    handling.request_records(deps, SUE, of(deps), RecordsArrived(asked.id))
    assert stands(deps).waiting == ()
    assert (row(deps), look.merit_view(deps, SUE, of(deps)).clock) == before
    with deps.store.read() as work:
        assert work.desk.clock_events([of(deps)]) == {}


def test_a_department_is_no_person(deps: Deps) -> None:
    with pytest.raises(InputError, match="without names"):
        handling.request_records(deps, SUE, of(deps), replace(CALLS, department="客服中心 王伟经理 13812345678"))


def test_a_draft_comes_after_merit_and_is_the_answer_of_then(deps: Deps) -> None:
    with pytest.raises(OutOfOrder, match="not decided"):
        handling.keep_draft(deps, SUE, of(deps))
    made = decide.decide_merit(deps, SUE, of(deps), MeritVerdict.UPHELD, (Grievance.PRICE,), "查过")
    before = row(deps)
    handling.keep_draft(deps, SUE, of(deps))
    kept = stands(deps).draft
    assert kept is not None
    assert kept.text.decision == made.id
    assert kept.text.zh == "\n".join(lines(answers.draft_answer(deps, SUE, of(deps)), "zh"))
    assert kept.text.en == "\n".join(lines(answers.draft_answer(deps, SUE, of(deps)), "en"))
    assert row(deps) == before
    with pytest.raises(OutOfOrder, match="on file"):
        handling.keep_draft(deps, SUE, of(deps))
    decide.undo(deps, SUE, of(deps), made.id, "看错")
    decide.decide_merit(deps, SUE, of(deps), MeritVerdict.NOT_UPHELD, (), "再查")
    handling.keep_draft(deps, SUE, of(deps))


def test_no_draft_of_what_has_ended(deps: Deps) -> None:
    decide.decide_merit(deps, SUE, of(deps), MeritVerdict.UPHELD, (), "查过")
    record_clock_event(deps, SUE, of(deps), ClockEvent(kind=ClockEventKind.ANSWERED, at=NOON, document="1号", by="sue"))
    with pytest.raises(OutOfOrder, match="has ended"):
        handling.keep_draft(deps, SUE, of(deps))


def test_putting_a_draft_on_file_reads_nothing_first_in_the_welfare_lane(deps: Deps) -> None:
    decide.decide_merit(deps, SUE, of(deps), MeritVerdict.UPHELD, (), "查过")
    handling.keep_draft(deps, SUE, of(deps))
    with deps.store.read() as work:
        acts = [link.payload for link in work.chains.read("access")]
    assert b"draft_answers" in acts[-1]
    assert not [one for one in acts if b"see_merit" in one]


def test_the_last_act_is_taken_back_by_whoever_may_do_such_acts(deps: Deps) -> None:
    with pytest.raises(OutOfOrder, match="nothing to take back"):
        handling.take_back(deps, SUE, of(deps))
    handling.assign(deps, SUE, of(deps), Assigned("ann"))
    handling.tag(deps, SUE, of(deps), Tagged("加急"))
    handling.take_back(deps, SUE, of(deps))
    assert (stands(deps).tags, row(deps).assigned_to) == ((), "ann")
    handling.take_back(deps, SUE, of(deps))
    assert (stands(deps), row(deps).assigned_to) == (Handling(), None)
    with deps.store.read() as work:
        assert [type(one.body) for one in desk_acts(deps, work, of(deps))] == [Assigned, Tagged, TakenBack, TakenBack]


def test_taking_back_gives_it_to_nobody_it_names(deps: Deps) -> None:
    """Who they are known as was entered after they had it."""
    accounts.set_line(deps, ADMIN, "wei", Line(None, ()))
    for n in (0, 1):
        handling.assign(deps, SUE, of(deps, n), Assigned("wei"))
        handling.assign(deps, SUE, of(deps, n), Assigned("ann", "wei"))
    accounts.set_line(deps, ADMIN, "wei", Line(None, ("王伟",)))
    with pytest.raises(OutOfOrder, match="names them"):
        handling.take_back(deps, SUE, of(deps, 1))
    handling.take_back(deps, SUE, of(deps, 0))
    assert (row(deps, 0).assigned_to, row(deps, 1).assigned_to) == ("wei", "ann")


def test_no_such_complaint_and_nobody_without_the_verb(deps: Deps) -> None:
    for n, body in enumerate((Assigned("ann"), Tagged("加急"), CALLS)):
        act = (handling.assign, handling.tag, handling.request_records)[n]
        with pytest.raises(NotFound):
            act(deps, SUE, "C-NONE", body)  # type: ignore[arg-type] # each its own
        with pytest.raises(NotPermitted):
            act(deps, someone(Role.ANALYST, purpose=Purpose.INVESTIGATION), of(deps), body)  # type: ignore[arg-type] # each its own
    with pytest.raises(NotPermitted):
        handling.take_back(deps, someone(Role.INSPECTOR, purpose=Purpose.HANDLING), of(deps))


def test_an_inspector_sees_the_queue_and_takes_nothing_back(deps: Deps) -> None:
    handling.tag(deps, SUE, of(deps), Tagged("加急"))
    inspector = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)
    assert look.queue(deps, inspector, QueueFilter(), None).handling[of(deps)].tags == ("加急",)
    with pytest.raises(NotPermitted, match="tag complaints"):
        handling.take_back(deps, inspector, of(deps))


def test_erasing_destroys_what_was_done_and_nobody_has_it_any_more(deps: Deps) -> None:
    handling.assign(deps, SUE, of(deps), Assigned("ann"))
    handling.tag(deps, SUE, of(deps), Tagged("加急"))
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION, name="cp"), "test", "c0", "应本人要求")
    with deps.store.read() as work:
        kept = work.books.acts("desk", [of(deps)])[of(deps)]
        assert [(one.wrapped, one.body) for one in kept] == [(b"", b"")] * 2
        assert desk_acts(deps, work, of(deps)) == ()
    assert row(deps).assigned_to is None
    with pytest.raises(OutOfOrder, match="were erased"):
        handling.tag(deps, SUE, of(deps), Tagged("加急"))
    assert inspected(deps).flaws == ()


def test_imports_and_assessments_leave_it_with_whoever_has_it(tmp_path: Path) -> None:
    clock = FixedClock()
    with house(tmp_path, clock=clock) as deps:
        fill(deps)
        handling.assign(deps, SUE, of(deps), Assigned("ann"))
        clock.later(days=1)
        put(
            deps,
            "complaints",
            Complaint(id="0", received_at=NOON, text="更正：利息太高", licence="bank", customer_id="c0"),
        )
        assess(deps, someone())
        assert row(deps).assigned_to == "ann"
        assert inspected(deps).flaws == ()
        with deps.store.write() as work:
            work.desk.put_rows([replace(row(deps), assigned_to="sue")])
        assert [flaw.code for flaw in inspected(deps).flaws] == ["assigned_changed"]


def test_every_act_is_in_the_inspection(deps: Deps) -> None:
    handling.tag(deps, SUE, of(deps), Tagged("加急"))
    with deps.store.read() as work:
        (kept,) = work.books.acts("desk", [of(deps)])[of(deps)]
    with deps.store.write() as work:
        work.books.add_act(replace(kept, id="smuggled"))
    assert [flaw.code for flaw in inspected(deps).flaws] == ["book_act_changed"]


def test_two_who_reach_for_one_complaint_at_once_are_never_both_given_it(tmp_path: Path) -> None:
    with house(tmp_path) as deps:
        fill(deps)
        names, start = ("ann", "wei", "sue", "bob"), Barrier(4)

        def reach(name: str) -> str | None:
            start.wait()
            try:
                handling.assign(deps, someone(Role.SUPERVISOR, name=name), of(deps), Assigned(name))
            except OutOfOrder:
                return None
            return name

        with ThreadPoolExecutor(4) as pool:
            won = [one for one in pool.map(reach, names) if one is not None]
        assert won == [row(deps).assigned_to]
        assert stands(deps).holder == won[0]
