"""Many ids a lot at a time, so that memory and statements stay bounded."""

from collections.abc import Iterator, Sequence

LOT = 500


def lots(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Consecutive lots of at most LOT."""
    return (ids[start : start + LOT] for start in range(0, len(ids), LOT))
