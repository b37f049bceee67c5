"""Bulk: who is reached by which selection, what is skipped and why, and what a day later, a decision or an erasure leaves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from mingcha.actions import accounts, bulk, decide, handling
from mingcha.actions.assess import assess
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.codec import dumps, loads
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.handling_book import handlings
from mingcha.actions.inspection.inspect import Asked, inspect
from mingcha.actions.kept import record_id
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.bulk import (
    MOST,
    SAMPLED,
    UNDO_WITHIN,
    Bulk,
    BulkApplied,
    BulkDeed,
    BulkItem,
    BulkUndone,
    Draft,
    Kept,
    LeftAsIs,
    Selection,
)
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.handling import Assigned, Handling, OwnRecord, RecordsRequested, Tagged
from mingcha.model.kinds import BY_CODE
from mingcha.model.party import Customer
from mingcha.model.people import Line
from mingcha.testing import stored as made
from mingcha.testing.house import NOON, FixedClock, house, put, someone

ADMIN = Actor("root", frozenset({Role.ADMIN}), Purpose.ADMINISTRATION)
SUE = someone(Role.SUPERVISOR, name="sue")
TAG = Tagged("加急")
TEXTS = ("利息太高", "王伟辱骂我", "我活不下去了", "多扣了钱", "违约金太高", "合同没给我")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def deps(tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    with house(tmp_path, memory=True, clock=clock) as held:
        put(held, "customers", *(Customer(id=f"c{n}") for n in range(len(TEXTS))))
        put(
            held, "complaints",
            *(
                Complaint(
                    id=str(n), received_at=NOON - timedelta(days=n), text=text, licence="bank", customer_id=f"c{n}",
                    channel="热线" if n % 2 else "网站",
                )
                for n, text in enumerate(TEXTS)
            ),
        )  # fmt: skip
        assess(held, someone())
        for name, names in (("ann", ()), ("wei", ("王伟",))):
            accounts.create_account(held, ADMIN, name, (Role.HANDLER,), None, Line(None, names))
        yield held


def of(deps: Deps, n: int) -> str:
    return record_id(deps.keys, BY_CODE["complaints"], "test", str(n))


def ids(deps: Deps, *numbers: int) -> Selection:
    return Selection(ids=tuple(of(deps, n) for n in numbers))


def reached(deps: Deps, which: Selection, deed: BulkDeed = TAG, actor: Actor = SUE) -> set[int]:
    seen = bulk.preview(deps, actor, which, deed)
    assert seen.count == len(seen.sample)
    return {n for n in range(len(TEXTS)) if of(deps, n) in {row.complaint for row in seen.sample}}


def done(deps: Deps, which: Selection, deed: BulkDeed = TAG, actor: Actor = SUE) -> Bulk:
    return bulk.apply(deps, actor, which, deed, bulk.preview(deps, actor, which, deed).digest)


def folded(deps: Deps, n: int) -> Handling:
    with deps.store.read() as work:
        return handlings(deps, work, [of(deps, n)])[of(deps, n)]


def day(n: int) -> date:
    return (NOON - timedelta(days=n)).date()


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Selection(channel="热线"), {1, 3, 5}),
        (Selection(received_from=day(2)), {0, 1, 2}),
        (Selection(received_to=day(2)), {2, 3, 4, 5}),
        (Selection(received_from=day(3), received_to=day(2)), {2, 3}),
        (Selection(welfare=True), {2}),
        (Selection(welfare=False, channel="网站"), {0, 4}),
        (Selection(unassigned=False), {4}),
        (Selection(assigned_to="ann"), {4}),
        (Selection(unassigned=True), {0, 1, 2, 3, 5}),
        (Selection(tag="等合同"), {3, 4}),
        (Selection(tag="等合同", unassigned=True), {3}),
        (Selection(tag="没有这个"), set()),
        (Selection(received_from=date(2199, 12, 31)), set()),
    ],
)
def test_facts_of_the_queue_choose(deps: Deps, which: Selection, found: set[int]) -> None:
    handling.assign(deps, SUE, of(deps, 4), Assigned("ann"))
    for n in (0, 3, 4):
        handling.tag(deps, SUE, of(deps, n), Tagged("等合同"))
    handling.take_back(deps, SUE, of(deps, 0))
    assert reached(deps, which) == found


def test_due_before_reads_the_nearest_date_and_the_order_is_the_queue_s(deps: Deps) -> None:
    seen = bulk.preview(deps, SUE, Selection(unassigned=True), TAG)
    assert [row.complaint for row in seen.sample] == [of(deps, n) for n in (2, 5, 4, 3, 1, 0)]
    middle = seen.sample[3].nearest
    assert reached(deps, Selection(due_before=middle)) <= {2, 5, 4}
    assert of(deps, 3) not in {
        row.complaint for row in bulk.preview(deps, SUE, Selection(due_before=middle), TAG).sample
    }


def test_ids_may_be_narrowed_by_facts_and_no_selection_is_none(deps: Deps) -> None:
    assert reached(deps, replace(ids(deps, 0, 1, 3), channel="热线")) == {1, 3}
    handling.tag(deps, SUE, of(deps, 3), Tagged("等合同"))
    assert reached(deps, replace(ids(deps, 0, 1, 3), tag="等合同")) == {3}
    with pytest.raises(InputError, match="at least one fact"):
        bulk.preview(deps, SUE, Selection(), TAG)
    with pytest.raises(InputError, match="1990 to 2199"):
        bulk.preview(deps, SUE, Selection(received_from=date(1, 1, 1)), TAG)
    assert bulk.preview(deps, SUE, Selection(received_to=date(2199, 12, 30)), TAG).count == len(TEXTS)


def test_what_has_ended_is_reached_by_its_id_alone(deps: Deps) -> None:
    decide.decide_merit(deps, SUE, of(deps, 0), MeritVerdict.UPHELD, (), "查过")
    event = ClockEvent(kind=ClockEventKind.ANSWERED, at=NOON, document="1号", by="sue")
    record_clock_event(deps, SUE, of(deps, 0), event)
    assert reached(deps, Selection(channel="网站")) == {2, 4}
    assert reached(deps, ids(deps, 0, 2)) == {0, 2}
    with deps.store.write() as work:
        row = work.desk.rows([of(deps, 0)])[of(deps, 0)]
        work.desk.put_rows([replace(row, reopened=True)])
    assert reached(deps, Selection(channel="网站")) == {0, 2, 4}


def test_more_than_go_at_once_are_told_and_not_cut_off(deps: Deps) -> None:
    with deps.store.write() as work:
        work.desk.put_rows([made.desk_row(f"C-X{n:04}", channel="信访") for n in range(MOST + 1)])
    with pytest.raises(InputError, match="'1,001' is not at most 1,000"):
        bulk.preview(deps, SUE, Selection(channel="信访"), TAG)
    with pytest.raises(InputError, match="at most 1,000"):
        bulk.preview(deps, SUE, Selection(ids=tuple(f"C-X{n:04}" for n in range(MOST + 1))), TAG)
    exact = bulk.preview(deps, SUE, Selection(ids=tuple(f"C-X{n:04}" for n in range(MOST))), TAG)
    assert len(exact.skipped) == MOST, "rows of no record are skipped, each with its reason"


@pytest.mark.parametrize("count", [0, 1, SAMPLED, SAMPLED + 1, 57, 999])
def test_a_sample_has_the_first_the_last_and_some_between(count: int) -> None:
    rows = tuple(made.desk_row(f"C-{n}") for n in range(count))
    found = bulk.sample(rows)
    assert len(found) == min(count, SAMPLED) == len(set(found))
    assert list(found) == sorted(found, key=rows.index)
    assert not rows or (found[0], found[-1]) == (rows[0], rows[-1])
    gaps = {rows.index(b) - rows.index(a) for a, b in pairwise(found)}
    assert not gaps or max(gaps) - min(gaps) <= 1


def test_each_skipped_says_why(deps: Deps) -> None:
    handling.assign(deps, SUE, of(deps, 0), Assigned("sue"))
    handling.assign(deps, SUE, of(deps, 3), Assigned("wei"))
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION, name="cp"), "test", "c5", "应本人要求")
    which = replace(ids(deps, *range(6)), ids=(*ids(deps, *range(6)).ids, "C-NONE"))
    seen = bulk.preview(deps, SUE, which, Assigned("wei"))
    said = {one.complaint: one.why.en for one in seen.skipped}
    assert said == {
        of(deps, 0): "sue has it: say from whom it is taken over",
        of(deps, 1): "it names them, their line or their agency",
        of(deps, 3): "they have it already",
        of(deps, 5): "its data were erased",
        "C-NONE": "there is no such complaint",
    }
    assert {row.complaint for row in seen.sample} == {of(deps, 2), of(deps, 4)}
    assert reached(deps, ids(deps, *range(6)), Assigned("ann", "sue")) == {0}


def test_nothing_is_done_once_what_it_would_reach_has_changed(deps: Deps) -> None:
    which = Selection(unassigned=True)
    changes: tuple[Callable[[], object], ...] = (
        lambda: handling.tag(deps, SUE, of(deps, 0), TAG),  # one more is skipped
        lambda: handling.assign(deps, SUE, of(deps, 3), Assigned("ann")),  # one fewer is chosen
        lambda: put(deps, "complaints", Complaint(id="9", received_at=NOON, text="新来的", licence="bank")),
        lambda: erase_customer(deps, someone(Role.CONSUMER_PROTECTION, name="cp"), "test", "c5", "应本人要求"),
    )
    for change in changes:
        seen = bulk.preview(deps, SUE, which, TAG).digest
        change()
        with pytest.raises(OutOfOrder, match="has changed since it was shown"):
            bulk.apply(deps, SUE, which, TAG, seen)
    assert [folded(deps, n).tags for n in range(len(TEXTS))] == [("加急",), *[()] * 5]
    seen = bulk.preview(deps, SUE, which, TAG).digest
    for other in (Selection(channel="网站"), Selection(unassigned=True, channel="网站")):
        with pytest.raises(OutOfOrder, match="shown"):
            bulk.apply(deps, SUE, other, TAG, seen)
    with pytest.raises(OutOfOrder, match="shown"):
        bulk.apply(deps, SUE, which, Tagged("等合同"), seen)
    with pytest.raises(OutOfOrder, match="shown"):
        bulk.apply(deps, someone(Role.SUPERVISOR, name="bob"), which, TAG, seen)
    bulk.apply(deps, SUE, which, TAG, seen)


def test_a_complaint_that_names_the_asker_is_counted_and_not_shown(deps: Deps) -> None:
    wei = someone(Role.HANDLER, name="wei")
    seen = bulk.preview(deps, wei, Selection(unassigned=True), TAG)
    assert (seen.aside, seen.count, seen.skipped) == (1, len(TEXTS) - 1, ())
    assert of(deps, 1) not in str(seen)
    done(deps, Selection(unassigned=True), actor=wei)
    assert folded(deps, 1).tags == ()


def test_drafts_are_put_on_file_where_merit_is_decided_and_nowhere_else(deps: Deps) -> None:
    decision = decide.decide_merit(deps, SUE, of(deps, 0), MeritVerdict.UPHELD, (), "查过")
    seen = bulk.preview(deps, SUE, Selection(channel="网站"), Draft())
    assert seen.count == 1
    assert {one.why.en for one in seen.skipped} == {"its merit is not decided: that comes before a draft on file"}
    done(deps, Selection(channel="网站"), Draft())
    kept = folded(deps, 0).draft
    assert kept is not None
    assert (kept.text.decision, kept.text.zh.splitlines()[0]) == (decision.id, "投诉处理答复")
    with deps.store.read() as work:
        acts = [parse(link.payload) for link in work.chains.read("access")]
        assert work.desk.clock_events([of(deps, 0)]) == {}
    assert [one["complaints"] for one in acts if one["act"] == "draft_answers"] == [[of(deps, 0)]]
    assert not [one for one in acts if one["act"] == "see_merit"]


def test_it_is_one_transaction_and_one_sealed_deed_naming_its_acts(deps: Deps) -> None:
    one = done(deps, ids(deps, 0, 2, 3))
    assert {item.complaint for item in one.applied.items} == set(ids(deps, 0, 2, 3).ids)
    with deps.store.read() as work:
        acts = [parse(link.payload) for link in work.chains.read("decisions")]
        kept = work.books.acts("desk", ids(deps, 0, 2, 3).ids)
    assert {kept[item.complaint][0].id for item in one.applied.items} == {item.act for item in one.applied.items}
    sealed = [act["act"] for act in acts if str(act["act"]).startswith("desk_")]
    assert sealed == ["desk_tagged"] * 3 + ["desk_bulk_applied"]
    assert not [act for act in acts if "加急" in str(act)], "what acts say is in no chain"
    assert bulk.bulks(deps, SUE) == (one,)
    assert loads(BulkApplied, dumps(one.applied)) == one.applied


@pytest.mark.parametrize(
    "deed", [Assigned("ann"), TAG, RecordsRequested(OwnRecord.CALLS, "客服中心", day(-9)), Draft()]
)
def test_a_deed_takes_its_verb(deps: Deps, deed: BulkDeed) -> None:
    decide.decide_merit(deps, SUE, of(deps, 0), MeritVerdict.UPHELD, (), "查过")
    one = done(deps, ids(deps, 0), deed)
    inspector = someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION)
    tries: tuple[Callable[[], object], ...] = (
        lambda: bulk.preview(deps, inspector, ids(deps, 0), deed),
        lambda: bulk.apply(deps, inspector, ids(deps, 0), deed, "x"),
        lambda: bulk.undo(deps, inspector, one.id),
    )
    for act in tries:
        with pytest.raises(NotPermitted):
            act()
    assert bulk.bulks(deps, inspector) == (one,)
    with pytest.raises(NotPermitted):
        bulk.bulks(deps, someone(Role.ANALYST, purpose=Purpose.INVESTIGATION))


def test_a_tag_is_checked_before_anything_is_shown(deps: Deps) -> None:
    with pytest.raises(InputError, match="labels a person"):
        bulk.preview(deps, SUE, ids(deps, 0), Tagged("老赖"))
    with pytest.raises(InputError, match="may handle"):
        bulk.preview(deps, SUE, ids(deps, 0), Assigned("nobody"))


def test_a_tag_that_names_somebody_is_left_off_theirs(deps: Deps) -> None:
    put(deps, "customers", Customer(id="c2", name="李雷"))
    seen = bulk.preview(deps, SUE, ids(deps, 0, 2), Tagged("找李雷"))
    assert [one.complaint for one in seen.skipped] == [of(deps, 2)]
    assert "of somebody" in seen.skipped[0].why.en
    assert "李雷" not in seen.skipped[0].why.zh


def test_it_is_taken_back_within_a_day_and_once(deps: Deps, clock: FixedClock) -> None:
    first, second = done(deps, ids(deps, 0)), done(deps, ids(deps, 3))
    clock.at = first.at + UNDO_WITHIN
    assert bulk.undo(deps, SUE, first.id).undone == bulk.bulks(deps, SUE)[1].undone
    with pytest.raises(OutOfOrder, match="already"):
        bulk.undo(deps, SUE, first.id)
    clock.later(seconds=1)
    with pytest.raises(OutOfOrder, match="24 hours"):
        bulk.undo(deps, SUE, second.id)
    with pytest.raises(NotFound):
        bulk.undo(deps, SUE, "BULK-0")
    with pytest.raises(NotFound):
        bulk.undo(deps, SUE, of(deps, 0))
    assert (folded(deps, 0).tags, folded(deps, 3).tags) == ((), ("加急",))


def test_what_somebody_acted_on_since_and_what_was_erased_stays(deps: Deps) -> None:
    one = done(deps, Selection(unassigned=True), Assigned("ann"))
    handling.tag(deps, SUE, of(deps, 0), TAG)
    decide.decide_merit(deps, someone(Role.HANDLER, name="ann"), of(deps, 3), MeritVerdict.UPHELD, (), "查过")
    event = ClockEvent(kind=ClockEventKind.FOUND_COMPLEX, at=NOON, document="1号", by="sue")
    record_clock_event(deps, SUE, of(deps, 4), event)
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION, name="cp"), "test", "c5", "应本人要求")
    accounts.set_line(deps, ADMIN, "wei", Line(None, ("王伟",)))
    undone = bulk.undo(deps, someone(Role.HANDLER, name="wei"), one.id).undone
    assert undone is not None
    assert set(undone.restored) == {of(deps, 2)}
    assert set(undone.left) == {
        LeftAsIs(of(deps, 0), Kept.MOVED_ON),
        LeftAsIs(of(deps, 1), Kept.ASIDE),
        LeftAsIs(of(deps, 3), Kept.MOVED_ON),
        LeftAsIs(of(deps, 4), Kept.MOVED_ON),
        LeftAsIs(of(deps, 5), Kept.ERASED),
    }
    assert [folded(deps, n).holder for n in range(6)] == ["ann", "ann", None, "ann", "ann", None]
    with deps.store.read() as work:
        rows = work.desk.rows(ids(deps, *range(6)).ids)
        assert [rows[of(deps, n)].assigned_to for n in range(6)] == ["ann", "ann", None, "ann", "ann", None]
        assert not work.books.acts("desk", [of(deps, 5)])[of(deps, 5)][0].wrapped
    asked = Asked(first=day(9), last=day(0), seed="7")
    assert inspect(deps, someone(Role.INSPECTOR, name="ins", purpose=Purpose.INSPECTION), asked).flaws == ()


def test_what_was_left_is_not_told_to_whom_it_names(deps: Deps) -> None:
    one = done(deps, ids(deps, 0, 1))
    for n in (0, 1):
        handling.tag(deps, SUE, of(deps, n), Tagged("等合同"))
    bulk.undo(deps, SUE, one.id)

    def left(name: str) -> set[LeftAsIs]:
        (told,) = bulk.bulks(deps, someone(Role.HANDLER, name=name))
        assert told.undone is not None
        return set(told.undone.left)

    assert left("ann") == {LeftAsIs(of(deps, n), Kept.MOVED_ON) for n in (0, 1)}
    assert left("wei") == {LeftAsIs(of(deps, 0), Kept.MOVED_ON), LeftAsIs(of(deps, 1), Kept.ASIDE)}


def test_undoing_gives_none_to_whom_it_names(deps: Deps) -> None:
    accounts.set_line(deps, ADMIN, "wei", Line(None, ()))
    done(deps, ids(deps, 0, 1), Assigned("wei"))
    one = done(deps, ids(deps, 0, 1), Assigned("ann", "wei"))
    accounts.set_line(deps, ADMIN, "wei", Line(None, ("王伟",)))
    undone = bulk.undo(deps, SUE, one.id).undone
    assert undone == BulkUndone((of(deps, 0),), (LeftAsIs(of(deps, 1), Kept.NAMED),))
    assert [folded(deps, n).holder for n in (0, 1)] == ["wei", "ann"]


def test_deeds_one_upon_the_other_are_taken_back_the_last_first(deps: Deps) -> None:
    first, second = done(deps, ids(deps, 0)), done(deps, ids(deps, 0), Tagged("等合同"))
    undone = bulk.undo(deps, SUE, first.id).undone
    assert undone is not None
    assert undone.left == (LeftAsIs(of(deps, 0), Kept.MOVED_ON),)
    assert folded(deps, 0).tags == ("加急", "等合同")
    bulk.undo(deps, SUE, second.id)
    assert folded(deps, 0).tags == ("加急",)
    assert BulkItem(of(deps, 0), second.applied.items[0].act, 0) == second.applied.items[0]
