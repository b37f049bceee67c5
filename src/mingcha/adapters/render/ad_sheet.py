"""A platform's batch sheet as an XLSX or a CSV file: whatever a poster wrote, a cell is text and never a formula."""

import csv
import re
from collections.abc import Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no file of either kind can hold these
WIDTHS = (6, 12, 44, 22, 48, 40, 14, 20, 12, 12, 20, 26)


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """The workbook. Cells hold what was written, exactly, typed and marked as text; no link can be clicked."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("reports")
    sheet.freeze_panes = "A2"
    for column, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + column)].width = width
    for number, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet)
            cell.value = UNFIT.sub("", text)
            cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def comma_separated(rows: Sequence[Sequence[str]]) -> bytes:
    """The same for programs that read no workbook, where a cell that would be a formula begins with an apostrophe."""
    sink = StringIO(newline="")
    csv.writer(sink).writerows([_harmless(UNFIT.sub("", cell)) for cell in row] for row in rows)
    return sink.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
