"""Returns stand on the register, hold the ledger's codes, say what has none, and are a workbook in which a code is never a formula."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mingcha.actions import decide
from mingcha.actions.clock_paper import record_clock_event
from mingcha.actions.returns import returns_of
from mingcha.errors import InputError, NotPermitted
from mingcha.model.actor import Role
from mingcha.model.clock import ClockEvent, ClockEventKind
from mingcha.model.complaint import Complaint
from mingcha.model.decision import MeritVerdict
from mingcha.model.merit import Grievance
from mingcha.model.returns import By
from mingcha.testing.house import NOON, FixedClock, house, put, someone
from mingcha.wiring import returns_file

LEAD = someone(Role.SUPERVISOR, name="sup")


def test_a_month_by_its_codes(tmp_path: Path) -> None:
    clock = FixedClock()
    with house(tmp_path, memory=True, clock=clock) as deps:
        codes = [("01", "=1+1"), ("01", None), (None, "0102")]
        for n, (channel, cause) in enumerate(codes):
            filed = Complaint(
                id=str(n),
                received_at=NOON,
                text=f"第{n}件",
                channel="热线",
                licence="bank",
                channel_code=channel,
                cause_code=cause,
            )
            put(deps, "complaints", filed)
        put(
            deps, "complaints", Complaint(id="old", received_at=NOON - timedelta(days=31), text="旧", channel_code="01")
        )
        with deps.store.read() as work:
            ids = [one.id for one in work.records.scan("complaints")]
        decide.decide_merit(deps, LEAD, ids[0], MeritVerdict.UPHELD, (Grievance.PRICE,), "核算")
        clock.later(days=40)
        answered = ClockEvent(kind=ClockEventKind.ANSWERED, at=NOON + timedelta(days=3), document="答复", by="x")
        record_clock_event(deps, LEAD, ids[0], answered)
        made = returns_of(deps, LEAD, "2026-03")
        assert (made.total.received, made.total.before, made.total.answered, made.total.upheld) == (3, 1, 1, 1)
        assert (made.total.late, made.total.open, made.total.median_days) == (2, 2, 3)
        tables = {by: {line.code: line for line in lines} for by, lines in made.tables}
        assert {code: line.received for code, line in tables[By.CHANNEL].items()} == {"01": 2, "热线": 1}
        assert tables[By.CHANNEL]["01"].before == 1
        assert {code: line.received for code, line in tables[By.CAUSE].items()} == {"=1+1": 1, "": 1, "0102": 1}
        assert dict(made.uncoded) == {By.CHANNEL: 1, By.BUSINESS: 3, By.CAUSE: 1, By.REGION: 3}
        assert returns_of(deps, LEAD, "2026Q1").total.received == 4

        book = load_workbook(BytesIO(returns_file(made, "zh-CN")))
        sheet = book["cause_code"]
        assert [cell.value for cell in sheet[2]][:2] == ["代码", "受理"]
        held = {row[0].value: row for row in sheet.iter_rows(min_row=3)}
        assert held["=1+1"][0].data_type == "s"
        assert {"（未编码）", "合计"} <= set(held)
        assert held["合计"][1].value == 3
        for wrong in ("2026-13", "2027-01", "三月"):
            with pytest.raises(InputError):
                returns_of(deps, LEAD, wrong)
        with pytest.raises(NotPermitted):
            returns_of(deps, someone(Role.HANDLER, name="han"), "2026-03")
