"""A code on cloth or crumpled paper: its modules followed over a bent grid until its error correction holds.

Where the corners and the size of a code are known, so are its fixed marks. A mesh over the code is moved, coarse to fine, towards
places where those marks fit and every module is clearly dark or light; after each round the modules are read as a clean code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from mingcha.adapters.vision.altered import Grey

Corners = Sequence[tuple[float, float]]
MESHES = (2, 3, 5, 7)  # nodes a side
STEPS = (0.6, 0.3)  # modules that a node is moved by
ROUNDS = 3
LEAST_ALIKE = 0.35  # of the fixed marks' correlation, before anything is moved: below it is no code
MOST_VERSION = 20  # larger codes are seldom photographed bent, and slow
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
QUIET, SIDE = 4, 4  # modules around a clean code, pixels of its modules


def straightened(grey: Grey, corners: Corners, version: int) -> str | None:
    """What a bent code holds, from its corners (clockwise from top left, in pixels) and its version; None if it cannot be read."""
    if not 1 <= version <= MOST_VERSION:
        return None
    bent = _Bent.of(grey, corners, version)
    if bent.alike(bent.sample(bent.flat)) < LEAST_ALIKE:
        return None
    moved = bent.flat
    for nodes in MESHES:
        mesh = _mesh(bent.modules, nodes)
        for step in STEPS:
            for _ in range(ROUNDS):
                moved, better = bent.improved(moved, mesh, step)
                text = _decoded(bent.sample(moved))
                if text or not better:
                    break
            if text:
                return text
    return None


@dataclass(frozen=True, slots=True)
class _Bent:
    """A code to be straightened: how dark each pixel is beside its surroundings, where its modules would lie if it were flat."""

    dark: NDArray[np.float32]
    home: NDArray[np.float32]
    turn: NDArray[np.float64]
    marks: NDArray[np.float32]

    @classmethod
    def of(cls, grey: Grey, corners: Corners, version: int) -> "_Bent":
        n = 17 + 4 * version
        square = np.array([[0, 0], [n, 0], [n, n], [0, n]], np.float32)
        turn = np.asarray(cv2.getPerspectiveTransform(square, np.array(corners, np.float32)), np.float64)
        size = max(1.0, float(np.hypot(*np.subtract(corners[0], corners[1]))) / n)
        middle = np.arange(n, dtype=np.float32) + 0.5
        home = np.stack(np.meshgrid(middle, middle), -1)
        made = cls(_darkness(grey, size), home, turn, _marks(version))
        if made.alike(made.sample(made.flat)) < 0:  # light on dark
            return cls(-made.dark, home, turn, made.marks)
        return made

    @property
    def modules(self) -> int:
        return len(self.marks)

    @property
    def flat(self) -> NDArray[np.float32]:
        return np.zeros_like(self.home)

    def sample(self, moved: NDArray[np.float32]) -> NDArray[np.float32]:
        """How dark each module is when it lies as far from its flat place as `moved` says, in modules."""
        n = self.modules
        at = np.asarray(cv2.perspectiveTransform((self.home + moved).reshape(1, -1, 2), self.turn), np.float32)
        across, down = at.reshape(n, n, 2)[..., 0], at.reshape(n, n, 2)[..., 1]
        read = cv2.remap(self.dark, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(read, np.float32)

    def alike(self, read: NDArray[np.float32]) -> float:
        """How well the fixed marks fit, from -1 to 1."""
        return float((np.clip(read, -1, 1) * self.marks).sum() / np.abs(self.marks).sum())

    def worth(self, moved: NDArray[np.float32]) -> float:
        """What is to become larger: the fit of the marks and how clearly modules are dark or light."""
        read = self.sample(moved)
        return self.alike(read) + float(np.abs(read).mean())

    def improved(
        self, moved: NDArray[np.float32], mesh: NDArray[np.float32], step: float
    ) -> tuple[NDArray[np.float32], bool]:
        """Each node moved a step each way where that is worth more; and whether any was."""
        best, better = self.worth(moved), False
        for node in mesh:
            for way in ((step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)):
                tried = moved + node[..., None] * np.array(way, np.float32)
                worth = self.worth(tried)
                if worth > best + 1e-4:
                    best, moved, better = worth, tried, True
        return moved, better


def _darkness(grey: Grey, size: float) -> NDArray[np.float32]:
    """Each pixel against the mean around it in units of the spread there, for modules of `size` pixels."""
    smooth = cv2.GaussianBlur(grey, (0, 0), size * 0.3).astype(np.float32)
    mean = cv2.GaussianBlur(smooth, (0, 0), size * 3)
    spread = np.sqrt(cv2.GaussianBlur((smooth - mean) ** 2, (0, 0), size * 4)) + 4
    return np.asarray(np.clip((mean - smooth) / spread, -1.5, 1.5), np.float32)


def _decoded(read: NDArray[np.float32]) -> str | None:
    n = len(read)
    clean = np.full((n + 2 * QUIET, n + 2 * QUIET), 255, np.uint8)
    clean[QUIET:-QUIET, QUIET:-QUIET] = np.where(read > 0, 0, 255)
    large = np.repeat(np.repeat(clean, SIDE, 0), SIDE, 1)
    plain = zxingcpp.TextMode.Plain
    found = zxingcpp.read_barcodes(large, formats=QR, text_mode=plain, is_pure=True)
    return next(
        (one.text for one in found if one.valid and one.text), None
    )  # a pure code is handed out even if it is wrong


@lru_cache(maxsize=32)
def _mesh(n: int, nodes: int) -> NDArray[np.float32]:
    """For each node how much of its movement each of n x n modules takes part in."""
    at = (np.arange(n) + 0.5) / n * (nodes - 1)
    part = np.clip(1 - np.abs(at[None] - np.arange(nodes)[:, None]), 0, None)
    return np.asarray(np.einsum("ai,bj->abij", part, part).reshape(nodes * nodes, n, n), np.float32)


@lru_cache(maxsize=64)
def _marks(version: int) -> NDArray[np.float32]:
    """The modules that are the same in every code of a version: 1 dark, -1 light, 0 not fixed (ISO/IEC 18004)."""
    n = 17 + 4 * version
    marks = np.zeros((n, n), np.float32)
    corner = -np.ones((8, 8), np.float32)
    corner[:7, :7], corner[1:6, 1:6], corner[2:5, 2:5] = 1, -1, 1
    marks[:8, :8], marks[:8, -8:], marks[-8:, :8] = corner, corner[:, ::-1], corner[::-1]
    between = np.arange(8, n - 8)
    marks[6, 8 : n - 8] = marks[8 : n - 8, 6] = np.where(between % 2 == 0, 1, -1)
    middle = np.ones((5, 5), np.float32)
    middle[1:4, 1:4], middle[2, 2] = -1, 1
    centres = _alignment(version)
    for y in centres:
        for x in centres:
            if (x, y) not in ((6, 6), (6, n - 7), (n - 7, 6)):
                marks[y - 2 : y + 3, x - 2 : x + 3] = middle
    return marks


def _alignment(version: int) -> list[int]:
    """Rows, and columns, of the middles of the small marks."""
    if version == 1:
        return []
    several = version // 7 + 2
    apart = 26 if version == 32 else (version * 4 + several * 2 + 1) // (several * 2 - 2) * 2
    return [6, *(17 + 4 * version - 7 - k * apart for k in reversed(range(several - 1)))]
