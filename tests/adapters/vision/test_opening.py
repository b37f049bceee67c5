"""What may be opened: limits before decoding, every kind brought to upright RGB of 8 bits, and whatever was changed is told."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.adapters.vision.pictures import png_claiming, poster, saved

from mingcha.adapters.vision import opening
from mingcha.adapters.vision.opening import made_at, opened
from mingcha.errors import UnreadableFile
from mingcha.model.image import Box

RED: Box = (10, 10, 30, 20)


def marked(mode: str = "RGB") -> Image.Image:
    """White, 80 x 40, with a red oblong near the upper left corner."""
    image = Image.new("RGB", (80, 40), "white")
    image.paste((220, 20, 20), RED)
    return image.convert(mode)


def told(data: bytes) -> str:
    return " ".join(note.en for note in opened(data, "x").notes)


@pytest.mark.parametrize("size", [(60_000, 60_000), (30_000, 3_000), (2_000_000, 30), (32_001, 1)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableFile) as refused:
        opened(png_claiming(*size), "bomb.png")
    assert "bomb.png" in str(refused.value)
    assert "million pixels" in refused.value.say("en")
    assert "百万像素" in refused.value.say("zh")


def test_too_many_bytes_are_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 1_000_000)
    with pytest.raises(UnreadableFile, match="1 MB"):
        opened(saved(marked()) + b"\0" * 1_000_000, "x.png")


def test_a_giant_is_not_decoded_for_when_it_was_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = marked()
    exif = image.getexif()
    exif.get_ifd(opening.CAMERA)[opening.TAKEN] = "2026:03:01 10:00:00"
    path = tmp_path / "a.png"
    path.write_bytes(saved(image, exif=exif.tobytes()))
    assert str(made_at(path)) == "2026-03-01 10:00:00"
    exif.get_ifd(opening.CAMERA)[opening.TAKEN] = "0001:01:01 00:00:00"
    (tmp_path / "b.png").write_bytes(saved(image, exif=exif.tobytes()))
    assert made_at(tmp_path / "b.png") is None
    for limit, most in (("MOST_BYTES", 10), ("MOST_PIXELS", 80 * 40 - 1), ("MOST_SIDE", 79)):
        with monkeypatch.context() as patch:
            patch.setattr(opening, limit, most)
            assert made_at(path) is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02 not a picture", "no JPEG"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        (b"%PDF-1.7 ...", "no JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "no JPEG"),
        (b"GIF89a", "no JPEG"),
    ],
)
def test_what_is_no_image_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        opened(data, "x")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"])
def test_an_image_cut_short_is_refused(format_: str) -> None:
    data = saved(poster(), format_)
    with pytest.raises(UnreadableFile, match="damaged"):
        opened(data[: len(data) // 2], "x")


@settings(max_examples=60, deadline=None)
@given(
    at=st.integers(0, 4000), byte=st.integers(0, 255), format_=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF"])
)
def test_a_damaged_image_is_read_or_refused_never_anything_else(at: int, byte: int, format_: str) -> None:
    data = bytearray(saved(marked(), format_))
    data[at % len(data)] = byte
    try:
        image = opened(bytes(data), "x")
    except UnreadableFile:
        return
    assert image.pixels.dtype == np.uint8
    assert image.pixels.shape[2] == 3


@pytest.mark.parametrize(
    ("mode", "format_"),
    [("CMYK", "JPEG"), ("CMYK", "TIFF"), ("P", "PNG"), ("P", "GIF"), ("RGBA", "PNG"), ("RGB", "WEBP"), ("LAB", "TIFF")],
)
def test_every_way_of_writing_colours_comes_out_as_red_on_white(mode: str, format_: str) -> None:
    source = marked("CMYK") if mode == "CMYK" else marked().convert(mode) if mode != "LAB" else _lab()
    pixels = opened(saved(source, format_), "x").pixels.astype(int)
    red, white = pixels[15, 20], pixels[35, 70]
    assert pixels.shape == (40, 80, 3)
    assert red[0] > 150
    assert max(red[1], red[2]) < 110
    assert white.min() > 230


def _lab() -> Image.Image:
    from PIL import ImageCms

    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    turned = ImageCms.profileToProfile(marked(), srgb, lab, outputMode="LAB")
    assert isinstance(turned, Image.Image)
    return turned


def test_printing_colours_are_told() -> None:
    assert "CMYK" in told(saved(marked("CMYK"), "JPEG"))
    assert told(saved(marked())) == ""


def test_sixteen_bits_are_reduced_to_eight() -> None:
    deep = Image.fromarray((np.arange(64 * 64, dtype=np.uint16) * 16).reshape(64, 64))
    image = opened(saved(deep), "x")
    assert abs(int(image.pixels[32, 0, 0]) - 32 * 64 * 16 // 256) <= 1
    assert "16 bits" in told(saved(deep))
    floating = Image.fromarray(np.linspace(-1, 1, 4096, dtype=np.float32).reshape(64, 64))
    assert opened(saved(floating, "TIFF"), "x").pixels[-1, -1, 0] == 255


@pytest.mark.parametrize(("ink", "ground"), [("black", 255), ("white", 0)])
def test_what_is_transparent_gets_a_ground_on_which_the_drawn_shows(ink: str, ground: int) -> None:
    image = Image.new("RGBA", (80, 40), (0, 0, 0, 0))
    image.paste(ink, (10, 10, 30, 20))
    data = saved(image)
    pixels = opened(data, "x").pixels
    assert pixels[35, 70].tolist() == [ground] * 3
    assert pixels[15, 20].tolist() != pixels[35, 70].tolist()
    assert "transparent" in told(data)


def test_a_photo_held_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[opening.ORIENTATION] = 6  # the camera was turned: shown after a quarter turn to the right
    lying = marked().transpose(Image.Transpose.ROTATE_90)
    image = opened(saved(lying, "JPEG", exif=exif, quality=95), "x")
    assert image.pixels.shape == (40, 80, 3)
    assert image.pixels[15, 20].astype(int)[0] - image.pixels[15, 20].astype(int)[1] > 100
    assert "upright" in " ".join(note.en for note in image.notes)


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_several_frames_the_first_is_read_and_that_is_told(format_: str) -> None:
    others = [Image.new("RGB", (80, 40), "blue"), Image.new("RGB", (80, 40), "green")]
    image = opened(saved(marked(), format_, save_all=True, append_images=others), "x")
    assert image.frames == 3
    assert image.pixels[15, 20].astype(int)[0] > 180
    assert image.format == format_
    assert "3 frames" in image.notes[0].en
    assert "3 帧" in image.notes[0].zh


def test_a_single_pixel_is_an_image() -> None:
    assert opened(saved(Image.new("L", (1, 1))), "x").pixels.shape == (1, 1, 3)


def test_nothing_is_written_and_the_bytes_stay_as_they_are() -> None:
    data = saved(marked())
    before = bytes(data)
    opened(data, "x")
    assert io.BytesIO(data).getvalue() == before
