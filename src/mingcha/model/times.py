"""Times that something may be said to have happened: one before 1990 or after 2199 is a slip of a clock or a key, never kept."""

from datetime import UTC, datetime

EARLIEST, TOO_LATE = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def credible(at: datetime | None) -> datetime | None:
    """The time, where it can be one; a naive one too, which the caller judges."""
    return at if at is not None and EARLIEST.year <= at.year < TOO_LATE.year else None
