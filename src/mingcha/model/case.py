"""A case: complaints, rings, families, ads and customers looked into as one, and acts on it that are only ever added.

A case is about an organisation. A customer in it is a possible victim, a complaint in it keeps its own clock and its own
decisions, and nothing of a case ever reaches either.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.case_out import (
    CorrectionConfirmed,
    CorrectionDrafted,
    CorrectionSent,
    FindingFell,
    FindingLost,
    OutcomeKnown,
    PreservationAnswered,
    PreservationAsked,
    ReferralAgreed,
    ReferralDrafted,
    ReferralFiled,
    ReferralReceived,
    ReferralSent,
)
from mingcha.model.words import Words


class CaseState(StrEnum):
    """How far a case is. The codes are stable and public."""

    OPEN = "open"
    INVESTIGATED = "investigated"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    REOPENED = "reopened"


CASE_STATE_WORDS: dict[CaseState, Words] = {
    CaseState.OPEN: Words("已立案，待调查", "open"),
    CaseState.INVESTIGATED: Words("调查中", "under investigation"),
    CaseState.REFERRED: Words("已移送", "referred"),
    CaseState.ACCEPTED: Words("已受理", "accepted"),
    CaseState.CLOSED: Words("已结案", "closed"),
    CaseState.REOPENED: Words("已重启", "reopened"),
}


class SubjectKind(StrEnum):
    """What a case may be about."""

    COMPLAINT = "complaint"
    RING = "ring"
    FAMILY = "family"
    AD = "ad"
    CUSTOMER = "customer"


SUBJECT_WORDS: dict[SubjectKind, Words] = {
    SubjectKind.COMPLAINT: Words("投诉", "complaint"),
    SubjectKind.RING: Words("团伙", "ring"),
    SubjectKind.FAMILY: Words("话术家族", "family"),
    SubjectKind.AD: Words("广告", "ad"),
    SubjectKind.CUSTOMER: Words("可能受害的客户", "customer, perhaps a victim"),
}


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One thing a case is about, by its id."""

    kind: SubjectKind
    id: str


class Line(StrEnum):
    """What speaks for those a referral names; each has to be written before anything is referred."""

    BASIS = "basis_of_right"
    MERIT = "merit_confirmed"
    OFFERS = "offers_made_first"
    INNOCENT = "innocent_explanations"


LINE_WORDS: dict[Line, Words] = {
    Line.BASIS: Words("权利基础：其主张依据何种权利", "basis of right: on which right the demands rest"),
    Line.MERIT: Words("经核查属实的诉求", "demands found true in our own records"),
    Line.OFFERS: Words("本机构先行提出的减免或补偿", "waivers and offers the institution made first"),
    Line.INNOCENT: Words("已检验的无辜解释", "innocent explanations that were tested"),
}


# What acts say. Free text in them is kept encrypted.


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case begins."""

    title: str
    playbook: str
    subjects: tuple[Subject, ...]
    reason: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """Something joins the case."""

    subject: Subject
    reason: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something is no part of it after all; that it was stays."""

    subject: Subject
    reason: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody may see the case; whoever opened it may from the start."""

    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class BrokeGlass:
    """Somebody who was not admitted looked all the same, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """One person has it. `before` is who had it until now: two people never take it over from each other unseen."""

    to: str
    before: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note."""

    text: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The investigation begins."""

    reason: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of the playbook was done, with the exhibits that show it."""

    step: str
    exhibits: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class TaskSet:
    """Something to be done by somebody."""

    text: str
    owner: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class TaskDone:
    """It was done; `task` is the id of the act that set it."""

    task: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Exhibits held for an element of an offence."""

    element: str
    exhibits: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandNoted:
    """Words of threat a person heard or read in an exhibit, at a second of it, and what was asked for. `waived_because`: how much of
    what was waived in that complaint was given because of the threat; None where that was not looked at. Money in fen."""

    complaint: str
    exhibit: str
    words: str
    at_second: int | None = None
    demanded: int | None = None
    waived_because: int | None = None


@dataclass(frozen=True, slots=True)
class Exculpated:
    """What speaks for those named, under one of the lines; `text` says so where nothing does."""

    line: Line
    text: str


