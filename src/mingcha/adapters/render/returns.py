"""Tables of returns as an XLSX file: a sheet a table, in one language; a code is text and never a formula."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from mingcha.model.returns import BY_WORDS, COLUMN_WORDS, ReturnLine, Returns
from mingcha.model.words import Words

TOTAL, UNCODED, SHEETS = Words("合计", "total"), Words("（未编码）", "(no code)"), 31


def xlsx(made: Returns, locale: str) -> bytes:
    """The workbook; the first row of a sheet says the period, and the day the register was read."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for by, lines in made.tables:
        sheet = book.create_sheet(by.value[:SHEETS])
        sheet.append(
            [BY_WORDS[by].say(locale), made.period.name, f"{made.period.first} – {made.period.last}", f"{made.on}"]
        )
        sheet.append([words.say(locale) for words in COLUMN_WORDS.values()])
        for line in lines:
            _row(sheet, line, line.code or UNCODED.say(locale))
        _row(sheet, made.total, TOTAL.say(locale))
        for cell in (*sheet[2], *sheet[sheet.max_row]):
            cell.font = Font(bold=True)
        sheet.freeze_panes = "B3"
        sheet.column_dimensions["A"].width = 28
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _row(sheet: Worksheet, line: ReturnLine, name: str) -> None:
    sheet.append([name, *(getattr(line, column) for column in list(COLUMN_WORDS)[1:])])
    sheet.cell(sheet.max_row, 1).data_type = "s"
