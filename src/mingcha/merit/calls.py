"""Calls as the checks look at them: whose record, local time, what our logs cover; what is missing never weighs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone

from mingcha.model.call import Call
from mingcha.model.merit import MeritFile, MeritState, Searched
from mingcha.model.provenance import Cite
from mingcha.model.words import Words

CHINA = timezone(timedelta(hours=8))  # one zone, no summer time since 1991
LOOK_BACK = timedelta(days=365)


def local(at: datetime) -> datetime:
    """A call's time where the debtor is."""
    return at.astimezone(CHINA)


def cites(calls: Iterable[Call]) -> tuple[Cite, ...]:
    """The calls as sources, by time."""
    return tuple(Cite("calls", call.id) for call in sorted(calls, key=lambda c: (c.called_at, c.id)))


def of_source(calls: Sequence[Call], source: str) -> list[Call]:
    """Calls in the institution's records (the default) or in the consumer's own."""
    return [call for call in calls if (call.source or "institution") == source]


def period(file: MeritFile) -> tuple[date, date]:
    """The days looked through: a year up to the receipt."""
    end = local(file.received_at).date()
    return end - LOOK_BACK, end


def searched(file: MeritFile) -> Searched:
    """What was looked through, and what our coverage leaves out of the last thirty days before receipt."""
    first, last = period(file)
    ours = of_source(file.calls, "institution")
    spans = [(c.from_on, c.to_on) for c in file.coverage if c.record_kind == "calls"]
    missing = []
    if "calls" not in file.kinds_held:
        missing.append(Words("本机构未提供催收通话记录", "no collection call records were provided"))
    elif not spans:
        missing.append(Words("未说明通话记录覆盖哪些日期", "which dates the call logs cover was not stated"))
    else:
        gaps = uncovered(spans, last - timedelta(days=30), last)
        if gaps:
            words = "、".join(f"{a}至{b}" for a, b in gaps), ", ".join(f"{a} to {b}" for a, b in gaps)
            missing.append(Words(f"通话记录未覆盖 {words[0]}", f"call logs do not cover {words[1]}"))
    agencies = sorted({c.agency for c in ours if c.agency} | {c.agency for c in file.coverage if c.agency})
    return Searched(
        agencies=tuple(agencies),
        numbers=len({c.number_from for c in ours if c.number_from}),
        dates=(first, last),
        records=len(file.calls),
        missing=tuple(missing),
    )


def uncovered(spans: Sequence[tuple[date, date]], first: date, last: date) -> list[tuple[date, date]]:
    """The gaps that spans of days leave in `first`..`last`, both included."""
    gaps = []
    at = first
    for start, end in sorted(spans):
        if end < at:
            continue
        if start > last:
            break
        if start > at:
            gaps.append((at, start - timedelta(days=1)))
        at = max(at, end + timedelta(days=1))
    if at <= last:
        gaps.append((at, last))
    return gaps


def judge(ours: Sequence[Call], theirs: Sequence[Call], looked: Searched) -> MeritState:
    """Their record and ours weigh the same: both or ours alone confirm, theirs alone is disputed only where we looked."""
    if ours:
        return MeritState.CONFIRMED
    if theirs:
        return MeritState.CONFIRMED if looked.missing else MeritState.DISPUTED
    return MeritState.UNCHECKED if looked.missing else MeritState.NOT_FOUND
