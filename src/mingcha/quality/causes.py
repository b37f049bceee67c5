"""Causes over upheld complaints, and whether a fix made them rarer. Only what people upheld counts; nothing here knows of findings."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import date, timedelta

from mingcha.model.merit import Grievance
from mingcha.model.repair import NAMED, AgencyLine, Case, Cause, CauseLine, Measure, Source
from mingcha.model.share import Share, above, share

ALL = None  # the key of all decided complaints
WORST = 3
AFTER = (30, 90)  # days; a fix is measured again after each


def causes(cases: Sequence[Case]) -> tuple[CauseLine, ...]:
    """Every grievance upheld at a source; what hit most customers comes first, then most complaints.

    A complaint without a customer id is a complaint, and no customer. Its share is of the decided complaints of the same
    source; the one beside it of those of all other values known of that kind of source. What only people name is named where it is
    upheld: its share is of all decided complaints, and none stands beside it.
    """
    decided = Counter[Source | tuple[Source, str] | None]()
    hits = Counter[tuple[Source, Grievance]]()
    upheld: dict[Cause, list[Case]] = defaultdict(list)
    for case in cases:
        if not case.decided:
            continue
        kinds = {source for source, _ in case.sources}
        decided.update([*case.sources, *kinds, ALL])
        hits.update((kind, grievance) for kind in kinds for grievance in case.upheld)
        for source, value in case.sources:
            for grievance in case.upheld:
                upheld[Cause(source, value, grievance)].append(case)
    lines = [_line(cause, held, decided, hits) for cause, held in upheld.items()]
    return tuple(sorted(lines, key=lambda line: (-line.customers, -line.complaints, line.cause)))


def _line(
    cause: Cause,
    held: Sequence[Case],
    decided: Mapping[Source | tuple[Source, str] | None, int],
    hits: Mapping[tuple[Source, Grievance], int],
) -> CauseLine:
    at_source = decided[cause.source, cause.value]
    here = share(len(held), at_source)
    elsewhere = share(hits[cause.source, cause.grievance] - len(held), decided[cause.source] - at_source)
    if cause.source in NAMED:
        here, elsewhere = share(len(held), decided[ALL]), share(0, 0)
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


def scorecard(
    now: Sequence[Case],
    before: Sequence[Case],
    handed: tuple[Mapping[str, Set[str]], Mapping[str, Set[str]]],
    repairs: Mapping[str, int],
) -> tuple[AgencyLine, ...]:
    """A card for every agency that was handed customers, or is a source of these cases; what was upheld most comes first.

    `handed`: customers by agency in the period and in the one before; `repairs`: open ones by agency.
    """
    names = {value for case in now for source, value in case.sources if source is Source.AGENCY} | handed[0].keys()
    cards = [
        _card(
            name, now, (_complaining(name, now, handed[0]), _complaining(name, before, handed[1])), repairs.get(name, 0)
        )
        for name in names
    ]
    return tuple(sorted(cards, key=lambda card: (-card.upheld.hits, card.agency)))


def _card(name: str, cases: Sequence[Case], complaining: tuple[Share, Share], repairs: int) -> AgencyLine:
    decided = [case for case in cases if case.decided and any(source is Source.AGENCY for source, _ in case.sources)]
    mine = [case for case in decided if (Source.AGENCY, name) in case.sources]
    rest = [case for case in decided if (Source.AGENCY, name) not in case.sources]
    here, elsewhere = (share(sum(bool(case.upheld) for case in held), len(held)) for held in (mine, rest))
    counts = Counter(grievance for case in mine for grievance in case.upheld)
    return AgencyLine(
        agency=name,
        complaining=complaining[0],
        before=complaining[1],
        upheld=here,
        elsewhere=elsewhere,
        above=above(here, elsewhere),
        worst=tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:WORST]),
        open_repairs=repairs,
    )


def _complaining(name: str, cases: Sequence[Case], handed: Mapping[str, Set[str]]) -> Share:
    customers = handed.get(name, frozenset())
    heard = {case.customer for case in cases if (Source.AGENCY, name) in case.sources}
    return share(len(customers & heard), len(customers))


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
        undecided=sum(not case.decided for case in after if _there(case, cause)),
        whole=today >= fixed_on + reach,
        better=above(was, now),
    )


def _share(cases: Sequence[Case], cause: Cause) -> Share:
    there = [case for case in cases if case.decided and _there(case, cause)]
    hits = (cause.grievance in case.upheld and (cause.source, cause.value) in case.sources for case in there)
    return share(sum(hits), len(there))


def _there(case: Case, cause: Cause) -> bool:
    """Whether a complaint could have the cause: any complaint could have one that only people name."""
    return cause.source in NAMED or (cause.source, cause.value) in case.sources
