"""Copies of a picture in which a code may read that does not as it is: filtered, evened out, larger, smaller."""

from collections.abc import Callable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
WORKED_ON = 1_200  # pixels of the longer side that filters work on
ENLARGED = 2_400  # pixels of the longer side that nothing is enlarged beyond
SQUARE = np.ones((3, 3), np.uint8)


def scaled(grey: Grey, scale: float) -> Grey:
    """A picture `scale` times as large, averaged or interpolated."""
    if scale == 1.0:
        return grey
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    return np.asarray(cv2.resize(grey, size, interpolation=way), np.uint8)


def working_scale(grey: Grey) -> float:
    """What brings the longer side down to what filters work on; 1 if it is not longer."""
    longer: int = max(grey.shape)
    return min(1.0, WORKED_ON / longer)


def altered(grey: Grey) -> Iterator[tuple[Grey, float]]:
    """Altered copies with their scales, those first that help most for what they cost."""
    scale = working_scale(grey)
    worked = scaled(grey, scale)
    for way in WAYS:
        yield way(worked), scale
    yield scaled(grey, scale / 2), scale / 2
    for up in (2.0, 3.0):
        if max(grey.shape) * up <= ENLARGED:
            larger = scaled(grey, up)
            yield larger, up
            yield _blurred(larger, up), up
            yield _sharper(larger), up


def _blurred(grey: Grey, sigma: float = 1.5) -> Grey:
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma), np.uint8)


def _without_specks(grey: Grey) -> Grey:
    return np.asarray(cv2.medianBlur(grey, 5), np.uint8)


def _evened(grey: Grey) -> Grey:
    return np.asarray(cv2.createCLAHE(3.0, (8, 8)).apply(grey), np.uint8)


def _opened(grey: Grey) -> Grey:
    return np.asarray(cv2.morphologyEx(grey, cv2.MORPH_OPEN, SQUARE), np.uint8)


def _closed(grey: Grey) -> Grey:
    return np.asarray(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, SQUARE), np.uint8)


def _sharper(grey: Grey) -> Grey:
    return np.asarray(cv2.addWeighted(grey, 2.5, cv2.GaussianBlur(grey, (0, 0), 3), -1.5, 0), np.uint8)


def _black_or_white(grey: Grey) -> Grey:
    way, kind = cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY
    return np.asarray(cv2.adaptiveThreshold(grey, 255, way, kind, 41, 5), np.uint8)


WAYS: tuple[Callable[[Grey], Grey], ...] = (
    _blurred,
    _without_specks,
    _evened,
    _opened,
    _closed,
    _sharper,
    _black_or_white,
)
