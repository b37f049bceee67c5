"""Contacts of one complaint as lines of the terminal: a day a line, a character an hour."""

from collections.abc import Iterator

from rich.text import Text

from mingcha.cli.say import say
from mingcha.model.strip import Strip, StripDay

DAYS = 14


def strip_lines(strip: Strip) -> Iterator[Text]:
    """The newest days of contacts: nights and days above the limit stand out; what is left out is counted."""
    if not strip.days:
        return
    yield Text(say("联系时间，每格一小时（0–23时）", "when contacted, a character an hour (0-23)"), style="bold")
    for day in strip.days[-DAYS:]:
        yield _line(day)
    more = max(len(strip.days) - DAYS, 0)
    if more or strip.earlier:
        told = say(
            f"更早还有 {more} 天，另 {strip.earlier} 次未列",
            f"{more} earlier days, {strip.earlier} contacts not listed",
        )
        yield Text(told, style="dim")


def _line(day: StripDay) -> Text:
    hours = [sum(mark.minute // 60 == hour for mark in day.marks) for hour in range(24)]
    nights = {mark.minute // 60 for mark in day.marks if mark.night}
    line = Text(f"{day.day}  ")
    for hour, count in enumerate(hours):
        style = "bold red" if hour in nights else "" if count else "dim"
        line.append("·" if not count else str(min(count, 9)), style)
    limit = "—" if day.limit is None else day.limit
    line.append(
        say(f"  有效 {day.effective}/{limit}", f"  effective {day.effective}/{limit}"), "bold red" if day.over else ""
    )
    theirs = sum(mark.source == "consumer" for mark in day.marks)
    if theirs:
        line.append(say(f"  投诉人记录 {theirs}", f"  theirs {theirs}"), "dim")
    return line
