"""Medians with honest intervals: the order statistics between which the median of whatever is sampled lies, 19 times of 20."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

OUTSIDE = 0.025  # the chance left on either side


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of `of` whole numbers with its 95 % interval; the ends are None where so few leave them open."""

    of: int
    value: int
    low: int | None
    high: int | None


def middle(values: Sequence[int]) -> Middle | None:
    """The lower median and the exact interval of the sign test (Thompson 1936); None of nothing."""
    if not values:
        return None
    held, rank = sorted(values), _rank(len(values))
    ends = (held[rank - 1], held[-rank]) if rank else (None, None)
    return Middle(len(held), median_low(held), *ends)


def spelt(one: Middle, unit: int) -> str:
    """A median and its interval in whole units."""
    ends = "–".join("…" if end is None else f"{end / unit:,.0f}" for end in (one.low, one.high))
    return f"{one.value / unit:,.0f} [{ends}]"


def _rank(of: int) -> int:
    """The largest rank whose value lies above the median no more often than OUTSIDE; 0 where none does."""
    chance, below, rank = 0.5**of, 0.0, 0
    while below + chance <= OUTSIDE:
        below += chance
        rank += 1
        chance *= (of - rank + 1) / rank
    return rank
