"""An exhibit: bytes kept as they came, with where they are from, how they were had, and what they are a copy of.

What whoever keeps it says of it (`About`) may be as hostile as a file name; it is kept as given and never used as a path.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mingcha.model.words import Words

FRAME = 1 << 20  # bytes; the last frame of an exhibit may be shorter
FRAME_DIGEST = 32  # bytes a frame in the list of frames


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of an exhibit: `of` are the ids it is about (ads, complaints, cases …); times carry zones.

    A derived copy names its original and the step that made it (OCR, transcript, redaction, screenshot).
    """

    name: str
    of: tuple[str, ...]
    media: str
    system: str
    how: str
    taken_at: datetime
    derived_from: str | None = None
    step: str | None = None
    gone_at: datetime | None = None  # when the source system deletes its original; None: nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: size and digests of the original bytes (hex), and the SHA-256 of each frame as it lies on disk."""

    size: int
    sha256: str
    sm3: str
    frames: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One exhibit. `frames` is the SHA-256 of its list of frames, so that no frame can be swapped, dropped or added."""

    id: str
    about: About
    size: int
    sha256: str
    sm3: str
    frames: str
    kept_at: datetime
    by: str


class Wholeness(StrEnum):
    """What a check of an exhibit's bytes found."""

    WHOLE = "whole"
    CHANGED = "changed"
    MISSING = "missing"
    ERASED = "erased"


WHOLENESS_WORDS: dict[Wholeness, Words] = {
    Wholeness.WHOLE: Words("完整", "whole"),
    Wholeness.CHANGED: Words("被改动", "changed"),
    Wholeness.MISSING: Words("缺失", "missing"),
    Wholeness.ERASED: Words("已删除", "erased"),
}


@dataclass(frozen=True, slots=True)
class ExhibitCheck:
    """One exhibit's bytes held against what was kept; `why` names the first frame that does not fit."""

    exhibit: str
    found: Wholeness
    why: Words | None = None
