"""Shares with honest intervals, in millionths: a few of a few says little, and this is how little."""

from dataclasses import dataclass
from math import ceil, floor, sqrt

MILLION = 1_000_000
Z = 1.959963984540054  # 95 %, two-sided


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `of`, with its 95 % interval by Wilson (1927); None where there was nothing to count."""

    hits: int
    of: int
    share: int | None
    low: int | None
    high: int | None


def share(hits: int, of: int) -> Share:
    """`hits` of `of` with the 95 % interval of Wilson (1927), rounded outwards; nothing counted gives no share."""
    if not of:
        return Share(0, 0, None, None, None)
    p, z = hits / of, Z * Z
    middle, reach = p + z / (2 * of), Z * sqrt(p * (1 - p) / of + z / (4 * of * of))
    low, high = (middle - reach) / (1 + z / of), (middle + reach) / (1 + z / of)
    at_least = 0 if hits == 0 else max(0, floor(low * MILLION))
    at_most = MILLION if hits == of else min(MILLION, ceil(high * MILLION))
    return Share(hits, of, hits * MILLION // of, at_least, at_most)


def above(here: Share, outside: Share) -> bool:
    """Whether the one share lies above the other by more than chance: their intervals do not touch."""
    return here.low is not None and outside.high is not None and here.low > outside.high
