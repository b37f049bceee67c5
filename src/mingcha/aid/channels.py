"""How somebody can be reached without whoever holds their number or letters hearing of it; a branch is always safe.

What is not known is not safe: a number nobody knows the day of may have changed yesterday.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingcha.model.aid import Channel, ChannelKind
from mingcha.model.words import Words

CHANGED_DAYS = 180

CHANGED = Words(f"号码在 {CHANGED_DAYS} 天内变更过", f"the number changed within {CHANGED_DAYS} days")
SINCE_UNKNOWN = Words("不知道号码从何时起使用", "since when the number is theirs is not known")
OTHERS = Words(
    "也见于他人的资料、来件或广告", "it is also another customer's, or stands in what others filed or in an ad"
)
SIM_AWAY = Words("手机卡可能在他人手中", "their SIM card may be with somebody")
AGENTS = Words("与代办人所用的相同", "it is one that an agent uses")
NONE = Words("没有留存", "none is on record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is known of a customer's number and address, keyed; `others` are values that anybody else states, is held under, or an ad gives."""

    phone: str | None
    phone_since: date | None
    changed_on: date | None  # told on a call back
    address: str | None
    others: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    sim_away: bool = False  # it was told that somebody holds the card: whoever holds it answers


def channels(line: Line, today: date) -> tuple[Channel, ...]:
    """Every way with why it is not safe, where it is not."""
    return (
        Channel(ChannelKind.CALL, _call(line, today)),
        Channel(ChannelKind.LETTER, _held(line.address, line)),
        Channel(ChannelKind.BRANCH),
    )


def safe(line: Line, today: date) -> Iterator[ChannelKind]:
    """The ways an agent cannot hold."""
    return (one.kind for one in channels(line, today) if one.why is None)


def _call(line: Line, today: date) -> Words | None:
    why = _held(line.phone, line) or (SIM_AWAY if line.sim_away else None)
    if why is not None:
        return why
    if line.phone_since is None:
        return SINCE_UNKNOWN
    changed = max(line.phone_since, line.changed_on or line.phone_since)
    return CHANGED if (today - changed).days <= CHANGED_DAYS else None


def _held(value: str | None, line: Line) -> Words | None:
    if not value:
        return NONE
    if value in line.agents:
        return AGENTS
    return OTHERS if value in line.others else None
