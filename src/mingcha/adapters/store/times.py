"""Times as stores keep them: whole microseconds since 1970 in UTC. A time without a zone is refused, never guessed.

So is one outside 1900 to 2199: near the ends of the calendar it could be kept, but neither read again nor told in every zone.
"""

from datetime import UTC, datetime, timedelta

from mingcha.errors import InputError
from mingcha.model.words import Words

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FIRST, TOO_LATE = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def micros(at: datetime) -> int:
    """An aware time as microseconds since 1970; InputError for a naive one, and for one outside 1900 to 2199."""
    if at.utcoffset() is None:
        raise InputError(where="time", found=at.isoformat(), expected=Words("带时区的时间", "a time with its zone"))
    if not FIRST <= at < TOO_LATE:
        raise InputError(
            where="time", found=at.isoformat(), expected=Words("1900 至 2199 年的时间", "a time from 1900 to 2199")
        )
    return (at - EPOCH) // MICROSECOND


def when(value: int) -> datetime:
    """The inverse of `micros`, in UTC."""
    return EPOCH + timedelta(microseconds=value)


def utc(at: datetime) -> datetime:
    """The same moment in UTC; InputError as for `micros`."""
    return when(micros(at))
