"""Records that come after the decision reopen what they touch, and nothing else; whoever decides again closes it."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from mingcha.actions import decide
from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.kept import record_id
from mingcha.actions.look import merit_view, queue
from mingcha.actions.sealing import CUSTODY
from mingcha.cli.pages import merit_page
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Purpose, Role
from mingcha.model.call import Call, Coverage
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.kinds import BY_CODE
from mingcha.model.merit import Grievance, MeritState
from mingcha.model.party import Customer
from mingcha.model.stored import QueueFilter
from mingcha.testing.house import NOON, house, put, someone

ANALYST = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)
HANDLER = someone(Role.HANDLER)
CHANGED = re.compile("记录有变|records changed")  # in whichever language this machine speaks
LATE_CALL = NOON - timedelta(days=9) + timedelta(hours=11)  # 23:00 in China
EARLY = Call(
    id="l0",
    customer_id="c1",
    called_at=NOON - timedelta(days=9),
    callee="customer",
    connected=True,
    medium="voice",
    agency="甲",
)
NIGHT = Call(id="l1", customer_id="c1", called_at=LATE_CALL, callee="customer", connected=True, medium="voice", agency="甲")  # fmt: skip


def town(deps: Deps) -> tuple[str, str]:
    """Two customers who complain of calls at night; our logs are whole and hold one call by day. Assessed and decided."""
    put(deps, "customers", Customer(id="c1"), Customer(id="c2"))
    put(
        deps,
        "coverage",
        Coverage(id="g", record_kind="calls", from_on=NOON.date() - timedelta(days=200), to_on=NOON.date()),
    )
    put(deps, "calls", EARLY)
    put(
        deps,
        "complaints",
        *(
            Complaint(
                id=who,
                received_at=NOON,
                text=f"催收人员深夜十一点多还在给我打电话，客户{who}",
                licence="bank",
                customer_id=who,
            )
            for who in ("c1", "c2")
        ),
    )
    assess(deps, ANALYST)
    first, second = (record_id(deps.keys, BY_CODE["complaints"], "test", who) for who in ("c1", "c2"))
    for id_ in (first, second):
        decide.decide_merit(deps, HANDLER, id_, MeritVerdict.NOT_UPHELD, (), "记录齐全，没有夜间来电")
    return first, second


def reopened(deps: Deps) -> set[str]:
    return {row.complaint for row in queue(deps, HANDLER, QueueFilter(reopened=True), None).rows}


def shown(deps: Deps, complaint: str) -> str:
    """The merit page as it is printed."""
    with io.StringIO() as file:
        console = Console(file=file, width=120)
        for part in merit_page(merit_view(deps, HANDLER, complaint), NOON.date()):
            console.print(part)
        return file.getvalue()


def test_a_log_that_comes_after_the_decision_reopens_what_it_touches(tmp_path: Path) -> None:
    with house(tmp_path) as deps:
        first, second = town(deps)
        assert assess(deps, ANALYST).reopened == 0
        put(deps, "calls", NIGHT)
        assert reopened(deps) == set(), "nothing was looked at yet"
        assert assess(deps, ANALYST).reopened == 1
        assert reopened(deps) == {first}
        assert {m.grievance: m.state for m in merit_view(deps, HANDLER, first).merit}[
            Grievance.NIGHT_CALLS
        ] is MeritState.CONFIRMED
        with deps.store.read() as work:
            acts = [parse(link.payload) for link in work.chains.read(CUSTODY)]
        assert [one["complaints"] for one in acts if one["act"] == "reopen"] == [[first]]
        assert assess(deps, ANALYST).reopened == 0, "it is told once"
        assert reopened(deps) == {first}, "and stands"
        assert second not in reopened(deps)
        assert CHANGED.search(shown(deps, first))
        assert not CHANGED.search(shown(deps, second))


def test_whoever_decides_merit_again_closes_it_and_a_conclusion_does_not(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        first, _ = town(deps)
        put(deps, "calls", NIGHT)
        assess(deps, ANALYST)
        decide.decide_conclusion(deps, ANALYST, first, Conclusion.ORDINARY, "没有线索", None)
        assert reopened(deps) == {first}
        decide.decide_merit(
            deps, HANDLER, first, MeritVerdict.UPHELD, (Grievance.NIGHT_CALLS,), "补到的记录里有夜间来电"
        )
        assert reopened(deps) == set()
        assert assess(deps, ANALYST).reopened == 0


def test_a_mark_survives_the_complaint_being_imported_again(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        first, _ = town(deps)
        put(deps, "calls", NIGHT)
        assess(deps, ANALYST)
        put(deps, "complaints", Complaint(id="c1", received_at=NOON, text="催收人员深夜十一点多还在给我打电话！", licence="bank", customer_id="c1"))  # fmt: skip
        assert reopened(deps) == {first}


@pytest.mark.parametrize("decided", [False, True])
def test_only_what_was_decided_can_be_reopened(tmp_path: Path, decided: bool) -> None:
    with house(tmp_path, memory=True) as deps:
        first, _ = town(deps)
        if not decided:
            with deps.store.read() as work:
                made = work.desk.decisions(first)[-1]
            decide.undo(deps, HANDLER, first, made.id, "更正")
        put(deps, "calls", NIGHT)
        assert assess(deps, ANALYST).reopened == int(decided)
