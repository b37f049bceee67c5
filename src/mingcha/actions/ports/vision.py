"""What an image holds: words, codes, hashes."""

from typing import Protocol

from mingcha.model.image import ImageRead


class Vision(Protocol):
    """Reads images one at a time; the same bytes are read the same."""

    most_bytes: int  # of one image; larger ones are refused

    def read(self, data: bytes, name: str) -> ImageRead:
        """An image with its words, codes and hashes; UnreadableFile, naming `name`, if it is none or cannot be taken in."""
