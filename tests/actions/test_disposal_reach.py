"""Disposal reaches all of the dead and nothing of the kept: what names them only through another record, what a case or an objection holds."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions.case_house import PHONE, cheated, ring_of
from tests.actions.stores import STORES, house_on
from tests.actions.test_disposal import (
    ANN,
    AU,
    CP,
    LEO,
    LIN,
    SECRET,
    YEARS,
    about,
    agree,
    cid,
    clean,
    ended,
    fill,
    keeps,
    through,
)

from mingcha.actions.casework import open_case, work_on_case
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.disposal import batches, dispose, propose_disposal, see_batch, what_is_due
from mingcha.actions.erase import erase_customer
from mingcha.actions.exhibits import keep_exhibit
from mingcha.actions.handling import tag
from mingcha.actions.objection_door import lodge, take_back
from mingcha.actions.verify import verify
from mingcha.errors import OutOfOrder
from mingcha.model.account import Account, Ad
from mingcha.model.call import Call
from mingcha.model.case import Held, Opened, StepDone, Subject, SubjectKind
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint, PaperCheck
from mingcha.model.handling import Tagged
from mingcha.model.kinds import BY_CODE
from mingcha.model.objection import Lodged
from mingcha.model.people import Person
from mingcha.model.retention import Holding, Keeps
from mingcha.model.transcript import Turn
from mingcha.testing.house import NOON, FixedClock, house, put


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(params=STORES)
def deps(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Deps]:
    with house_on(request.param, tmp_path, clock) as opened:
        fill(opened, clock)
        yield opened


def told_through_others(deps: Deps) -> set[str]:
    """An account of c0 with a call and what was said in it, and a check of a paper filed with complaint 0: none of them names c0."""
    put(deps, "accounts", Account(id="a0", customer_id="c0"))
    put(deps, "calls", Call(id="l0", account_id="a0", called_at=NOON, number_to="13987654321"))
    put(deps, "transcripts", Turn(id="x0", call_id="l0", said_at=NOON, speaker="customer", text="王小明说的话"))
    put(deps, "issuers", PaperCheck(id="v0", attachment_id="a", issuer="某院", result="genuine"))
    named = (("a0", "accounts"), ("l0", "calls"), ("x0", "transcripts"), ("v0", "issuers"))
    return {cid(deps, id_, kind) for id_, kind in named}


def held(deps: Deps) -> set[str]:
    with deps.store.read() as work:
        return {one.id for kind in BY_CODE for one in work.records.scan(kind) if one.wrapped}


def case_on(deps: Deps, *subjects: Subject) -> str:
    return open_case(deps, ANN, Opened(title="t", playbook="ring_level_1", subjects=subjects, reason="r")).case


def test_what_names_them_only_through_an_account_a_call_or_a_paper_goes_too(deps: Deps, clock: FixedClock) -> None:
    more = told_through_others(deps)
    assert more <= held(deps)
    clock.later(days=YEARS)
    through(deps)
    assert more & held(deps) == {cid(deps, "a0", "accounts"), cid(deps, "l0", "calls"), cid(deps, "x0", "transcripts")}
    through(deps, Holding.CUSTOMER)
    assert not more & held(deps)
    clean(deps)


def test_what_a_paper_of_its_clock_quoted_goes_too(deps: Deps, clock: FixedClock) -> None:
    """A restart quotes what is new in the complaint; the desk keeps that in clear."""
    quoted = ClockEvent(
        kind=ClockEventKind.MEDIATION, at=NOON, document="调解书1", by="cp", until=NOON.date(), new_passage=SECRET,
        offered=SECRET,
    )  # fmt: skip
    for n in "02":
        record_clock_event(deps, CP, cid(deps, n), quoted)
    clock.later(days=YEARS)
    through(deps)
    with deps.store.read() as work:
        told = {
            one: (event.new_passage, event.offered)
            for one, _, event in work.desk.all_clock_events()
            if event.document == "调解书1"
        }
    assert told == {cid(deps, "0"): (None, None), cid(deps, "2"): (SECRET, SECRET)}
    clean(deps)


def test_erasing_at_their_own_wish_reaches_as_far(deps: Deps) -> None:
    more = told_through_others(deps)
    erase_customer(deps, CP, "test", "c0", "本人要求")
    assert not more & held(deps)
    clean(deps)


def test_what_an_exhibit_of_a_held_case_is_about_stays_whatever_kind_of_record_it_is(
    deps: Deps, clock: FixedClock
) -> None:
    """Law 8: the paper filed with complaint 0 is shown in a case about complaint 2; so complaint 0 and its paper stay."""
    paper = cid(deps, "a", "attachments")
    shown = keep_exhibit(deps, ANN, io.BytesIO(b"scan"), about(paper))
    case = case_on(deps, Subject(SubjectKind.COMPLAINT, cid(deps, "2")))
    work_on_case(deps, ANN, case, StepDone("freeze", (shown.id,)))
    work_on_case(deps, ANN, case, Held("诉讼"))
    clock.later(days=YEARS)
    assert [one.id for one in what_is_due(deps, LEO, Holding.COMPLAINT).due] == [cid(deps, "1")]
    through(deps)
    assert paper in held(deps)
    with deps.store.read() as work:
        assert work.exhibits.get([shown.id])[shown.id].wrapped
    clean(deps)


def test_a_customer_stays_while_a_record_of_theirs_stands_under_a_complaint_that_is_kept(
    deps: Deps, clock: FixedClock
) -> None:
    """The reply filed under complaint 0, on hold, names c1: c1 does not take it along."""
    case = case_on(deps, Subject(SubjectKind.COMPLAINT, cid(deps, "0")))
    work_on_case(deps, ANN, case, Held("诉讼"))
    with pytest.raises(OutOfOrder, match="legal hold"):
        erase_customer(deps, CP, "test", "c1", "本人要求")
    clock.later(days=YEARS)
    through(deps)
    assert cid(deps, "1") not in held(deps)
    assert not what_is_due(deps, CP, Holding.CUSTOMER).due
    assert keeps(deps, Holding.CUSTOMER)[Keeps.COMPLAINT_KEPT] == 3


def test_an_ad_that_a_ring_of_a_kept_case_is_reached_by_stays(tmp_path: Path, clock: FixedClock) -> None:
    """No correction is owed to the police because an ad of ours was too old."""
    with cheated(tmp_path, memory=True, clock=clock) as deps:
        put(deps, "ads", Ad(id="2", platform="快手", text="停息挂账", contact=PHONE, seen_at=NOON))
        case_on(deps, Subject(SubjectKind.RING, ring_of(deps)))
        clock.later(days=YEARS)
        found = what_is_due(deps, LEO, Holding.AD)
        assert (dict(found.kept), len(found.due)) == ({Keeps.OPEN_CASE: 1}, 1)


def test_what_a_waiting_objection_names_stays_until_it_is_answered(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    agree(deps, made)
    receipt, _ = lodge(deps, Lodged(cid(deps, "0"), "与我无关"))
    assert keeps(deps, Holding.COMPLAINT)[Keeps.OBJECTION] == 1
    assert Keeps.OBJECTION not in keeps(deps, Holding.COMPLAINT, CP), "it tells that somebody is named (law 2)"
    done = dispose(deps, CP, made.batch.id).batch.disposed
    assert done is not None
    assert done.gone == (cid(deps, "1"),)
    take_back(deps, receipt)
    assert [one.id for one in what_is_due(deps, CP, Holding.COMPLAINT).due] == [cid(deps, "0")]


def test_an_objection_goes_five_years_after_it_ended(deps: Deps, clock: FixedClock) -> None:
    receipt, _ = lodge(deps, Lodged("青石咨询", "与我无关", who="王小明", reach="13812345678"))
    lodge(deps, Lodged("另一名称", "仍在等待"))
    take_back(deps, receipt)
    clock.later(days=YEARS)
    assert keeps(deps, Holding.OBJECTION) == {Keeps.OBJECTION: 1, Keeps.NOT_BEGUN: 1}
    done = through(deps, Holding.OBJECTION).batch.disposed
    assert done is not None
    assert len(done.gone) == 1
    with deps.store.read() as work:
        acts = list(work.books.all_acts("objections"))
        assert [one.of in done.gone for one in acts if not one.wrapped] == [True] * done.acts
        assert not [one for one in acts if one.wrapped and one.of in done.gone]
    assert not [one for one in verify(deps, AU) if one.broken_at is not None]


def test_what_was_done_to_the_handling_since_is_a_change(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    agree(deps, made)
    tag(deps, CP, cid(deps, "0"), Tagged("待复核"))
    done = dispose(deps, CP, made.batch.id).batch.disposed
    assert done is not None
    assert [(one.id, one.why) for one in done.dropped] == [(cid(deps, "0"), Keeps.CHANGED)]


def test_a_reason_is_masked_wherever_it_is_shown(deps: Deps, clock: FixedClock) -> None:
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "王小明 13812345678 已销户")
    for one in (made.batch, see_batch(deps, LEO, made.batch.id).batch, *batches(deps, AU)):
        assert one.proposed is not None
        assert "13812345678" not in one.proposed.reason


def test_a_complaint_that_names_them_is_listed_to_nobody_who_is_named(deps: Deps, clock: FixedClock) -> None:
    """Neither as due, nor as what comes next, nor in a batch."""
    named = Person(
        name="lin", roles=("legal",), reports_to=None, password=None, failures=0, locked_until=None, disabled=False,
        known_as=("第0封",),
    )  # fmt: skip
    with deps.store.write() as work:
        work.accounts.put(named)
    found = what_is_due(deps, LIN, Holding.COMPLAINT)
    assert ([one.id for one in found.coming], found.named) == ([cid(deps, "1")], 1)
    clock.later(days=YEARS)
    made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
    for one in (see_batch(deps, LIN, made.batch.id), *(one for one in batches(deps, LIN))):
        assert cid(deps, "0") not in repr(one)


def test_a_batch_takes_no_more_statements_however_much_is_in_it(tmp_path: Path) -> None:
    """But for what was decided on each complaint, which the store gives one at a time."""

    def statements(count: int) -> int:
        clock = FixedClock()
        with house(tmp_path / str(count), clock=clock) as deps:
            put(deps, "complaints", *(answered(n) for n in range(count)))
            clock.later(days=10)
            for n in range(count):
                record_clock_event(deps, CP, cid(deps, f"n{n}"), ended(0))
            clock.later(days=YEARS)
            before = deps.store.statements  # type: ignore[attr-defined]
            made = propose_disposal(deps, CP, Holding.COMPLAINT, "期满")
            taken = int(deps.store.statements - before)  # type: ignore[attr-defined]
            assert made.batch.proposed is not None
            assert len(made.batch.proposed.listed) == count
            return taken

    (tmp_path / "2").mkdir()
    (tmp_path / "22").mkdir()
    assert statements(22) - statements(2) <= 20


def answered(n: int) -> Complaint:
    return Complaint(id=f"n{n}", received_at=NOON, text=f"第{n}封", licence="bank")
