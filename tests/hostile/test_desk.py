"""What comes in contradicting itself, twice, too often or mislabelled: told plainly, and no clock is lost by it."""

from datetime import date, timedelta
from pathlib import Path

from mingcha.actions.assess import assess
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.look import merit_view
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.model.call import Call, Coverage
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.intake import Reject, Row
from mingcha.model.laws import MAX_CITES
from mingcha.model.merit import MeritState
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, FixedClock, house, put, someone
from mingcha.wiring import intake_door


def _ids(deps: Deps) -> list[str]:
    with deps.store.read() as work:
        return [one.id for one in work.records.scan("complaints")]


def _due(deps: Deps, id_: str) -> date:
    with deps.store.read() as work:
        return work.desk.rows([id_])[id_].due


def test_receipts_that_contradict_each_other_never_give_a_later_day(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        due = []
        for days in (0, 9, -4, 2):
            put(
                deps,
                "complaints",
                Complaint(id="1", received_at=NOON + timedelta(days=days), text="利息太高", licence="bank"),
            )
            (id_,) = _ids(deps)
            due.append(_due(deps, id_))
        assert due[1] == due[0]
        assert due[2] == due[0] - timedelta(days=4)
        assert due[3] == due[2]


def test_one_withdrawn_and_filed_again_has_two_clocks_and_is_shown_beside_the_first(tmp_path: Path) -> None:
    clock = FixedClock()
    with house(tmp_path, memory=True, clock=clock) as deps:
        put(deps, "customers", Customer(id="c1"))
        filed = Complaint(id="1", received_at=NOON, text="催收半夜给我打电话。", licence="bank", customer_id="c1")
        put(deps, "complaints", filed)
        (first,) = _ids(deps)
        old = _due(deps, first)
        clock.later(days=3)
        taken = ClockEvent(
            kind=ClockEventKind.WITHDRAWAL, at=clock.at, document="撤诉书", by="x", contacted_first_by="consumer", channel="phone", offered="无",
        )  # fmt: skip
        record_clock_event(deps, someone(), first, taken)
        clock.later(days=5)
        again = Complaint(id="2", received_at=clock.at, text=filed.text, licence="bank", customer_id="c1")
        put(deps, "complaints", again)
        assess(deps, someone())
        (second,) = set(_ids(deps)) - {first}
        assert _due(deps, second) == old + timedelta(days=8), "the second runs from its own receipt"
        assert merit_view(deps, someone(), second).possible_refilings == (first,)
        back = ClockEvent(kind=ClockEventKind.REVIVAL, at=clock.at, document="收回撤诉", by="x")
        record_clock_event(deps, someone(), first, back)
        with deps.store.read() as work:
            rows = work.desk.rows([first, second])
        assert (rows[first].state, rows[first].due) == ("open", old), (
            "taken back within its days, it is due on the old day"
        )
        assert rows[second].due == old + timedelta(days=8)


def test_ten_thousand_calls_to_one_customer_are_counted_and_shown_in_part(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "customers", Customer(id="c1"))
        put(deps, "coverage", Coverage(id="g", record_kind="calls", from_on=date(2025, 1, 1), to_on=date(2026, 12, 31)))
        calls = [
            Call(
                id=str(n), customer_id="c1", called_at=NOON - timedelta(days=1 + n // 500, minutes=n % 500), callee="customer", connected=True, seconds=9,
            )
            for n in range(10_000)
        ]  # fmt: skip
        put(deps, "calls", *calls)
        put(
            deps,
            "complaints",
            Complaint(id="1", received_at=NOON, text="每天打几百个电话催收，", licence="bank", customer_id="c1"),
        )
        assess(deps, someone())
        (id_,) = _ids(deps)
        view = merit_view(deps, someone(), id_)
        (found,) = [one for one in view.merit if one.grievance.value == "call_frequency"]
        assert found.state is MeritState.CONFIRMED
        assert found.searched.records == 10_000
        assert len(found.cites) <= MAX_CITES
        assert all(day.over for day in view.strip.days)
        assert sum(len(day.marks) for day in view.strip.days) == 10_000 or view.strip.earlier


def test_a_transcript_that_names_no_speaker_we_know_is_handed_back_and_the_rest_goes_in(tmp_path: Path) -> None:
    path = tmp_path / "transcripts.csv"
    path.write_text(
        "id,call_id,customer_id,said_at,speaker,text\n"
        "1,k,c1,2026-03-01 10:00:00+08:00,collector,您好\n"
        "2,k,c1,2026-03-01 10:00:00+08:00,经理,请还款\n"
        "3,k,c1,2026-03-01 10:00:00+08:00,,请还款\n",
        encoding="utf-8",
    )
    with house(tmp_path, memory=True) as deps:
        door = intake_door("transcripts", path, None, "test")
        source = SourceFile(kind=door.kind, name=path.name, digest=door.digest, system="test")
        back: list[Row | Reject] = []
        done = take_in(deps, someone(), source, door.rows(), reject=back.append)
    assert (done.rows, done.taken, done.rejected) == (3, 1, 2)
    wrong, empty = back
    assert isinstance(wrong, Reject)
    assert isinstance(empty, Reject)
    assert wrong.column == empty.column == "speaker"
    assert "collector" in wrong.expected.en