@dataclass(frozen=True, slots=True)
class CaseObjected:
    """Somebody named in it objects; `objection` is theirs by their own door and `since` when they lodged it, neither where somebody
    wrote it down for them."""

    text: str
    objection: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """Somebody who is not on the case answers. `finding` falls where they are right."""

    upheld: int  # 1 or 0: sealed bodies hold no truth values
    reason: str
    finding: str | None = None
    objection: str = ""  # as it came


@dataclass(frozen=True, slots=True)
class UrgentHarm:
    """Counsel says that harm is urgent: it may be referred while an objection waits."""

    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A legal hold: nothing of the case is disposed of."""

    reason: str


@dataclass(frozen=True, slots=True)
class HoldLifted:
    """It ends."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The case ends."""

    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """It goes on."""

    reason: str


CaseBody = (
    Opened
    | Added
    | SetAside
    | Admitted
    | BrokeGlass
    | Assigned
    | Noted
    | Begun
    | StepDone
    | TaskSet
    | TaskDone
    | Shown
    | DemandNoted
    | Exculpated
    | ReferralDrafted
    | ReferralAgreed
    | ReferralSent
    | ReferralReceived
    | ReferralFiled
    | OutcomeKnown
    | CaseObjected
    | ObjectionAnswered
    | UrgentHarm
    | FindingFell
    | FindingLost
    | CorrectionDrafted
    | CorrectionSent
    | CorrectionConfirmed
    | PreservationAsked
    | PreservationAnswered
    | Held
    | HoldLifted
    | Closed
    | Reopened
)


class CaseActKind(StrEnum):
    """Which act it is. The codes are stable and public."""

    OPENED = "opened"
    ADDED = "added"
    SET_ASIDE = "set_aside"
    ADMITTED = "admitted"
    BROKE_GLASS = "broke_glass"
    ASSIGNED = "assigned"
    NOTED = "noted"
    BEGUN = "begun"
    STEP_DONE = "step_done"
    TASK_SET = "task_set"
    TASK_DONE = "task_done"
    SHOWN = "shown"
    DEMAND_NOTED = "demand_noted"
    EXCULPATED = "exculpated"
    REFERRAL_DRAFTED = "referral_drafted"
    REFERRAL_AGREED = "referral_agreed"
    REFERRAL_SENT = "referral_sent"
    REFERRAL_RECEIVED = "referral_received"
    REFERRAL_FILED = "referral_filed"
    OUTCOME_KNOWN = "outcome_known"
    OBJECTED = "objected"
    OBJECTION_ANSWERED = "objection_answered"
    URGENT_HARM = "urgent_harm"
    FINDING_FELL = "finding_fell"
    FINDING_LOST = "finding_lost"
    CORRECTION_DRAFTED = "correction_drafted"
    CORRECTION_SENT = "correction_sent"
    CORRECTION_CONFIRMED = "correction_confirmed"
    PRESERVATION_ASKED = "preservation_asked"
    PRESERVATION_ANSWERED = "preservation_answered"
    HELD = "held"
    HOLD_LIFTED = "hold_lifted"
    CLOSED = "closed"
    REOPENED = "reopened"


