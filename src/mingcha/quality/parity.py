"""Parity: what becomes of complaints linked to suspected organisations beside others of the same product and kind of claim.

A suspicion filter that quietly lowers relief is the harm this house must not do; so it is counted, standardised and said. Groups
of fewer than LEAST are not shown: a share of three complaints tells of persons, not of treatment.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from math import sqrt

from mingcha.model.middle import Middle, middle
from mingcha.model.quality import Case, Difference, Gap, Line, Outcome, Parity, Relief, Week
from mingcha.model.share import MILLION, Share, Z, above, share
from mingcha.model.words import Words

LEAST = 10
WEEKS_BEFORE = 8  # what the newest weeks are held against
WEEKS_NOW = 4  # of relief: one week decides too few
GROUPS: tuple[tuple[str, Callable[[Case], str]], ...] = (
    ("channel", lambda case: case.channel),
    ("region", lambda case: case.region),
    ("age", lambda case: case.age),
    ("assisted", lambda case: "yes" if case.assisted else "no"),
)
Counted = Callable[[Case], bool]
OUTCOMES: tuple[tuple[Outcome, Counted, Counted], ...] = (  # what counts, of whom
    (Outcome.RELIEF, lambda case: case.relief, lambda case: case.decided),
    (Outcome.REFUSED, lambda case: not case.relief, lambda case: case.decided),
    (Outcome.REVERSED, lambda case: case.reversed, lambda case: case.decided or case.reversed),
    (Outcome.WITHDRAWN, lambda case: case.withdrawn, lambda _: True),
    (Outcome.NOT_HANDLED, lambda case: case.not_handled, lambda _: True),
    (Outcome.REVIVED, lambda case: case.revived, lambda case: case.withdrawn or case.revived),
    (Outcome.REPEATED, lambda case: case.repeated, lambda _: True),
    (Outcome.LATE, lambda case: case.late, lambda case: not (case.withdrawn or case.not_handled)),
    (Outcome.LAST_DAYS, lambda case: case.last_days, lambda case: case.days is not None),
)


def parity(cases: Sequence[Case], on: date, withheld: int = 0) -> Parity:
    """All figures over these complaints; `withheld` others are not among them."""
    weeks = _weeks(cases)
    return Parity(
        on=on,
        linked=sum(case.linked for case in cases),
        others=sum(not case.linked for case in cases),
        withheld=withheld,
        gaps=tuple(_gap(cases, *one) for one in OUTCOMES),
        median_days=(_median(cases, linked=True), _median(cases, linked=False)),
        relief=(_relief(cases, linked=True), _relief(cases, linked=False)),
        by=tuple((name, _lines(cases, of)) for name, of in GROUPS),
        weeks=weeks,
        alarms=tuple(_alarms(weeks, on)),
    )


def _gap(cases: Sequence[Case], outcome: Outcome, hit: Counted, of: Counted) -> Gap:
    counted = [case for case in cases if of(case)]
    linked = [hit(case) for case in counted if case.linked]
    others = [hit(case) for case in counted if not case.linked]
    if min(len(linked), len(others)) < LEAST:
        return Gap(outcome, _shown(linked), _shown(others), None)
    return Gap(outcome, _shown(linked), _shown(others), _standardised(counted, hit))


def _standardised(cases: Sequence[Case], hit: Counted) -> Difference:
    """Direct standardisation to the linked: each stratum weighs as much as it holds of them."""
    strata: dict[tuple[str, str], list[list[bool]]] = defaultdict(lambda: [[], []])
    for case in cases:
        strata[case.product, case.kind][case.linked].append(hit(case))
    both = [(others, linked) for others, linked in strata.values() if others and linked]
    left_out = sum(len(linked) for others, linked in strata.values() if not others)
    weight = sum(len(linked) for _, linked in both)
    if not both:
        return Difference(None, None, None, 0, left_out)
    value = sum(len(linked) / weight * (_mean(linked) - _mean(others)) for others, linked in both)
    spread = sum((len(linked) / weight) ** 2 * (_variance(linked) + _variance(others)) for others, linked in both)
    reach = Z * sqrt(spread)
    low, high = max(-1.0, value - reach), min(1.0, value + reach)
    return Difference(round(value * MILLION), round(low * MILLION), round(high * MILLION), len(both), left_out)


def _mean(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


def _variance(hits: Sequence[bool]) -> float:
    """Of a share, with one hit and one miss added (Agresti and Caffo 2000): a stratum where all agree is not certain."""
    of = len(hits) + 2
    p = (sum(hits) + 1) / of
    return p * (1 - p) / of


def _shown(hits: Sequence[bool]) -> Share | None:
    return share(sum(hits), len(hits)) if len(hits) >= LEAST else None


def _median(cases: Sequence[Case], *, linked: bool) -> Middle | None:
    days = [case.days for case in cases if case.linked is linked and case.days is not None]
    return middle(days) if len(days) >= LEAST else None


def _relief(cases: Sequence[Case], *, linked: bool) -> Relief:
    given = [case for case in cases if case.linked is linked and case.decided and case.relief]
    amounts = [case.amount for case in given if case.amount]
    return Relief(len(given), middle(amounts) if len(amounts) >= LEAST else None)


def _lines(cases: Sequence[Case], of: Callable[[Case], str]) -> tuple[Line, ...]:
    """By value, the largest group first."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[of(case)].append(case)
    lines = (
        Line(
            value,
            len(held),
            _shown([case.linked for case in held]),
            _shown([case.relief for case in held if case.decided]),
        )
        for value, held in groups.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.cases, line.value)))


