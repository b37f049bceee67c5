"""Law 8: legal hold before disposal and erasure, whatever is held, whenever the hold comes; and whatever went is gone for good."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.actions.test_disposal import ANN, CP, YEARS, about, agree, cid, clean

from mingcha.actions.casework import open_case, work_on_case
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.disposal import dispose, propose_disposal
from mingcha.actions.exhibits import keep_exhibit
from mingcha.actions.kept import open_record
from mingcha.errors import KeyTrouble, OutOfOrder
from mingcha.model.case import Held, Opened, StepDone, Subject, SubjectKind
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.party import Customer
from mingcha.model.retention import Holding
from mingcha.testing.house import NOON, FixedClock, house, put

SOME = st.sets(st.integers(0, 4))


def hold(deps: Deps, n: int, way: str) -> None:
    """A case on hold that is about a complaint, about its customer, or rests on an exhibit about it."""
    about_it = Subject(SubjectKind.COMPLAINT, cid(deps, str(n)))
    if way == "customer":
        about_it = Subject(SubjectKind.CUSTOMER, cid(deps, f"c{n}", "customers"))
    shown = keep_exhibit(deps, ANN, io.BytesIO(b"x"), about(cid(deps, str(n)))) if way == "exhibit" else None
    if shown:
        put(deps, "complaints", Complaint(id=f"x{n}", received_at=NOON, text="另一件", licence="bank"))
        about_it = Subject(SubjectKind.COMPLAINT, cid(deps, f"x{n}"))
    case = open_case(deps, ANN, Opened(title="t", playbook="ring_level_1", subjects=(about_it,), reason="r")).case
    if shown:
        work_on_case(deps, ANN, case, StepDone("freeze", (shown.id,)))
    work_on_case(deps, ANN, case, Held("诉讼"))


@settings(max_examples=12, deadline=None)
@given(early=SOME, late=SOME, way=st.sampled_from(["complaint", "customer", "exhibit"]))
def test_nothing_on_hold_is_ever_in_a_batch_or_destroyed_by_one(
    tmp_path_factory: pytest.TempPathFactory, early: set[int], late: set[int], way: str
) -> None:
    clock = FixedClock()
    with house(tmp_path_factory.mktemp("hold"), memory=True, clock=clock) as deps:
        put(deps, "customers", *(Customer(id=f"c{n}") for n in range(5)))
        for n in range(5):
            put(
                deps,
                "complaints",
                Complaint(id=str(n), received_at=NOON, customer_id=f"c{n}", text=f"第{n}件", licence="bank"),
            )
        clock.later(days=10)
        for n in range(5):
            ended = ClockEvent(kind=ClockEventKind.ANSWERED, at=NOON, document="答复", by="cp")
            record_clock_event(deps, CP, cid(deps, str(n)), ended)
        clock.later(days=YEARS)
        for n in sorted(early):
            hold(deps, n, way)
        free = {cid(deps, str(n)) for n in range(5) if n not in early}
        if not free:
            with pytest.raises(OutOfOrder, match="nothing is due"):
                propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
            return
        made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
        assert made.batch.proposed is not None
        assert {one.id for one in made.batch.proposed.listed} == free
        agree(deps, made)
        for n in sorted(late - early):
            hold(deps, n, way)
        done = dispose(deps, CP, made.batch.id).batch.disposed
        assert done is not None
        assert set(done.gone) == {cid(deps, str(n)) for n in range(5) if n not in early | late}
        with deps.store.read() as work:
            for stored in work.records.scan("complaints"):
                if stored.id in done.gone:
                    with pytest.raises(KeyTrouble):
                        open_record(deps.keys, stored)
                else:
                    assert open_record(deps.keys, stored)
        clean(deps)


def test_only_the_two_doors_reach_disposal() -> None:
    """Nothing is disposed of by itself: no job, no schedule, no other action calls it."""
    src = Path(__file__).parents[2] / "src"
    asks = ("mingcha.actions.disposal import", "mingcha.actions import disposal")
    found = {
        str(one.relative_to(src / "mingcha"))
        for one in src.rglob("*.py")
        if any(ask in one.read_text("utf-8") for ask in asks)
    }
    assert found == {"cli/retention.py", "api/desk/retention.py"}