CASE_BODIES: dict[CaseActKind, type[CaseBody]] = {
    CaseActKind.OPENED: Opened,
    CaseActKind.ADDED: Added,
    CaseActKind.SET_ASIDE: SetAside,
    CaseActKind.ADMITTED: Admitted,
    CaseActKind.BROKE_GLASS: BrokeGlass,
    CaseActKind.ASSIGNED: Assigned,
    CaseActKind.NOTED: Noted,
    CaseActKind.BEGUN: Begun,
    CaseActKind.STEP_DONE: StepDone,
    CaseActKind.TASK_SET: TaskSet,
    CaseActKind.TASK_DONE: TaskDone,
    CaseActKind.SHOWN: Shown,
    CaseActKind.DEMAND_NOTED: DemandNoted,
    CaseActKind.EXCULPATED: Exculpated,
    CaseActKind.REFERRAL_DRAFTED: ReferralDrafted,
    CaseActKind.REFERRAL_AGREED: ReferralAgreed,
    CaseActKind.REFERRAL_SENT: ReferralSent,
    CaseActKind.REFERRAL_RECEIVED: ReferralReceived,
    CaseActKind.REFERRAL_FILED: ReferralFiled,
    CaseActKind.OUTCOME_KNOWN: OutcomeKnown,
    CaseActKind.OBJECTED: CaseObjected,
    CaseActKind.OBJECTION_ANSWERED: ObjectionAnswered,
    CaseActKind.URGENT_HARM: UrgentHarm,
    CaseActKind.FINDING_FELL: FindingFell,
    CaseActKind.FINDING_LOST: FindingLost,
    CaseActKind.CORRECTION_DRAFTED: CorrectionDrafted,
    CaseActKind.CORRECTION_SENT: CorrectionSent,
    CaseActKind.CORRECTION_CONFIRMED: CorrectionConfirmed,
    CaseActKind.PRESERVATION_ASKED: PreservationAsked,
    CaseActKind.PRESERVATION_ANSWERED: PreservationAnswered,
    CaseActKind.HELD: Held,
    CaseActKind.HOLD_LIFTED: HoldLifted,
    CaseActKind.CLOSED: Closed,
    CaseActKind.REOPENED: Reopened,
}
CASE_KIND_OF: dict[type[CaseBody], CaseActKind] = {body: kind for kind, body in CASE_BODIES.items()}
CASE_ACT_WORDS: dict[CaseActKind, Words] = {  # as they stand after "cannot"
    CaseActKind.OPENED: Words("立案", "open the case"),
    CaseActKind.ADDED: Words("并入对象", "add to the case"),
    CaseActKind.SET_ASIDE: Words("移出对象", "set aside"),
    CaseActKind.ADMITTED: Words("准许查看", "admit somebody to the case"),
    CaseActKind.BROKE_GLASS: Words("紧急查看", "look without being admitted"),
    CaseActKind.ASSIGNED: Words("指派", "assign the case"),
    CaseActKind.NOTED: Words("记录", "note"),
    CaseActKind.BEGUN: Words("开始调查", "begin the investigation"),
    CaseActKind.STEP_DONE: Words("完成步骤", "do a step"),
    CaseActKind.TASK_SET: Words("布置任务", "set a task"),
    CaseActKind.TASK_DONE: Words("完成任务", "finish a task"),
    CaseActKind.SHOWN: Words("登记要件证据", "enter exhibits for an element"),
    CaseActKind.DEMAND_NOTED: Words("登记威胁与索要", "note a threat and a demand"),
    CaseActKind.EXCULPATED: Words("写明有利于对方的情况", "write what speaks for those named"),
    CaseActKind.REFERRAL_DRAFTED: Words("起草移送", "draft a referral"),
    CaseActKind.REFERRAL_AGREED: Words("同意移送", "agree to the referral"),
    CaseActKind.REFERRAL_SENT: Words("登记移送", "enter that it was handed over"),
    CaseActKind.REFERRAL_RECEIVED: Words("登记回执", "enter the receipt"),
    CaseActKind.REFERRAL_FILED: Words("登记受理结果", "enter what the authority did"),
    CaseActKind.OUTCOME_KNOWN: Words("登记结果", "enter what came of it"),
    CaseActKind.OBJECTED: Words("登记异议", "enter an objection"),
    CaseActKind.OBJECTION_ANSWERED: Words("答复异议", "answer the objection"),
    CaseActKind.URGENT_HARM: Words("认定紧急危害", "say that harm is urgent"),
    CaseActKind.FINDING_FELL: Words("登记发现被推翻", "enter that a finding fell"),
    CaseActKind.FINDING_LOST: Words("登记发现不再成立", "enter that a finding stands no more"),
    CaseActKind.CORRECTION_DRAFTED: Words("起草更正函", "draft the correction"),
    CaseActKind.CORRECTION_SENT: Words("登记已送交更正", "enter that a correction was handed over"),
    CaseActKind.CORRECTION_CONFIRMED: Words("登记更正回执", "enter that a correction arrived"),
    CaseActKind.PRESERVATION_ASKED: Words("请求保全", "ask to keep records"),
    CaseActKind.PRESERVATION_ANSWERED: Words("登记保全答复", "enter what was answered"),
    CaseActKind.HELD: Words("设置保全", "put on legal hold"),
    CaseActKind.HOLD_LIFTED: Words("解除保全", "lift the legal hold"),
    CaseActKind.CLOSED: Words("结案", "close the case"),
    CaseActKind.REOPENED: Words("重启", "reopen the case"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAct:
    """One act on a case: by whom, when it was kept, and what it says."""

    id: str
    case: str
    at: datetime
    by: str
    body: CaseBody

    @property
    def kind(self) -> CaseActKind:
        """Which act it is."""
        return CASE_KIND_OF[type(self.body)]
