"""Causes over upheld complaints, and whether a fix made them rarer. Only what people upheld counts; nothing here knows of findings."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mingcha.model.merit import Grievance
from mingcha.model.repair import Case, Cause, CauseLine, Measure, Source
from mingcha.model.share import Share, above, share

AFTER = (30, 90)  # days; a fix is measured again after each


def causes(cases: Sequence[Case]) -> tuple[CauseLine, ...]:
    """Every grievance upheld at a source; what hit most customers comes first, then most complaints.

    A complaint without a customer id is a complaint, and no customer. Its share is of the decided complaints of the same
    source; the one beside it of those of all other values known of that kind of source.
    """
    decided = Counter[Source | tuple[Source, str]]()
    hits = Counter[tuple[Source, Grievance]]()
    upheld: dict[Cause, list[Case]] = defaultdict(list)
    for case in cases:
        if not case.decided:
            continue
        kinds = {source for source, _ in case.sources}
        decided.update([*case.sources, *kinds])
        hits.update((kind, grievance) for kind in kinds for grievance in case.upheld)
        for source, value in case.sources:
            for grievance in case.upheld:
                upheld[Cause(source, value, grievance)].append(case)
    lines = [_line(cause, held, decided, hits) for cause, held in upheld.items()]
    return tuple(sorted(lines, key=lambda line: (-line.customers, -line.complaints, line.cause)))


def _line(
    cause: Cause,
    held: Sequence[Case],
    decided: Mapping[Source | tuple[Source, str], int],
    hits: Mapping[tuple[Source, Grievance], int],
) -> CauseLine:
    at_source = decided[cause.source, cause.value]
    here = share(len(held), at_source)
    elsewhere = share(hits[cause.source, cause.grievance] - len(held), decided[cause.source] - at_source)
    days = [case.received_on for case in held]
    return CauseLine(
        cause=cause,
        complaints=len(held),
        customers=len({case.customer for case in held if case.customer}),
        here=here,
        elsewhere=elsewhere,
        above=above(here, elsewhere),
        first_on=min(days),
        last_on=max(days),
    )


def measure(cases: Sequence[Case], cause: Cause, fixed_on: date, days: int, today: date) -> Measure:
    """The same number of days before a fix and from it on; a day that is not over yet is counted as far as it went."""
    reach = timedelta(days=days)
    before = [case for case in cases if fixed_on - reach <= case.received_on < fixed_on]
    after = [case for case in cases if fixed_on <= case.received_on < fixed_on + reach]
    was, now = _share(before, cause), _share(after, cause)
    return Measure(
        days=days,
        before=was,
        after=now,
        undecided=sum(not case.decided for case in after if (cause.source, cause.value) in case.sources),
        whole=today >= fixed_on + reach,
        better=above(was, now),
    )


def _share(cases: Sequence[Case], cause: Cause) -> Share:
    at_source = [case for case in cases if case.decided and (cause.source, cause.value) in case.sources]
    return share(sum(cause.grievance in case.upheld for case in at_source), len(at_source))
