"""How often people bear out what the machine found, and how reviewers agree with the records and with each other."""

from dataclasses import dataclass
from datetime import date

from mingcha.model.decision import Conclusion, Decision
from mingcha.model.finding import Answer, Side
from mingcha.model.share import Share
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One assessed complaint: what fired, what the records said of merit, and what people decided. No id, no name."""

    received_on: date
    fired: tuple[str, ...]  # detectors
    confirmed: bool  # the records bear a grievance out in full
    decisions: tuple[Decision, ...]  # all, oldest first
    conclusion: Conclusion | None  # the one that stands


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorLine:
    """One detector: of the complaints people concluded on where it fired, how many bear it out; and how often it fires now."""

    detector: str
    title: Words
    answer: Answer
    side: Side
    borne_out: Share
    left_open: int  # where it fired and people found too little to say
    now: Share  # of complaints of the newest weeks it fired in
    before: Share  # of those of the weeks before
    drifted: bool  # the two differ beyond chance


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerLine:
    """One reviewer: relief given where the records bear a grievance out, and decisions taken back or refused by somebody else."""

    name: str
    decided: int
    relief: Share
    taken_back: Share
    seconded: Share  # of accusing conclusions that somebody else looked at: those confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """The figures of a day. People saw the suggestions before they concluded: agreement, not truth."""

    on: date
    assessed: int
    concluded: int
    withheld: int  # complaints whose merit is open, to whoever may still decide it
    detectors: tuple[DetectorLine, ...]
    reviewers: tuple[ReviewerLine, ...]
