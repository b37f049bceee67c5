"""Transcripts as SubRip, WebVTT and text: lines with their times; what is no word is left out, what is too much refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.intake import transcript as room
from mingcha.adapters.intake.transcript import transcript
from mingcha.errors import UnreadableFile
from mingcha.model.video import TimedLine


def read(tmp_path: Path, name: str, text: str | bytes) -> list[tuple[str, int | None]]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(one.text, one.at) for one in transcript(path)]


def test_subrip(tmp_path: Path) -> None:
    made = "1\r\n00:00:01,500 --> 00:00:03,000\r\n逾期<i>不用怕</i>\r\n第二行\r\n\r\n2\r\n01:00:00,000 --> 01:00:02,000\r\n加微信\r\n"
    assert read(tmp_path, "a.srt", made) == [("逾期不用怕", 1500), ("第二行", 1500), ("加微信", 3_600_000)]
    assert read(tmp_path, "b.srt", made.encode("gb18030"))[0] == ("逾期不用怕", 1500)
    assert read(tmp_path, "c.srt", made.encode("utf-8-sig"))[0] == ("逾期不用怕", 1500)


def test_webvtt(tmp_path: Path) -> None:
    made = (
        "WEBVTT - 示例\n\nNOTE 备注 不是台词\n\nSTYLE\n::cue {}\n\ncue-1\n00:02.250 --> 00:04.000 align:start\n"
        "<v 主播>停息<00:00:03.000>挂账</v>\n\n00:99:00.000 --> x\n不算\n"
    )
    assert read(tmp_path, "a.vtt", made) == [("停息挂账", 2250)]


def test_text_tells_no_time(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", "第一句\n\n  第二  句 \n") == [("第一句", None), ("第二 句", None)]


def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.doc", "gone.srt"):
        with pytest.raises(UnreadableFile):
            transcript(tmp_path / name)
    monkeypatch.setattr(room, "LARGEST", 100)
    with pytest.raises(UnreadableFile, match="4 MB"):
        read(tmp_path, "a.srt", "x" * 101)


@given(st.text(alphabet="0:,-> \n.a<{\\}WEBVTT甲", max_size=300))
def test_any_text_gives_lines_or_nothing(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("t") / "a.vtt"
    path.write_text(text, "utf-8")
    for one in transcript(path):
        assert isinstance(one, TimedLine)
        assert one.text.strip()
