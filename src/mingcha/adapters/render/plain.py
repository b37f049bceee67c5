"""Words as a paper can show them: what Word or the shipped fonts cannot hold stands as its number, 〔U+1F600〕; all else stays."""

import struct
from functools import cache
from unicodedata import category

LONGEST_TITLE = 255  # letters that Word takes as the title of a file
NO_CHARACTERS = "\ufffe\uffff"
UNSEEN = frozenset(map(ord, "\t\n\u200b\u200c\u200d\u2060\ufeff")) | frozenset(range(0xFE00, 0xFE10))  # need no glyph


def plain(text: str) -> str:
    """For a Word file, whose reader brings the fonts: control characters and what XML forbids are told by their numbers."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_told(char) if _forbidden(char) else char for char in lines)


def drawn(text: str) -> str:
    """For a PDF, which brings its fonts: what they lack is told too, since PDF/A allows no empty boxes."""
    known = _drawable()
    return "".join(char if ord(char) in known else _told(char) for char in plain(text))


def _forbidden(char: str) -> bool:
    return char not in "\t\n" and (category(char) in ("Cc", "Cs") or char in NO_CHARACTERS)


def _told(char: str) -> str:
    return f"〔U+{ord(char):04X}〕"


@cache
def _drawable() -> frozenset[int]:
    from pylopdf_fonts_zh_cn import sans_path, serif_path

    return UNSEEN.union(*(_characters(path().read_bytes()) for path in (sans_path, serif_path)))


def _characters(font: bytes) -> set[int]:
    """The characters of an OpenType font: the groups of its cmap's table of format 12, which knows all of Unicode."""
    (tables,) = struct.unpack_from(">H", font, 4)
    heads = (struct.unpack_from(">4s4xI", font, 12 + 16 * n) for n in range(tables))
    cmap = next(at for tag, at in heads if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    starts = [cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * n)[0] for n in range(count)]
    full = next(at for at in starts if struct.unpack_from(">H", font, at) == (12,))
    (groups,) = struct.unpack_from(">I", font, full + 12)
    ends = (struct.unpack_from(">II", font, full + 16 + 12 * n) for n in range(groups))
    return {code for first, last in ends for code in range(first, last + 1)}
