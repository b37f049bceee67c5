"""The slip of a day as one sheet of PDF/A, with its code to scan; the same slip and time give the same bytes."""

import io
import json
from datetime import datetime
from importlib.resources import files


def slip_pdf(text: str, code: str, at: datetime) -> bytes:
    """One page of A4. `text` begins with its title; `code` is one line of ASCII."""
    import segno
    import typst
    from pylopdf_fonts_zh_cn import serif_path

    drawn = io.BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
    title, *lines = text.rstrip("\n").split("\n")
    told = {"title": title, "lines": lines[1:], "code": drawn.getvalue().decode()}
    source = files("mingcha.adapters.render").joinpath("slip.typ").read_bytes()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(serif_path().parent)])
    made: bytes = typst.compile(
        source,
        font_paths=fonts,
        format="pdf",
        sys_inputs={"slip": json.dumps(told, ensure_ascii=False)},
        pdf_standards="a-2b",
        timestamp=int(at.timestamp()),
    )
    return made
