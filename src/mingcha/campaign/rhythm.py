"""When the acts of a family came: its timeline, its long pauses, and whether it keeps other hours than complaints do.

The test is a permutation test (Fisher 1935): were the acts drawn at random from all complaints, how often would their
weekdays and four-hour blocks differ from all of them as much as they do (Pearson's chi-square)? Chance comes from the
seed alone. Few acts, or acts of a few days, have no habit to speak of: too few to tell.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.scheme import MILLION
from mingcha.campaign.summary import CHINA
from mingcha.model.family_page import Hours, Pause, Pauses, Rhythm, Timeline
from mingcha.model.laws import MAX_CITES
from mingcha.model.words import Words

LEAST_ACTS, LEAST_DAYS, LEAST_OUTSIDE = 10, 5, 50
DRAWS = 9_999
BELOW = 10_000  # millionths: chance alone would do as much in less than one of a hundred draws
BLOCK = 4  # hours tested together; the chart shows single hours
PAUSE_DAYS = 60
STEPS = (1, 7, 28, 91, 364)  # days a step of the timeline; the longest is doubled where even that is too many
MOST_STEPS = 60

TOO_FEW = Words(
    f"太少，无法判断：至少要 {LEAST_ACTS} 次行为、{LEAST_DAYS} 个不同的日子和 {LEAST_OUTSIDE} 件其他投诉",
    f"too few to tell: it takes {LEAST_ACTS} acts on {LEAST_DAYS} days and {LEAST_OUTSIDE} other complaints",
)
ALIKE = Words("与其他投诉的时段没有可辨的差别", "the hours of complaints in general, as far as can be told")
DIFFERENT = Words(
    "时段与其他投诉不同；这说的是整个家族，也可能只是某一渠道的办公时间",
    "other hours than those of complaints in general; said of the whole family, and may be a channel's office hours",
)

Grid = tuple[tuple[int, ...], ...]


def hours(acts: Sequence[datetime], outside: Sequence[datetime], seed: int) -> Hours:
    """Acts and complaints outside by weekday and hour in China, and the test with its draws from this seed."""
    here, there = _grid(acts), _grid(outside)
    p = None
    if len(acts) >= LEAST_ACTS and len({_day(at) for at in acts}) >= LEAST_DAYS and len(outside) >= LEAST_OUTSIDE:
        p = chance(_blocks(here), _blocks(there), DRAWS, seed)
    rhythm = Rhythm.TOO_FEW if p is None else Rhythm.DIFFERENT if p < BELOW else Rhythm.ALIKE
    why = {Rhythm.TOO_FEW: TOO_FEW, Rhythm.ALIKE: ALIKE, Rhythm.DIFFERENT: DIFFERENT}[rhythm]
    return Hours(here=here, outside=there, rhythm=rhythm, p=p, draws=DRAWS if p is not None else 0, seed=seed, why=why)


def chance(here: Sequence[int], outside: Sequence[int], draws: int, seed: int) -> int:
    """How often, in millionths, a random draw of as many from all of them is at least as far from all; never nought.

    `here` and `outside` are counts by cell, of equal length. The observed draw counts as one of them, which keeps the
    test exact at its level (Phipson and Smyth 2010).
    """
    drawn, pool = np.array(here, np.int64), np.array(here, np.int64) + np.array(outside, np.int64)
    drawn, pool = drawn[pool > 0], pool[pool > 0]
    random = np.random.Generator(np.random.PCG64(seed))
    tries = random.multivariate_hypergeometric(pool, int(drawn.sum()), size=draws)
    expected = pool * (drawn.sum() / pool.sum())
    far = int((_distance(tries, expected) >= _distance(drawn, expected) - 1e-9).sum())
    return (1 + far) * MILLION // (1 + draws)


def _distance(counts: NDArray[np.int64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pearson's chi-square of each row."""
    distance: NDArray[np.float64] = (np.square(counts - expected) / expected).sum(axis=-1)
    return distance


def timeline(acts: Sequence[datetime], undated: int) -> Timeline:
    """Acts by day, or by the shortest step that gives at most 60 of them."""
    days = Counter(_day(at) for at in acts)
    if not days:
        return Timeline(None, 1, (), undated)
    start, span = min(days), (max(days) - min(days)).days + 1
    step = next((step for step in STEPS if span <= step * MOST_STEPS), STEPS[-1])
    while span > step * MOST_STEPS:
        step *= 2
    steps = Counter[int]()
    for day, count in days.items():
        steps[(day - start).days // step] += count
    return Timeline(start, step, tuple(steps[n] for n in range(-(-span // step))), undated)


def pauses(acts: Sequence[datetime]) -> Pauses:
    """Times of at least 60 days without an act, after which the text came back."""
    days = sorted({_day(at) for at in acts})
    gaps = [Pause(last, following, (following - last).days) for last, following in pairwise(days)]
    gaps.sort(key=lambda gap: (-gap.days, gap.last))
    long = [gap for gap in gaps if gap.days >= PAUSE_DAYS]
    return Pauses(PAUSE_DAYS, tuple(long[:MAX_CITES]), len(long), gaps[0] if gaps else None)


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()


def _grid(times: Sequence[datetime]) -> Grid:
    local = [at.astimezone(CHINA) for at in times]
    counts = Counter((at.weekday(), at.hour) for at in local)
    return tuple(tuple(counts[weekday, hour] for hour in range(24)) for weekday in range(7))


def _blocks(grid: Grid) -> list[int]:
    return [sum(row[start : start + BLOCK]) for row in grid for start in range(0, 24, BLOCK)]
