"""Lay the contacts of one complaint out by day and minute, each side's records as they are: to be looked at, deciding nothing."""

from collections import defaultdict
from datetime import date

from mingcha.merit.calls import SOURCES, held_in, of_source, rule_on
from mingcha.merit.checks.call_frequency import NAME as FREQUENCY
from mingcha.merit.checks.call_frequency import effective
from mingcha.model.call import Call
from mingcha.model.merit import MeritFile
from mingcha.model.provenance import Clause
from mingcha.model.strip import Strip, StripDay, StripMark
from mingcha.standards.calendar import local, local_day
from mingcha.standards.load import Standards

HOURS = "collect.hours"
MARKS = 2_000  # contacts shown at most; whole days are left out from the oldest on


def strip(file: MeritFile, standards: Standards) -> Strip:
    """The strip of a file; each dialling of a side once, as the checks count it."""
    by_day: dict[date, list[Call]] = defaultdict(list)
    for source in SOURCES:
        for call in of_source(file.calls, source):
            by_day[local_day(call.called_at)].append(call)
    days: list[StripDay] = []
    shown, earlier = 0, 0
    for day in sorted(by_day, reverse=True):
        calls = by_day[day]
        if earlier or (shown and shown + len(calls) > MARKS):
            earlier += len(calls)
            continue
        shown += len(calls)
        days.append(_day(day, calls, standards))
    hours = rule_on(standards, HOURS, days[0].day)[0] if days else None
    return Strip(tuple(reversed(days)), earlier, *_hours(hours))


def _day(day: date, calls: list[Call], standards: Standards) -> StripDay:
    hours, _ = rule_on(standards, HOURS, day)
    limit, _ = rule_on(standards, FREQUENCY, day)
    counted = [_effective(calls, source, limit) for source in SOURCES]
    marks = tuple(_mark(call, hours) for call in sorted(calls, key=lambda call: (call.called_at, call.id)))
    return StripDay(day, max(counted), int(limit.parameter("per_day")) if limit else None, marks)


def _effective(calls: list[Call], source: str, rule: Clause | None) -> int:
    mine = [call for call in calls if (call.source or "institution") == source]
    return sum(rule is not None and effective(call, rule) is True for call in mine)


def _mark(call: Call, hours: Clause | None) -> StripMark:
    at = local(call.called_at)
    first, last = _hours(hours)
    night = first is not None and last is not None and (at.hour >= first or at.hour < last)
    return StripMark(
        minute=at.hour * 60 + at.minute,
        source=call.source or "institution",
        callee=call.callee or "unknown",
        medium=call.medium or "voice",
        connected=call.connected,
        night=night,
        kind=held_in(call.id, "calls"),
        record=call.id,
    )


def _hours(rule: Clause | None) -> tuple[int | None, int | None]:
    return (int(rule.parameter("from_hour")), int(rule.parameter("to_hour"))) if rule else (None, None)
