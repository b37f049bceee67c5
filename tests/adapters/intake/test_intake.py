"""Intake: any table in any encoding reads back; every data row is accounted for; complaints are never only rejects."""

import csv
import gzip
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingcha.adapters.intake.door import open_door, safe
from mingcha.adapters.intake.values import Reading, Unfit, parse
from mingcha.errors import InputError, UnreadableFile
from mingcha.model.intake import Reject, Row
from mingcha.model.kinds import BY_CODE
from mingcha.model.record import Column

SHANGHAI = ZoneInfo("Asia/Shanghai")
MAP = '[source]\ntimezone = "Asia/Shanghai"\n[columns]\nid = "号"\ntext = "文"\nreceived_at = "时"\n'


def table(rows: list[list[str]], encoding: str = "utf-8") -> bytes:
    sink = io.StringIO(newline="")
    csv.writer(sink).writerows(rows)
    return sink.getvalue().encode(encoding, "surrogatepass" if "utf" in encoding else "strict")


def read(path: Path, kind: str = "complaints", mapping: str | None = None) -> list[Row | Reject]:
    chosen = None
    if mapping is not None:
        chosen = path.with_name("map.toml")
        chosen.write_text(mapping, encoding="utf-8")
    return list(open_door(kind, path, chosen, "test").rows())


CELLS = st.text(
    st.characters(codec="gb18030", exclude_characters="\0\r\ufeff", exclude_categories=("Cs",)), min_size=2, max_size=20
).filter(lambda t: len(t.strip()) > 2)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(CELLS, min_size=1, max_size=8), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]), st.booleans()
)
def test_any_table_reads_back(tmp_path: Path, texts: list[str], encoding: str, packed: bool) -> None:
    data = table([["id", "text"], *([f"n{i}", text] for i, text in enumerate(texts))], encoding)
    path = tmp_path / ("t.csv.gz" if packed else "t.csv")
    path.write_bytes(gzip.compress(data) if packed else data)
    rows = read(path)
    assert [row.record.text for row in rows if isinstance(row, Row)] == texts
    assert [row.source_id for row in rows if isinstance(row, Row)] == [f"n{i}" for i in range(len(texts))]


STYLES = [
    "2026-03-05 08:30",
    "2026/3/5 8:30",
    "20260305 08:30",
    "2026年3月5日 8时30分",
    "2026.03.05 08:30:00",
    "2026-03-05T08:30:00+08:00",
    "2026-03-05 00:30:00Z",
]


