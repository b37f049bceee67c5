"""Batch sheets: whatever a poster wrote, no cell of either file is a formula, and the workbook says it exactly."""

import csv
from io import BytesIO, StringIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mingcha.adapters.render.ad_sheet import FORMULA, UNFIT, comma_separated, xlsx

CELLS = st.text(st.one_of(st.sampled_from("=+-@\t\r\n|!' 抖1"), st.characters()), max_size=30)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5)


@given(ROWS)
def test_cells_of_a_workbook_are_text_as_it_was_written(rows: list[tuple[str, ...]]) -> None:
    sheet = load_workbook(BytesIO(xlsx(rows))).worksheets[0]
    assert sheet.max_row == len(rows)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            assert cell.data_type in ("s", "inlineStr")
            assert (cell.quotePrefix, cell.number_format, cell.hyperlink) == (True, "@", None)
            assert (cell.value or "").split() == UNFIT.sub("", text).split()


@given(ROWS)
def test_no_cell_of_a_csv_begins_as_a_formula(rows: list[tuple[str, ...]]) -> None:
    read = list(csv.reader(StringIO(comma_separated(rows).decode("utf-8-sig"), newline="")))
    assert len(read) == len(rows)
    for row, written in zip(read, rows, strict=True):
        for cell, text in zip(row, written, strict=True):
            assert not cell.lstrip(" ").startswith(FORMULA)
            assert cell in (UNFIT.sub("", text), "'" + UNFIT.sub("", text))


def test_an_account_that_looks_like_a_formula_is_still_that_account() -> None:
    account = '=HYPERLINK("http://x","y")'
    assert load_workbook(BytesIO(xlsx([[account]]))).worksheets[0]["A1"].value == account
    assert comma_separated([["=dy1"]]) == b"\xef\xbb\xbf'=dy1\r\n"
