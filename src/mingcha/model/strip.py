"""Calls and messages of one complaint, day by day and minute by minute, against the hours and the daily limit."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StripMark:
    """One call, message or visit, at a minute of its day in China."""

    minute: int
    source: str  # institution or consumer
    callee: str
    medium: str
    connected: bool | None
    night: bool  # in the hours of the rule of that day, agreed or not
    kind: str
    record: str


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day on which somebody was contacted. `effective` is the greater of what either side's records hold."""

    day: date
    effective: int
    limit: int | None  # None where no rule is known for the day
    marks: tuple[StripMark, ...]

    @property
    def over(self) -> bool:
        """Whether the day exceeds its limit."""
        return self.limit is not None and self.effective > self.limit


@dataclass(frozen=True, slots=True)
class Strip:
    """The newest days with contacts, oldest first; what is older than shown is counted. Hours are those of the last day's rule."""

    days: tuple[StripDay, ...]
    earlier: int
    from_hour: int | None
    to_hour: int | None
