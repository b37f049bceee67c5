"""Words of an image with their boxes, by PP-OCRv6 inside rapidocr: two models that lie in its package, no network, no log."""

import logging
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray

from mingcha.adapters.vision.lines import FoundText, Line, Piece, in_reading_order, one_each

MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
LOOKED_AT = 960  # pixels of the longer side that lines are looked for at; they are read at full size
LEAST = 16  # pixels: nothing is written in less
TALL = 2.0  # times its width: what is taller is read in pieces, for it would be shrunk until nothing reads
MOST_PIECES = 30  # of one image
THIN = 40  # times its shorter side: a longer piece is a line, and the models' own scaling fails on it
OVERLAP = 0.15  # of a piece's width, at its upper and lower edge


class WordReader:
    """Reads words on `threads` threads; the models are loaded with the first image and kept."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._engine: Any = None

    def read(self, pixels: NDArray[np.uint8]) -> FoundText:
        """The words of an image, height x width x 3 of 8 bits (red, green, blue), in reading order."""
        pieces = list(_pieces(*pixels.shape[:2]))
        lines = [line for top, bottom in pieces for line in self._lines(pixels, top, bottom)]
        return in_reading_order(one_each(lines) if len(pieces) > 1 else lines, pixels.shape[1], pixels.shape[0])

    def _lines(self, pixels: NDArray[np.uint8], top: int, bottom: int) -> Iterator[Line]:
        part = pixels[top:bottom]
        if min(part.shape[:2]) < LEAST or max(part.shape[:2]) > THIN * min(part.shape[:2]):
            return
        if self._engine is None:
            self._engine = _engine(self._threads)
        read = self._engine(np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2BGR)), return_word_box=True)
        if read.boxes is None or read.txts is None:
            return
        pieces = read.word_results if len(read.word_results) == len(read.txts) else [()] * len(read.txts)
        for box, text, score, parts in zip(read.boxes, read.txts, read.scores, pieces, strict=True):
            corners = tuple((float(x), float(y) + top) for x, y in box)
            yield Line(text, float(score), corners, tuple(_piece(part, top) for part in parts if part[2] is not None))


def _piece(part: Sequence[Any], top: int) -> Piece:
    text, score, corners = part
    return Piece(text, float(score), tuple((float(x), float(y) + top) for x, y in corners))


def _pieces(height: int, width: int) -> Iterator[tuple[int, int]]:
    """Upper and lower edges of what is read at a time: all, or pieces of a tall image that overlap."""
    if height <= TALL * width:
        yield 0, height
        return
    high, overlap = max(round(TALL * width), height // MOST_PIECES), round(OVERLAP * width)
    top = 0
    while top + high < height:
        yield top, top + high
        top += high - overlap
    yield max(0, height - high), height


def _engine(threads: int) -> Any:
    """The models from where they were installed; given by path, so that none is ever fetched."""
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    models = files("rapidocr") / "models"
    given: dict[str, object] = {f"{part}.model_path": str(models / name) for part, name in MODELS.items()}
    given |= {f"EngineConfig.onnxruntime.{which}_op_num_threads": n for which, n in (("intra", threads), ("inter", 1))}
    given |= {"Det.limit_type": "max", "Det.limit_side_len": LOOKED_AT}
    made: Any = rapidocr.RapidOCR
    return made(params={"Global.log_level": "critical", **given})
