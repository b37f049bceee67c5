"""Codes are read plain, turned, inverted, small, pale, blurred, bent and partly covered; what does not read is not guessed."""

import cv2
import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from tests.adapters.vision.pictures import code, poster

from mingcha.adapters.vision.codes import read_codes
from mingcha.adapters.vision.warp import straightened
from mingcha.model.image import CodeKind

HELD = "https://u.wechat.com/kQ3vWmade-up"


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    return np.array(image.convert("RGB"), np.uint8)


def read(image: Image.Image) -> list[str]:
    return [one.payload for one in read_codes(pixels(image))]


def test_a_code_is_read_with_its_box_and_kind() -> None:
    (found,) = read_codes(pixels(code(HELD, scale=6, margin=40)))
    assert (found.payload, found.kind, found.note) == (HELD, CodeKind.WECHAT, None)
    left, top, right, bottom = found.box
    side = code(HELD, scale=6, margin=40).width
    assert all(abs(edge - (40 + 24)) < 8 for edge in (left, top, side - right, side - bottom))


@pytest.mark.parametrize("degrees", [7, 33, 90, 180, 263])
def test_turned(degrees: int) -> None:
    assert read(code(HELD).rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white")) == [HELD]


def test_inverted() -> None:
    assert read(ImageOps.invert(code(HELD))) == [HELD]


def test_small_among_much_else() -> None:
    large = Image.new("RGB", (1400, 2000), "white")
    large.paste(code(HELD, scale=2, margin=2), (900, 1500))
    (found,) = read_codes(pixels(large))
    assert found.payload == HELD
    assert 880 <= found.box[0] < found.box[2] <= 1000


def test_pale_uneven_and_blurred() -> None:
    pale = np.array(code(HELD, scale=5).convert("L"), float) / 255 * 22 + 120
    shade = np.linspace(-60, 60, pale.shape[1])[None]
    noise = np.random.default_rng(1).normal(0, 2, pale.shape)
    assert read(Image.fromarray(np.clip(pale + shade + noise, 0, 255).astype(np.uint8))) == [HELD]
    assert read(code(HELD, scale=6).filter(ImageFilter.GaussianBlur(3.2))) == [HELD]


def test_partly_covered_by_a_logo() -> None:
    image = code(HELD, scale=8)
    middle, part = image.width // 2, 24
    ImageDraw.Draw(image).rectangle((middle - part, middle - part, middle + part, middle + part), fill="green")
    assert read(image) == [HELD]


def test_bent_like_cloth() -> None:
    flat = np.array(code(HELD, scale=6, margin=60).convert("L"))
    down, across = np.mgrid[: flat.shape[0], : flat.shape[1]].astype(np.float32)
    waves = np.sin(down / 38) * 5 + np.cos(across / 47) * 4  # pixels; a module has six
    bent = cv2.remap(flat, across + waves, down + np.sin(across / 41) * 5, cv2.INTER_LINEAR, borderValue=255)
    assert not zxingcpp.read_barcodes(bent)
    assert read(Image.fromarray(bent)) == [HELD]


def test_several_at_once_from_top_to_bottom() -> None:
    both = Image.new("RGB", (500, 900), "white")
    both.paste(code("first", scale=6), (20, 20))
    both.paste(code("second", scale=6), (120, 460))
    assert read(both) == ["first", "second"]


def test_a_code_inside_another_is_read_as_well() -> None:
    outer, inner = code(HELD * 3, scale=12, margin=0), code("in", scale=2, margin=0)
    outer.paste(inner, ((outer.width - inner.width) // 2, (outer.height - inner.height) // 2))
    assert sorted(read(outer)) == sorted([HELD * 3, "in"])


def test_the_same_code_is_told_once_however_often_it_is_seen() -> None:
    for image in (code(HELD), code(HELD).resize((90, 90)), code(HELD, scale=20)):
        assert read(image) == [HELD]


def test_where_there_is_none_none_is_found() -> None:
    assert read(poster()) == []
    assert read(Image.fromarray(np.random.default_rng(2).integers(0, 255, (300, 300, 3), np.uint8))) == []
    assert read(Image.new("RGB", (1, 1))) == []
    assert read(Image.new("RGB", (5, 900))) == []


def test_a_code_damaged_beyond_its_correction_is_not_guessed() -> None:
    image = code(HELD, scale=8)
    ImageDraw.Draw(image).rectangle((110, 110, image.width - 130, image.height - 130), fill="white")
    assert read(image) == []


def test_what_is_no_code_is_not_straightened_into_one() -> None:
    noise = np.random.default_rng(3).integers(0, 255, (200, 200), np.uint8)
    square = [(10.0, 10.0), (190.0, 10.0), (190.0, 190.0), (10.0, 190.0)]
    assert straightened(noise, square, 3) is None
    assert straightened(noise, square, 0) is None
    assert straightened(noise, square, 40) is None


@pytest.mark.parametrize(
    "held", ["javascript:alert(document.cookie)", "data:text/html,<script>1</script>", "file:///etc/passwd"]
)
def test_hostile_payloads_are_kept_as_text_and_refused(held: str) -> None:
    (found,) = read_codes(pixels(code(held)))
    assert (found.payload, found.kind) == (held, CodeKind.REFUSED)
    assert found.note is not None


def test_long_payloads_and_control_characters() -> None:
    (found,) = read_codes(pixels(code("x" * 2300, scale=4)))
    assert len(found.payload) == 2000
    assert found.note is not None
    (found,) = read_codes(pixels(code("a\x1b]0;title\x07b\nc")))
    assert found.payload == "a\\x1b]0;title\\x07b\\nc"
