"""What the consumer kept stands beside our own logs: read as calls and payments, cited as what it is."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingcha.actions.assess import assess
from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import load, load_shared, merit_file
from mingcha.actions.look import merit_view
from mingcha.model.actor import Role
from mingcha.model.call import Call, Coverage
from mingcha.model.complaint import Complaint
from mingcha.model.merit import Grievance, MeritResult, MeritState
from mingcha.model.notice import Notice
from mingcha.model.party import Customer
from mingcha.model.transcript import ConsumerRecord, Turn
from mingcha.testing.house import NOON, house, put, someone

HANDLER = someone(Role.HANDLER, name="han")
TEXT = "催收半夜打电话。多次投诉没有回复。给我母亲打电话说我欠钱。"
NIGHT = NOON.replace(month=3, day=10, hour=15)  # 23:00 in China


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path) as opened:
        put(opened, "customers", Customer(id="c1"))
        put(opened, "complaints", Complaint(id="1", received_at=NOON, text=TEXT, licence="bank", customer_id="c1"))
        yield opened


def results(deps: Deps) -> dict[Grievance, MeritResult]:
    assess(deps, someone())
    with deps.store.read() as work:
        (id_,) = [one.id for one in work.records.scan("complaints")]
    return {one.grievance: one for one in merit_view(deps, HANDLER, id_).merit}


def test_a_call_list_and_a_message_of_the_consumer_count_as_much_as_our_logs(deps: Deps) -> None:
    put(
        deps,
        "consumer_records",
        ConsumerRecord(id="k1", customer_id="c1", form="call_list", at=NIGHT, number_from="13900000001", seconds=12),
        ConsumerRecord(id="k2", customer_id="c1", form="message", at=NIGHT, callee="contact", text="你儿子贷款逾期"),
    )
    found = results(deps)
    night, told = found[Grievance.NIGHT_CALLS], found[Grievance.DEBT_TOLD]
    assert (night.state, told.state) == (MeritState.CONFIRMED, MeritState.CONFIRMED)
    assert {cite.kind for cite in (*night.cites, *told.cites)} == {"consumer_records"}
    assert told.cites[0].passage is not None
    assert told.cites[0].passage.quote == "贷款"


def test_our_logs_for_that_day_turn_it_into_a_dispute_never_into_a_denial(deps: Deps) -> None:
    put(deps, "consumer_records", ConsumerRecord(id="k1", customer_id="c1", form="call_list", at=NIGHT, seconds=12))
    put(deps, "calls", Call(id="l1", customer_id="c1", called_at=NIGHT - timedelta(days=2, hours=8), callee="customer"))
    put(deps, "coverage", Coverage(id="g", record_kind="calls", from_on=date(2025, 1, 1), to_on=date(2026, 12, 1)))
    assert results(deps)[Grievance.NIGHT_CALLS].state is MeritState.DISPUTED


def test_registers_and_transcripts_reach_the_checks(deps: Deps) -> None:
    put(deps, "calls", Call(id="l1", customer_id="c1", called_at=NIGHT, callee="contact", connected=True))
    put(
        deps,
        "transcripts",
        Turn(id="x1", call_id="l1", customer_id="c1", said_at=NIGHT, speaker="contact", text="我是他妈妈", from_ms=0),
        Turn(
            id="x2",
            call_id="l1",
            customer_id="c1",
            said_at=NIGHT,
            speaker="collector",
            text="他欠款三个月",
            from_ms=900,
        ),
    )
    put(
        deps,
        "notices",
        Notice(id="i1", customer_id="c1", given_at=NOON - timedelta(days=30), by="customer", about="complaint"),
    )
    found = results(deps)
    assert found[Grievance.NO_ANSWER].state is MeritState.CONFIRMED
    told = found[Grievance.DEBT_TOLD]
    assert (told.state, len(told.cites), told.cites[0].kind) == (MeritState.CONFIRMED, 1, "transcripts")


def test_bills_become_payments_and_unknown_lengths_stay_unknown(deps: Deps) -> None:
    put(
        deps,
        "consumer_records",
        ConsumerRecord(id="k1", customer_id="c1", form="bill", at=NIGHT, amount=5_000),
        ConsumerRecord(id="k2", customer_id="c1", form="bill", at=NIGHT),
        ConsumerRecord(id="k3", customer_id="c1", form="call_list", at=NIGHT),
        ConsumerRecord(id="k4", customer_id="c1", form="call_list", at=NIGHT, seconds=0),
        ConsumerRecord(id="k5", customer_id="c1", form="recording", at=NIGHT),
    )
    with deps.store.read() as work:
        (id_,) = [one.id for one in work.records.scan("complaints")]
        (loaded,) = load(deps, work, [id_])
        file = merit_file(loaded, load_shared(deps, work))
    assert [(one.amount, one.direction, one.paid_on) for one in file.payments] == [
        (5_000, "repayment", date(2026, 3, 10))
    ]
    assert sorted((str(one.connected), one.source) for one in file.calls) == [
        ("False", "consumer"),
        ("None", "consumer"),
        ("True", "consumer"),
    ]
