"""Lines as a reader of characters finds them, put in reading order and cut into words that know their boxes and their places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, sin
from statistics import median

from mingcha.model.image import Box, ImageWord

Corners = tuple[tuple[float, float], ...]
WORD = re.compile(
    r"[^\W\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+(?:[._@/:?=&#~+%-]+[a-zA-Z0-9_]+)*|\S", re.ASCII
)
MILLION = 1_000_000
LEVEL = 0.5  # of its height that a line may lie higher or lower than its neighbour
NEAR = 2.5  # heights that may lie between two pieces of one line


@dataclass(frozen=True, slots=True)
class Piece:
    """A character or several that were read together."""

    text: str
    score: float
    corners: Corners


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, how sure it is (0 to 1), its four corners from top left clockwise in pixels, its pieces."""

    text: str
    score: float
    corners: Corners
    pieces: tuple[Piece, ...]

    @property
    def middle(self) -> tuple[float, float]:
        return sum(x for x, _ in self.corners) / 4, sum(y for _, y in self.corners) / 4

    @property
    def height(self) -> float:
        (x, y), (to_x, to_y) = self.corners[0], self.corners[3]
        return max(1.0, hypot(to_x - x, to_y - y))

    @property
    def width(self) -> float:
        (x, y), (to_x, to_y) = self.corners[0], self.corners[1]
        return max(1.0, hypot(to_x - x, to_y - y))


@dataclass(frozen=True, slots=True)
class FoundText:
    """Lines joined by line breaks, their words, and where each word stands in the text."""

    text: str
    words: tuple[ImageWord, ...]
    spans: tuple[tuple[int, int], ...]


def one_each(lines: Sequence[Line]) -> list[Line]:
    """Lines read twice where pieces of a tall image overlap, once: the longer reading of two in one place."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda line: (-len(line.text), -line.score)):
        if not any(_in_one_place(line, other) for other in kept):
            kept.append(line)
    return kept


def in_reading_order(lines: Sequence[Line], width: int, height: int) -> FoundText:
    """Rows from top to bottom along the way most lines run; boxes are cut at the edges of the image."""
    text, words, spans = "", [], []
    for row in _rows(lines):
        before: Line | None = None
        for line in row:
            if text:
                text += " " if before is not None and _near(before, line) else "\n"
            for start, end, score, corners in _words(line):
                words.append(ImageWord(line.text[start:end], _box(corners, width, height), round(score * MILLION)))
                spans.append((len(text) + start, len(text) + end))
            text += line.text
            before = line
    return FoundText(text, tuple(words), tuple(spans))


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that stand beside each other, from left to right; rows from top to bottom."""
    turn = median([_turn(line) for line in lines if line.width > 2 * line.height] or [0.0])
    placed = sorted((_turned(line.middle, -turn)[::-1], n) for n, line in enumerate(lines))
    row: list[tuple[float, float, Line]] = []
    for (down, across), n in placed:
        line = lines[n]
        if row and down - row[0][0] > LEVEL * min(line.height, row[0][2].height):
            yield [one for _, _, one in sorted(row, key=lambda one: one[1])]
            row = []
        row.append((down, across, line))
    if row:
        yield [one for _, _, one in sorted(row, key=lambda one: one[1])]


def _near(before: Line, line: Line) -> bool:
    (x, y), (to_x, to_y) = before.corners[1], line.corners[0]
    return hypot(to_x - x, to_y - y) <= NEAR * max(before.height, line.height)


def _turn(line: Line) -> float:
    (x, y), (to_x, to_y) = line.corners[0], line.corners[1]
    return atan2(to_y - y, to_x - x)


def _turned(at: tuple[float, float], by: float) -> tuple[float, float]:
    return at[0] * cos(by) - at[1] * sin(by), at[0] * sin(by) + at[1] * cos(by)


def _words(line: Line) -> Iterator[tuple[int, int, float, Corners]]:
    """Words of a line: start, end, how sure, corners of all their characters."""
    placed = _placed(line)
    for match in WORD.finditer(line.text):
        start, end = match.span()
        own = [(score, corners) for first, last, score, corners in placed if max(first, start) < min(last, end)]
        if own:
            yield start, end, min(score for score, _ in own), tuple(c for _, corners in own for c in corners)
        else:  # its pieces were not told: its share of the line
            yield start, end, line.score, _share(line, start / len(line.text), end / len(line.text))


def _placed(line: Line) -> list[tuple[int, int, float, Corners]]:
    """Where each piece stands in the text of its line, in order."""
    placed, at = [], 0
    for piece in line.pieces:
        start = line.text.find(piece.text, at)
        if start >= 0 and piece.text:
            at = start + len(piece.text)
            placed.append((start, at, piece.score, piece.corners))
    return placed


def _share(line: Line, first: float, last: float) -> Corners:
    (a, b, c, d) = line.corners
    return _between(a, b, first), _between(a, b, last), _between(d, c, last), _between(d, c, first)


def _between(one: tuple[float, float], other: tuple[float, float], part: float) -> tuple[float, float]:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part


def _box(corners: Corners, width: int, height: int) -> Box:
    """What holds the corners, as far as it lies in the image."""
    across, down = [x for x, _ in corners], [y for _, y in corners]
    left, top, right, bottom = int(min(across)), int(min(down)), int(max(across)) + 1, int(max(down)) + 1
    return min(max(0, left), width), min(max(0, top), height), min(max(0, right), width), min(max(0, bottom), height)


def _in_one_place(line: Line, longer: Line) -> bool:
    """Whether the middle of a line lies on a longer one, seen along the way that one runs."""
    turn = -_turn(longer)
    (across, along), (x, y) = _turned(longer.middle, turn), _turned(line.middle, turn)
    return abs(x - across) <= longer.width / 2 and abs(y - along) <= longer.height / 2
