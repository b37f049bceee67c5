"""A video's key frames, read like images: what is shown, when it first comes up, and how much was looked at and left out.

The container is told by its first bytes and no other is opened: playlists and scripts of cuts can name files and addresses.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "protocol_whitelist;file")

import cv2
import numpy as np
import pdqhash
from numpy.typing import NDArray

from mingcha.adapters.vision.codes import read_codes
from mingcha.adapters.vision.opening import MOST_PIXELS
from mingcha.adapters.vision.words import WordReader
from mingcha.errors import UnreadableFile
from mingcha.model.image import WHOLE_BITS, ImageCode
from mingcha.model.video import TimedLine, VideoRead, each_once
from mingcha.model.words import Words

cv2.utils.logging.setLogLevel(
    cv2.utils.logging.LOG_LEVEL_SILENT
)  # what decoders mutter about damage; the reader says it itself
MOST_BYTES = 2_000_000_000
EVERY = 500  # milliseconds between the frames that are compared
LONGEST = 5_000  # milliseconds after which a frame is read even if little changed: captions are small
MOST_SECONDS = 1_800
FASTEST = 120  # frames a second that are gone through: a file's clock may stand still
MOST_READ = 60  # frames: half a second each
SIDE = 256  # pixels a frame is compared at
CONTAINERS: tuple[tuple[int, tuple[bytes, ...]], ...] = (
    (4, (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")),  # MP4, MOV
    (0, (b"\x1aE\xdf\xa3", b"FLV\x01")),  # Matroska, WebM; FLV
    (8, (b"AVI ",)),
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame that was compared: its number, its time, and whether it differs from the last one that is to be read."""

    number: int
    at: int
    key: bool


class VideoReader:
    """Reads videos one at a time."""

    def __init__(self, words: WordReader) -> None:
        self._words = words

    def read(self, path: Path, name: str) -> VideoRead:
        """A video with what it shows; UnreadableFile, naming `name`, for what is none or cannot be taken in."""
        _check(path, name)
        frames, cut = _compared(path, name)
        keys = [frame for frame in frames if frame.key]
        chosen = _spread(keys)
        shown: list[TimedLine] = []
        codes: dict[str, tuple[ImageCode, int]] = {}
        for frame, pixels in _frames(path, name, {one.number: one for one in chosen}):
            shown += [TimedLine(line, frame.at) for line in self._words.read(pixels).text.splitlines()]
            for code in read_codes(pixels):
                codes.setdefault(code.payload, (code, frame.at))
        return VideoRead(
            name=name,
            milliseconds=frames[-1].at,
            looked_at=len(frames),
            read=len(chosen),
            shown=each_once(shown),
            codes=tuple(code for code, _ in codes.values()),
            code_times=tuple(at for _, at in codes.values()),
            notes=tuple(_notes(len(frames), len(keys), len(chosen), cut=cut)),
        )


def _check(path: Path, name: str) -> None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        most = MOST_BYTES // 1_000_000_000
        raise UnreadableFile(
            file=name, why=Words(f"视频超过 {most} GB", f"videos of more than {most} GB are not opened")
        )
    with path.open("rb") as source:
        head = source.read(16)
    if not any(head[at:].startswith(marks) for at, marks in CONTAINERS):
        raise UnreadableFile(
            file=name,
            why=Words("不是 MP4、MOV、MKV、WebM、FLV 或 AVI 视频", "no MP4, MOV, MKV, WebM, FLV or AVI video"),
        )


def _compared(path: Path, name: str) -> tuple[list[_Frame], bool]:
    """Frames every half second, and whether the video went on after the last that is looked at."""
    frames: list[_Frame] = []
    last: NDArray[np.uint8] | None = None
    read_at, cut = 0, False
    for number, at, capture in _grabbed(path, name):
        cut = at > MOST_SECONDS * 1000 or number >= MOST_SECONDS * FASTEST
        if cut:
            break
        if frames and at - frames[-1].at < EVERY:
            continue
        done, pixels = capture.retrieve()
        if not done:
            continue
        looks = _looks(pixels)
        key = last is None or at - read_at >= LONGEST or _differ(last, looks)
        if key:
            last, read_at = looks, at
        frames.append(_Frame(number, at, key))
    if not frames:
        raise UnreadableFile(file=name, why=Words("视频已损坏或没有画面", "the video is damaged or shows nothing"))
    return frames, cut


def _frames(path: Path, name: str, wanted: dict[int, _Frame]) -> Iterator[tuple[_Frame, NDArray[np.uint8]]]:
    """Some frames, upright as the file says, as red, green, blue."""
    last = max(wanted)
    for number, _, capture in _grabbed(path, name):
        if number in wanted:
            done, pixels = capture.retrieve()
            if done:
                yield wanted[number], np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.uint8)
        if number >= last:
            return


def _grabbed(path: Path, name: str) -> Iterator[tuple[int, int, Any]]:
    """Each frame's number and time, and where its pixels are to be had."""
    capture = cv2.VideoCapture(str(path.resolve()), cv2.CAP_FFMPEG)
    try:
        width, height = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
        if width * height > MOST_PIXELS:
            raise UnreadableFile(file=name, why=Words("画面过大", "its pictures are too large"))
        number = 0
        while capture.grab():
            yield number, max(0, round(capture.get(cv2.CAP_PROP_POS_MSEC))), capture
            number += 1
    except cv2.error:
        raise UnreadableFile(file=name, why=Words("视频已损坏", "the video is damaged")) from None
    finally:
        capture.release()


def _looks(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Hashes of a frame and of its upper, middle and lower third: a caption changes little of the whole."""
    small = np.ascontiguousarray(cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)[..., ::-1])
    third = SIDE // 3
    parts = (small, small[:third], small[third : 2 * third], small[2 * third :])
    return np.array([pdqhash.compute(np.ascontiguousarray(part))[0] for part in parts], np.uint8)


def _differ(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    return bool(((one != other).sum(axis=1) > WHOLE_BITS).any())


def _spread(keys: list[_Frame]) -> list[_Frame]:
    """At most so many, evenly from first to last."""
    if len(keys) <= MOST_READ:
        return keys
    return [keys[n * (len(keys) - 1) // (MOST_READ - 1)] for n in range(MOST_READ)]


def _notes(looked: int, keys: int, read: int, *, cut: bool) -> Iterator[Words]:
    yield Words(f"比较了 {looked} 帧，读取了 {read} 帧", f"{looked} frames were compared, {read} were read")
    if read < keys:
        left = keys - read
        yield Words(f"另有 {left} 帧有变化而未读取", f"{left} more that had changed were not read")
    if cut:
        most, grabbed = MOST_SECONDS // 60, MOST_SECONDS * FASTEST
        yield Words(
            f"只看了前 {most} 分钟，且不超过前 {grabbed:,} 帧",
            f"only the first {most} minutes were looked at, and {grabbed:,} frames at most",
        )
