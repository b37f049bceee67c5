"""One image or video behind one door: bytes in, what was read out. Nothing leaves the machine and nothing is written."""

from datetime import datetime
from pathlib import Path
from threading import Lock

from mingcha.errors import NotInstalled
from mingcha.model.image import ImageRead
from mingcha.model.video import VideoRead
from mingcha.model.words import Words


class ImageReader:
    """Reads images and videos one at a time, on `threads` threads; its models are loaded with the first of them."""

    def __init__(self, threads: int = 2) -> None:
        """NotInstalled without the extra `vision`."""
        try:
            from mingcha.adapters.vision import codes, hashes, opening, video, words  # an extra, and a second
        except ImportError as error:
            raise NotInstalled(what=Words("读取图片", "reading images"), extra="vision") from error
        self._open, self._codes, self._hashes = opening.opened, codes.read_codes, hashes.hashes
        self._made_at = opening.made_at
        self._words = words.WordReader(threads)
        self._videos = video.VideoReader(self._words)
        self._one = Lock()  # the models keep their place in an image
        self.most_bytes = opening.MOST_BYTES

    def read(self, data: bytes, name: str) -> ImageRead:
        """An image with its words, codes and hashes; UnreadableFile, naming `name`, if it is none or cannot be taken in."""
        with self._one:
            return self._read(data, name)

    def read_video(self, path: Path, name: str) -> VideoRead:
        """A video with what its frames show; UnreadableFile, naming `name`, if it is none or cannot be taken in."""
        with self._one:
            return self._videos.read(path, name)

    def made_at(self, path: Path) -> datetime | None:
        """When a photo was taken, as its camera says; None where it says nothing."""
        return self._made_at(path)

    def _read(self, data: bytes, name: str) -> ImageRead:
        image = self._open(data, name)
        found = self._words.read(image.pixels)
        hashed = self._hashes(image.pixels)
        return ImageRead(
            name=name,
            format=image.format,
            width=image.pixels.shape[1],
            height=image.pixels.shape[0],
            frames=image.frames,
            text=found.text,
            words=found.words,
            spans=found.spans,
            codes=self._codes(image.pixels),
            pdq=hashed.pdq,
            quality=hashed.quality,
            phash=hashed.phash,
            crops=hashed.crops,
            notes=image.notes,
        )
