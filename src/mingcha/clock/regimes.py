"""Which deadline rule a complaint falls under: the most specific one that names its licence, channel and matter."""

from mingcha.standards.deadlines import Deadlines, Regime


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
