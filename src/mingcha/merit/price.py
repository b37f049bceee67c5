"""The yearly cost of a loan from its real schedule, fees included: nominal (IRR x periods) and effective (XIRR).

Root finding is pyxirr's. Rates are integers in millionths. 10,000 repaid as 12 x 940 is 22.84 % nominal and 25.39 %
effective: which one a rule means can flip the verdict, so the clause says it or people judge.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from mingcha.model.account import Account

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """The yearly cost in millionths; None where the schedule does not determine it."""

    nominal: int | None
    effective: int | None
    fees: int  # fen, all fees counted


def cost(account: Account) -> Cost | None:
    """The all-in cost of an account; None without principal, pay-out date or schedule."""
    if not account.principal or account.opened_on is None or not account.schedule:
        return None
    flows: dict[date, int] = {account.opened_on: account.principal}
    for day, fen in account.schedule:
        flows[day] = flows.get(day, 0) - fen
    for _, day, fen in account.fees:
        flows[day] = flows.get(day, 0) - fen
    days = sorted(flows)
    amounts = [flows[day] / 100 for day in days]
    effective = _xirr(days, amounts)
    return Cost(_nominal(account, flows), effective, sum(fen for _, _, fen in account.fees))


def _xirr(days: list[date], amounts: list[float]) -> int | None:
    from pyxirr import xirr  # compiled; loaded only when a price is checked

    if not (any(a > 0 for a in amounts) and any(a < 0 for a in amounts)):
        return None
    return _millionths(xirr(days, amounts, silent=True))


def _nominal(account: Account, flows: dict[date, int]) -> int | None:
    """Periodic IRR x periods a year; only for schedules of one length of period."""
    from pyxirr import irr

    assert account.opened_on is not None
    days = sorted({account.opened_on, *(day for day, _ in account.schedule)})
    periods = _periods_a_year(days)
    if periods is None:
        return None
    amounts = []
    for position, day in enumerate(days):
        before = days[position - 1] if position else None
        due = [fen for at, fen in flows.items() if (before is None or at > before) and at <= day]
        amounts.append(sum(due) / 100)
    late = sum(fen for at, fen in flows.items() if at > days[-1])
    amounts[-1] += late / 100
    rate = irr(amounts, silent=True)
    return None if rate is None else _millionths(rate * periods)


def _periods_a_year(days: list[date]) -> int | None:
    gaps = [(b - a).days for a, b in pairwise(days)]
    for low, high, periods in ((27, 32, 12), (7, 7, 52), (14, 14, 26), (88, 93, 4), (364, 367, 1)):
        if gaps and all(low <= gap <= high for gap in gaps):
            return periods
    return None


def _millionths(rate: Any) -> int | None:
    return None if rate is None else round(float(rate) * MILLION)
