"""What was read from an image: words with their boxes, codes, and hashes by which the same poster is known when it comes back.

Boxes are pixels of the image as it is shown, (left, top, right, bottom), the last two excluded. Hashes are lower-case hex.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from mingcha.model.words import Words

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ImageWord:
    """A word, or one Chinese character, where it stands; how sure its reading is in millionths."""

    text: str
    box: Box
    confidence: int


class CodeKind(StrEnum):
    """What a code leads to. The codes are stable and public."""

    URL = "url"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    CONTACT = "contact"
    TEXT = "text"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImageCode:
    """A QR code: what it holds made harmless, what that leads to, and a note where something about it must be said."""

    payload: str
    kind: CodeKind
    box: Box
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class ImageRead:
    """An image as pure code sees it; of several `frames` only the first was read.

    `text` is the lines in reading order; `spans[i]` is where `words[i]` stands in it, half-open, in code points.
    `pdq` is 256 bits with its `quality` (0 to 100), `phash` 64 bits; `crops[i]` is 768 bits: the PDQ of the part
    `PARTS[i]` of the image, then of the upper and of the lower half of that part.
    """

    name: str
    format: str
    width: int
    height: int
    frames: int
    text: str
    words: tuple[ImageWord, ...]
    spans: tuple[tuple[int, int], ...]
    codes: tuple[ImageCode, ...]
    pdq: str
    quality: int
    phash: str
    crops: tuple[str, ...] = ()
    notes: tuple[Words, ...] = ()

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes of the words that `text[start:end]` touches, in reading order; none for an empty span."""
        touched = zip(self.words, self.spans, strict=True)
        return tuple(word.box for word, (first, last) in touched if max(first, start) < min(last, end))


@dataclass(frozen=True, slots=True)
class PosterPrint:
    """The hashes of an `ImageRead` alone: what is kept of a picture to know it again."""

    pdq: str
    quality: int
    phash: str
    crops: tuple[str, ...] = ()

    def written(self) -> str:
        """As it stands in a record; `read_print` is its inverse."""
        return " ".join((self.pdq, str(self.quality), self.phash, *self.crops))


PRINT = re.compile(r"[0-9a-f]{64} (?:100|[0-9]{1,2}) [0-9a-f]{16}(?P<crops>(?: [0-9a-f]{192})*)")


def print_of(image: ImageRead) -> PosterPrint:
    """The hashes of an image."""
    return PosterPrint(image.pdq, image.quality, image.phash, image.crops)


def read_print(written: str) -> PosterPrint | None:
    """The hashes that a record holds; None for what is no such line."""
    match = PRINT.fullmatch(written)
    if match is None:
        return None
    pdq, quality, phash, *crops = written.split(" ")
    return PosterPrint(pdq, int(quality), phash, tuple(crops)) if len(crops) in (0, len(PARTS)) else None


@dataclass(frozen=True, slots=True)
class SamePoster:
    """Why two images are taken for one poster: how many bits of how many differ, and whether parts had to be compared."""

    bits: int
    of: int
    parts: bool


# thousandths left off at one side and the other
EDGES = ((0, 0), (40, 0), (0, 40), (20, 20), (80, 0), (0, 80), (40, 40), (80, 40), (40, 80))
BANNERS = (0, 17, 33, 50, 66, 83, 99, 116, 132)  # thousandths left off at the top
PARTS: tuple[Box, ...] = tuple((0, top, 1000, 1000) for top in BANNERS) + tuple(
    (left, top, 1000 - right, 1000 - bottom) for left, right in EDGES for top, bottom in EDGES
)
"""The parts of an image that `crops` holds the hashes of, in thousandths of its sides: first those without a banner on top."""

CLEAR = 50  # a PDQ of less quality says little: a nearly even picture
WHOLE_BITS = 31  # of 256: what PDQ's makers call the same picture
PART_BITS = 132  # of 768, measured by bench/posters.py


def differing(one: str, other: str) -> int:
    """How many bits of two hashes of one length in hex differ."""
    if len(one) != len(other):
        raise ValueError("hashes of one length are compared")
    return (int(one or "0", 16) ^ int(other or "0", 16)).bit_count()


def same_poster(one: ImageRead | PosterPrint, other: ImageRead | PosterPrint) -> SamePoster | None:
    """Whether two images are one poster posted again: scaled and compressed anew, cut, recoloured, or with a banner on top.

    Hashes alone decide; turned or mirrored pictures, and those nearly even, are not recognised.
    """
    if min(one.quality, other.quality) < CLEAR:
        return None
    bits = differing(one.pdq, other.pdq)
    if bits <= WHOLE_BITS:
        return SamePoster(bits, 256, parts=False)
    nearest = nearest_parts(one.crops, other.crops)
    return SamePoster(nearest, 768, parts=True) if nearest is not None and nearest <= PART_BITS else None


def nearest_parts(one: tuple[str, ...], other: tuple[str, ...]) -> int | None:
    """How few of 768 bits differ when either image may carry a banner and the other may have been cut; None without hashes."""
    if not one or not other:
        return None
    mine, others = [int(part, 16) for part in one], [int(part, 16) for part in other]
    return min(_nearest(mine, others), _nearest(others, mine))


def _nearest(under_banner: list[int], cut: list[int]) -> int:
    n = len(BANNERS)
    return min((part ^ piece).bit_count() for part in under_banner[:n] for piece in cut[n:])
