"""Papers of a pack as PDF/A and as Word files: laid out, signed at the foot of every sheet; nothing added, nothing left out, but that
what is drawn stands in the PDF alone: a Word file has the table beside it.

The same paper and time give the same bytes.
"""

import io
import json
import re
import zipfile
from datetime import datetime
from typing import Any

from mingcha.adapters.render.plain import LONGEST_TITLE, drawn, plain
from mingcha.adapters.render.typeset import typeset
from mingcha.model.sheet import Block, Figure, Grid, Head, Sheet
from mingcha.model.words import Words

NOTHING = Words("（无）", "(none)")
SONG = "宋体"
DENSE = 10  # columns; a table with more is set small and close
SMALL = 6.5  # points, of such a table in a Word file
BOX = 1.2  # cm, of a box to be signed in
BREAKS = 12  # letters of one word after which a cell may break: digests and addresses have no spaces


def pdf(sheet: Sheet, locale: str, at: datetime) -> bytes:
    """The paper as PDF/A-2b in A4."""
    told = {
        "title": drawn(sheet.title),
        "foot": drawn(sheet.foot),
        "boxes": [drawn(one) for one in sheet.boxes],
        "wide": _wide(sheet),
        "language": "zh" if locale.startswith("zh") else "en",
        "nothing": NOTHING.say(locale),
        "blocks": [_plain(block) for block in sheet.blocks],
    }
    return typeset("sheet.typ", {"sheet": json.dumps(told, ensure_ascii=False)}, at)


def docx(sheet: Sheet, locale: str, at: datetime) -> bytes:
    """The paper as a Word file, to be edited."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Emu, Pt

    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    if _wide(sheet):
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(2)
    page.footer.paragraphs[0].text = plain(sheet.foot)
    if sheet.boxes:
        width = Emu(page.page_width - page.left_margin - page.right_margin)
        boxes = page.footer.add_table(1, len(sheet.boxes), width)
        boxes.style = made.styles["Table Grid"]
        boxes.rows[0].height = Cm(BOX)
        for cell, text in zip(boxes.rows[0].cells, sheet.boxes, strict=True):
            cell.text = plain(text)
    normal = made.styles["Normal"]
    normal.font.size, normal.font.name = Pt(9 if _wide(sheet) else 11), "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    title = made.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(plain(sheet.title))
    run.bold, run.font.size = True, Pt(16)
    for block in sheet.blocks:
        _add(made, block, NOTHING.say(locale))
    told = made.core_properties
    told.title, told.author = plain(sheet.title)[:LONGEST_TITLE], ""
    told.created = told.modified = at.replace(tzinfo=None)
    out = io.BytesIO()
    made.save(out)
    return _dateless(out.getvalue())


def _add(made: Any, block: Block, nothing: str) -> None:
    from docx.shared import Pt

    if isinstance(block, Figure):
        return
    if isinstance(block, Grid):
        table = made.add_table(rows=1, cols=len(block.headings), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, block.headings, strict=True):
            cell.paragraphs[0].add_run(plain(text)).bold = True
        for row in block.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = plain(text)
        if _dense(block):
            for run in (run for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs):
                run.font.size = Pt(SMALL)
        if not block.rows:
            made.add_paragraph(nothing)
        return
    made.add_paragraph().add_run(plain(block.text)).bold = isinstance(block, Head)


def _dateless(data: bytes) -> bytes:
    """A Word file whose parts carry no time of their own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(held.namelist()):
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), held.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _wide(sheet: Sheet) -> bool:
    return any(isinstance(block, Grid) and block.wide for block in sheet.blocks)


def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Figure):
        left, right = [_broken(one) for one in block.left], [_broken(one) for one in block.right]
        return {"kind": "figure", "left": left, "right": right, "lines": [list(one) for one in block.lines]}
    if not isinstance(block, Grid):
        return {"kind": "head" if isinstance(block, Head) else "para", "text": drawn(block.text)}
    rows = [[_broken(cell) for cell in row] for row in block.rows]
    headings = [drawn(one) for one in block.headings]
    return {"kind": "grid", "headings": headings, "rows": rows, "widths": _widths(block), "dense": _dense(block)}


def _dense(block: Grid) -> bool:
    return len(block.headings) > DENSE


def _widths(block: Grid) -> list[int]:
    """A column is as wide as what it holds asks, within reason, and never narrower than what cannot be broken."""
    most, least = (18, 3) if _dense(block) else (30, 6)
    columns = zip(block.headings, *([_broken(cell) for cell in row] for row in block.rows), strict=True)
    return [
        max(
            least, min(most, max(map(_length, column))), 2 + max(_length(run) for cell in column for run in _runs(cell))
        )
        for column in columns
    ]


def _runs(cell: str) -> list[str]:
    """Stretches of a cell that stay on one line."""
    return re.findall(r"[\x21-\x7e]+|[^\s]", cell) or [""]


def _length(cell: str) -> int:
    return sum(2 if ord(char) > 0x2E80 else 1 for char in cell)


def _broken(cell: str) -> str:
    """Long words may break anywhere after a few letters: a zero-width space stands where they may."""
    out, run = [], 0
    for char in drawn(cell):
        run = run + 1 if char.isascii() and not char.isspace() else 0
        out.append(char)
        if run == BREAKS:
            out.append("\u200b")
            run = 0
    return "".join(out)
