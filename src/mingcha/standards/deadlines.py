"""Deadlines by licence x channel x matter, and the holidays the law counts by; what has no source is `unread`, visibly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One deadline rule. Days are natural days counted from the day after receipt; `unread` ones have no known source."""

    id: str
    clause: str
    licences: tuple[str, ...]  # empty: any
    channels: tuple[str, ...]
    matters: tuple[str, ...]
    simple_days: int
    complex_days: int
    extension_days: int
    extension_ranks: tuple[str, ...]
    unread: bool
    note: Words


@dataclass(frozen=True, slots=True)
class Deadlines:
    """All regimes of one dated file, the most specific first."""

    id: str
    regimes: tuple[Regime, ...]


def parse_deadlines(name: str, data: Mapping[str, Any]) -> Deadlines:
    """The regimes of a deadlines file; BadStandard names a wrong one."""
    regimes = []
    for row in data.get("regimes", []):
        try:
            regimes.append(
                Regime(
                    id=row["id"],
                    clause=row["clause"],
                    licences=tuple(row.get("licences", ())),
                    channels=tuple(row.get("channels", ())),
                    matters=tuple(row.get("matters", ())),
                    simple_days=row["simple_days"],
                    complex_days=row["complex_days"],
                    extension_days=row["extension_days"],
                    extension_ranks=tuple(row.get("extension_ranks", ())),
                    unread=row.get("unread", False),
                    note=Words(row["note"]["zh"], row["note"]["en"]),
                )
            )
        except KeyError as error:
            raise BadStandard(which=f"{name}:{row.get('id', '?')}", why=f"{error} is missing") from None
    if not regimes or not any(r.licences == r.channels == r.matters == () for r in regimes):
        raise BadStandard(which=name, why="there must be a regime for whatever no other names")
    return Deadlines(str(data["id"]), tuple(regimes))


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days that are not working days beyond weekends, working weekends, and until when the file is known to be right."""

    off: frozenset[date]
    working: frozenset[date]
    known_to: date

    def is_working(self, day: date) -> bool:
        """Whether a day is a working day as far as the file knows."""
        return day in self.working or (day.weekday() < 5 and day not in self.off)
