"""What an image or a video holds: words, codes, hashes."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from mingcha.model.image import ImageRead
from mingcha.model.video import VideoRead


class Vision(Protocol):
    """Reads images and videos one at a time; the same bytes are read the same."""

    most_bytes: int  # of one image; larger ones are refused

    def read(self, data: bytes, name: str) -> ImageRead:
        """An image with its words, codes and hashes; UnreadableFile, naming `name`, if it is none or cannot be taken in."""

    def read_video(self, path: Path, name: str) -> VideoRead:
        """A video with what its frames show; UnreadableFile, naming `name`, if it is none or cannot be taken in."""

    def made_at(self, path: Path) -> datetime | None:
        """When a photo was taken, as its camera says, without a zone where it tells none; None where it says nothing."""
