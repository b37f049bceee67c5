"""Laws of bulk: four deeds and no other by type and by door; what was shown is what is done; undone is as if never done."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import mingcha.model
from mingcha.actions import bulk, decide, handling, look
from mingcha.actions.accounts import create_account
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.handling_book import handlings
from mingcha.actions.kept import record_id
from mingcha.api.desk.bulk import Deed, SelectionShape
from mingcha.errors import InputError, OutOfOrder
from mingcha.model.actor import Purpose, Role
from mingcha.model.bulk import DEED_KINDS, DEED_WORDS, BulkDeed, DeedKind, Draft, Selection
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.handling import Assigned, Handling, OwnRecord, RecordsRequested, Tagged, Untagged
from mingcha.model.kinds import BY_CODE
from mingcha.model.stored import DeskRow, QueueFilter
from mingcha.testing.house import NOON, FixedClock, house, put, someone

SRC = Path(bulk.__file__).parents[1]
SUE = someone(Role.SUPERVISOR, name="sue")
CALLS = RecordsRequested(OwnRecord.CALLS, "客服中心", NOON.date() + timedelta(days=9))
DEEDS: tuple[BulkDeed, ...] = (Assigned("ann"), Tagged("加急"), CALLS, Draft())
FOUR = {Assigned, Tagged, RecordsRequested, Draft}
COUNT = 8


@dataclass(frozen=True)
class Sneaked(Tagged):
    """What a type that is not closed would let in."""

    verdict: str = "upheld"


def _model() -> Iterator[type[Any]]:
    """Every class of the model: each decision, answer, paper, act and referral of the house is one."""
    for one in pkgutil.walk_packages(mingcha.model.__path__, "mingcha.model."):
        module = importlib.import_module(one.name)
        yield from (cls for cls in vars(module).values() if isinstance(cls, type) and cls.__module__ == one.name)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True, clock=FixedClock()) as held:
        fill(held)
        yield held


def fill(deps: Deps) -> None:
    filed = (
        Complaint(
            id=str(n), received_at=NOON - timedelta(days=n % 3), text="我活不下去了" if n == 5 else "利息太高",
            licence="bank", customer_id=f"c{n}", channel="热线" if n % 2 else "网站",
        )
        for n in range(COUNT)
    )  # fmt: skip
    put(deps, "complaints", *filed)
    assess(deps, someone())
    admin = someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)
    for name in ("ann", "bo"):
        create_account(deps, admin, name, (Role.HANDLER,), None)
    for n in (1, 2):
        decide.decide_merit(deps, SUE, of(deps, n), MeritVerdict.NOT_UPHELD, (), "查过")


def of(deps: Deps, n: int) -> str:
    return record_id(deps.keys, BY_CODE["complaints"], "test", str(n))


def every(deps: Deps) -> Selection:
    return Selection(ids=tuple(of(deps, n) for n in range(COUNT)))


def done(deps: Deps, which: Selection, deed: BulkDeed) -> str:
    return bulk.apply(deps, SUE, which, deed, bulk.preview(deps, SUE, which, deed).digest).id


def folded(deps: Deps) -> dict[str, Handling]:
    with deps.store.read() as work:
        return handlings(deps, work, every(deps).ids)


def rows(deps: Deps) -> dict[str, DeskRow]:
    with deps.store.read() as work:
        return work.desk.rows(every(deps).ids)


def queued(deps: Deps) -> list[str]:
    return [row.complaint for row in look.queue(deps, SUE, QueueFilter(), None).rows]


def test_a_bulk_deed_is_one_of_four_and_the_type_is_closed() -> None:
    assert set(get_args(BulkDeed)) == FOUR == set(DEED_KINDS)
    assert set(DEED_KINDS.values()) == set(DeedKind) == set(DEED_WORDS)
    plain: set[Any] = {str, str | None, OwnRecord, __import__("datetime").date}
    held = {hint for deed in FOUR for hint in get_type_hints(deed).values()}
    assert held <= plain, "no field of a deed can hold another act, a verdict or a paper"


def test_every_other_class_of_the_model_is_refused_by_type(deps: Deps) -> None:
    others = [cls for cls in _model() if cls not in FOUR and not issubclass(cls, Enum)]
    named = {cls.__name__ for cls in others}
    assert {
        "Decision",
        "ClockEvent",
        "Answer",
        "ReferralDrafted",
        "ReferralSent",
        "Untagged",
        "TakenBack",
        "Closed",
    } <= named
    assert len(others) > 150
    for cls in others:
        with pytest.raises(InputError):
            bulk.preview(deps, SUE, every(deps), object.__new__(cls))
    for wrong in (Sneaked("加急"), Untagged("加急"), None, "decline", Assigned):
        with pytest.raises(InputError):
            bulk.apply(deps, SUE, every(deps), wrong, "x")  # type: ignore[arg-type] # what a door might let slip


def test_every_other_code_is_refused_by_the_door() -> None:
    door: TypeAdapter[Any] = TypeAdapter(Deed)
    codes = {one.value for cls in _model() if issubclass(cls, Enum) for one in cls} - {kind.value for kind in DeedKind}
    assert {
        "answered",
        "not_handled",
        "extension",
        "restart",
        "merge",
        "withdrawal",
        "upheld",
        "referral_drafted",
    } <= codes
    for code in sorted(map(str, codes | {"decide", "answer", "decline", "extend", "link", "refer"})):
        with pytest.raises(ValidationError):
            door.validate_python({"deed": code, "to": "ann", "tag": "加急", "reason": "x"})


def test_a_selection_knows_the_facts_of_the_queue_alone() -> None:
    queue = {one.name for one in fields(QueueFilter)} | {"tag", "received_to"}
    assert {one.name for one in fields(Selection)} <= queue
    assert set(SelectionShape.model_fields) == {one.name for one in fields(Selection)}
    told = " ".join(one.name for one in fields(Selection))
    assert not [word for word in ("family", "ring", "level", "label", "likeness", "campaign", "group") if word in told]


def test_the_room_of_bulk_cannot_reach_what_decides() -> None:
    """Not one of the names it or the acts it is made of import or call decides, answers, moves a clock, joins or refers."""
    used: set[str] = set()
    for name in ("actions/bulk.py", "actions/handling.py", "actions/handling_book.py", "casework/handling.py"):
        for node in ast.walk(ast.parse((SRC / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                used |= {alias.name for alias in node.names} | {(node.module or "").rsplit(".", 1)[-1]}
            elif isinstance(node, ast.Attribute):
                used.add(node.attr)
    deciding = {
        "put_decision", "put_clock_event", "record_clock_event", "decide_merit", "decide_conclusion", "confirm", "record_answer",
        "ask_papers", "decline", "declining", "clock_paper", "families", "rings", "judge_ties", "refer", "casework", "ClockEvent",
        "put_assessments", "put_memberships",
    }  # fmt: skip
    assert not used & deciding


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: type(deed).__name__)
def test_law_1_no_deed_moves_a_clock_a_row_or_the_order_of_the_queue(deps: Deps, deed: BulkDeed) -> None:
    def known() -> Any:
        with deps.store.read() as work:
            papers = work.desk.clock_events(every(deps).ids)
            return papers, [work.desk.decisions(id_) for id_ in every(deps).ids], list(work.desk.newest_assessments())

    before, order, facts = rows(deps), queued(deps), known()
    id_ = done(deps, every(deps), deed)
    assert queued(deps) == order
    assert {key: replace(row, assigned_to=None) for key, row in rows(deps).items()} == before
    assert known() == facts
    bulk.undo(deps, SUE, id_)
    assert (rows(deps), queued(deps), known()) == (before, order, facts)


ACTS: st.SearchStrategy[Any] = st.one_of(
    st.tuples(
        st.just(handling.assign), st.builds(Assigned, st.sampled_from(["ann", "bo"]), st.sampled_from([None, "ann"]))
    ),
    st.tuples(st.just(handling.tag), st.builds(Tagged, st.sampled_from(["加急", "等合同"]))),
    st.tuples(st.just(handling.tag), st.builds(Untagged, st.sampled_from(["加急", "等合同"]))),
    st.tuples(st.just(handling.request_records), st.just(CALLS)),
)
STEPS = st.lists(st.tuples(st.integers(0, COUNT - 1), ACTS), max_size=6)
CHOSEN = st.sets(st.integers(0, COUNT - 1), min_size=1)


def _do(deps: Deps, steps: Sequence[Any]) -> set[str]:
    """Single acts, those that may not follow left out; which complaints somebody acted on."""
    touched = set()
    for n, (act, body) in steps:
        try:
            act(deps, SUE, of(deps, n), body)
            touched.add(of(deps, n))
        except OutOfOrder:
            pass
    return touched


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(before=STEPS, chosen=CHOSEN, deed=st.sampled_from(DEEDS), after=STEPS)
def test_law_8_undo_restores_what_was_there_but_where_somebody_acted_since(
    tmp_path_factory: pytest.TempPathFactory, before: Any, chosen: set[int], deed: BulkDeed, after: Any
) -> None:
    with house(tmp_path_factory.mktemp("h"), memory=True) as deps:
        fill(deps)
        _do(deps, before)
        was, which = folded(deps), Selection(ids=tuple(of(deps, n) for n in sorted(chosen)))
        seen = bulk.preview(deps, SUE, which, deed)
        assert seen.count + len(seen.skipped) == len(chosen)
        if not seen.count:
            with pytest.raises(OutOfOrder, match="reach no complaint"):
                bulk.apply(deps, SUE, which, deed, seen.digest)
            return
        made = bulk.apply(deps, SUE, which, deed, seen.digest)
        reached = {one.complaint for one in made.applied.items}
        assert reached == set(which.ids) - {one.complaint for one in seen.skipped}
        assert {key for key, facts in folded(deps).items() if facts != was[key]} == reached
        touched = _do(deps, after)
        since = folded(deps)
        undone = bulk.undo(deps, SUE, made.id).undone
        assert undone is not None
        assert set(undone.restored) == reached - touched
        assert {one.complaint for one in undone.left} == reached & touched
        assert folded(deps) == {key: was[key] if key in undone.restored else since[key] for key in was}
        assert {key: row.assigned_to for key, row in rows(deps).items()} == {
            key: one.holder for key, one in folded(deps).items()
        }


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(chosen=CHOSEN, other=CHOSEN, deed=st.sampled_from(DEEDS[:3]), steps=STEPS)
def test_what_was_shown_is_what_is_done_or_nothing_is(
    tmp_path_factory: pytest.TempPathFactory, chosen: set[int], other: set[int], deed: BulkDeed, steps: Any
) -> None:
    with house(tmp_path_factory.mktemp("h"), memory=True) as deps:
        fill(deps)
        first, second = (Selection(ids=tuple(of(deps, n) for n in sorted(one))) for one in (chosen, other))
        seen = bulk.preview(deps, SUE, first, deed)
        assert (bulk.preview(deps, SUE, second, deed).digest == seen.digest) is (chosen == other)
        assert bulk.preview(deps, someone(Role.SUPERVISOR, name="bob"), first, deed).digest != seen.digest
        _do(deps, steps)
        now = bulk.preview(deps, SUE, first, deed)
        same = (now.count, now.skipped) == (seen.count, seen.skipped)
        assert (now.digest == seen.digest) is same
        was = folded(deps)
        if same and now.count:
            bulk.apply(deps, SUE, first, deed, seen.digest)
            return
        with pytest.raises(OutOfOrder):
            bulk.apply(deps, SUE, first, deed, seen.digest)
        assert folded(deps) == was


def test_no_act_of_the_desk_is_a_field_of_what_is_sealed_about_anybody() -> None:
    """Nothing of handling reaches what the merit room, the detectors or the clock read."""
    for room in ("merit", "detect", "network", "grade", "clock", "campaign", "quality", "answer"):
        for path in (SRC / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "model.handling" not in text, path
            assert "model.bulk" not in text, path
    assert is_dataclass(Handling)
