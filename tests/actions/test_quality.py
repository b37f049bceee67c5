"""Parity counts what became of complaints, is sealed by every run, and is open to nobody who only handles."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingcha.actions import decide
from mingcha.actions.assess import assess
from mingcha.actions.cases import Facts, case_of
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.quality import parity_figures
from mingcha.actions.sealing import DECISIONS
from mingcha.errors import NotPermitted
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Purpose, Role
from mingcha.model.assessment import Label
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.party import Customer
from mingcha.model.payment import Waiver
from mingcha.model.quality import Outcome
from mingcha.model.stored import DeskRow
from mingcha.testing.house import NOON, FixedClock, house, put, someone

ANALYST = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)


def _sealed(deps: Deps) -> list[dict[str, object]]:
    with deps.store.read() as work:
        payloads = [parse(link.payload) for link in work.chains.read(DECISIONS)]
    return [one for one in payloads if one["act"] == "parity"]


def _only_row(deps: Deps) -> DeskRow:
    """The desk's row of one complaint just taken in."""
    put(deps, "complaints", Complaint(id="1", received_at=NOON, text="利息太高", licence="bank"))
    with deps.store.read() as work:
        (stored,) = work.records.scan("complaints")
        return work.desk.rows([stored.id])[stored.id]


def test_every_run_and_every_asking_seals_the_figures(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(
            deps,
            "complaints",
            *(Complaint(id=str(n), received_at=NOON, text=f"第{n}件", licence="bank") for n in range(3)),
        )
        assess(deps, ANALYST)
        (first,) = _sealed(deps)
        assert (first["linked"], first["others"], first["on"]) == (0, 3, "2026-03-20")
        figures = parity_figures(deps, ANALYST)
        assert [one["digest"] for one in _sealed(deps)] == [first["digest"]] * 2
        assert (figures.linked, figures.others) == (0, 3)


def test_what_became_of_complaints_is_counted(tmp_path: Path) -> None:
    clock = FixedClock()
    with house(tmp_path, memory=True, clock=clock) as deps:
        put(deps, "customers", Customer(id="c1", birth_year=1990))
        put(
            deps,
            "complaints",
            *(
                Complaint(
                    id=str(n), received_at=NOON, text=f"利息太高，第{n}件", licence="bank", product="卡", region="华东",
                    customer_id="c1", filer_role="relative" if n == 0 else "self",
                )
                for n in range(12)
            ),
        )  # fmt: skip
        assess(deps, ANALYST)
        with deps.store.read() as work:
            ids = [stored.id for stored in work.records.scan("complaints")]
        for n, id_ in enumerate(ids):
            verdict = MeritVerdict.NOT_UPHELD if n < 5 else MeritVerdict.PARTLY
            made = decide.decide_merit(deps, someone(), id_, verdict, (), "核查")
            if n == 11:
                decide.undo(deps, someone(), id_, made.id, "更正")
        clock.later(days=14)
        papers = (
            (ClockEventKind.ANSWERED, ids[1]),
            (ClockEventKind.WITHDRAWAL, ids[2]),
            (ClockEventKind.MERGE, ids[3]),
            (ClockEventKind.WITHDRAWAL, ids[4]),
            (ClockEventKind.REVIVAL, ids[4]),
        )
        for kind, id_ in papers:
            paper = ClockEvent(
                kind=kind,
                at=deps.now(),
                document="d",
                by="x",
                contacted_first_by="consumer",
                channel="电话",
                offered="无",
            )
            record_clock_event(deps, someone(), id_, paper)
        clock.later(days=30)
        figures = parity_figures(deps, ANALYST)
        gaps = {gap.outcome: gap.others for gap in figures.gaps}
        assert {o: (s.hits, s.of) for o, s in gaps.items() if s is not None} == {
            Outcome.RELIEF: (6, 11),
            Outcome.REFUSED: (5, 11),
            Outcome.REVERSED: (1, 12),
            Outcome.WITHDRAWN: (1, 12),
            Outcome.NOT_HANDLED: (0, 12),
            Outcome.REPEATED: (1, 12),
            Outcome.LATE: (10, 11),
        }
        assert dict(figures.by)["age"][0].value == "20-39"
        assert {line.value: line.cases for line in dict(figures.by)["assisted"]} == {"yes": 1, "no": 11}


def test_a_withdrawal_that_was_taken_back_is_none_any_more(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        row = _only_row(deps)
        facts = Facts(Complaint(id=row.complaint), None, (), None, 0)
        back = ClockEvent(kind=ClockEventKind.REVIVAL, at=NOON, document="d", by="x")
        gone = replace(back, kind=ClockEventKind.WITHDRAWAL)
        unhandled = replace(back, kind=ClockEventKind.NOT_HANDLED)
        for state, papers, revived in (
            ("open", (gone, back), True),
            ("withdrawn", (gone, back), False),
            ("open", (gone, replace(back, document=None)), False),
            ("open", (unhandled, back), False),  # what was left unhandled was never withdrawn
        ):
            case = case_of(facts, replace(row, state=state), (), papers, date(2026, 5, 1))
            assert (case.revived, case.withdrawn) == (revived, state == "withdrawn")


def test_what_is_left_unhandled_is_counted_and_is_neither_withdrawn_nor_late(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        row = _only_row(deps)
        facts = Facts(Complaint(id=row.complaint), None, (), None, 0)
        told = ClockEvent(kind=ClockEventKind.NOT_HANDLED, at=NOON, document="d", by="x", notified_at=NOON)
        case = case_of(facts, replace(row, state="not_handled"), (), (told,), date(2026, 5, 1))
        assert (case.not_handled, case.withdrawn, case.late, case.days) == (True, False, False, None)
        assert case_of(facts, row, (), (), date(2026, 5, 1)).late


def test_an_answer_on_the_last_day_and_a_linked_label_are_seen(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        row = _only_row(deps)
        facts = Facts(Complaint(id=row.complaint), None, (), Label.LINKED.value, 0)
        for days, last in ((12, False), (14, True), (15, True)):
            paper = ClockEvent(kind=ClockEventKind.ANSWERED, at=NOON + timedelta(days=days), document="d", by="x")
            case = case_of(facts, replace(row, state="answered"), (), (paper,), date(2026, 5, 1))
            assert (case.days, case.last_days, case.late, case.linked) == (days, last, False, True)


@pytest.mark.parametrize(
    "actor", [someone(Role.HANDLER), someone(Role.SUPERVISOR), someone(Role.ADMIN, purpose=Purpose.ADMINISTRATION)]
)
def test_who_handles_does_not_see_parity(tmp_path: Path, actor: object) -> None:
    with house(tmp_path, memory=True) as deps, pytest.raises(NotPermitted):
        parity_figures(deps, actor)  # type: ignore[arg-type] -- reason: parametrised


def test_what_was_given_back_or_waived_for_a_complaint_is_the_amount_of_its_relief(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        filed = [
            Complaint(id=str(n), received_at=NOON, text=f"第{n}件，利息太高", licence="bank", customer_id=f"c{n}")
            for n in range(12)
        ]
        put(deps, "complaints", *filed)
        day = NOON.date()
        given = [
            Waiver(id=f"w{n}", customer_id=f"c{n}", complaint_id=str(n), promise="refund", promised_on=day, amount=100 * (n + 1), done_on=day if n else None)
            for n in range(12)
        ]  # fmt: skip
        put(
            deps,
            "waivers",
            *given,
            Waiver(id="x", customer_id="c1", promise="refund", promised_on=day, amount=999_900, done_on=day),
        )
        with deps.store.read() as work:
            ids = [one.id for one in work.records.scan("complaints")]
        for id_ in ids:
            decide.decide_merit(deps, someone(Role.HANDLER, name="han"), id_, MeritVerdict.UPHELD, (), "核算")
        assess(deps, someone())
        linked, others = parity_figures(deps, someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)).relief
        assert (linked.cases, linked.amounts, others.cases) == (0, None, 12)
        assert others.amounts is not None
        assert (others.amounts.of, others.amounts.value) == (11, 700), (
            "promises not kept, and those for no complaint, give nothing"
        )
        digests = [one["digest"] for one in _sealed(deps)]
        assert len(set(digests)) == 1, "what a run seals is what whoever asks is told"
