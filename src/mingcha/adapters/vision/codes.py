"""QR codes found in a picture: cheap ways first, then those for small, pale, blurred, inverted, bent and partly covered ones.

A code counts only if its own error correction holds; none is guessed. One of whose three corner marks nothing is left is not found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from mingcha.adapters.vision.altered import Grey, altered, scaled, working_scale
from mingcha.adapters.vision.payload import judged
from mingcha.adapters.vision.warp import Corners, straightened
from mingcha.model.image import Box, ImageCode

BINARIZERS = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)
FAMILY = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode, zxingcpp.BarcodeFormat.RMQRCode]
)
ALONE = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode]
)  # on altered copies: small kinds correct too little for that
LEAST = 11  # pixels: the smallest code has as many modules a side
MOST_BENT = 4  # candidates of one picture that are straightened


@dataclass(frozen=True, slots=True)
class Seen:
    """A code, or what looks like one and does not read: its text or None, its corners in pixels, its version (0: a small kind)."""

    text: str | None
    corners: Corners
    version: int

    def box(self, scale: float = 1.0) -> Box:
        """What holds the corners, in pixels of the picture this one is `scale` times as large as."""
        across, down = [x / scale for x, _ in self.corners], [y / scale for _, y in self.corners]
        return round(min(across)), round(min(down)), round(max(across)) + 1, round(max(down)) + 1


class Found:
    """Codes read so far: what they hold and their boxes in pixels of the image; one may stand inside another."""

    def __init__(self) -> None:
        self.codes: list[tuple[str, Box]] = []

    def add(self, seen: Sequence[Seen], scale: float = 1.0) -> None:
        """Those that read, but for what was read in the same place before."""
        for one in seen:
            box = one.box(scale)
            if one.text and not any(one.text == text and _within(box, other) for text, other in self.codes):
                self.codes.append((one.text, box))

    def covers(self, one: Seen) -> bool:
        """Whether the middle of it lies in a code that was read."""
        return any(_within(one.box(), box) for _, box in self.codes)


def read_codes(pixels: NDArray[np.uint8]) -> tuple[ImageCode, ...]:
    """The codes of an image, height x width x 3 of 8 bits, from top to bottom; empty if there are none that read."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    if min(grey.shape) < LEAST:
        return ()
    found = Found()
    _as_it_is(grey, found)
    if not found.codes:
        _altered(grey, found)
    height, width = grey.shape
    made = []
    for held, (left, top, right, bottom) in sorted(found.codes, key=lambda one: (one[1][1], one[1][0])):
        payload, kind, note = judged(held)
        inside = (max(0, left), max(0, top), min(width, right), min(height, bottom))
        made.append(ImageCode(payload, kind, inside, note))
    return tuple(made)


def _as_it_is(grey: Grey, found: Found) -> None:
    """By both thresholds; then what looks like a code is straightened.

    The small kinds correct little: both thresholds must agree, and where a corner of a large one stands none is believed.
    """
    ways = [_scan(grey, binarizer, FAMILY) for binarizer in BINARIZERS]
    large = [one for way in ways for one in way if one.version]
    found.add(large)
    agreed = {one.text for one in ways[0]} & {one.text for one in ways[1]}
    small = [one for way in ways for one in way if not one.version and one.text in agreed]
    found.add([one for one in small if not any(_within(one.box(), other.box()) for other in large)])
    for one in sorted((one for one in large if one.text is None), key=lambda one: -_area(one.box()))[:MOST_BENT]:
        if not found.covers(one):
            found.add([Seen(straightened(grey, one.corners, one.version), one.corners, one.version)])


def _altered(grey: Grey, found: Found) -> None:
    """Altered copies until something reads; at last where OpenCV sees a code, by its own decoder."""
    for picture, scale in altered(grey):
        for binarizer in BINARIZERS:
            found.add(_scan(picture, binarizer, ALONE), scale)
        if found.codes:
            return
    scale = working_scale(grey)
    read, texts, corners, _ = cv2.QRCodeDetectorAruco().detectAndDecodeMulti(scaled(grey, scale))
    if read:
        found.add([Seen(text, _corners(four), 0) for text, four in zip(texts, corners, strict=True)], scale)


def _scan(grey: Grey, binarizer: zxingcpp.Binarizer, formats: zxingcpp.BarcodeFormats) -> list[Seen]:
    plain = zxingcpp.TextMode.Plain
    seen = zxingcpp.read_barcodes(grey, formats=formats, binarizer=binarizer, text_mode=plain, return_errors=True)
    return [_seen(one) for one in seen]


def _seen(one: zxingcpp.Barcode) -> Seen:
    at, told = one.position, one.extra
    version = str(told.get("Version", "")) if isinstance(told, dict) else ""  # small kinds have letters in theirs
    corners = [(float(p.x), float(p.y)) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)]
    return Seen(one.text if one.valid else None, corners, int(version) if version.isdigit() else 0)


def _corners(four: NDArray[np.float32]) -> Corners:
    return [(float(x), float(y)) for x, y in four]


def _within(box: Box, other: Box) -> bool:
    """Whether the middle of a box lies in another."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
