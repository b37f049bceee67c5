"""A letter as a Word file or a PDF: the lines it is made of, laid out; nothing is added to the words and nothing left out.

The first line is the title. After an empty line, "一、" or "1. " opens a point; what stands before the first colon of a line of a point
is its label; the last block is the signature. What is still to be filled in is marked.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from mingcha.adapters.render.plain import LONGEST_TITLE, drawn, plain
from mingcha.adapters.render.typeset import typeset
from mingcha.errors import UnreadableFile
from mingcha.model.answer import GAP
from mingcha.model.words import Words

POINT = re.compile(r"[一二三四五六七八九十]+、|\d+\. ")
LABEL = re.compile(r"([^：:。.“”]{1,24}(?:：|: ))(.*)", re.S)
GAPS = re.compile("(" + "|".join(re.escape(mark).replace(r"\{what\}", ".*?") for mark in (GAP.zh, GAP.en)) + ")")
SONG, YELLOW = "宋体", 7  # a font every Word in China has; Word's number of the marker


class Part(StrEnum):
    """What a line of a letter is."""

    TITLE = "title"
    POINT = "point"
    LABELLED = "labelled"
    TEXT = "text"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is, its label if it has one, and its words; `apart` from the line before."""

    part: Part
    label: str
    words: str
    apart: bool


def laid_out(letter: str) -> Iterator[Line]:
    """The lines of a letter with what each is; joined again they are the letter, but for empty lines."""
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", letter.strip()) if block.strip()]
    for n, block in enumerate(blocks):
        point = n > 0 and POINT.match(block[0]) is not None
        signed = n > 0 and n == len(blocks) - 1 and not point
        for k, line in enumerate(block):
            yield _line(line.strip(), (n, k), point=point, signed=signed)


def _line(line: str, at: tuple[int, int], *, point: bool, signed: bool) -> Line:
    apart = at[1] == 0 and at[0] > 0
    if at == (0, 0):
        return Line(Part.TITLE, "", line, apart)
    if signed:
        return Line(Part.SIGNED, "", line, apart)
    if point and at[1] == 0:
        return Line(Part.POINT, "", line, apart)
    labelled = LABEL.fullmatch(line) if point else None
    if labelled is None:
        return Line(Part.TEXT, "", line, apart)
    return Line(Part.LABELLED, labelled[1], labelled[2], apart)


def docx(letter: str, at: datetime) -> bytes:
    """The letter as a Word file in A4, made at a time."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    letter = plain(letter)
    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.8)
    normal = made.styles["Normal"]
    normal.font.size, normal.font.name = Pt(12), "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.4, Pt(0)
    for line in laid_out(letter):
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(10 if line.apart else 0)
        if line.part is Part.TITLE:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif line.part is Part.SIGNED:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_with_next = line.part in (Part.TITLE, Part.POINT)
        _run(paragraph, line.label, bold=True)
        for piece in GAPS.split(line.words):
            run = _run(paragraph, piece, bold=line.part in (Part.TITLE, Part.POINT))
            if line.part is Part.TITLE and run is not None:
                run.font.size = Pt(17)
    told = made.core_properties
    told.title, told.author = letter.strip().split("\n")[0][:LONGEST_TITLE], ""
    told.created = told.modified = at.replace(tzinfo=None)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _run(paragraph: Any, words: str, *, bold: bool) -> Any:
    if not words:
        return None
    run = paragraph.add_run(words)
    run.bold = bold
    if GAPS.fullmatch(words):
        run.font.highlight_color = YELLOW
    return run


def read(path: Path) -> str:
    """The letter in a file: text in UTF-8, or a Word file, a paragraph a line. UnreadableFile for anything else."""
    why = Words("须为 UTF-8 文本或 DOCX 文件", "text in UTF-8 or a DOCX file is needed")
    try:
        if path.suffix.lower() == ".docx":
            return _text_of_docx(path)
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, BadZipFile, KeyError, ValueError, SyntaxError):  # the last: its XML is broken
        raise UnreadableFile(file=path, why=why) from None


def _text_of_docx(path: Path) -> str:
    """An empty line stands where a paragraph stands apart."""
    from docx import Document

    lines: list[str] = []
    for paragraph in Document(BytesIO(path.read_bytes())).paragraphs:
        before = paragraph.paragraph_format.space_before
        if lines and before is not None and before.pt > 0:
            lines.append("")
        lines.append(paragraph.text)
    return "\n".join(lines)


def pdf(letter: str, at: datetime) -> bytes:
    """The letter as PDF in A4, fonts embedded; the same letter and time give the same bytes."""
    letter = drawn(letter)
    lines = [
        {"part": line.part.value, "label": line.label, "apart": line.apart, "pieces": _pieces(line.words)}
        for line in laid_out(letter)
    ]
    chinese = re.search(r"[\u4e00-\u9fff]", letter.strip().split("\n")[0]) is not None
    told = {"letter": json.dumps(lines, ensure_ascii=False), "language": "zh" if chinese else "en"}
    return typeset("letter.typ", told, at)


def _pieces(words: str) -> Sequence[dict[str, Any]]:
    return [{"words": piece, "gap": GAPS.fullmatch(piece) is not None} for piece in GAPS.split(words) if piece]
