"""Images read whole: words where they were drawn, codes, hashes; offline, quiet, and the same each time."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.adapters.vision.pictures import APART, AT, LINES, SIZE, code, poster, saved

from mingcha.adapters.vision import ImageReader
from mingcha.adapters.vision.hashes import hashes
from mingcha.errors import NotInstalled, UnreadableFile
from mingcha.model.image import PARTS, ImageRead, same_poster
from mingcha.text.contacts import contacts

GUARD = """
import sys
def guard(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"outbound: {event} {arguments}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise SystemExit(f"written: {arguments[0]}")
sys.addaudithook(guard)
from pathlib import Path
from mingcha.wiring import vision
read = vision().read(Path(sys.argv[1]).read_bytes(), "poster.png")
sys.stdout.reconfigure(encoding="utf-8")
print(read.text)
"""


@pytest.fixture(scope="module")
def reader() -> ImageReader:
    return ImageReader(threads=2)


@pytest.fixture(scope="module")
def read(reader: ImageReader) -> ImageRead:
    both = poster()
    both.paste(code("https://example.com/abc", scale=3, margin=0), (500, 360))
    return reader.read(saved(both, "JPEG", quality=60), "poster.jpg")


def test_words_are_found_and_their_boxes_hold_where_they_were_drawn(read: ImageRead) -> None:
    assert (read.name, read.format, read.width, read.height, read.frames) == ("poster.jpg", "JPEG", 640, 480, 1)
    assert [line.replace(" ", "") for line in read.text.split("\n")] == [line.replace(" ", "") for line in LINES]
    for n in range(len(LINES)):
        first = AT[1] + n * APART
        start = sum(len(line) + 1 for line in read.text.split("\n")[:n])
        boxes = read.boxes(start, start + 1)
        assert len(boxes) == 1
        left, top, right, bottom = boxes[0]
        middle = (AT[0] + SIZE / 2, first + SIZE * 0.75)
        assert left <= middle[0] <= right
        assert top <= middle[1] <= bottom
        assert 0.5 * SIZE < bottom - top < 2.2 * SIZE


def test_a_handle_found_in_the_text_leads_to_its_boxes(read: ImageRead) -> None:
    (handle,) = [one for one in contacts(read.text) if one.value == "wjq80213"]
    (box,) = read.boxes(handle.start, handle.end)
    assert AT[0] + 3 * SIZE < box[0] < box[2] <= read.width
    assert AT[1] + APART - 10 < box[1] < box[3] < AT[1] + APART + 2 * SIZE


def test_spans_lie_in_the_text_in_order_and_hold_their_words(read: ImageRead) -> None:
    assert [read.text[start:end] for start, end in read.spans] == [word.text for word in read.words]
    assert list(read.spans) == sorted(read.spans)
    assert all(0 <= word.confidence <= 1_000_000 for word in read.words)
    assert all(0 <= l < r <= read.width and 0 <= t < b <= read.height for l, t, r, b in (w.box for w in read.words))  # noqa: E741 -- left, top, right, bottom
    assert read.boxes(0, len(read.text)) == tuple(word.box for word in read.words)
    assert read.boxes(3, 3) == ()


def test_codes_and_hashes_come_with_them(read: ImageRead) -> None:
    assert [one.payload for one in read.codes] == ["https://example.com/abc"]
    assert len(read.pdq) == 64
    assert len(read.phash) == 16
    assert len(read.crops) == len(PARTS)
    assert read.quality > 50


def test_the_same_bytes_are_read_the_same(reader: ImageReader) -> None:
    data = saved(poster("navy", "white"))
    assert reader.read(data, "a") == reader.read(data, "a")


def test_a_turned_poster_is_read_in_order(reader: ImageReader) -> None:
    turned = poster().rotate(-8, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    text = reader.read(saved(turned), "a").text
    assert [line.replace(" ", "") for line in text.split("\n")] == [line.replace(" ", "") for line in LINES]


def test_a_long_screenshot_is_read_to_its_end_and_nothing_twice(reader: ImageReader) -> None:
    lines = tuple(f"第{n:02d}行 wjq{n:05d}" for n in range(22))
    long = Image.new("RGB", (640, 80 + 22 * APART), "white")
    long.paste(poster(lines=lines[:4]), (0, 0))
    for n in range(4, 22, 3):
        long.paste(poster(lines=lines[n : n + 3]).crop((0, 60, 640, 60 + 3 * APART)), (0, 60 + n * APART))
    text = reader.read(saved(long), "a").text
    assert [line.replace(" ", "") for line in text.split("\n")] == [line.replace(" ", "") for line in lines]


def test_pictures_without_words_give_none(reader: ImageReader) -> None:
    for size in ((1, 1), (3, 700), (300, 200), (9000, 17), (17, 9000), (20, 32_000)):
        empty = reader.read(saved(Image.new("RGB", size, "white")), "a")
        assert (empty.text, empty.words, empty.codes) == ("", (), ())


def test_what_cannot_be_read_names_its_file(reader: ImageReader) -> None:
    with pytest.raises(UnreadableFile, match=r"holiday\.png"):
        reader.read(b"nothing", "holiday.png")


def test_nothing_is_fetched_written_or_logged(tmp_path: Path) -> None:
    source = tmp_path / "poster.png"
    source.write_bytes(saved(poster()))
    done = subprocess.run([sys.executable, "-c", GUARD, str(source)], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wjq80213" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("mingcha.adapters.vision.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    package = sys.modules["mingcha.adapters.vision"]
    monkeypatch.delattr(package, "codes", raising=False)
    with pytest.raises(NotInstalled, match=r"mingcha\[vision\]"):
        ImageReader()


def test_a_poster_posted_again_is_known_and_another_is_not(reader: ImageReader) -> None:
    def of(image: Image.Image, quality: int = 85) -> ImageRead:
        return reader.read(saved(image, "JPEG", quality=quality), "a")

    image = poster("ivory")
    image.paste(code("https://example.com/abc", scale=4, margin=0), (430, 300))
    first, copy = of(image), of(image.resize((500, 375)), 40)
    same = same_poster(first, copy)
    assert same is not None
    assert not same.parts
    under = Image.new("RGB", (620, 520), "red")
    under.paste(image.crop((10, 10, 630, 470)), (0, 60))
    again = same_poster(of(under, 40), first)
    assert again is not None
    assert again.parts
    other = poster("ivory", lines=("保单退费", "全国接单 十年经验", "扣扣 38210077"))
    assert same_poster(first, of(other)) is None


def test_hashes_of_a_symbol_have_no_parts() -> None:
    small = hashes(np.zeros((20, 20, 3), np.uint8))
    assert small.crops == ()
    assert small.quality == 0
    assert len(small.pdq) == 64
