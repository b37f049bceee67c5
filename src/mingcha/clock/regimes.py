"""Which clocks a filing carries, and which deadline rule each falls under: the most specific one that names it."""

from dataclasses import dataclass

from mingcha.model.words import Words
from mingcha.standards.deadlines import Deadlines, Regime

MAIN = "complaint"  # the matter every filing carries unless the file says it is no complaint


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
    """The matters a filing carries, a clock each: what the channel and the stated matter name, the complaint first.

    Only what was recorded of the filing counts, never its text: what somebody writes about can be read wrongly, and a
    person adds a matter by stating it.
    """
    channel, stated = channel.casefold(), stated.casefold()
    named = [
        one
        for one in deadlines.matters
        if any(word in channel for word in one.channels) or any(word in stated for word in one.stated)
    ]
    alone = [one.id for one in named if one.alone]
    return tuple(dict.fromkeys(([MAIN] if not alone else []) + alone + [one.id for one in named if not one.alone]))


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
