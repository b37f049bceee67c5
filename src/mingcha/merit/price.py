"""The yearly cost of a loan from its real schedule, fees included: nominal (IRR x periods) and effective (XIRR, Act/365).

Root finding is pyxirr's. Rates are integers in millionths. 10,000 repaid as 12 x 940 is 22.84 % nominal and 25.39 %
effective: which one a rule means can flip the verdict, so the clause says it or people judge.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from mingcha.model.account import Account

MILLION = 1_000_000
PERIODS = ((27, 32, 12), (7, 7, 52), (14, 14, 26), (88, 93, 4), (180, 185, 2), (364, 367, 1))  # days, days, a year


@dataclass(frozen=True, slots=True)
class Cost:
    """The yearly cost in millionths; None where the schedule does not determine it.

    `effective` is XIRR over the real days; `compounded` is the periodic IRR compounded over a year (a spreadsheet's EFFECT
    of the nominal rate), equal to it but for months being no twelfths of a year.
    """

    nominal: int | None
    effective: int | None
    compounded: int | None
    fees: int  # fen, all fees counted

    @property
    def readings(self) -> tuple[int, ...]:
        """The readings a rule may mean, as far as they are determined."""
        return tuple(rate for rate in (self.nominal, self.effective) if rate is not None)

    def by(self, method: str) -> int | None:
        """The reading a clause names: nominal, effective or the lowest of both; None where it is not determined."""
        match method:
            case "nominal":
                return self.nominal
            case "effective":
                return self.effective
            case "lowest":
                return min(self.readings) if len(self.readings) == 2 else None
            case _:
                return None


def cost(account: Account) -> Cost | None:
    """The all-in cost of an account; None without principal, pay-out date or schedule."""
    if not account.principal or account.opened_on is None or not account.schedule:
        return None
    flows: dict[date, int] = {account.opened_on: account.principal}
    for day, fen in (*account.schedule, *((day, fen) for _, day, fen in account.fees)):
        flows[day] = flows.get(day, 0) - fen
    fees = sum(fen for _, _, fen in account.fees)
    if not _one_loan(flows):
        return Cost(None, None, None, fees)
    periodic, periods = _periodic(account, flows)
    return Cost(
        nominal=None if periodic is None else _millionths(periodic * periods),
        effective=_xirr(flows),
        compounded=None if periodic is None else _millionths((1 + periodic) ** periods - 1),
        fees=fees,
    )


def _one_loan(flows: dict[date, int]) -> bool:
    """Money out first, then only back: one change of sign has one rate (Descartes), more may have several or none."""
    signs = [flow > 0 for _, flow in sorted(flows.items()) if flow]
    return bool(signs) and signs[0] and sum(a != b for a, b in pairwise(signs)) == 1


def _xirr(flows: dict[date, int]) -> int | None:
    from pyxirr import xirr  # compiled; loaded only when a price is checked

    days = sorted(flows)
    return _millionths(xirr(days, [flows[day] / 100 for day in days], silent=True))


def _periodic(account: Account, flows: dict[date, int]) -> tuple[float | None, int]:
    """The rate a period and the periods a year; no rate for schedules whose periods are not all of one length."""
    from pyxirr import irr

    assert account.opened_on is not None
    days = sorted({account.opened_on, *(day for day, _ in account.schedule)})
    periods = _periods_a_year(days)
    if periods is None:
        return None, 0
    amounts = [0.0] * len(days)
    for (
        at,
        fen,
    ) in flows.items():  # a fee between two due dates is paid with the later, one after the last with the last
        amounts[next((n for n, day in enumerate(days) if at <= day), len(days) - 1)] += fen / 100
    rate = irr(amounts, silent=True)
    return (None, 0) if rate is None or rate != rate else (float(rate), periods)


def _periods_a_year(days: list[date]) -> int | None:
    gaps = [(b - a).days for a, b in pairwise(days)]
    for low, high, periods in PERIODS:
        if gaps and all(low <= gap <= high for gap in gaps):
            return periods
    return None


def _millionths(rate: Any) -> int | None:
    return None if rate is None or rate != rate else round(float(rate) * MILLION)
