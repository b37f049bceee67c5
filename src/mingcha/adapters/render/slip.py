"""The slip of a day as one sheet of PDF/A, with its code to scan; the same slip and time give the same bytes."""

import io
import json
from datetime import datetime

from mingcha.adapters.render.plain import drawn
from mingcha.adapters.render.typeset import typeset


def slip_pdf(text: str, code: str, at: datetime) -> bytes:
    """One page of A4. `text` begins with its title; `code` is one line of ASCII."""
    import segno

    picture = io.BytesIO()
    segno.make(code, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False)
    title, *lines = drawn(text).rstrip("\n").split("\n")
    told = {"title": title, "lines": lines[1:], "code": picture.getvalue().decode()}
    return typeset("slip.typ", {"slip": json.dumps(told, ensure_ascii=False)}, at)
