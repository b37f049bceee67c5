"""What aid goes by, as dated data: hotlines, first-hour cards, letters, warnings; no text of it may ask anything in return."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import normalize

from mingcha.errors import BadStandard
from mingcha.model.aid import FactKind, Need, PaperKind
from mingcha.model.finding import Conduct
from mingcha.model.provenance import Grade
from mingcha.model.traces import PROOFS
from mingcha.model.words import Words
from mingcha.standards.answers import Refused


@dataclass(frozen=True, slots=True)
class Line:
    """Whose turn a step is; `number` is empty where there is none for the whole country."""

    id: str
    number: str
    title: Words
    where: Words


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step of a first-hour card: who can do it, what, and how."""

    id: str
    who: Line
    do: Words
    how: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A situation, the words by which it is read from a text, and what is done in its first hour."""

    id: str
    need: Need
    cues: "re.Pattern[str]"
    title: Words
    steps: tuple[CardStep, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A lawful way, with the words by which its need is read where it has any."""

    title: Words
    text: Words
    cues: "re.Pattern[str]"


@dataclass(frozen=True, slots=True, kw_only=True)
class AidOffice:
    """An office that gives legal aid in a place: where that was read, how good that source is, and when it was last checked.

    The package's own are of the whole country; a site's own say who stands for them.
    """

    place: str
    name: str
    address: str = ""
    phone: str = ""
    source: str
    grade: Grade
    checked_on: date
    countersigned_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningWords:
    """A promise made in ads, what is true, what to do; `conduct` of an organisation that calls for it."""

    id: str
    cues: "re.Pattern[str]"
    conduct: frozenset[Conduct]
    says: Words
    true: Words
    do: Words
    staff: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AidWords:
    """One dated file; braces in papers name what is filled in."""

    id: str
    lines: Mapping[str, Line]
    denied: "re.Pattern[str]"
    situations: Mapping[str, Card]
    hardship: Route
    instalment: Route
    legal_aid: Route
    page: Mapping[str, Words]
    facts: Mapping[FactKind, Words]  # as they are told to the person themselves
    papers: Mapping[PaperKind, Words]
    paper_words: Mapping[str, Words]
    gaps: Mapping[str, Words]
    evidence: Mapping[str, Words]
    warnings: tuple[WarningWords, ...]
    refused: tuple[Refused, ...]
    offices: tuple[AidOffice, ...] = field(default=())

    @property
    def hotlines(self) -> tuple[Line, ...]:
        """The lines that have a number, in reading order."""
        return tuple(line for line in self.lines.values() if line.number)

    def offices_in(self, place: str) -> tuple[AidOffice, ...]:
        """Offices of a place (a name or a whole address; the nearest first), then those of the whole country."""
        here = [one for one in self.offices if one.place in place or (place and place in one.place)]
        here.sort(key=lambda one: -len(one.place))
        return (*here, *(one for one in self.offices if one.place == COUNTRY and one not in here))


COUNTRY = "全国"
NEVER = re.compile(r"(?!)")
PAGE = ("title", "lead", "locked", "over", "acting", "object", "letters")
PAPER_PARTS = ("loss", "total", "have", "missing", "kept")


def parse_aid(name: str, data: Mapping[str, Any], offices: Sequence[AidOffice] = ()) -> AidWords:
    """The file as values; BadStandard names what it lacks, and any text of it that asks something in return."""
    try:
        lines = {id_: Line(id_, row["number"], _words(row["title"]), _words(row["where"])) for id_, row in data["lines"].items()}  # fmt: skip
        cards = [_card(row, lines) for row in data["situations"]]
        made = AidWords(
            id=data["id"],
            lines=lines,
            denied=re.compile(data["denied"]["before"]),
            situations={one.id: one for one in cards},
            hardship=_route(data["hardship"]),
            instalment=_route(data["instalment"]),
            legal_aid=_route(data["legal_aid"]),
            page={part: _words(data["page"][part]) for part in PAGE},
            facts={kind: _words(data["facts"][kind.value]) for kind in FactKind},
            papers={kind: _words(data["papers"][kind.value]) for kind in PaperKind},
            paper_words={part: _words(data["paper_words"][part]) for part in PAPER_PARTS},
            gaps={id_: _words(row) for id_, row in data["gaps"].items()},
            evidence={proof: _words(data["evidence"][proof]) for proof in PROOFS},
            warnings=tuple(_warning(row) for row in data["warnings"]),
            refused=tuple(Refused(re.compile(row["words"]), _words(row["why"])) for row in data["refused"]),
            offices=(*offices, *(_office(row) for row in data["offices"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise BadStandard(which=name, why=f"{type(error).__name__}: {error}") from None
    _once(name, [one.id for one in cards])
    _nothing_in_return(name, data, made.refused)
    return made


def parse_offices(name: str, rows: Any) -> tuple[AidOffice, ...]:
    """The `[[legal_aid]]` tables of a site's file; BadStandard where nobody stands for one."""
    try:
        offices = tuple(_office(row) for row in rows or ())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadStandard(which=f"{name}:legal_aid", why=f"{type(error).__name__}: {error}") from None
    for one in offices:
        if not one.countersigned_by.strip():
            why = Words("机构的修改须写明由谁负责", "what a site changes says who stands for it")
            raise BadStandard(which=f"{name}:legal_aid:{one.name}", why=why)
    return offices


def _office(row: Mapping[str, Any]) -> AidOffice:
    made = AidOffice(**{**row, "grade": Grade(row["grade"])})
    if not (isinstance(made.checked_on, date) and made.place.strip() and made.source.strip()):
        raise ValueError(f"{made.name}: place, source, checked_on")
    return made


def texts_of(data: Any) -> Iterator[str]:
    """Every text of a file that people may read, wherever it stands."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key in ("zh", "en") and isinstance(value, str):
                yield value
            elif key != "refused":
                yield from texts_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_of(value)


def _nothing_in_return(name: str, data: Mapping[str, Any], refused: Sequence[Refused]) -> None:
    for text in texts_of(data):
        folded = normalize("NFKC", text).lower()
        for rule in refused:
            if match := rule.words.search(folded):
                raise BadStandard(which=f"{name}:{match.group()}", why=rule.why)


def _card(row: Mapping[str, Any], lines: Mapping[str, Line]) -> Card:
    steps = tuple(CardStep(one["id"], lines[one["who"]], _words(one["do"]), _words(one["how"])) for one in row["steps"])
    return Card(
        id=row["id"],
        need=Need(row["need"]),
        cues=re.compile(row["cues"]),
        title=_words(row["title"]),
        steps=steps,
    )


def _route(row: Mapping[str, Any]) -> Route:
    return Route(_words(row["title"]), _words(row["text"]), re.compile(row["cues"]) if "cues" in row else NEVER)


def _warning(row: Mapping[str, Any]) -> WarningWords:
    return WarningWords(
        id=row["id"],
        cues=re.compile(row["cues"]),
        conduct=frozenset(Conduct(one) for one in row["conduct"]),
        says=_words(row["says"]),
        true=_words(row["true"]),
        do=_words(row["do"]),
        staff=_words(row["staff"]),
    )


def _words(row: Mapping[str, str]) -> Words:
    return Words(row["zh"].strip("\n"), row["en"].strip("\n"))


def _once(where: str, ids: list[str]) -> None:
    twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if twice is not None:
        raise BadStandard(which=f"{where}:{twice}", why=Words("出现了两次", "it stands twice"))
