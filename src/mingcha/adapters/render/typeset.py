"""PDF/A-2b from a template beside this file and what it is told, fonts embedded; the same told and time give the same bytes."""

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files

from mingcha.errors import InputError
from mingcha.model.words import Words


def typeset(template: str, told: Mapping[str, str], at: datetime) -> bytes:
    """The paper; InputError for what cannot be laid out."""
    import typst
    from pylopdf_fonts_zh_cn import serif_path

    try:
        made: bytes = typst.compile(
            files("mingcha.adapters.render").joinpath(template).read_bytes(),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(serif_path().parent)]),
            format="pdf",
            sys_inputs=dict(told),
            pdf_standards="a-2b",
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError:  # what it says quotes the text, which may be personal
        raise InputError(
            where="pdf", found=template, expected=Words("可以排版的内容", "what can be laid out")
        ) from None
    return made
