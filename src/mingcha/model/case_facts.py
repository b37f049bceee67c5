"""How a case stands after its acts."""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.case import (
    CaseState,
    Exculpated,
    OutcomeKnown,
    ReferralDrafted,
    ReferralFiled,
    ReferralSent,
    Shown,
    StepDone,
    Subject,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One referral and what became of it."""

    id: str
    drafted: ReferralDrafted
    by: str
    drafted_at: datetime
    agreed: tuple[str, ...] = ()  # names, in order, to the case as it stands
    cleared_at: datetime | None = None  # when two had agreed, whatever changed since
    sent: ReferralSent | None = None
    filed: ReferralFiled | None = None
    outcomes: tuple[OutcomeKnown, ...] = ()
    fallen: tuple[str, ...] = ()  # findings it rests on that fell
    corrected: int = 0  # how many of these its recipient confirmed

    @property
    def owes_correction(self) -> bool:
        """Whether whoever received it has to be told that something fell."""
        return self.sent is not None and self.corrected < len(self.fallen)


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
    lines: tuple[Exculpated, ...] = ()
    referrals: tuple[Referral, ...] = ()
    objections: tuple[Objection, ...] = ()  # that nobody answered yet, the oldest first
    held: bool = False
    fallen: tuple[str, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether an objection waits that counsel did not set urgent harm against."""
        return any(not one.urgent for one in self.objections)


@dataclass(frozen=True, slots=True)
class CaseDue:
    """Something that waits, from a day on."""

    what: Words
    on: date
