"""Tables of a month or a quarter: every complaint of it counted once in each table, whatever became of it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median_low

from mingcha.model.returns import By, Period, Returned, ReturnLine, Returns

MONTH, QUARTER = re.compile(r"([0-9]{4})-([0-9]{2})"), re.compile(r"([0-9]{4})Q([1-4])")


def period(name: str) -> Period | None:
    """The month `2026-10` or the quarter `2026Q3`; None for anything else."""
    if found := MONTH.fullmatch(name):
        year, month, length = int(found[1]), int(found[2]), 1
    elif found := QUARTER.fullmatch(name):
        year, month, length = int(found[1]), 3 * int(found[2]) - 2, 3
    else:
        return None
    if not (1 <= month <= 12 and 1901 <= year <= 9998):
        return None
    after = year * 12 + month - 1 + length
    last = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return Period(name=name, first=date(year, month, 1), last=last)


def before(of: Period) -> tuple[Period, Period]:
    """The period just before, and the same of the year before."""
    end = of.first - timedelta(days=1)
    quarter = "Q" in of.name
    just = f"{end.year}Q{(end.month + 2) // 3}" if quarter else f"{end:%Y-%m}"
    year = f"{of.first.year - 1}{of.name[4:]}"
    told = period(just), period(year)
    if told[0] is None or told[1] is None:
        raise ValueError(of.name)
    return told[0], told[1]


def returns(cases: Sequence[Returned], of: Period, on: date) -> Returns:
    """The tables over these complaints; those of other periods count in what is compared with."""
    just, year = before(of)
    now, then, last = ([case for case in cases if p.first <= case.received_on <= p.last] for p in (of, just, year))
    tables = tuple((by, _table(now, then, last, n)) for n, by in enumerate(By))
    return Returns(
        period=of,
        on=on,
        total=_line("", now, len(then), len(last)),
        tables=tables,
        uncoded=tuple((by, sum(not case.coded[n] for case in now)) for n, by in enumerate(By)),
    )


def _table(
    now: Sequence[Returned], then: Sequence[Returned], last: Sequence[Returned], column: int
) -> tuple[ReturnLine, ...]:
    groups: dict[str, tuple[list[Returned], list[Returned], list[Returned]]] = defaultdict(lambda: ([], [], []))
    for place, held in enumerate((now, then, last)):
        for case in held:
            groups[case.codes[column]][place].append(case)
    lines = (_line(code, mine, len(was), len(year)) for code, (mine, was, year) in groups.items())
    return tuple(sorted(lines, key=lambda line: (-line.received, line.code)))


def _line(code: str, held: Sequence[Returned], was: int, year: int) -> ReturnLine:
    days = [case.days for case in held if case.days is not None]
    ended = sum(case.answered or case.withdrawn or case.not_handled for case in held)
    return ReturnLine(
        code=code,
        received=len(held),
        before=was,
        year_before=year,
        answered=sum(case.answered for case in held),
        late=sum(case.late for case in held),
        open=len(held) - ended,
        withdrawn=sum(case.withdrawn for case in held),
        not_handled=sum(case.not_handled for case in held),
        upheld=sum(case.upheld for case in held),
        refused=sum(case.refused for case in held),
        median_days=median_low(days) if days else None,
    )
