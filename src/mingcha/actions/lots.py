"""Many rows a lot at a time, so that memory, statements and transactions stay bounded."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
LOT = 500


def lots(rows: Sequence[T], lot: int = LOT) -> Iterator[Sequence[T]]:
    """Consecutive lots of at most `lot` rows."""
    return (rows[start : start + lot] for start in range(0, len(rows), lot))
