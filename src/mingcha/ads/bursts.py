"""Bursts of young accounts: a week in which far more of one platform's accounts that were just opened first advertised than usual.

Usual is the mean of that platform's own earlier weeks; with it goes how often chance would bring so many (Poisson), and the
counts. Fewer than LEAST are never a burst. A burst is shown, and is no ground for anything.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingcha.model.seller import Burst
from mingcha.model.words import Words

YOUNG_DAYS = 30  # between the day an account was opened and its first ad
LEAST = 5  # young accounts of a burst
EARLIER = 4  # weeks it takes to know what is usual
WITHOUT = 10  # young accounts that make a burst where it is not known
RARE = 1_000  # millionths: chance brings so many less than once in a thousand weeks
LEAST_USUAL = 0.5  # accounts a week taken for usual where there were fewer: a quiet platform is no proof
MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class YoungAccount:
    """A posting account, when it was opened where that is known, and the day its first ad was seen. `account` is keyed."""

    account: str
    platform: str
    since: date | None
    first: date
    ads: tuple[str, ...]

    @property
    def young(self) -> bool:
        """Whether it advertised as soon as it was opened."""
        return self.since is not None and timedelta(0) <= self.first - self.since <= timedelta(days=YOUNG_DAYS)


def week_of(day: date) -> str:
    """The ISO week of a day, as `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def bursts(accounts: Iterable[YoungAccount]) -> list[Burst]:
    """All bursts, the newest week first. A platform's weeks run from the first in which any account of it advertised."""
    by_platform: dict[str, list[YoungAccount]] = {}
    for one in accounts:
        by_platform.setdefault(one.platform, []).append(one)
    found = [burst for name, mine in sorted(by_platform.items()) for burst in _bursts(name, mine)]
    return sorted(found, key=lambda one: one.week, reverse=True)


def _bursts(platform: str, accounts: Sequence[YoungAccount]) -> Iterator[Burst]:
    begin = min(_monday(one.first) for one in accounts)
    weeks: dict[int, list[YoungAccount]] = {}
    for one in accounts:
        if one.young:
            weeks.setdefault((_monday(one.first) - begin).days // 7, []).append(one)
    for n, mine in sorted(weeks.items()):
        before = sum(len(held) for week, held in weeks.items() if week < n)
        known = n >= EARLIER
        chance = poisson_tail(len(mine), max(before / n, LEAST_USUAL)) if known else None
        if len(mine) >= (LEAST if known else WITHOUT) and (chance is None or chance < RARE):
            yield Burst(
                platform=platform,
                week=week_of(begin + timedelta(weeks=n)),
                accounts=len(mine),
                usual=before * 1_000 // n if n else 0,
                weeks=n,
                chance=chance,
                ads=tuple(sorted(ad for one in mine for ad in one.ads)),
                why=_why(len(mine), before, n, chance),
            )


def poisson_tail(count: int, mean: float) -> int:
    """How likely chance brings `count` or more where `mean` are usual, in millionths, rounded up."""
    below = math.fsum(math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count))
    return math.ceil(max(0.0, 1 - below) * MILLION)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _why(count: int, before: int, weeks: int, chance: int | None) -> Words:
    if chance is None:
        return Words(
            f"一周内 {count} 个开通不足 {YOUNG_DAYS} 天的账号首次发广告；此前只有 {weeks} 周记录，按不少于 {WITHOUT} 个计",
            f"{count} accounts opened within {YOUNG_DAYS} days first advertised in one week; only {weeks} earlier weeks are known, so {WITHOUT} are asked for",
        )
    return Words(
        f"一周内 {count} 个开通不足 {YOUNG_DAYS} 天的账号首次发广告；此前 {weeks} 周共 {before} 个，偶然达到的机会不超过百万分之 {chance}",
        f"{count} accounts opened within {YOUNG_DAYS} days first advertised in one week; in the {weeks} weeks before "
        f"there were {before} in all: by chance it happens at most {chance} times in a million",
    )
