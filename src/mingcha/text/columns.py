"""A column of numbers that grows in place as parts come in: nothing is held twice, and memory touched once is used again."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

MORE = 8  # it grows by at least one of so many


class Column:
    """Numbers of one type, end to end; `nbytes` of them."""

    def __init__(self, type_: type) -> None:
        self._held: NDArray[Any] = np.empty(0, type_)
        self._size = 0

    @property
    def nbytes(self) -> int:
        """How many bytes the numbers take."""
        return self._size * self._held.itemsize

    def append(self, values: NDArray[Any]) -> None:
        """Take numbers in at the end."""
        size = self._size + len(values)
        if size > len(self._held):
            self._held.resize(max(size, len(self._held) + len(self._held) // MORE), refcheck=False)
        self._held[self._size : size] = values
        self._size = size

    def take(self) -> NDArray[Any]:
        """All numbers; the column is empty after it."""
        taken, self._held = self._held, np.empty(0, self._held.dtype)
        taken.resize(self._size, refcheck=False)
        self._size = 0
        return taken
