"""A case: complaints, rings, families, ads and customers looked into as one, and acts on it that are only ever added.

A case is about an organisation. A customer in it is a possible victim, a complaint in it keeps its own clock and its own
decisions, and nothing of a case ever reaches either.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.actor import Role
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


class Filing(StrEnum):
    """What an authority did with a referral."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETURNED = "returned"


FILING_WORDS: dict[Filing, Words] = {
    Filing.ACCEPTED: Words("立案或受理", "accepted"),
    Filing.REFUSED: Words("不予立案或受理", "refused"),
    Filing.RETURNED: Words("退回补充", "returned for more"),
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


@dataclass(frozen=True, slots=True)
class Exculpated:
    """What speaks for those named, under one of the lines; `text` says so where nothing does."""

    line: Line
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDrafted:
    """A referral is drafted: to whom, for which offence, and the findings it rests on. `order` is the authority's own paper, and
    `scope` the complaints it asks for: of others nothing is handed over in clear."""

    addressee: str
    offence: str
    stage: int
    rests_on: tuple[str, ...]
    order: str | None = None
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralAgreed:
    """One person agrees that a referral leaves, in a role; `referral` is the id of the act that drafted it."""

    referral: str
    role: Role


@dataclass(frozen=True, slots=True)
class ReferralSent:
    """A named person handed it over; the root of what was handed over."""

    referral: str
    root: str
    handed_over: datetime


@dataclass(frozen=True, slots=True)
class ReferralFiled:
    """What the authority did: its number and day, and until when that can be reviewed."""

    referral: str
    filing: Filing
    number: str
    on: date
    review_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeKnown:
    """What came of a referral. Money in fen."""

    referral: str
    text: str
    people: int = 0
    rings: int = 0
    sentences: int = 0
    restitution: int = 0


@dataclass(frozen=True, slots=True)
class CaseObjected:
    """Somebody named in it objects, by their own door."""

    text: str


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """Somebody who is not on the case answers. `finding` falls where they are right."""

    upheld: int  # 1 or 0: sealed bodies hold no truth values
    reason: str
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class UrgentHarm:
    """Counsel says that harm is urgent: it may be referred while an objection waits."""

    reason: str


@dataclass(frozen=True, slots=True)
class FindingFell:
    """A finding a referral rests on fell: whoever received it is owed a correction."""

    finding: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectionConfirmed:
    """Whoever received a referral confirmed the correction, and how."""

    referral: str
    how: str


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
    | Exculpated
    | ReferralDrafted
    | ReferralAgreed
    | ReferralSent
    | ReferralFiled
    | OutcomeKnown
    | CaseObjected
    | ObjectionAnswered
    | UrgentHarm
    | FindingFell
    | CorrectionConfirmed
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
    EXCULPATED = "exculpated"
    REFERRAL_DRAFTED = "referral_drafted"
    REFERRAL_AGREED = "referral_agreed"
    REFERRAL_SENT = "referral_sent"
    REFERRAL_FILED = "referral_filed"
    OUTCOME_KNOWN = "outcome_known"
    OBJECTED = "objected"
    OBJECTION_ANSWERED = "objection_answered"
    URGENT_HARM = "urgent_harm"
    FINDING_FELL = "finding_fell"
    CORRECTION_CONFIRMED = "correction_confirmed"
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
    CaseActKind.EXCULPATED: Exculpated,
    CaseActKind.REFERRAL_DRAFTED: ReferralDrafted,
    CaseActKind.REFERRAL_AGREED: ReferralAgreed,
    CaseActKind.REFERRAL_SENT: ReferralSent,
    CaseActKind.REFERRAL_FILED: ReferralFiled,
    CaseActKind.OUTCOME_KNOWN: OutcomeKnown,
    CaseActKind.OBJECTED: CaseObjected,
    CaseActKind.OBJECTION_ANSWERED: ObjectionAnswered,
    CaseActKind.URGENT_HARM: UrgentHarm,
    CaseActKind.FINDING_FELL: FindingFell,
    CaseActKind.CORRECTION_CONFIRMED: CorrectionConfirmed,
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
    CaseActKind.EXCULPATED: Words("写明有利于对方的情况", "write what speaks for those named"),
    CaseActKind.REFERRAL_DRAFTED: Words("起草移送", "draft a referral"),
    CaseActKind.REFERRAL_AGREED: Words("同意移送", "agree to the referral"),
    CaseActKind.REFERRAL_SENT: Words("登记移送", "enter that it was handed over"),
    CaseActKind.REFERRAL_FILED: Words("登记受理结果", "enter what the authority did"),
    CaseActKind.OUTCOME_KNOWN: Words("登记结果", "enter what came of it"),
    CaseActKind.OBJECTED: Words("登记异议", "enter an objection"),
    CaseActKind.OBJECTION_ANSWERED: Words("答复异议", "answer the objection"),
    CaseActKind.URGENT_HARM: Words("认定紧急危害", "say that harm is urgent"),
    CaseActKind.FINDING_FELL: Words("登记发现被推翻", "enter that a finding fell"),
    CaseActKind.CORRECTION_CONFIRMED: Words("登记更正回执", "enter that a correction arrived"),
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
