"""Laws that only a whole house can keep: clocks over imports, second persons, replay, undo, counts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mingcha.actions import decide, look
from mingcha.actions.assess import assess
from mingcha.actions.kept import record_id
from mingcha.actions.replay import replay
from mingcha.errors import NotPermitted, OutOfOrder
from mingcha.model.actor import Role
from mingcha.model.call import Call
from mingcha.model.complaint import Complaint
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.kinds import BY_CODE
from mingcha.model.merit import Grievance
from mingcha.model.people import Person
from mingcha.testing.house import NOON, FixedClock, house, put, someone

FILED = Complaint(
    id="1", received_at=NOON, text="半夜十二点打电话催收，利息太高", licence="bank", customer_id="c1", filer_role="self"
)


def _id(deps: object) -> str:
    return record_id(deps.keys, BY_CODE["complaints"], "test", "1")  # type: ignore[attr-defined]  # Deps


def test_law_1_no_import_moves_a_clock_later(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "complaints", FILED)
        put(deps, "complaints", replace(FILED, received_at=NOON + timedelta(days=9), channel="x"))
        with deps.store.read() as work:
            row = work.desk.rows([_id(deps)])[_id(deps)]
        assert row.received_at == NOON
        assert look.merit_view(deps, someone(), _id(deps)).complaint.received_at == NOON, (
            "the record itself keeps it too"
        )
        put(deps, "complaints", replace(FILED, received_at=NOON - timedelta(days=3), channel="y"))
        with deps.store.read() as work:
            assert work.desk.rows([_id(deps)])[_id(deps)].received_at == NOON - timedelta(days=3)


def test_law_2_the_order_is_kept_and_the_early_look_is_refused(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "complaints", FILED)
        assess(deps, someone())
        with pytest.raises(NotPermitted):
            look.reveal(deps, someone(), _id(deps))
        with pytest.raises(OutOfOrder):
            decide.decide_conclusion(deps, someone(), _id(deps), Conclusion.ORDINARY, "r", None)
        decide.decide_merit(deps, someone(), _id(deps), MeritVerdict.UPHELD, (Grievance.PRICE,), "r")
        assert look.reveal(deps, someone(), _id(deps)).assessment.complaint == _id(deps)


def test_law_5_the_second_person_is_another_and_independent(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "complaints", FILED)
        for name, boss in (("a", None), ("b", "a"), ("c", None)):
            with deps.store.write() as work:
                work.accounts.put(
                    Person(
                        name=name,
                        roles=(),
                        reports_to=boss,
                        password=None,
                        failures=0,
                        locked_until=None,
                        disabled=False,
                    )
                )
        decide.decide_merit(deps, someone(name="a"), _id(deps), MeritVerdict.NOT_UPHELD, (), "r")
        made = decide.decide_conclusion(deps, someone(name="a"), _id(deps), Conclusion.LINKED, "r", "clause")
        for wrong in ("a", "b"):
            with pytest.raises(NotPermitted):
                decide.confirm(deps, someone(name=wrong), _id(deps), made.id, "r")
        decide.confirm(deps, someone(name="c"), _id(deps), made.id, "r")
        with deps.store.read() as work:
            stands = decide.standing(work.desk.decisions(_id(deps))).conclusion
        assert stands is not None
        assert stands.second == "c"


def test_law_6_replay_names_what_changed(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "complaints", FILED)
        assess(deps, someone())
        assert replay(deps, someone(), _id(deps)).same
        other = replace(deps, standards=replace(deps.standards, digest="sha256:other"))
        done = replay(other, someone(), _id(deps))
        assert not done.same
        assert any("standards" in change.en for change in done.changed)


def test_law_8_undo_restores_the_desk(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "complaints", FILED)
        with deps.store.read() as work:
            before = work.desk.rows([_id(deps)])
        made = decide.decide_merit(deps, someone(), _id(deps), MeritVerdict.PARTLY, (), "r")
        decide.undo(deps, someone(), _id(deps), made.id, "wrong file")
        with deps.store.read() as work:
            assert work.desk.rows([_id(deps)]) == before
            assert len(work.desk.decisions(_id(deps))) == 2


def test_law_8_a_reason_is_always_asked(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "complaints", FILED)
        with pytest.raises(OutOfOrder):
            decide.decide_merit(deps, someone(), _id(deps), MeritVerdict.PARTLY, (), "  ")
        with pytest.raises(NotPermitted):
            decide.decide_merit(deps, someone(Role.ADMIN), _id(deps), MeritVerdict.PARTLY, (), "r")


def test_law_9_capped_calls_say_how_many_there_were(tmp_path: Path) -> None:
    with house(tmp_path, memory=True, clock=FixedClock()) as deps:
        put(deps, "complaints", FILED)
        night = NOON.replace(hour=15) - timedelta(days=3)  # 23:00 in Shanghai
        put(
            deps,
            "calls",
            *(
                Call(
                    id=str(n),
                    customer_id="c1",
                    called_at=night + timedelta(seconds=n),
                    connected=True,
                    callee="customer",
                )
                for n in range(50)
            ),
        )
        assess(deps, someone())
        view = look.merit_view(deps, someone(), _id(deps))
    found = next(one for one in view.merit if one.grievance is Grievance.NIGHT_CALLS)
    assert len(found.cites) == 20
    assert dict(found.figures)["cited_of"] == 50
