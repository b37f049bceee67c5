"""Days as the law counts them: one zone, natural or working days, and how far the published holidays are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.words import Words

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")  # one zone, no summer time since 1991
WEEKEND = 5


def local(at: datetime) -> datetime:
    """A time on the wall in China."""
    return at.astimezone(CHINA)


def local_day(at: datetime) -> date:
    """The day in China on which something happened."""
    return local(at).date()


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off beyond weekends, weekends worked, and the days between which the file is known to be right."""

    id: str
    off: frozenset[date]
    working: frozenset[date]
    known_from: date
    known_to: date

    def is_working(self, day: date) -> bool:
        """Whether a day is a working day; beyond what the file knows only weekends are off."""
        return day in self.working or (day.weekday() < WEEKEND and day not in self.off)

    def knows(self, day: date) -> bool:
        """Whether the file covers a day."""
        return self.known_from <= day <= self.known_to

    def after(self, day: date, working_days: int) -> date:
        """The day that many working days after `day`, which is not counted itself."""
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.is_working(day)
        return day


def parse_holidays(name: str, data: Mapping[str, Any]) -> Holidays:
    """The holidays of a dated file; BadStandard names a wrong one."""
    try:
        known_from, known_to = data["known_from"], data["known_to"]
        off = {day for row in data["off"] for day in _days(row["from"], row["to"])}
        working = {day for row in data["off"] for day in row.get("working", ())}
        years = {str(year) for year in range(known_from.year, known_to.year + 1)}
        if not years <= set(data["sources"]):
            raise BadStandard(which=name, why=Words("每一年须写明来源", "every year names its source"))
        holidays = Holidays(data["id"], frozenset(off), frozenset(working), known_from, known_to)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadStandard(which=name, why=f"{type(error).__name__}: {error}") from None
    wrong = sorted(day for day in off | working if not holidays.knows(day)) + sorted(off & working)
    if wrong:
        raise BadStandard(
            which=name,
            why=Words(
                f"{wrong[0]} 不在已知日期内，或同时列为放假与上班",
                f"{wrong[0]} is outside the known days, or both off and worked",
            ),
        )
    return holidays


def _days(first: date, last: date) -> list[date]:
    if last < first:
        raise TypeError(f"{last} is before {first}")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