@pytest.mark.parametrize("style", STYLES)
def test_date_styles_are_one_moment(style: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table([["号", "文", "时"], ["1", "投诉内容", style]]))
    (row,) = read(path, mapping=MAP)
    assert isinstance(row, Row)
    assert row.record.received_at == datetime(2026, 3, 5, 8, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize("style", ["05/03/2026", "昨天", "2026-13-01", "2026-02-30 10:00", "99999999999"])
def test_what_is_no_certain_date_keeps_the_complaint_for_repair(style: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table([["号", "文", "时"], ["1", "投诉内容", style]]))
    (row,) = read(path, mapping=MAP)
    assert isinstance(row, Row)
    assert row.needs_repair
    assert style[:8] in row.warnings[0].zh


def test_a_naive_time_needs_a_zone(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table([["id", "text", "received_at"], ["1", "投诉内容", "2026-03-05 08:30"]]))
    (row,) = read(path)
    assert isinstance(row, Row)
    assert "时区" in row.warnings[0].zh


@pytest.mark.parametrize("at", ["0001-01-01 00:00+14:00", "9999-12-31 23:59:59z"])
def test_a_time_that_cannot_be_one_is_told_with_its_row(tmp_path: Path, at: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(
        table([["id", "text", "received_at"], ["1", "投诉内容", at], ["2", "投诉内容", "2026-03-05T08:30+08:00"]])
    )
    first, second = read(path)
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert first.record.received_at is None
    assert first.warnings
    assert (second.record.received_at is not None, second.warnings) == (True, ())


def test_chinese_labels_are_taken_without_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table([["投诉编号", "投诉内容", "无关列"], ["1", "利息太高", "x"]]))
    (row,) = read(path)
    assert isinstance(row, Row)
    assert row.record.text == "利息太高"


def test_other_kinds_reject_with_line_column_value_and_expectation(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(
        table(
            [
                ["id", "called_at", "callee"],
                ["1", "2026-03-05 08:30+08:00", "customer"],
                ["2", "某天", "customer"],
                ["3", "2026-03-05 08:30+08:00", "neighbour"],
            ]
        )
    )
    good, time, choice = read(path, "calls")
    assert isinstance(good, Row)
    assert isinstance(time, Reject)
    assert (time.number, time.column, time.value) == (3, "called_at", "某天")
    assert isinstance(choice, Reject)
    assert "customer / contact / unknown" in choice.expected.en


def test_rejects_are_mended_and_imported_again(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(table([["id", "called_at"], ["1", "某天"], ["2", "2026-03-05 08:30+08:00"]]))
    door = open_door("calls", path, None, "test")
    with door.reject_file(tmp_path / "bad.csv") as bad:
        for row in door.rows():
            if isinstance(row, Reject):
                bad.add(row)
    text = (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
    assert "_expected" in text
    (tmp_path / "mended.csv").write_text(text.replace("某天", "2026-03-06 09:00+08:00"), encoding="utf-8")
    (mended,) = read(tmp_path / "mended.csv", "calls")
    assert isinstance(mended, Row)
    assert mended.source_id == "1"


def test_jsonl_and_xlsx(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(
        json.dumps({"id": 1, "text": "利息太高", "filer_role": "self"}, ensure_ascii=False) + "\n{broken\n",
        encoding="utf-8",
    )
    good, torn = read(tmp_path / "t.jsonl")
    assert isinstance(good, Row) and good.source_id == "1"
    assert isinstance(torn, Row) and torn.needs_repair
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["id", "text", "received_at"])
    book.active.append([7, "利息太高", datetime(2026, 3, 5, 8, 30)])  # noqa: DTZ001 -- spreadsheets hold naive times
    book.save(tmp_path / "t.xlsx")
    (row,) = read(
        tmp_path / "t.xlsx",
        mapping='[source]\ntimezone = "Asia/Shanghai"\n[columns]\nid = "id"\ntext = "text"\nreceived_at = "received_at"\n',
    )
    assert isinstance(row, Row)
    assert row.record.received_at == datetime(2026, 3, 5, 8, 30, tzinfo=SHANGHAI)


WRONG_MAPPINGS = [
    '[columns]\nnonsense = "x"\n',
    "[sauce]\n",
    '[source]\ntimezone = "Mars/Base"\n',
    "not toml =",
    '[columns]\ntext = "没有这列"\n',
    '[values.oops]\na = "b"\n',
]


@pytest.mark.parametrize("mapping", WRONG_MAPPINGS)
def test_a_wrong_mapping_is_named(mapping: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table([["id", "text"], ["1", "利息太高"]]))
    with pytest.raises((InputError, UnreadableFile)):
        read(path, mapping=mapping)


def _column(kind: str, name: str) -> Column:
    return next(column for column in BY_CODE[kind].columns if column.name == name)


VALUES: list[tuple[str, str, str, Any]] = [
    ("accounts", "principal", "1,234.56", 123456), ("accounts", "principal", "￥5万", 5_000_000), ("accounts", "principal", "１００元", 10_000), ("accounts", "disclosed_rate", "24%", 240_000),
    ("accounts", "disclosed_rate", "0.24", 240_000), ("customers", "verified", "是", True), ("customers", "verified", "否", False), ("customers", "birth_year", "1990", 1990),
    ("customers", "relations", "a;b、c", ("a", "b", "c")), ("complaints", "filer_role", "SELF", "self"), ("accounts", "schedule", "2024-02-01:940.00", ((datetime(2024, 2, 1).date(), 94_000),)),  # noqa: DTZ001 -- a date
    ("customers", "phone", "+86 138 1234 5678", "+86 138 1234 5678"), ("customers", "name", "", None),
    ("ads", "place", "直播间", "live_room"), ("ads", "place", "Private_Reply", "private_reply"), ("ads", "place", "Code of a group", "group_code"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "text", "value"), VALUES)
def test_values(kind: str, name: str, text: str, value: Any) -> None:
    assert parse(_column(kind, name), text, Reading()) == value


BAD = [
    ("accounts", "principal", "很多"),
    ("accounts", "principal", "1.234"),
    ("accounts", "disclosed_rate", "两成"),
    ("accounts", "disclosed_rate", "2400"),
    ("customers", "verified", "也许"),
    ("customers", "birth_year", "-1"),
    ("customers", "phone", "12"),
    ("customers", "id_number", "110105199001011234"),
    ("accounts", "schedule", "940"),
    ("accounts", "fees", "guarantee:940"),
    ("ads", "place", "某处"),
]


@pytest.mark.parametrize(("kind", "name", "text"), BAD)
def test_what_does_not_fit_says_what_was_expected(kind: str, name: str, text: str) -> None:
    with pytest.raises(Unfit) as told:
        parse(_column(kind, name), text, Reading())
    assert told.value.expected.zh
    assert told.value.expected.en


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＠SUM"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell).startswith("'")
    assert safe("利息=高") == "利息=高"
