"""Papers that move clocks are listed with what came of them and counted by person; asking is sealed, and law 2 holds."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.actions import decide
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.moves import clock_moves, count_moves
from mingcha.actions.sealing import ACCESS
from mingcha.errors import InputError, NotPermitted
from mingcha.evidence.canonical import parse
from mingcha.model.actor import Purpose, Role
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.moves import MoveCount, PaperMoved
from mingcha.model.words import Words
from mingcha.testing.house import NOON, house, put, someone

K = ClockEventKind
HANDLER = someone(Role.HANDLER)
INSPECTOR = someone(Role.INSPECTOR, purpose=Purpose.INSPECTION)
ANALYST = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)
SUPERVISOR = someone(Role.SUPERVISOR, purpose=Purpose.INVESTIGATION)
DAY = NOON.date()


def ids_of(deps: Deps, *complaints: Complaint) -> list[str]:
    put(deps, "complaints", *complaints)
    with deps.store.read() as work:
        stored = {
            row.received_at: row.complaint
            for row in work.desk.rows([s.id for s in work.records.scan("complaints")]).values()
        }
    return [stored[one.received_at] for one in complaints if one.received_at]


def complaint(number: int, **given_: str) -> Complaint:
    at = NOON - timedelta(days=5, minutes=number)
    return Complaint(
        id=str(number), received_at=at, text=f"利息太高，第{number}件", licence="bank", channel="官方App", **given_
    )


def paper(kind: K, **given_: object) -> ClockEvent:
    return replace(ClockEvent(kind=kind, at=NOON - timedelta(days=1), document="文-1", by="li"), **given_)  # type: ignore[arg-type]


def test_each_paper_is_listed_for_each_clock_and_counted_once(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        first, both = ids_of(deps, complaint(1), complaint(2, matter="征信异议"))
        record_clock_event(deps, HANDLER, first, paper(K.FOUND_COMPLEX))
        record_clock_event(deps, HANDLER, first, paper(K.EXTENSION, by="wang"))
        record_clock_event(deps, HANDLER, both, paper(K.RESTART, new_passage="补交材料，电话13912345678"))
        record_clock_event(deps, HANDLER, both, paper(K.ANSWERED, matter="credit_record", at=NOON))
        found = clock_moves(deps, INSPECTOR, DAY - timedelta(days=3), DAY)
        told = [(one.complaint, one.title.en, one.event.kind, one.took_effect) for one in found.papers]
        assert sorted(told) == sorted([
            (first, "complaint", K.FOUND_COMPLEX, True),
            (first, "complaint", K.EXTENSION, False),
            (both, "complaint", K.RESTART, True),
            (both, "credit-record dispute", K.RESTART, True),
            (both, "credit-record dispute", K.ANSWERED, True),
        ])  # fmt: skip
        counts = {(one.kind, one.by): (one.papers, one.took_effect) for one in found.counts}
        assert counts == {
            (K.FOUND_COMPLEX, "li"): (1, 1), (K.EXTENSION, "wang"): (1, 0),
            (K.RESTART, "li"): (1, 1), (K.ANSWERED, "li"): (1, 1),
        }  # fmt: skip
        complex_ = next(one for one in found.papers if one.event.kind is K.FOUND_COMPLEX)
        assert (complex_.due_after - complex_.due_before).days == 15
        assert "13912345678" not in str(found)
        with deps.store.read() as work:
            acts = [parse(link.payload) for link in work.chains.read(ACCESS)]
        (sealed,) = [one for one in acts if one["act"] == "clock_moves"]
        assert sealed["complaints"] == sorted([first, both])


def test_a_period_holds_both_its_ends_and_nothing_else(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        (one,) = ids_of(deps, complaint(1))
        record_clock_event(deps, HANDLER, one, paper(K.FOUND_COMPLEX))
        day = DAY - timedelta(days=1)
        assert len(clock_moves(deps, INSPECTOR, day, day).papers) == 1
        assert not clock_moves(deps, INSPECTOR, DAY, DAY).papers
        assert not clock_moves(deps, INSPECTOR, day - timedelta(days=9), day - timedelta(days=1)).papers
        with pytest.raises(InputError):
            clock_moves(deps, INSPECTOR, DAY, day)
        with pytest.raises(NotPermitted):
            clock_moves(deps, HANDLER, day, DAY)


def test_whether_a_complaint_is_linked_stays_closed_until_its_merit_is_decided(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        (one,) = ids_of(deps, complaint(1))
        record_clock_event(deps, HANDLER, one, paper(K.FOUND_COMPLEX))
        period = (DAY - timedelta(days=3), DAY)
        assert [paper.suggested for paper in clock_moves(deps, ANALYST, *period).papers] == [False]
        assert [paper.suggested for paper in clock_moves(deps, SUPERVISOR, *period).papers] == [None]
        assert [count.withheld for count in clock_moves(deps, SUPERVISOR, *period).counts] == [1]
        decide.decide_merit(deps, HANDLER, one, MeritVerdict.NOT_UPHELD, (), "记录齐全，未见")
        assert [paper.suggested for paper in clock_moves(deps, SUPERVISOR, *period).papers] == [False]


def moved(number: int, kind: K, by: str, *, effect: bool, suggested: bool | None, clock: int) -> PaperMoved:
    event = ClockEvent(kind=kind, at=NOON + timedelta(minutes=number), document="d", by=by)
    return PaperMoved(
        complaint=f"C-{number % 3}", title=Words(str(clock), str(clock)), event=event, took_effect=effect,
        due_before=date(2026, 4, 1), due_after=date(2026, 4, 1), why=Words("因", "why"), suggested=suggested,
    )  # fmt: skip


PAPERS = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from([K.RESTART, K.MERGE]), st.sampled_from(["li", "wang"]), st.sampled_from([True, False, None]),
        st.lists(st.booleans(), min_size=1, max_size=2),
    ),
    max_size=9, unique_by=lambda one: (one[0], one[1], one[2]),
)  # fmt: skip


@given(PAPERS)
def test_counts_equal_a_slow_recount(papers: list[tuple[int, K, str, bool | None, list[bool]]]) -> None:
    rows = [
        moved(number, kind, by, effect=effect, suggested=suggested, clock=clock)
        for number, kind, by, suggested, effects in papers
        for clock, effect in enumerate(effects)
    ]
    slow = Counter((kind, by) for _, kind, by, _, _ in papers)
    for one in count_moves(rows, lambda by: by):
        mine = [paper for paper in papers if (paper[1], paper[2]) == (one.kind, one.by)]
        assert one == MoveCount(
            kind=one.kind, by=one.by, papers=slow.pop((one.kind, one.by)), took_effect=sum(any(p[4]) for p in mine),
            suggested=sum(p[3] is True for p in mine), withheld=sum(p[3] is None for p in mine),
        )  # fmt: skip
    assert not slow
    units = {(one.kind, one.by): one for one in count_moves(rows, lambda by: "城东" if by == "li" else "")}
    for (kind, unit), one in units.items():
        mine = [paper for paper in papers if (paper[1], paper[2] == "li") == (kind, unit == "城东")]
        assert (one.papers, one.suggested) == (len({(p[0], p[2]) for p in mine}), sum(p[3] is True for p in mine))
