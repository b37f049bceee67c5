"""Calls as the checks look at them: whose record, which rule that day, what our logs cover; what is missing never weighs."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingcha.model.call import Call, Coverage
from mingcha.model.kinds import BY_CODE
from mingcha.model.merit import Claim, MeritFile, MeritState, Searched
from mingcha.model.notice import Assignment
from mingcha.model.provenance import Cite, Clause
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.standards.load import Standards

LOOK_BACK = timedelta(days=90)  # days before receipt that a claim without dates is taken to speak of
SOURCES = ("institution", "consumer")
CONSUMER_RECORDS = BY_CODE["consumer_records"]
NO_RECORDS = Words("本机构未提供催收通话记录", "no collection call records were provided")
NO_COVERAGE = Words("未说明通话记录覆盖哪些日期", "which dates the call logs cover was not stated")


def cites(calls: Iterable[Call]) -> tuple[Cite, ...]:
    """The calls as sources, by time."""
    return tuple(Cite(held_in(call.id, "calls"), call.id) for call in sorted(calls, key=lambda c: (c.called_at, c.id)))


def held_in(id_: str, kind: str) -> str:
    """The kind whose record stands behind a call or payment: the consumer's own records are read as either."""
    return "consumer_records" if id_.startswith(f"{CONSUMER_RECORDS.prefix}-") else kind


def of_source(calls: Sequence[Call], source: str) -> list[Call]:
    """Calls in the institution's records (the default) or the consumer's own, each dialling once, by time.

    Two rows that name the same moment, line and number are one call that two logs hold.
    """
    once: dict[tuple[object, ...], Call] = {}
    for call in sorted(calls, key=lambda c: (c.called_at, c.id)):
        if (call.source or "institution") == source:
            line = (call.number_from, call.number_to)
            same = (call.called_at, *line) if all(line) else (call.id,)
            once.setdefault(same, call)
    return list(once.values())


def rule_on(standards: Standards, name: str, day: date) -> tuple[Clause | None, bool]:
    """The clause called `name` on a day, and whether it was in force then; before any was, the first one to come."""
    found = standards.in_force(name, day)
    if found:
        return found[0], True
    later = [c for c in standards.all() if c.id.endswith(f":{name}") and (c.in_force_from or "") > day.isoformat()]
    return min(later, key=lambda c: (c.in_force_from or "", c.id), default=None), False


def period(file: MeritFile, claim: Claim | None) -> tuple[date, date]:
    """The days a claim speaks of: those it names, else the days of `LOOK_BACK` up to the receipt."""
    end = local_day(file.received_at)
    if claim is not None and claim.period is not None:
        return claim.period
    return end - LOOK_BACK, end


def searched(file: MeritFile, claim: Claim | None) -> Searched:
    """What was looked through for a claim's days, and which agencies and days our logs leave out of them."""
    first, last = period(file, claim)
    ours = of_source(file.calls, "institution")
    covered = [row for row in file.coverage if row.record_kind == "calls"]
    assigned = {row.agency for row in file.assignments if _overlap(row, (first, last))}
    agencies = sorted({c.agency for c in ours if c.agency} | {row.agency for row in covered if row.agency} | assigned)
    return Searched(
        agencies=tuple(agencies),
        numbers=len({c.number_from for c in ours if c.number_from}),
        dates=(first, last),
        records=len(file.calls),
        missing=_missing(file, covered, agencies, (first, last)),
    )


def _missing(
    file: MeritFile, covered: Sequence[Coverage], agencies: Sequence[str], days: tuple[date, date]
) -> tuple[Words, ...]:
    if "calls" not in file.kinds_held:
        return (NO_RECORDS,)
    whole = [row for row in covered if row.number is None]  # a row for one number covers that number alone
    if not whole:
        return (NO_COVERAGE,)
    out = []
    for agency in agencies or ("",):
        spans = [(row.from_on, row.to_on) for row in whole if row.agency in (None, agency)]
        gaps = uncovered(spans, *_collected(file, agency, days))
        if gaps:
            zh, en = "、".join(f"{a}至{b}" for a, b in gaps), ", ".join(f"{a} to {b}" for a, b in gaps)
            out.append(
                Words(f"通话记录未覆盖{agency} {zh}", f"call logs do not cover {f'{agency}, ' if agency else ''}{en}")
            )
    return tuple(out)


