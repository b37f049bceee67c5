"""Times as stores keep them: whole microseconds since 1970 in UTC; a time without a zone is refused, never guessed."""

from datetime import UTC, datetime, timedelta

from mingcha.errors import InputError
from mingcha.model.words import Words

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """An aware time as microseconds since 1970; InputError for a naive one."""
    if at.utcoffset() is None:
        raise InputError(where="time", found=at.isoformat(), expected=Words("带时区的时间", "a time with its zone"))
    return (at - EPOCH) // MICROSECOND


def when(value: int) -> datetime:
    """The inverse of `micros`, in UTC."""
    return EPOCH + timedelta(microseconds=value)


def utc(at: datetime) -> datetime:
    """The same moment in UTC; InputError for a naive time."""
    return when(micros(at))
