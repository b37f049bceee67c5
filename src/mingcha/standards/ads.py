"""How posts that solicit are told from others, as dated data: cues with their words, and frames of wording."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingcha.errors import BadStandard
from mingcha.model.advert import AdClaim
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Cue:
    """Something seen in a post. One that `offers` is what an ad is seldom without; `claim` is what an ad says of itself by it."""

    code: str
    title: Words
    words: tuple[str, ...]
    offers: bool
    claim: AdClaim | None


@dataclass(frozen=True, slots=True)
class Frame:
    """A shape of wording over the folded text; `offers` as of a cue."""

    code: str
    title: Words
    pattern: "re.Pattern[str]"
    offers: bool


@dataclass(frozen=True, slots=True)
class AdWords:
    """One dated file of cues and frames."""

    id: str
    cues: Mapping[str, Cue]
    frames: tuple[Frame, ...]


def parse_ads(name: str, data: Mapping[str, Any]) -> AdWords:
    """The cues and frames of an ads file; BadStandard names the file and the code."""
    cues = [_cue(name, row) for row in data.get("cues", ())]
    frames = tuple(_frame(name, row) for row in data.get("frames", ()))
    codes = [*(cue.code for cue in cues), *(frame.code for frame in frames)]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise BadStandard(which=f"{name}:{twice}", why=Words("该线索出现了两次", "the cue stands twice"))
    return AdWords(data["id"], {cue.code: cue for cue in cues}, frames)


def _cue(name: str, row: Mapping[str, Any]) -> Cue:
    claim = row.get("claim")
    if (claim and claim not in list(AdClaim)) or not row["words"]:
        why = Words("宣称不在表内，或没有词", "no such claim, or no words")
        raise BadStandard(which=f"{name}:{row['code']}", why=why)
    return Cue(
        row["code"],
        Words(**row["title"]),
        tuple(row["words"]),
        bool(row.get("offers", False)),
        AdClaim(claim) if claim else None,
    )


def _frame(name: str, row: Mapping[str, Any]) -> Frame:
    try:
        return Frame(row["code"], Words(**row["title"]), re.compile(row["pattern"]), bool(row.get("offers", False)))
    except re.error as error:
        raise BadStandard(which=f"{name}:{row['code']}", why=str(error)) from None
