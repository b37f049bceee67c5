"""Dated standards from their TOML texts: every clause has its words in both languages, its source, rank and grade.

A file that breaks a rule is refused by name; a released file is never edited, a new date is added beside it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.provenance import Clause, Grade, JudgedBy, Rank
from mingcha.model.words import Words
from mingcha.standards.deadlines import Deadlines, parse_deadlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """All clauses by id, the deadlines, the parsed lexicon, and a digest of every byte they came from."""

    clauses: Mapping[str, Clause]
    deadlines: Deadlines
    lexicon: Mapping[str, Any]
    digest: str

    def clause(self, id_: str) -> Clause:
        """One clause; BadStandard when there is none."""
        if id_ not in self.clauses:
            raise BadStandard(which=id_, why="no such clause")
        return self.clauses[id_]

    def in_force(self, name: str, on: date) -> tuple[Clause, ...]:
        """Clauses called `name` (the part after the colon, or a whole id) in force on a day, newest start first."""
        found = [
            clause
            for clause in self.clauses.values()
            if (clause.id == name or clause.id.split(":", 1)[1] == name)
            and (clause.in_force_from is None or clause.in_force_from <= on.isoformat())
            and (clause.in_force_to is None or on.isoformat() <= clause.in_force_to)
        ]
        return tuple(sorted(found, key=lambda c: (c.in_force_from or "", c.id), reverse=True))


def load(files: Mapping[str, str]) -> Standards:
    """Parse and check all standards; `files` maps file names (`name@date.toml`) to their texts."""
    clauses: dict[str, Clause] = {}
    deadlines: Deadlines | None = None
    lexicon: Mapping[str, Any] = {"id": "lexicon@none", "terms": []}
    for name in sorted(files):
        try:
            data = tomllib.loads(files[name])
        except tomllib.TOMLDecodeError as error:
            raise BadStandard(which=name, why=str(error)) from None
        if name.startswith("lexicon@"):
            lexicon = data
        elif name.startswith("deadlines@"):
            deadlines = parse_deadlines(name, data)
        else:
            _add(clauses, name, data)
    if deadlines is None:
        raise BadStandard(which="deadlines", why="there is no deadlines file")
    digest = sha256("\0".join(f"{name}\0{files[name]}" for name in sorted(files)).encode()).hexdigest()
    return Standards(clauses=clauses, deadlines=deadlines, lexicon=lexicon, digest=f"sha256:{digest[:32]}")


def _add(clauses: dict[str, Clause], name: str, data: Mapping[str, Any]) -> None:
    stem = name.removesuffix(".toml")
    if "@" not in stem or data.get("id") != stem:
        raise BadStandard(which=name, why="the file is named for its standard and date, and says the same inside")
    for row in data.get("clauses", []):
        clause = _clause(name, stem, data, row)
        if clause.id in clauses:
            raise BadStandard(which=clause.id, why="the clause stands twice")
        clauses[clause.id] = clause


def _clause(name: str, stem: str, data: Mapping[str, Any], row: Mapping[str, Any]) -> Clause:
    where = f"{name}:{row.get('id', '?')}"
    try:
        clause = Clause(
            id=f"{stem}:{row['id']}",
            title=Words(row["title"]["zh"], row["title"]["en"]),
            text=Words(row["text"]["zh"], row["text"]["en"]),
            source=row["source"],
            rank=Rank(row.get("rank", data["rank"])),
            grade=Grade(row["grade"]),
            judged_by=JudgedBy(row["judged_by"]),
            why_people=row.get("why_people"),
            in_force_from=_day(row.get("from", data.get("from"))),
            in_force_to=_day(row.get("to", data.get("to"))),
            binds=row.get("binds", "institution"),
            parameters=tuple(sorted(row.get("parameters", {}).items())),
        )
    except (KeyError, ValueError) as error:
        raise BadStandard(which=where, why=f"{type(error).__name__}: {error}") from None
    if clause.judged_by is not JudgedBy.DETECTOR and not clause.why_people:
        raise BadStandard(which=where, why="a clause no program judges says why")
    if clause.grade is Grade.UNREAD and clause.judged_by is JudgedBy.DETECTOR:
        raise BadStandard(which=where, why="an unread clause cannot be judged by a detector")
    if clause.grade is not Grade.FIRST_HAND and clause.binds == "person" and clause.judged_by is JudgedBy.DETECTOR:
        raise BadStandard(which=where, why="a reported clause never weighs against a person")
    if any(isinstance(value, float) for _, value in clause.parameters):
        raise BadStandard(which=where, why="parameters are whole numbers or strings, rates in millionths")
    return clause


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None
