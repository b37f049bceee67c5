"""One image behind one door: bytes in, what was read out. Nothing leaves the machine and nothing is written."""

from mingcha.errors import NotInstalled
from mingcha.model.image import ImageRead
from mingcha.model.words import Words


class ImageReader:
    """Reads images one at a time, on `threads` threads; its models are loaded with the first image."""

    def __init__(self, threads: int = 2) -> None:
        """NotInstalled without the extra `vision`."""
        try:
            from mingcha.adapters.vision import codes, hashes, opening, words  # an extra, and a second
        except ImportError as error:
            raise NotInstalled(what=Words("读取图片", "reading images"), extra="vision") from error
        self._open, self._codes, self._hashes = opening.opened, codes.read_codes, hashes.hashes
        self._words = words.WordReader(threads)
        self.most_bytes = opening.MOST_BYTES

    def read(self, data: bytes, name: str) -> ImageRead:
        """An image with its words, codes and hashes; UnreadableFile, naming `name`, if it is none or cannot be taken in."""
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
