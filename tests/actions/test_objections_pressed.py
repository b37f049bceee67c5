"""Objections under pressure: many, of one text, by whoever wants a case to stand still or a tie to part; in memory and on SQLite."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.actions.test_ads import SELLS
from tests.actions.test_objections import ANN, CAI, CAT, HANDLE, LEO, case_of, clock, deps, lodged, ring_of, worked
from tests.actions.test_rings import OTHER_PHONE, PHONE, file, key, paid, run

from mingcha.actions.accounts import create_account
from mingcha.actions.casework import see_case
from mingcha.actions.codec import to_plain
from mingcha.actions.decide import decide_conclusion, decide_merit
from mingcha.actions.deps import Deps
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.objection_book import waiting
from mingcha.actions.objection_door import MATCH, lodge, match_job, say_more, take_back
from mingcha.actions.objection_match import PARTS, contested, named_by
from mingcha.actions.objections import (
    Answering,
    answer_objections,
    erase_objection,
    objections,
    reveal_objection,
    see_objection,
)
from mingcha.errors import InputError, NotPermitted, OutOfOrder
from mingcha.model.account import Ad
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.objection import MOST_ADDED, Lodged, ObjectionState
from mingcha.model.people import Line
from mingcha.standards.calendar import local_day
from mingcha.testing.house import NOON, house, put, someone

__all__ = ["clock", "deps"]  # fixtures: a ring of four customers, and an ad

ADMIN = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)


def test_one_taken_back_frees_a_case_that_waits_in_its_name_for_another(deps: Deps) -> None:
    """Two of one text: the case is disputed in the name of the first, which names something else. It waits for the second alone, and
    for nobody for ever once that is answered."""
    case = case_of(deps)
    first, _ = lodged(deps, "不相干的词", "同一句话")
    _, other = lodged(deps, PHONE, "同一句话")
    take_back(deps, first)
    worked(deps)
    assert [one.id for one in see_case(deps, ANN, case).facts.objections] == [other]
    answer_objections(deps, CAT, other, Answering(upheld=False, reason="不成立"))
    assert see_case(deps, ANN, case).facts.objections == ()


def test_one_taken_back_and_erased_before_the_worker_came_leaves_nothing_waiting(deps: Deps) -> None:
    case = case_of(deps)
    receipt, id_ = lodged(deps)
    take_back(deps, receipt)
    erase_objection(deps, someone(Role.CONSUMER_PROTECTION), id_, "本人要求")
    worked(deps)
    assert see_case(deps, ANN, case).facts.objections == ()


def test_what_is_added_to_one_has_an_end(deps: Deps) -> None:
    receipt, id_ = lodged(deps)
    for n in range(MOST_ADDED + 5):
        page = say_more(deps, receipt, f"补充{n}")
        assert page is not None
        assert page.more == min(n + 1, MOST_ADDED)
    assert len(see_objection(deps, CAT, id_).more) == MOST_ADDED
    took = take_back(deps, receipt)
    assert took is not None
    assert took.state is ObjectionState.TAKEN_BACK


def test_upheld_as_one_parts_nothing_that_nobody_read(deps: Deps) -> None:
    """An agent copies what an innocent person says, and names a value of their own beside it: it rides on no answer to another."""
    _, mine = lodged(deps, PHONE, "号码一月才归我")
    _, rider = lodged(deps, OTHER_PHONE, "号码一月才归我")
    _, same = lodged(deps, PHONE, "还是那个号码")
    given = Answering(upheld=True, reason="过户凭证属实", falls=(ring_of(deps),), alike=True)
    done = answer_objections(deps, CAT, mine, given)
    assert set(done.answered) == {mine, same}
    assert [one.id for one in objections(deps, CAT)] == [rider], "it waits for a reader of its own"


def test_many_that_name_one_case_and_one_ad_take_no_statement_each(tmp_path: Path) -> None:
    counts = []
    with house(tmp_path) as opened:
        file(opened, "abcd")
        paid(opened, "a")
        put(opened, "ads", Ad(id="1", platform="抖音", author="dy_1", contact=HANDLE, text=SELLS, seen_at=NOON))
        run(opened)
        case_of(opened)
        for n in range(12):
            lodge(opened, Lodged(f"{PHONE}\n{HANDLE}\n第{n}", f"话{n}"))
            if n in (3, 11):
                match_job(opened, b"")
                counts.append(len(_statements(lambda: match_job(opened, b""))))
    few, many = counts
    assert many - few <= 12 - 4, "its one word of its own is looked up; cases and ads are read once for all"


def _statements(act: Callable[[], object]) -> list[str]:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    said: list[str] = []

    def note(*arguments: Any) -> None:
        said.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return said


def test_the_door_reads_and_writes_the_same_when_one_is_taken_back_whatever_it_named(tmp_path: Path) -> None:
    """Nor does a clock on the wire learn it there: what it named is let go by the worker."""
    with house(tmp_path) as opened:
        file(opened, "abcd")
        paid(opened, "a")
        run(opened)
        case_of(opened)
        told = []
        for named in (PHONE, "13700137000", "a"):
            receipt, _ = lodge(opened, Lodged(named, f"我说 {named}"))
            match_job(opened, b"")
            told.append(_statements(lambda receipt=receipt: take_back(opened, receipt)))  # type: ignore[misc]
    assert len(told[0]) > 3
    assert all(one == told[0] for one in told)


@pytest.mark.parametrize(
    "told", ["您在团伙R-44bd7c8a561d中", "见CASE-3f2a9c0b1d4e。", "客户P-0011aabbccdd", "证据EX-00aa11bb"]
)
def test_an_id_of_ours_is_found_right_behind_a_chinese_word(deps: Deps, told: str) -> None:
    _, id_ = lodged(deps)
    with pytest.raises(InputError):
        answer_objections(deps, CAT, id_, Answering(upheld=False, reason="x", told=told))


def test_a_bare_name_or_account_is_masked_too(deps: Deps) -> None:
    _, id_ = (
        lodge(deps, Lodged(f"{HANDLE}\n青石咨询", "看看", "王小明", f"微信 {HANDLE}"))[0],
        objections(deps, CAT)[0].id,
    )
    seen = str(to_plain(see_objection(deps, CAT, id_)))
    assert not [one for one in (HANDLE, "青石咨询", "小明") if one in seen]
    assert reveal_objection(deps, CAT, id_, "核对").lodged.who == "王小明"


def test_whoever_decided_on_a_complaint_does_not_answer_its_objection(deps: Deps) -> None:
    decide_conclusion(deps, LEO, key(deps, "a"), Conclusion.AUTHORISED_AGENT, "看过", None)
    _, id_ = lodged(deps, "a", "我没有请代理")
    with pytest.raises(NotPermitted, match="works on what it names"):
        answer_objections(deps, LEO, id_, Answering(upheld=False, reason="x"))
    given = Answering(upheld=True, reason="本人提出", falls=(key(deps, "a"),))
    assert answer_objections(deps, CAT, id_, given).complaints == (key(deps, "a"),), "people undo what people decided"


def test_an_objection_to_a_complaint_that_names_somebody_is_answered_by_another(deps: Deps) -> None:
    put(deps, "complaints", Complaint(id="z", received_at=NOON, text="贵行王伟骂我", licence="bank", customer_id="ca"))
    run(deps)
    decide_merit(deps, someone(Role.HANDLER), key(deps, "z"), MeritVerdict.NOT_UPHELD, (), "查过")
    create_account(deps, ADMIN, "cat", (Role.CONSUMER_PROTECTION,), None, Line(None, ("王伟",)))
    _, id_ = lodged(deps, "z", "我的投诉")
    line = next(one for one in objections(deps, CAT) if one.id == id_)
    assert (line.touched, line.withheld) == ((), 1)
    with pytest.raises(NotPermitted, match="closed to you"):
        answer_objections(deps, CAT, id_, Answering(upheld=False, reason="x"))
    answer_objections(deps, LEO, id_, Answering(upheld=False, reason="x"))


def test_many_of_one_naming_are_answered_as_one(deps: Deps) -> None:
    case = case_of(deps)
    ids = [lodged(deps, PHONE, f"第{n}次")[1] for n in range(3)]
    ids.append(lodged(deps, "别的号码 13500135000", "第2次")[1])
    other = lodged(deps, ring_of(deps), "另一人")[1]
    waits = [one.id for one in see_case(deps, ANN, case).facts.objections]
    assert waits == [ids[0], other], "a case is disputed once for all that are alike"
    assert {line.id: line.alike for line in objections(deps, CAT)} == {**dict.fromkeys(ids, 3), other: 0}
    done = answer_objections(deps, CAT, ids[1], Answering(upheld=False, reason="不成立", alike=True))
    assert set(done.answered) == set(ids)
    assert [line.id for line in objections(deps, CAT)] == [other]
    assert [one.id for one in see_case(deps, ANN, case).facts.objections] == [other]


def test_one_taken_back_leaves_the_others_that_name_the_same(deps: Deps) -> None:
    case = case_of(deps)
    first, id_ = lodged(deps, PHONE, "一")
    _, other = lodged(deps, PHONE, "二")
    became = take_back(deps, first)
    assert became is not None and became.state is ObjectionState.TAKEN_BACK
    worked(deps)
    facts = see_case(deps, ANN, case).facts
    assert facts.disputed and [one.id for one in facts.objections] == [other]
    with pytest.raises(OutOfOrder, match="answered or taken back"):
        answer_objections(deps, CAT, id_, Answering(upheld=False, reason="x"))


def test_the_worker_looks_once_for_all_and_again_changes_nothing(deps: Deps) -> None:
    for n in range(5):
        lodge(deps, Lodged(PHONE, f"第{n}次"))
    with deps.store.read() as work:
        jobs = [job for job in work.jobs.all() if job.name == MATCH]
    assert len(jobs) == 5
    match_job(deps, jobs[0].payload)
    with deps.store.read() as work:
        before = [act.id for act in work.books.all_acts("objections")]
        assert all(facts.looked for facts in waiting(deps, work).values())
    for job in jobs:
        match_job(deps, job.payload)
    match_job(deps, b"")
    with deps.store.read() as work:
        assert [act.id for act in work.books.all_acts("objections")] == before


def test_what_is_named_is_bounded(deps: Deps) -> None:
    named = named_by(deps, "\n".join(f"1380013{n:04}" for n in range(5_000)))
    assert (len(named.words), named.left) == (PARTS, 5_000 - PARTS), "what is not looked for is told"
    receipt, id_ = lodged(deps, "\n".join(f"词{n}" for n in range(130)))
    assert see_objection(deps, CAT, id_).left == 130 - PARTS
    take_back(deps, receipt)
    with deps.store.read() as work:
        assert contested(deps, work) == {}


def test_an_inspection_reads_the_book(deps: Deps) -> None:
    _, id_ = lodged(deps)
    with deps.store.write() as work:
        work.books.erase("objections", [id_])
    found = inspect(deps, CAI, Asked(first=local_day(NOON), last=local_day(NOON), seed="x"))
    assert "book_act_changed" in {one.code for one in found.flaws}


def test_only_whoever_may_answers_or_sees(deps: Deps) -> None:
    _, id_ = lodged(deps)
    nobody: list[Actor] = [ANN, someone(Role.HANDLER), someone(Role.VICTIM_SUPPORT, purpose=Purpose.AID)]
    acts: list[Callable[[Actor], object]] = [
        lambda who: objections(deps, who),
        lambda who: see_objection(deps, who, id_),
        lambda who: answer_objections(deps, who, id_, Answering(upheld=False, reason="x")),
    ]
    for who in nobody:
        for act in acts:
            with pytest.raises(NotPermitted):
                act(who)
    assert see_objection(deps, CAI, id_).line.id == id_
