"""Pictures that the tests draw themselves."""

import io
import struct
import zlib
from typing import Any

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

LINES = ("逾期协商 专业团队", "加微信 wjq80213", "先办后付 不成不收")
AT = (60, 80)
SIZE, APART = 48, 110


def poster(ground: str = "white", ink: str = "black", lines: tuple[str, ...] = LINES) -> Image.Image:
    """Lines of text below one another on a ground."""
    image = Image.new("RGB", (640, 480), ground)
    face = ImageFont.truetype(str(sans_path()), SIZE)
    for n, line in enumerate(lines):
        ImageDraw.Draw(image).text((AT[0], AT[1] + n * APART), line, font=face, fill=ink)
    return image


def code(held: str, scale: int = 6, margin: int = 40) -> Image.Image:
    """A QR code on white."""
    made = zxingcpp.create_barcode(held, zxingcpp.BarcodeFormat.QRCode)
    modules = Image.fromarray(np.array(made.to_image(scale=1, add_quiet_zones=True))).convert("RGB")
    large = modules.resize((modules.width * scale, modules.height * scale), Image.Resampling.NEAREST)
    image = Image.new("RGB", (large.width + 2 * margin, large.height + 2 * margin), "white")
    image.paste(large, (margin, margin))
    return image


def saved(image: Image.Image, format_: str = "PNG", **how: Any) -> bytes:
    """The bytes of a picture in a format."""
    out = io.BytesIO()
    image.save(out, format_, **how)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims a size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
