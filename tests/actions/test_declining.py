"""Papers asked for, and complaints left unhandled: on the measures' one ground, after asking, and never where records bear it out."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.actions import decide
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.declining import WAITED, ask_papers, decline, lacks
from mingcha.actions.deps import Deps
from mingcha.actions.reasons import reason_of
from mingcha.actions.verify import verify
from mingcha.demo.site import SITE
from mingcha.errors import InputError, NotFound, NotPermitted, OutOfOrder
from mingcha.model.account import Account
from mingcha.model.actor import Purpose, Role
from mingcha.model.call import Call, Coverage
from mingcha.model.clock import OWN_VERB, ClockEvent, ClockEventKind
from mingcha.model.complaint import FILER_ROLES, Attachment, Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.materials import OF_AGENTS, SPEAKS_FOR_ANOTHER, Material
from mingcha.model.party import Authorisation, Callback, Customer, Representative
from mingcha.standards.answers import parse_institution
from mingcha.testing.house import NOON, FixedClock, house, put, someone

HEAD = someone(Role.SUPERVISOR, name="su")
HANDLER = someone(Role.HANDLER, name="han")
INSPECTOR = someone(Role.INSPECTOR, name="in", purpose=Purpose.INSPECTION)
PHONE = "13912345678"
UNTIL = date(2026, 3, 25)
AGENT = Complaint(
    id="1", received_at=NOON, text="我代客户王小明投诉你们的服务态度。", licence="bank", customer_id="c1",
    filer_role="agent", filer_phone=PHONE,
)  # fmt: skip


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def deps(tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    with house(tmp_path, memory=True, clock=clock) as opened:
        named = replace(opened.standards, institution=parse_institution("site", tomllib.loads(SITE)["institution"]))
        deps = replace(opened, standards=named)
        put(deps, "customers", Customer(id="c1", name="王小明", phone="13812345678"))
        put(deps, "accounts", Account(id="a1", customer_id="c1"))
        yield deps


def filed(deps: Deps, **changed: Any) -> str:
    put(deps, "complaints", replace(AGENT, **changed))
    with deps.store.read() as work:
        (stored,) = work.records.scan("complaints")
        return stored.id


def asked(deps: Deps, clock: FixedClock, id_: str) -> None:
    """The authority was asked for, and its time is over."""
    ask_papers(deps, HANDLER, id_, [Material.AUTHORISATION], UNTIL, record=True)
    clock.later(days=WAITED + 1)


def must(deps: Deps, id_: str) -> str:
    return "; ".join(one.en for one in lacks(deps, HEAD, id_).must_handle)


def test_the_authority_is_asked_for_and_the_clock_runs_on(deps: Deps) -> None:
    id_ = filed(deps)
    before = lacks(deps, HEAD, id_)
    assert must(deps, id_) == "the authority has not been asked for"
    assert before.until == UNTIL
    seen = ask_papers(deps, HANDLER, id_, [Material.AUTHORISATION, Material.AUTHORISATION], record=False)
    with deps.store.read() as work:
        assert work.desk.clock_events([id_]) == {}
    made = ask_papers(deps, HANDLER, id_, [Material.AUTHORISATION], UNTIL, record=True)
    assert made.letter == seen.letter
    assert made.letter.zh.count("授权委托书原件") == 1
    assert "2026-03-25" in made.letter.zh and "2026-03-25" in made.letter.en
    assert made.clock is not None and made.clock.ended_on is None
    assert made.clock.due == made.clock.first_due
    assert [move.took_effect for move in made.clock.moves] == [True]
    assert must(deps, id_) == "the authority is waited for until 2026-03-25"


def test_what_stays_away_is_left_unhandled_and_whoever_filed_is_told(deps: Deps, clock: FixedClock) -> None:
    id_ = filed(deps)
    asked(deps, clock, id_)
    assert must(deps, id_) == ""
    seen = decline(deps, HEAD, id_, record=False)
    assert seen.clock is None
    made = decline(deps, HEAD, id_, record=True)
    assert made.clock is not None and made.clock.ended_on == date(2026, 3, 26)
    with deps.store.read() as work:
        assert work.desk.rows([id_])[id_].state == "not_handled"
        paper = work.desk.clock_events([id_])[id_][-1]
        assert paper.kind is ClockEventKind.NOT_HANDLED and paper.notified_at == clock.at
        (kept,) = work.reasons.get([paper.document or ""]).values()
        assert reason_of(deps.keys, kept) == f"{made.letter.zh}\n\n{made.letter.en}"
    for said in (made.letter.zh, made.letter.en):
        assert "王小明" not in said and PHONE not in said and "〔" not in said
        assert "2026-03-20" in said and "2026-03-25" in said
    assert all(one.broken_at is None for one in verify(deps, INSPECTOR))
    with pytest.raises(OutOfOrder):
        decline(deps, HEAD, id_, record=True)  # it has ended


def test_what_else_the_filing_is_about_keeps_its_clock(deps: Deps, clock: FixedClock) -> None:
    """The ground is of the complaint measures: a dispute of a credit record is answered under its own rule."""
    id_ = filed(deps, matter="信用记录有误")
    asked(deps, clock, id_)
    made = decline(deps, HEAD, id_, record=True).clock
    assert made is not None
    assert made.ended_on == date(2026, 3, 26)
    assert [one.ended_on for one in made.further] == [None]
    with deps.store.read() as work:
        assert work.desk.rows([id_])[id_].state == "open"


def test_with_the_authority_it_goes_on_at_the_old_date_however_late(deps: Deps, clock: FixedClock) -> None:
    id_ = filed(deps)
    asked(deps, clock, id_)
    decline(deps, HEAD, id_, record=True)
    clock.later(days=40)
    back = ClockEvent(kind=ClockEventKind.REVIVAL, at=clock.at, document="W-1", by="su")
    state = record_clock_event(deps, HEAD, id_, back)
    assert state.ended_on is None
    assert state.due == date(2026, 4, 4)
    with deps.store.read() as work:
        assert work.desk.rows([id_])[id_].state == "open"
    again = record_clock_event(deps, HEAD, id_, replace(back, document="W-2", at=clock.at + timedelta(minutes=1)))
    assert [move.took_effect for move in again.moves] == [True, True, True, False]


@pytest.mark.parametrize("role", FILER_ROLES)
def test_only_whoever_speaks_for_another_can_be_left_unhandled(deps: Deps, clock: FixedClock, role: str) -> None:
    id_ = filed(deps, filer_role="agent")
    asked(deps, clock, id_)
    put(deps, "complaints", replace(AGENT, filer_role=role))
    assert "asked for" not in must(deps, id_)
    if role in SPEAKS_FOR_ANOTHER:
        assert decline(deps, HEAD, id_, record=True).clock is not None
        return
    with pytest.raises(OutOfOrder, match="not on record" if role == "unknown" else "stands for the consumer by law"):
        decline(deps, HEAD, id_, record=True)


NIGHT, LIT = (  # 23:00 and 11:00 in China
    Call(
        id=f"l{hour}",
        customer_id="c1",
        account_id="a1",
        called_at=NOON.replace(day=10, hour=hour),
        agency="甲",
        connected=True,
    )
    for hour in (15, 3)
)
COVERED = Coverage(id="g1", record_kind="calls", agency="甲", from_on=date(2025, 1, 1), to_on=date(2026, 12, 1))
SPOKE = [
    ("authorisations", Authorisation(id="w1", complaint_id="1", customer_id="c1"), "an authority is on record"),
    ("representatives", Representative(id="r1", phone=PHONE, customer_id="c1", verified=True), "an authority"),
    ("callbacks", Callback(id="b1", complaint_id="1", customer_id="c1", aware="yes"), "stands by the complaint"),
]


@pytest.mark.parametrize(("kind", "record", "why"), SPOKE)
def test_an_authority_that_came_is_seen_though_nothing_was_assessed_anew(
    deps: Deps, clock: FixedClock, kind: str, record: Any, why: str
) -> None:
    id_ = filed(deps)
    asked(deps, clock, id_)
    put(deps, kind, record)
    with pytest.raises(OutOfOrder, match=why):
        decline(deps, HEAD, id_, record=True)


def test_what_our_own_records_bear_out_is_answered_whoever_filed_it(deps: Deps, clock: FixedClock) -> None:
    id_ = filed(deps, text="催收半夜给王小明打电话，请停止。")
    asked(deps, clock, id_)
    put(deps, "calls", LIT, NIGHT)
    put(deps, "coverage", COVERED)
    with pytest.raises(OutOfOrder, match="the records bear out, if in part: calls at night"):
        decline(deps, HEAD, id_, record=True)


@pytest.mark.parametrize("shown", [("calls", "coverage"), ("calls",), ("coverage",), ()])
def test_records_the_institution_withholds_never_open_the_way(
    deps: Deps, clock: FixedClock, shown: tuple[str, ...]
) -> None:
    """What we do not show is held against nobody: a log without its coverage, or with nothing in it, answers no claim."""
    id_ = filed(deps, text="催收半夜给王小明打电话，请停止。")
    asked(deps, clock, id_)
    for kind, record in (("calls", NIGHT), ("coverage", COVERED)):
        if kind in shown:
            put(deps, kind, record)
    assert must(deps, id_) != ""


def test_a_whole_log_without_such_a_call_answers_the_claim(deps: Deps, clock: FixedClock) -> None:
    id_ = filed(deps, text="催收半夜给王小明打电话，请停止。")
    asked(deps, clock, id_)
    put(deps, "calls", LIT)
    put(deps, "coverage", COVERED)
    assert must(deps, id_) == ""


def test_whoever_may_be_in_danger_is_heard(deps: Deps, clock: FixedClock) -> None:
    id_ = filed(deps, filer_role="relative", text="我弟弟王小明说不想活了，请你们别再催了。")
    asked(deps, clock, id_)
    with pytest.raises(OutOfOrder, match="somebody may be in danger"):
        decline(deps, HEAD, id_, record=True)


def test_a_complaint_whose_merit_is_decided_is_answered(deps: Deps, clock: FixedClock) -> None:
    id_ = filed(deps)
    asked(deps, clock, id_)
    decide.decide_merit(deps, HEAD, id_, MeritVerdict.NOT_UPHELD, (), "查无")
    with pytest.raises(OutOfOrder, match="merit is decided"):
        decline(deps, HEAD, id_, record=True)


def test_asking_for_something_else_is_not_asking_for_the_authority(deps: Deps, clock: FixedClock) -> None:
    id_ = filed(deps)
    ask_papers(deps, HANDLER, id_, [Material.AGENT_IDENTITY], UNTIL, record=True)
    clock.later(days=WAITED + 1)
    with pytest.raises(OutOfOrder, match="has not been asked for"):
        decline(deps, HEAD, id_, record=True)


@pytest.mark.parametrize(
    ("material", "changed", "held"),
    [
        (Material.CONTACT, {}, ()),
        (Material.AGENT_CONTACT, {}, ()),
        (Material.FACTS, {}, ()),
        (Material.AUTHORISATION, {"filer_role": "self"}, ()),
        (Material.AGENT_IDENTITY, {"filer_role": None}, ()),
        (Material.IDENTITY, {}, (("attachments", Attachment(id="p1", complaint_id="1", paper_kind="identity")),)),
        (
            Material.AUTHORISATION,
            {},
            (("authorisations", Authorisation(id="w1", complaint_id="1", original_seen=True)),),
        ),
        (Material.AGENT_IDENTITY, {}, (("representatives", Representative(id="r1", phone=PHONE, verified=True)),)),
    ],
)
def test_what_the_institution_holds_cannot_be_asked_for(
    deps: Deps, material: Material, changed: dict[str, Any], held: tuple[tuple[str, Any], ...]
) -> None:
    id_ = filed(deps, **changed)
    for kind, record in held:
        put(deps, kind, record)
    (one,) = (one for one in lacks(deps, HANDLER, id_).materials if one.material is material)
    assert one.why_not is not None
    with pytest.raises(InputError, match=material.value):
        ask_papers(deps, HANDLER, id_, [Material.SIGNATURE, material], UNTIL, record=True)
    with deps.store.read() as work:
        assert work.desk.clock_events([id_]) == {}


def test_a_copy_of_an_authority_does_not_stand_in_for_the_original(deps: Deps) -> None:
    id_ = filed(deps)
    put(deps, "authorisations", Authorisation(id="w1", complaint_id="1", original_seen=False))
    assert ask_papers(deps, HANDLER, id_, [Material.AUTHORISATION], UNTIL, record=True).clock is not None


def test_papers_are_waited_for_long_enough_and_something_is_asked_for(deps: Deps) -> None:
    id_ = filed(deps)
    with pytest.raises(InputError, match="2026-03-25 or later"):
        ask_papers(deps, HANDLER, id_, [Material.SIGNATURE], UNTIL - timedelta(days=1), record=False)
    with pytest.raises(InputError, match="at least one"):
        ask_papers(deps, HANDLER, id_, [], UNTIL, record=False)
    with pytest.raises(NotFound):
        lacks(deps, HANDLER, "C-NOBODY")


def test_letters_with_gaps_are_seen_and_not_recorded(deps: Deps) -> None:
    bare = replace(
        deps, standards=replace(deps.standards, institution=parse_institution("s", {"countersigned_by": "x"}))
    )
    id_ = filed(bare)
    assert "〔待填：机构名称〕" in ask_papers(bare, HANDLER, id_, [Material.SIGNATURE], UNTIL, record=False).letter.zh
    with pytest.raises(OutOfOrder, match="gaps"):
        ask_papers(bare, HANDLER, id_, [Material.SIGNATURE], UNTIL, record=True)


def test_a_handler_asks_and_does_not_leave_unhandled(deps: Deps, clock: FixedClock) -> None:
    id_ = filed(deps)
    asked(deps, clock, id_)
    with pytest.raises(NotPermitted):
        decline(deps, HANDLER, id_, record=False)


@pytest.mark.parametrize("kind", OWN_VERB)
def test_neither_is_recorded_as_a_mere_paper(deps: Deps, kind: ClockEventKind) -> None:
    id_ = filed(deps)
    paper = ClockEvent(kind=kind, at=NOON, document="d", by="su", notified_at=NOON, until=UNTIL, asked="authorisation")
    with pytest.raises(InputError, match=kind.value):
        record_clock_event(deps, HEAD, id_, paper)


@given(role=st.sampled_from([*FILER_ROLES, None]))
def test_nobody_who_may_complain_is_asked_for_an_authority(role: str | None, tmp_path_factory: Any) -> None:
    with house(tmp_path_factory.mktemp("h"), memory=True) as deps:
        id_ = filed(deps, filer_role=role, customer_id=None)
        free = {one.material for one in lacks(deps, HANDLER, id_).materials if one.why_not is None}
        assert (Material.AUTHORISATION in free) == (role in SPEAKS_FOR_ANOTHER)
        assert role in SPEAKS_FOR_ANOTHER or not free & set(OF_AGENTS)
