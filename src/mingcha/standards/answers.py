"""Wording of drafted answers as dated data, the words no answer may hold, and the institution's own name and offices."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.answer import Institution, Office, Stand
from mingcha.model.merit import Grievance
from mingcha.model.words import Words

REMEDIES = ("review", "mediation", "arbitration", "court")
LETTER = ("opening", "opening_none", "explanation", "help", "asking", "asking_end", "not_handled")
OFFICES = ("review", "mediation", "court", "arbitration")


@dataclass(frozen=True, slots=True)
class Refused:
    """Words no answer may hold, over folded text, and why."""

    words: "re.Pattern[str]"
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """One dated file of wording. Braces name what is filled in: received, due, until, asked, department, phone, name, address."""

    id: str
    letter: Mapping[str, Words]
    explanation_basis: str
    remedies: Mapping[str, tuple[Words, Words]]
    titles: Mapping[Grievance, Words]
    do: Mapping[tuple[Grievance, Stand], Words]
    refused: tuple[Refused, ...]


def parse_answers(name: str, data: Mapping[str, Any]) -> AnswerWords:
    """The wording of an answers file; BadStandard names what it lacks."""
    try:
        points = {grievance: data["points"][grievance.value] for grievance in Grievance}
        return AnswerWords(
            id=data["id"],
            letter={part: _words(data["letter"][part]) for part in LETTER},
            explanation_basis=data["letter"]["explanation_basis"],
            remedies={
                part: (_words(data["remedies"][part]["name"]), _words(data["remedies"][part]["where"]))
                for part in REMEDIES
            },
            titles={grievance: _words(rows["title"]) for grievance, rows in points.items()},
            do={(g, stand): _words(rows[stand.value]) for g, rows in points.items() for stand in Stand},
            refused=tuple(Refused(re.compile(row["words"]), _words(row["why"])) for row in data["refused"]),
        )
    except (KeyError, TypeError, re.error) as error:
        raise BadStandard(which=name, why=f"{type(error).__name__}: {error}") from None


def parse_institution(name: str, data: Mapping[str, Any]) -> Institution:
    """The `[institution]` table of a site's file; BadStandard for a field there is not, or with nobody to stand for it."""
    known = {field.name for field in fields(Institution)}
    unknown = sorted(set(data) - known)
    if unknown:
        raise BadStandard(
            which=f"{name}:institution",
            why=Words(f"没有这样的栏目：{'、'.join(unknown)}", f"there is no such field: {', '.join(unknown)}"),
        )
    if not str(data.get("countersigned_by", "")).strip():
        raise BadStandard(
            which=f"{name}:institution",
            why=Words("机构的修改须写明由谁负责", "what a site changes says who stands for it"),
        )
    try:
        read: dict[str, Any] = {key: Office(**value) if key in OFFICES else str(value) for key, value in data.items()}
    except TypeError as error:
        raise BadStandard(which=f"{name}:institution", why=f"{type(error).__name__}: {error}") from None
    return Institution(**read)


def _words(row: Mapping[str, str]) -> Words:
    return Words(row["zh"], row["en"])
