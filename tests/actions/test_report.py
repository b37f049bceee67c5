"""The report: the nearest deadlines in the queue's own order, and letters in which nobody of ours is named."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mingcha.actions import look
from mingcha.actions.assess import assess
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.deps import Deps
from mingcha.actions.report import DEADLINES, report_data
from mingcha.actions.take_in import SourceFile, take_in
from mingcha.adapters.render.report import render_report
from mingcha.demo.town import write_town
from mingcha.model.actor import Purpose, Role
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.kinds import KINDS
from mingcha.model.party import Customer
from mingcha.model.stored import QueueFilter
from mingcha.testing.house import NOON, house, put, someone
from mingcha.wiring import intake_door

ANALYST = someone(Role.ANALYST, purpose=Purpose.INVESTIGATION)
AUDITOR = someone(Role.AUDITOR, purpose=Purpose.INSPECTION)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as opened:
        yield opened


def _file(deps: Deps, count: int) -> None:
    texts = {3: "我不想活了，利息太高"}
    filed = [
        Complaint(
            id=str(n), received_at=NOON - timedelta(days=3 * n), text=texts.get(n, f"利息太高，第{n}件"), licence="bank", channel=f"渠道{n % 2}"
        )
        for n in range(count)
    ]  # fmt: skip
    put(deps, "complaints", *filed)


def test_the_nearest_deadlines_come_in_the_order_of_the_queue(deps: Deps) -> None:
    _file(deps, 14)
    queue = look.queue(deps, someone(Role.HANDLER), QueueFilter(), None).rows
    answered = ClockEvent(kind=ClockEventKind.ANSWERED, at=NOON, document="paper", by="han")
    record_clock_event(deps, someone(Role.HANDLER), queue[1].complaint, answered)
    data = report_data(deps, ANALYST)
    waiting = [row for row in queue if row is not queue[1]]
    assert [line.complaint for line in data.nearest] == [row.complaint for row in waiting][:DEADLINES]
    assert len(data.nearest) == DEADLINES < data.open == 13
    first, second = data.nearest[:2]
    assert first.welfare
    assert not second.welfare
    assert second.days_left < 0, "received 36 days ago"
    assert (second.due, second.channel) == (waiting[1].nearest, waiting[1].channel)


def test_what_needs_repair_waits_in_the_same_order(deps: Deps) -> None:
    _file(deps, 2)
    with deps.store.write() as work:
        rows = work.desk.page(QueueFilter(), None, 9)
        work.desk.put_rows([replace(rows[0], state="needs_repair")])
    assert [line.complaint for line in report_data(deps, ANALYST).nearest] == [row.complaint for row in rows]


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_page_shows_them_and_says_when_there_are_none(deps: Deps, locale: str) -> None:
    assert "没有未办结的投诉" in render_report(report_data(deps, ANALYST), locale)
    _file(deps, 12)
    data = report_data(deps, ANALYST)
    page = render_report(data, locale)
    for line in data.nearest:
        assert line.complaint in page
        assert line.due.isoformat() in page
    assert "逾期 18 天" in page
    assert "18 d late" in page
    assert "关怀" in page
    assert "没有未办结的投诉" not in page


def test_whoever_opens_no_single_complaint_is_listed_none(deps: Deps) -> None:
    _file(deps, 2)
    data = report_data(deps, AUDITOR)
    assert (data.nearest, data.open) == ((), 2)
    assert "不查看单件投诉" in render_report(data, "zh")


def test_suspicion_has_no_place_among_the_deadlines(deps: Deps) -> None:
    _file(deps, 12)
    before = report_data(deps, ANALYST).nearest
    assess(deps, someone())
    assert report_data(deps, ANALYST).nearest == before


def test_a_copy_shows_no_value_of_the_customer_s_own_record(deps: Deps) -> None:
    letter = (
        "本人因家庭变故无力偿还，要求停止催收并减免全部利息，协商分期六十期还款，请贵司限期书面答复处理结果。"
        "现就贵司违规收费一事反映如下，要求限期退还全部手续费并书面答复。{who}多次沟通未果，住在{where}，特此投诉。"
    )
    people = [("欧阳建国", "示例镇甲号"), ("司徒静怡", "样板屯乙号"), ("诸葛明远", "虚构寨丙号")]
    put(
        deps,
        "customers",
        *(Customer(id=f"c{n}", name=who, address=where, verified=True) for n, (who, where) in enumerate(people)),
    )
    put(
        deps,
        "complaints",
        *(
            Complaint(
                id=str(n), received_at=NOON - timedelta(days=n), customer_id=f"c{n}", text=letter.format(who=who, where=where)
            )
            for n, (who, where) in enumerate(people)
        ),
    )  # fmt: skip
    assess(deps, someone())
    (card,) = report_data(deps, ANALYST).campaigns
    shown = "".join(piece.text for copy in card.copies for piece in copy)
    assert shown.count("特此投诉") == len(people)
    assert not [value for pair in people for value in pair if value in shown]


def test_no_cause_is_confirmed_more_often_than_claimed(tmp_path: Path) -> None:
    write_town(120, 3, tmp_path / "town")
    with house(tmp_path, memory=True) as deps:
        for kind in KINDS:
            door = intake_door(kind.code, tmp_path / "town" / f"{kind.code}.csv", None, "demo")
            source = SourceFile(kind=door.kind, name=kind.code, digest=door.digest, system="demo")
            take_in(deps, someone(), source, door.rows())
        assess(deps, ANALYST)
        causes = report_data(deps, ANALYST).causes
    assert causes
    assert all(0 < line.confirmed <= line.claimed for line in causes)


def test_rings_are_drawn_for_whoever_may_see_them_and_for_nobody_else(deps: Deps) -> None:
    from tests.actions.test_rings import file, paid

    file(deps, "abcd")
    paid(deps, "a")
    assess(deps, someone())
    data = report_data(deps, ANALYST)
    (ring,) = data.rings
    page = render_report(data, "zh-CN")
    assert (data.rings_of, data.rings_withheld) == (1, 0)
    assert page.count('class="net"') == 1
    assert page.count('class="who"') == len(ring.complaints) == 4
    assert all(id_ not in page.split('class="net"')[1].split("</svg>")[0] for id_ in ring.complaints)
    assert report_data(deps, someone(Role.CONSUMER_PROTECTION)).rings == ()
    both = someone(Role.ANALYST, Role.HANDLER, purpose=Purpose.INVESTIGATION)
    assert report_data(deps, both).rings == ()
    assert report_data(deps, both).rings_withheld == 1