def _weeks(cases: Iterable[Case]) -> tuple[Week, ...]:
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    for case in cases:
        monday = case.received_on - timedelta(days=case.received_on.weekday())
        counts[monday].update(cases=1, linked=case.linked, decided=case.decided, relief=case.decided and case.relief)
    return tuple(
        Week(monday, of["cases"], of["linked"], of["decided"], of["relief"]) for monday, of in sorted(counts.items())
    )


def _alarms(weeks: Sequence[Week], on: date) -> Iterable[Words]:
    """Jumps beyond chance: the intervals do not touch. Weeks that are not over yet are not looked at."""
    over = [week for week in weeks if week.monday + timedelta(days=7) <= on]
    if not over:
        return
    newest = over[-1].monday
    before = _between(over, newest - timedelta(weeks=WEEKS_BEFORE), newest)
    now = share(over[-1].linked, over[-1].cases)
    usual = share(sum(w.linked for w in before), sum(w.cases for w in before))
    if before and above(now, usual):
        yield Words(
            f"{newest}当周被关联的投诉占{_percent(now)}，此前{len(before)}周为{_percent(usual)}",
            f"in the week of {newest} {_percent(now)} of complaints were linked; {_percent(usual)} in the {len(before)} weeks before",
        )
    start = newest - timedelta(weeks=WEEKS_NOW - 1)
    late = _between(over, start, newest + timedelta(days=1))
    early = _between(over, start - timedelta(weeks=WEEKS_BEFORE), start)
    now = share(sum(w.relief for w in late), sum(w.decided for w in late))
    usual = share(sum(w.relief for w in early), sum(w.decided for w in early))
    if above(usual, now):
        yield Words(
            f"近{len(late)}周支持率为{_percent(now)}，此前{len(early)}周为{_percent(usual)}",
            f"relief was {_percent(now)} in the last {len(late)} weeks; {_percent(usual)} in the {len(early)} weeks before",
        )


def _between(weeks: Sequence[Week], start: date, end: date) -> list[Week]:
    return [week for week in weeks if start <= week.monday < end]


def _percent(one: Share) -> str:
    return "—" if one.share is None else f"{one.share / 10_000:.1f}%"
