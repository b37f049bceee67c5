"""How long, how much and how often: the limits of a visit; what is cut at one of them is told."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Of one visit. Whatever a page does, its browser is ended after `seconds`."""

    seconds: float = 60.0
    loading: float = 20.0  # until a page is taken as it is
    settling: float = 3.0  # more for what scripts fetch after that
    most_bytes: int = 30_000_000  # taken from the net
    most_characters: int = 8_000_000  # of the page as the browser built it; of its words a quarter
    highest: int = 12_000  # pixels of the screenshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds between two visits of one host, and the clock and sleep they are measured by."""

    least: float = 10.0
    patience: float = 600.0  # waited at most before a visit
    on_the_way: float = 15.0  # the same in the middle of one
    clock: Callable[[], float] = monotonic
    sleep: Callable[[float], None] = sleep
