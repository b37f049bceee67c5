"""Deadlines by licence x channel x matter; what has no source is `unread`, visibly, and a site may fill it in by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.words import Words

COMPLAINT = Words("投诉", "complaint")
COUNTINGS = ("natural", "working")
DAY_COUNT = "complaint-measures@2020-03-01:clock.days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One deadline rule. Days are counted from the day after receipt; `unread` ones have no known source."""

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
    counting: str = "natural"  # natural or working days
    day_count: str = DAY_COUNT  # the clause that says how days are counted
    countersigned_by: str | None = None  # who of the site stands for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something a filing may be about besides the complaint, with a clock of its own; it never takes the complaint's away.

    It is opened by a word in what the file says of the channel or of the matter, whatever the case.
    """

    id: str
    title: Words
    channels: tuple[str, ...]
    stated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """All regimes of one dated file, a site's own before the package's; the most specific one is taken."""

    id: str
    regimes: tuple[Regime, ...]
    matters: tuple[Matter, ...] = ()

    def matter(self, id_: str) -> Words:
        """What a matter is called."""
        return next((one.title for one in self.matters if one.id == id_), COMPLAINT)


def parse_deadlines(name: str, data: Mapping[str, Any]) -> Deadlines:
    """The regimes of a deadlines file; BadStandard names a wrong one."""
    regimes = tuple(parse_regime(name, row) for row in data.get("regimes", ()))
    if not any(r.licences == r.channels == r.matters == () for r in regimes):
        raise BadStandard(
            which=name, why=Words("须有一项兜底的期限规则", "there must be a regime for whatever no other names")
        )
    return Deadlines(str(data.get("id", name)), regimes, parse_matters(name, data))


def parse_matters(name: str, data: Mapping[str, Any]) -> tuple[Matter, ...]:
    """The `[[matters]]` tables of a file; BadStandard names a wrong one."""
    return tuple(_matter(f"{name}:{row.get('id', '?')}", row) for row in data.get("matters", ()))


def _matter(where: str, row: Mapping[str, Any]) -> Matter:
    try:
        matter = Matter(
            id=str(row["id"]),
            title=Words(row["title"]["zh"], row["title"]["en"]),
            channels=tuple(word.casefold() for word in row.get("channels", ())),
            stated=tuple(word.casefold() for word in row.get("stated", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadStandard(which=where, why=f"{type(error).__name__}: {error}") from None
    if not all((*matter.channels, *matter.stated)) or not (matter.channels or matter.stated):
        raise BadStandard(
            which=where, why=Words("须写明由哪些字词开启", "the words that open it must be named, and none is empty")
        )
    return matter


def parse_regime(name: str, row: Mapping[str, Any]) -> Regime:
    """One `[[regimes]]` table; BadStandard names the file and the regime."""
    where = f"{name}:{row.get('id', '?')}"
    try:
        regime = Regime(
            id=row["id"],
            clause=row["clause"],
            licences=tuple(row.get("licences", ())),
            channels=tuple(row.get("channels", ())),
            matters=tuple(row.get("matters", ())),
            simple_days=int(row["simple_days"]),
            complex_days=int(row["complex_days"]),
            extension_days=int(row["extension_days"]),
            extension_ranks=tuple(row.get("extension_ranks", ())),
            unread=bool(row.get("unread", False)),
            note=Words(row["note"]["zh"], row["note"]["en"]),
            counting=row.get("counting", "natural"),
            day_count=row.get("day_count", DAY_COUNT),
            countersigned_by=row.get("countersigned_by"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadStandard(which=where, why=f"{type(error).__name__}: {error}") from None
    if not 0 < regime.simple_days <= regime.complex_days or regime.extension_days < 0:
        raise BadStandard(
            which=where,
            why=Words("期限须为正数，且由简单到复杂递增", "periods are positive and grow from simple to complex"),
        )
    if regime.counting not in COUNTINGS:
        raise BadStandard(
            which=where,
            why=Words(
                f"计日方式只能是 {', '.join(COUNTINGS)} 之一", f"days are counted as one of {', '.join(COUNTINGS)}"
            ),
        )
    if not (regime.note.zh.strip() and regime.note.en.strip()):
        raise BadStandard(which=where, why=Words("说明须有中英两种文字", "the note stands in both languages"))
    return regime
