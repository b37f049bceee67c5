"""A video read: lines once each, passages with their times."""

import pytest

from mingcha.model.found import Form, form_of
from mingcha.model.image import PARTS, PosterPrint, read_print
from mingcha.model.video import TimedLine, VideoRead, clock, each_once


def test_a_passage_knows_when_it_is_said_or_shown() -> None:
    shown = each_once(
        [TimedLine("加微信 a1", 0), TimedLine("加微信a1", 500), TimedLine(" ", 700), TimedLine("不成不收", 61_250)]
    )
    assert [one.at for one in shown] == [0, 61_250]
    video = VideoRead(name="v", milliseconds=70_000, looked_at=9, read=2, shown=shown)
    video = video.with_transcript((TimedLine("逾期别怕", 1500), TimedLine("没有时间", None)))
    assert video.text == "逾期别怕\n没有时间\n加微信 a1\n不成不收"
    for quote, at in (("逾期", "00:00:01.500"), ("没有", "-"), ("a1", "00:00:00.000"), ("不收", "00:01:01.250")):
        start = video.text.index(quote)
        assert video.times(start, start + len(quote)) == (at,)
    assert video.times(0, len(video.text)) == tuple(clock(line.at) for line in video.lines)
    assert video.times(3, 3) == ()
    assert clock(3_600_000 * 27) == "27:00:00.000"


@pytest.mark.parametrize("crops", [0, len(PARTS)])
def test_a_print_is_read_as_it_was_written(crops: int) -> None:
    made = PosterPrint("ab" * 32, 100, "01" * 8, ("cd" * 96,) * crops)
    assert read_print(made.written()) == made


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "ab" * 32,
        f"{'ab' * 32} 101 {'01' * 8}",
        f"{'AB' * 32} 50 {'01' * 8}",
        f"{'ab' * 32} 50 {'01' * 8} {'cd' * 96}",
    ],
)
def test_what_is_no_print_is_none(written: str) -> None:
    assert read_print(written) is None


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.PNG", Form.PICTURE),
        ("a.b.warc.gz", Form.CAPTURE),
        ("a.csv.gz", Form.TABLE),
        ("x.HTM", Form.PAGE),
        ("noend", None),
    ],
)
def test_a_file_is_what_its_name_says(name: str, form: Form | None) -> None:
    assert form_of(name) is form
