"""Which clocks a filing carries, and which deadline rule each falls under: the most specific one that names it."""

from dataclasses import dataclass

from mingcha.model.words import Words
from mingcha.standards.deadlines import Deadlines, Regime

MAIN = "complaint"  # the matter every filing carries


@dataclass(frozen=True, slots=True)
class Carried:
    """A matter of a filing: what it is called, and the rule of its clock."""

    matter: str
    title: Words
    regime: Regime


def carried(deadlines: Deadlines, licence: str, channel: str, stated: str) -> tuple[Carried, ...]:
    """The matters a filing carries with their rules, never none; a rule for the complaint may name the stated matter."""
    return tuple(
        Carried(
            one,
            deadlines.matter(one),
            regime_for(deadlines, licence, channel, (stated or MAIN) if one == MAIN else one),
        )
        for one in matters_of(deadlines, channel, stated)
    )


def matters_of(deadlines: Deadlines, channel: str, stated: str) -> tuple[str, ...]:
    """The matters a filing carries, a clock each: the complaint always and first, then what channel and stated matter name.

    A word opens a clock and closes none: a word read wrongly costs a reminder, never a period somebody has a right to. Only
    what was recorded of the filing counts, not its text; a person adds a matter by stating it.
    """
    channel, stated = channel.casefold(), stated.casefold()
    named = (
        one.id
        for one in deadlines.matters
        if any(word in channel for word in one.channels) or any(word in stated for word in one.stated)
    )
    return MAIN, *named


def regime_for(deadlines: Deadlines, licence: str, channel: str, matter: str) -> Regime:
    """The regime; the file's catch-all where none is more specific (it is marked unread)."""
    fitting = [
        regime
        for regime in deadlines.regimes
        if _fits(regime.licences, licence) and _fits(regime.channels, channel) and _fits(regime.matters, matter)
    ]
    return max(fitting, key=lambda r: (bool(r.matters), bool(r.channels), bool(r.licences)))


def _fits(named: tuple[str, ...], value: str) -> bool:
    return not named or value in named