def _overlap(row: Assignment, days: tuple[date, date]) -> bool:
    return row.from_on <= days[1] and (row.to_on is None or row.to_on >= days[0])


def _collected(file: MeritFile, agency: str, days: tuple[date, date]) -> tuple[date, date]:
    """The days an agency is to be asked for: all of them, unless assignments on record say when it collected."""
    rows = [row for row in file.assignments if row.agency == agency and _overlap(row, days)]
    if not rows:
        return days
    last = max(row.to_on or days[1] for row in rows)
    return max(days[0], min(row.from_on for row in rows)), min(days[1], last)


def covers(file: MeritFile, days: Collection[date]) -> bool:
    """Whether our logs hold these days for every agency known here."""
    whole = [row for row in file.coverage if row.record_kind == "calls" and row.number is None]
    agencies = {c.agency for c in file.calls if c.agency} | {row.agency for row in whole if row.agency}
    agencies |= {row.agency for row in file.assignments if any(_overlap(row, (day, day)) for day in days)}
    return (
        "calls" in file.kinds_held
        and bool(whole)
        and all(
            any(row.from_on <= day <= row.to_on for row in whole if row.agency in (None, agency))
            for day in days
            for agency in agencies or {""}
        )
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


@dataclass(frozen=True, slots=True)
class Found:
    """Calls of each side that break the rule of their day, and calls that happened but break no rule in force."""

    ours: tuple[Call, ...]
    theirs: tuple[Call, ...]
    excused: tuple[Call, ...]
    clause: Clause | None

    @property
    def calls(self) -> tuple[Call, ...]:
        """Everything found."""
        return self.ours + self.theirs + self.excused


def gather(file: MeritFile, standards: Standards, name: str, breaks: Callable[[Call, Clause], bool | None]) -> Found:
    """Sort the calls by the rule of their own day; `breaks` says yes, no, or None: it happened but is excused."""
    sides: dict[str, list[Call]] = {source: [] for source in SOURCES}
    excused: list[Call] = []
    clause: Clause | None = None
    rules: dict[date, tuple[Clause | None, bool]] = {}
    for source in SOURCES:
        for call in of_source(file.calls, source):
            day = local_day(call.called_at)
            if day not in rules:
                rules[day] = rule_on(standards, name, day)
            rule, in_force = rules[day]
            verdict = breaks(call, rule) if rule is not None else False
            if verdict is False:
                continue
            (sides[source] if verdict and in_force else excused).append(call)
            clause = rule if clause is None or (verdict and in_force) else clause
    if clause is None:
        clause = rule_on(standards, name, local_day(file.received_at))[0]
    return Found(tuple(sides["institution"]), tuple(sides["consumer"]), tuple(excused), clause)


def judge(file: MeritFile, claim: Claim | None, found: Found, looked: Searched) -> MeritState:
    """Their record and ours weigh the same; theirs alone is disputed only for days our logs really cover.

    Calls that broke no rule in force, or only on other days than the claim names, make it partly so.
    """
    hits = found.ours + found.theirs
    if hits and claim is not None and claim.period is not None:
        first, last = claim.period
        if not any(first <= local_day(call.called_at) <= last for call in hits):
            return MeritState.PARTLY
    if found.ours:
        return MeritState.CONFIRMED
    if found.theirs:
        days = {local_day(call.called_at) for call in found.theirs}
        return MeritState.DISPUTED if covers(file, days) else MeritState.CONFIRMED
    if found.excused:
        return MeritState.PARTLY
    return MeritState.UNCHECKED if looked.missing else MeritState.NOT_FOUND
