"""Contacts stop when somebody says so and reach the dialler's list; the welfare lane is read within two hours or shown as late."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mingcha.actions.care import dialler_list, first_reads, stop_contact
from mingcha.actions.deps import Deps
from mingcha.actions.erase import erase_customer
from mingcha.actions.look import merit_view
from mingcha.actions.verify import verify
from mingcha.errors import NotFound, NotPermitted, OutOfOrder
from mingcha.model.actor import Purpose, Role
from mingcha.model.complaint import Complaint
from mingcha.model.notice import Notice
from mingcha.model.party import Customer
from mingcha.testing.house import NOON, FixedClock, house, put, someone

HANDLER = someone(Role.HANDLER, name="han")
LEAD = someone(Role.SUPERVISOR, name="sup")
DANGER = "我活不下去了，想自杀。"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def deps(tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    with house(tmp_path, clock=clock) as opened:
        put(opened, "customers", Customer(id="c1", name="王小明", phone="13812345678"))
        put(
            opened,
            "complaints",
            Complaint(id="1", received_at=NOON, text="利息太高。", customer_id="c1", filer_phone="13900000002"),
        )
        put(
            opened, "complaints", Complaint(id="2", received_at=NOON - timedelta(days=3), text=DANGER, customer_id="c1")
        )
        put(opened, "complaints", Complaint(id="3", received_at=NOON, text=DANGER + "请联系我"))
        yield opened


def ids(deps: Deps) -> list[str]:
    with deps.store.read() as work:
        return [one.id for one in work.records.scan("complaints")]


def test_a_stop_is_recorded_shown_and_handed_to_the_dialler(deps: Deps) -> None:
    one, *_ = ids(deps)
    assert dialler_list(deps, LEAD, "每日更新") == ()
    assert merit_view(deps, HANDLER, one).stopped is None
    stop_contact(deps, HANDLER, one, "本人要求不再来电")
    shown = merit_view(deps, HANDLER, one).stopped
    assert shown is not None
    assert shown.by == "han"
    lines = dialler_list(deps, LEAD, "每日更新")
    assert [(line.number, line.why, line.record) for line in lines] == [
        ("13812345678", "stop_contact", one),
        ("13900000002", "stop_contact", one),
    ]
    with pytest.raises(OutOfOrder):
        stop_contact(deps, HANDLER, one, "再登记一次")
    stop_contact(deps, HANDLER, one, "本人要求恢复", lift=True)
    assert dialler_list(deps, LEAD, "每日更新") == ()
    with pytest.raises(OutOfOrder):
        stop_contact(deps, HANDLER, one, "没有可恢复的", lift=True)
    assert all(checked.broken_at is None for checked in verify(deps, someone(Role.AUDITOR, purpose=Purpose.INSPECTION)))


def test_refusals_on_the_register_are_on_the_list_and_a_number_once(deps: Deps, clock: FixedClock) -> None:
    one, *_ = ids(deps)
    at = NOON - timedelta(days=9)
    put(
        deps,
        "notices",
        Notice(id="i1", given_at=at, by="contact", about="stop_contact", number="13700000003"),
        Notice(id="i2", given_at=at, by="customer", about="stop_contact", number="13812345678"),
        Notice(id="i3", given_at=at, by="customer", about="hardship", number="13700000004"),
        Notice(id="i4", given_at=at, by="institution", about="stop_contact", number="13700000005"),
        Notice(id="i5", given_at=at, by="contact", about="stop_contact"),
    )
    stop_contact(deps, HANDLER, one, "本人要求")
    lines = dialler_list(deps, LEAD, "每日更新")
    assert [(line.number, line.why) for line in lines] == [
        ("13700000003", "refused"),
        ("13812345678", "refused"),
        ("13900000002", "stop_contact"),
    ]


def test_who_was_erased_leaves_no_number(deps: Deps) -> None:
    one, *_ = ids(deps)
    stop_contact(deps, HANDLER, one, "本人要求")
    erase_customer(deps, someone(Role.CONSUMER_PROTECTION), "test", "c1", "本人要求删除")
    assert dialler_list(deps, LEAD, "每日更新") == ()


def test_it_takes_a_reason_a_complaint_and_the_right(deps: Deps) -> None:
    one, *_ = ids(deps)
    with pytest.raises(OutOfOrder):
        stop_contact(deps, HANDLER, one, " ")
    with pytest.raises(NotFound):
        stop_contact(deps, HANDLER, "C-NONE", "本人要求")
    with pytest.raises(OutOfOrder):
        dialler_list(deps, LEAD, "")
    with pytest.raises(NotPermitted):
        dialler_list(deps, HANDLER, "想看看")
    with pytest.raises(NotPermitted):
        stop_contact(deps, someone(Role.INSPECTOR, purpose=Purpose.INSPECTION), one, "x")
    stop_contact(deps, someone(Role.VICTIM_SUPPORT, purpose=Purpose.AID), one, "受害人要求")


def test_the_lane_is_read_within_two_hours_or_late(deps: Deps, clock: FixedClock) -> None:
    _, two, three = ids(deps)
    assert {one.complaint for one in first_reads(deps, HANDLER)} == {two, three}
    clock.later(hours=1, minutes=59)
    merit_view(deps, HANDLER, two)
    clock.later(minutes=2)
    merit_view(deps, LEAD, two)
    late, read = first_reads(deps, HANDLER)
    assert (late.complaint, late.read_at, late.late) == (three, None, True)
    assert (read.complaint, read.read_by, read.late) == (two, "han", False)
    assert read.due_at - read.arrived_at == timedelta(hours=2), "from its arrival here, not from the day it was written"
    merit_view(deps, HANDLER, three)
    assert [one.late for one in first_reads(deps, HANDLER) if one.complaint == three] == [True], "read, but too late"


def test_an_amended_complaint_counts_from_its_first_arrival(deps: Deps, clock: FixedClock) -> None:
    _, _, three = ids(deps)
    clock.later(hours=3)
    put(deps, "complaints", Complaint(id="3", received_at=NOON, text=DANGER + "请马上联系我"))
    assert [one.late for one in first_reads(deps, HANDLER) if one.complaint == three] == [True]
