"""The funnel of ads as a picture: steps below one another, on one scale; what counts sightings is drawn hollow, it counts no ads."""

from collections.abc import Sequence
from dataclasses import dataclass

from mingcha.model.ad_cycle import Funnel, FunnelBy, FunnelLine
from mingcha.model.advert import TRADE_WORDS, Trade
from mingcha.model.words import Words

WIDTH, LEFT, RIGHT, STEP, THICK = (
    720,
    128,
    118,
    34,
    20,
)  # of the whole, of names, of numbers; from step to step, of a bar
SHOWN = 12  # lines of one way of telling apart
NOT_SAID = Words("（未知）", "(unknown)")
BY_WORDS: dict[FunnelBy, Words] = {
    FunnelBy.PLATFORM: Words("按平台", "by platform"),
    FunnelBy.TRADE: Words("按行当", "by trade"),
    FunnelBy.WEEK: Words("按首次发现的周", "by the week first seen"),
}
STEPS: tuple[tuple[str, Words, str], ...] = (
    ("sightings", Words("看到（次）", "seen (times)"), "#9aa7b5"),
    ("ads", Words("广告（条）", "ads"), "#24507a"),
    ("judged", Words("人工认定", "judged"), "#35689a"),
    ("soliciting", Words("认定为招揽", "judged to solicit"), "#5b7fa6"),
    ("reported", Words("已举报", "reported"), "#d08a2e"),
    ("removed", Words("举报后下架", "then removed"), "#3f8f6b"),
    ("reappeared", Words("30日内重现", "back in 30 days"), "#b9433f"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: where it stands, how long it is, and what is said beside it."""

    label: Words
    value: int
    share: str  # of ads, in percent; empty for what counts no ads
    colour: str
    y: int
    width: float
    hollow: bool


def steps(line: FunnelLine) -> tuple[Step, ...]:
    """The bars of a line, all on the scale of the longest."""
    most, room = max(line.sightings, line.ads, 1), WIDTH - LEFT - RIGHT
    return tuple(
        Step(
            label=label,
            value=(value := getattr(line, key)),
            share="" if key in ("sightings", "ads") or not line.ads else f"{100 * value / line.ads:.0f}%",
            colour=colour,
            y=n * STEP + 1,
            width=round(max(room * value / most, 2.0 if value else 0.0), 1),
            hollow=key == "sightings",
        )
        for n, (key, label, colour) in enumerate(STEPS)
    )


def shown(funnel: Funnel) -> tuple[FunnelLine, ...]:
    """The newest weeks, or the platforms and trades with most ads."""
    if funnel.by is FunnelBy.WEEK:
        return funnel.lines[-SHOWN:]
    return tuple(sorted(funnel.lines, key=lambda line: (-line.ads, line.of)))[:SHOWN]


def name(funnel: Funnel, line: FunnelLine) -> Words:
    """What a line is of."""
    if funnel.by is FunnelBy.TRADE and line.of:
        return TRADE_WORDS[Trade(line.of)]
    return Words(line.of, line.of) if line.of else NOT_SAID


def widest(lines: Sequence[FunnelLine]) -> int:
    """The scale of a table: all its bars are on one."""
    return max((max(line.sightings, line.ads) for line in lines), default=0) or 1


def days(line: FunnelLine) -> str:
    """The median from report to removal."""
    return "—" if line.median_hours is None else f"{line.median_hours / 24:.1f}"


DRAWN = {  # what the template draws with
    "funnel_steps": steps, "funnel_shown": shown, "funnel_name": name, "funnel_widest": widest, "funnel_days": days,
    "funnel_columns": STEPS, "funnel_by": BY_WORDS.__getitem__, "funnel_size": (WIDTH, LEFT, THICK, STEP * len(STEPS)),
}  # fmt: skip
