"""Perceptual hashes: PDQ and pHash of the whole, PDQ of the parts by which a poster cut or under a banner is known again."""

from dataclasses import dataclass

import cv2
import imagehash
import numpy as np
import pdqhash
from numpy.typing import NDArray
from PIL import Image

from mingcha.model.image import PARTS

WHOLE, PART = 512, 64  # pixels a side that hashes are taken at; PDQ itself goes down to 64, and blurs what is larger
SMALL = 256  # pixels a side that parts are cut from
LEAST = 64  # pixels: what is smaller in either direction is a symbol, not a poster


@dataclass(frozen=True, slots=True)
class Hashes:
    """PDQ with its quality (0 to 100), pHash, and for each of `PARTS` three PDQ in a row; hex."""

    pdq: str
    quality: int
    phash: str
    crops: tuple[str, ...]


def hashes(pixels: NDArray[np.uint8]) -> Hashes:
    """The hashes of an image, height x width x 3 of 8 bits; without parts if it is smaller than 64 pixels a side."""
    height, width = pixels.shape[:2]
    shrunk = _scaled(pixels, min(WHOLE, width), min(WHOLE, height)) if max(width, height) > WHOLE else pixels
    bits, quality = pdqhash.compute(np.ascontiguousarray(shrunk))
    crops: tuple[str, ...] = ()
    if min(height, width) >= LEAST:
        small = _scaled(np.asarray(cv2.cvtColor(shrunk, cv2.COLOR_RGB2GRAY), np.uint8), SMALL, SMALL)
        crops = tuple(_part(small[_along(top, bottom), _along(left, right)]) for left, top, right, bottom in PARTS)
    return Hashes(_hex(bits), int(quality), str(imagehash.phash(Image.fromarray(shrunk))), crops)


def _along(first: int, last: int) -> slice:
    return slice(round(first * SMALL / 1000), round(last * SMALL / 1000))


def _part(grey: NDArray[np.uint8]) -> str:
    small = np.repeat(_scaled(grey, PART, PART)[..., None], 3, axis=2)
    return "".join(_hex(pdqhash.compute(part)[0]) for part in (small, small[: PART // 2], small[PART // 2 :]))


def _scaled(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _hex(bits: NDArray[np.uint8]) -> str:
    return np.packbits(bits).tobytes().hex()
