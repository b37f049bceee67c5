"""Videos that the tests write themselves: what is shown and when, each once; playlists, damage and giants are refused by name."""

import struct
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.vision.pictures import code, poster

cv2 = pytest.importorskip("cv2")

from mingcha.adapters.vision import ImageReader, video  # noqa: E402 -- after what may be absent
from mingcha.errors import UnreadableFile  # noqa: E402

RATE = 4  # frames a second


def made(path: Path, *pictures: tuple[np.ndarray, int], size: tuple[int, int] = (640, 480)) -> Path:
    """A video of pictures, each for so many frames."""
    sink = cv2.VideoWriter(
        str(path), cv2.VideoWriter_fourcc(*("mp4v" if path.suffix == ".mp4" else "MJPG")), RATE, size
    )
    for picture, frames in pictures:
        for _ in range(frames):
            sink.write(np.ascontiguousarray(picture[..., ::-1]))
    sink.release()
    return path


def paper(*lines: str, ground: str = "white", ink: str = "black") -> np.ndarray:
    return np.array(poster(ground, ink, lines))


@pytest.fixture(scope="module")
def reader() -> ImageReader:
    return ImageReader()


@pytest.mark.parametrize("suffix", [".mp4", ".avi"])
def test_what_is_shown_when_it_comes_up_and_each_once(tmp_path: Path, reader: ImageReader, suffix: str) -> None:
    square = np.full((480, 640, 3), 255, np.uint8)
    drawn = np.array(code("javascript:alert(1)").resize((400, 400)))
    square[40:440, 120:520] = drawn
    first, second = paper("逾期协商 专业团队", "加微信 wjq80213"), paper("电话 13800138000", ground="navy", ink="white")
    clip = made(tmp_path / f"a{suffix}", (first, 6), (second, 6), (square, 4), (first, 4))
    seen = reader.read_video(clip, clip.name)
    texts = {"".join(one.text.split()): one.at for one in seen.shown}
    assert texts.keys() >= {"逾期协商专业团队", "加微信wjq80213", "电话13800138000"}
    assert (texts["加微信wjq80213"], texts["电话13800138000"]) == (0, 1500)
    assert [(one.payload, one.kind.value) for one in seen.codes] == [("javascript:alert(1)", "refused")]
    assert seen.code_times == (3000,)
    assert (seen.looked_at, seen.read) == (10, 4)
    assert "10 frames were compared, 4 were read" in seen.notes[0].en


def test_what_is_left_out_is_said(tmp_path: Path, reader: ImageReader, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(3)
    scenes = [(cv2.resize(noise.integers(0, 255, (6, 8, 3), np.uint8), (640, 480)), 2) for _ in range(8)]
    clip = made(tmp_path / "a.mp4", *scenes)
    monkeypatch.setattr(video, "MOST_READ", 3)
    monkeypatch.setattr(video, "MOST_SECONDS", 2)
    seen = reader.read_video(clip, clip.name)
    assert (seen.read, seen.looked_at) == (3, 5)
    told = " ".join(one.en for one in seen.notes)
    assert "2 more that had changed were not read" in told
    assert "only the first" in told


def test_a_file_whose_clock_stands_still_has_an_end(
    tmp_path: Path, reader: ImageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(video, "MOST_SECONDS", 1)
    clip = made(tmp_path / "a.avi", (paper("甲"), video.FASTEST + 10), size=(640, 480))
    held = bytearray(clip.read_bytes())
    stream = held.index(b"strh") + 8
    held[stream + 20 : stream + 28] = struct.pack("<II", 1, 1_000_000)  # one frame a microsecond
    clip.write_bytes(held)
    seen = reader.read_video(clip, clip.name)
    assert (seen.looked_at, seen.read) == (1, 1)
    assert "120 frames at most" in seen.notes[-1].en


def test_a_still_video_is_read_again_after_a_while_for_small_captions(tmp_path: Path, reader: ImageReader) -> None:
    seen = reader.read_video(made(tmp_path / "a.mp4", (paper("不变"), RATE * 6)), "a.mp4")
    assert seen.read == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"<?xml version='1.0'?><MPD/>",
        b"\0\0\0\x18ftypmp42" + b"x" * 2000,
        b"\x1aE\xdf\xa3" + b"\0" * 500,
    ],
)
def test_playlists_and_damage_are_refused_by_name(
    tmp_path: Path, reader: ImageReader, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"clip\.mp4"):
        reader.read_video(path, "clip.mp4")
    assert "passwd" not in capfd.readouterr().err


def test_a_video_cut_short_gives_what_it_holds_or_is_refused(tmp_path: Path, reader: ImageReader) -> None:
    whole = made(tmp_path / "a.avi", (paper("加微信 wjq80213"), 8)).read_bytes()
    path = tmp_path / "b.avi"
    path.write_bytes(whole[: len(whole) // 2])
    assert "wjq80213" in reader.read_video(path, "b.avi").text


def test_giants_are_refused(tmp_path: Path, reader: ImageReader, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = made(tmp_path / "a.mp4", (paper("甲"), 2))
    with monkeypatch.context() as patch:
        patch.setattr(video, "MOST_PIXELS", 1000)
        with pytest.raises(UnreadableFile, match="too large"):
            reader.read_video(clip, "a.mp4")
    monkeypatch.setattr(video, "MOST_BYTES", 10)
    with pytest.raises(UnreadableFile, match="GB"):
        reader.read_video(clip, "a.mp4")
