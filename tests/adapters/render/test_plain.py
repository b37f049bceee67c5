"""Whatever stands in a text, papers are made and the rest of it stays; what cannot be shown is told by its number."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.test_day_slip import SEALED

from mingcha.adapters.render import letter, sheets
from mingcha.adapters.render.plain import _drawable, drawn, plain
from mingcha.adapters.render.slip import slip_pdf
from mingcha.errors import InputError
from mingcha.evidence.day_slip import day_code, day_slip
from mingcha.model.sheet import Grid, Head, Para, Sheet

AT = datetime(2026, 3, 20, tzinfo=UTC)
ODD = ["😀", "𪛖", "\x9b", "\ufffe", "\uffff", "\x07", "\ud800", "한"]
PAPERS: dict[str, Callable[[str], bytes]] = {
    "sheet": lambda text: sheets.pdf(_sheet(text), "zh-CN", AT),
    "letter": lambda text: letter.pdf(f"{text}题\n\n一、{text}点\n{text}标：{text}文\n\n此致{text}", AT),
    "slip": lambda text: slip_pdf(day_slip(SEALED).replace("\n", f"{text}\n", 4), day_code(SEALED), AT),
}


def _sheet(text: str) -> Sheet:
    cells = (f"{text}格", "a" * 20 + text)
    grid = Grid(headings=(f"{text}栏", "值"), rows=(cells,))
    return Sheet(name="01", title=f"{text}题", foot=f"{text}脚", blocks=(Head(f"{text}头"), Para(f"{text}段"), grid))


@pytest.mark.parametrize("odd", ODD)
def test_what_no_shipped_font_has_stands_as_its_number(odd: str) -> None:
    assert drawn(f"甲{odd}乙\r\n丙\r丁") == f"甲〔U+{ord(odd):04X}〕乙\n丙\n丁"


def test_word_brings_its_own_fonts_and_keeps_what_xml_allows() -> None:
    assert plain("𪛖😀\tあ\x07\uffff\n") == "𪛖😀\tあ〔U+0007〕〔U+FFFF〕\n"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("odd", ODD)
def test_every_pdf_is_made_and_the_rest_stays(paper: str, odd: str) -> None:
    def words(data: bytes) -> str:
        out = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
        return "".join(out.replace("\u200b", "").split())

    told = f"〔U+{ord(odd):04X}〕"
    made = words(PAPERS[paper](odd))
    assert told in made
    assert made.replace(told, "") == words(PAPERS[paper](""))


@pytest.mark.parametrize("odd", [*ODD, "\x07" * 60])
def test_every_word_file_is_made_and_the_rest_stays(odd: str) -> None:
    document = Document(BytesIO(sheets.docx(_sheet(odd), "zh-CN", AT)))
    shown = plain(odd)
    assert document.sections[0].footer.paragraphs[0].text == f"{shown}脚"
    assert [one.text for one in document.paragraphs] == [f"{shown}题", f"{shown}头", f"{shown}段"]
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [f"{shown}格", "a" * 20 + shown]
    lines = [one.text for one in Document(BytesIO(letter.docx(f"{odd}题\n\n{odd}文", AT))).paragraphs]
    assert lines == [f"{shown}题", f"{shown}文"]


def test_a_font_draws_whatever_its_table_says() -> None:
    known = "".join(map(chr, sorted(_drawable() - {9, 10})))
    lot = [known[n : n + 4_000] for n in range(0, len(known), 4_000)]
    assert sheets.pdf(Sheet(name="01", title="甲", foot="", blocks=tuple(Para(one) for one in lot)), "zh-CN", AT)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_no_text_stops_a_paper(text: str) -> None:
    for paper in ("sheet", "letter"):
        assert PAPERS[paper](text).startswith(b"%PDF-")
    assert sheets.docx(_sheet(text), "zh-CN", AT)
    assert letter.docx(f"题\n\n{text}", AT)


def test_what_cannot_be_laid_out_at_all_is_an_error_of_the_trade() -> None:
    with pytest.raises(InputError):
        letter.pdf(" ", AT)
