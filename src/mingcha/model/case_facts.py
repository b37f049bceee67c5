"""How a case stands after its acts."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.case import CaseState, DemandNoted, Exculpated, Shown, StepDone, Subject
from mingcha.model.case_out import (
    CorrectionDrafted,
    CorrectionSent,
    Lost,
    OutcomeKnown,
    PreservationAnswered,
    PreservationAsked,
    ReferralDrafted,
    ReferralFiled,
    ReferralReceived,
    ReferralSent,
)
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done."""

    id: str
    text: str
    owner: str
    due: date | None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """One that nobody answered yet; `urgent` once counsel said so while it stood."""

    at: datetime
    urgent: bool = False
    id: str = ""  # of who came by their own door


@dataclass(frozen=True, slots=True)
class Fallen:
    """A finding a referral rests on that fell: when, by whom, and why: a cause of the house, or what a person wrote."""

    finding: str
    at: datetime
    by: str
    cause: Lost | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One referral and what became of it."""

    id: str
    drafted: ReferralDrafted
    by: str
    drafted_at: datetime
    agreed: tuple[str, ...] = ()  # names, in order, to the case as it stands
    cleared_at: datetime | None = None  # when two had agreed, whatever changed since
    tells: tuple[str, ...] = ()  # complaints and exhibits it told of then
    sent: ReferralSent | None = None
    received: ReferralReceived | None = None
    filed: ReferralFiled | None = None
    outcomes: tuple[OutcomeKnown, ...] = ()
    fallen: tuple[Fallen, ...] = ()  # findings it rests on that fell, in that order; none ever goes
    letters: tuple[CorrectionDrafted, ...] = ()  # corrections drafted, each once
    letter: CorrectionSent | None = None  # the newest correction handed over
    told: int = 0  # of how many fallen its corrections tell
    corrected: int = 0  # how many of these its recipient confirmed

    @property
    def rests_on(self) -> tuple[str, ...]:
        """All that it rests on: what it was drafted from, and what it tells of."""
        return tuple(dict.fromkeys((*self.drafted.rests_on, *self.tells)))

    @property
    def owes_correction(self) -> bool:
        """Whether whoever received it has to be told that something fell, and did not confirm that yet."""
        return self.sent is not None and self.corrected < len(self.fallen)


@dataclass(frozen=True, slots=True)
class Preservation:
    """Records somebody was asked to keep, and what they answered."""

    id: str
    asked: PreservationAsked
    at: datetime
    answered: PreservationAnswered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """How a case stands."""

    state: CaseState | None = None  # None before it is opened
    title: str = ""
    playbook: str = ""
    parent: str | None = None
    subjects: tuple[Subject, ...] = ()
    admitted: tuple[str, ...] = ()
    worked_on_by: tuple[str, ...] = ()  # everyone who did anything on it but object, answer, or look
    holder: str | None = None
    steps: tuple[StepDone, ...] = ()
    tasks: tuple[Task, ...] = ()
    shown: tuple[Shown, ...] = ()
    demands: tuple[DemandNoted, ...] = ()
    lines: tuple[Exculpated, ...] = ()
    referrals: tuple[Referral, ...] = ()
    objections: tuple[Objection, ...] = ()  # that nobody answered yet, the oldest first
    requests: tuple[Preservation, ...] = ()
    held: bool = False
    fallen: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()  # of these what a person said fell: nothing rests on it again

    @property
    def disputed(self) -> bool:
        """Whether an objection waits that counsel did not set urgent harm against."""
        return any(not one.urgent for one in self.objections)


@dataclass(frozen=True, slots=True)
class CaseDue:
    """Something that waits, from a day on."""

    what: Words
    on: date
