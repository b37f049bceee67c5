"""How long what we keep is kept, what is due to go, and batches that two people dispose of; nothing is disposed of by itself.

Terms are dated data. Figures outlive what they count: `Remains` hold no id, no name and no day of anybody.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.provenance import Grade
from mingcha.model.quality import Case
from mingcha.model.words import Words


class Holding(StrEnum):
    """What is kept, as one thing that goes as one. The codes are stable and public."""

    COMPLAINT = "complaint"
    CUSTOMER = "customer"
    AID = "aid"
    CASE = "case"
    AD = "ad"
    OBJECTION = "objection"
    LOG = "log"  # chains, the access log, decisions: nothing ever disposes of them


HOLDING_WORDS: dict[Holding, Words] = {
    Holding.COMPLAINT: Words("投诉及其名下材料", "complaint with all filed under it"),
    Holding.CUSTOMER: Words("客户资料", "records of a customer"),
    Holding.AID: Words("援助档案", "file of help"),
    Holding.CASE: Words("案件", "case"),
    Holding.AD: Words("广告线索", "sightings of an ad"),
    Holding.OBJECTION: Words("被指名者的异议", "objection of somebody named"),
    Holding.LOG: Words("证据链与查阅日志", "chains and the access log"),
}


class Keeps(StrEnum):
    """Why something is not disposed of, whatever its term."""

    HOLD = "hold"
    OPEN_CASE = "open_case"
    CASE_KEPT = "case_kept"
    OPEN_COMPLAINT = "open_complaint"
    CLOCK = "clock"
    STOP = "stop"
    CORRECTION = "correction"
    OBJECTION = "objection"
    REVIEW = "review"
    HELP = "help"
    COMPLAINT_KEPT = "complaint_kept"
    AID_KEPT = "aid_kept"
    REPORT = "report"
    NOT_BEGUN = "not_begun"
    RUNS = "runs"
    NEVER = "never"
    CHANGED = "changed"
    GONE = "gone"
    OTHER = "other"


CLOSED_KINDS = (
    Holding.AID,
    Holding.CASE,
)  # they tell of agencies and organisations: not for whoever may decide merit (law 2)
CLOSED_REASONS = (Keeps.HOLD, Keeps.OPEN_CASE, Keeps.CASE_KEPT, Keeps.OBJECTION, Keeps.AID_KEPT)
KEEPS_WORDS: dict[Keeps, Words] = {
    Keeps.HOLD: Words("法律保全", "on legal hold"),
    Keeps.OPEN_CASE: Words("案件办理中", "an open case rests on it"),
    Keeps.CASE_KEPT: Words("案件仍在保存期内", "a case that is still kept rests on it"),
    Keeps.OPEN_COMPLAINT: Words("投诉尚未办结", "the complaint is open"),
    Keeps.CLOCK: Words("仍有期限在计算", "a clock of it runs"),
    Keeps.STOP: Words("停止联系仍然有效", "contacts are stopped because of it"),
    Keeps.CORRECTION: Words("更正尚未送达", "a correction is owed"),
    Keeps.OBJECTION: Words("异议尚未答复", "an objection waits"),
    Keeps.REVIEW: Words("复议期限未过或结果未登记", "what the authority does is not known, or can be reviewed"),
    Keeps.HELP: Words("帮助尚未结束", "the help goes on"),
    Keeps.COMPLAINT_KEPT: Words("名下仍有投诉在保存", "a complaint of theirs is kept"),
    Keeps.AID_KEPT: Words("援助档案仍在保存", "their file of help is kept"),
    Keeps.REPORT: Words("举报尚未了结", "a report of it is open"),
    Keeps.NOT_BEGUN: Words("起算事件尚未发生", "what its term counts from has not come"),
    Keeps.RUNS: Words("保存期未满", "its term runs"),
    Keeps.NEVER: Words("永久保存", "kept for ever"),
    Keeps.CHANGED: Words("提出之后有变化", "it changed since it was proposed"),
    Keeps.GONE: Words("已不再保存", "nothing is held of it any more"),
    Keeps.OTHER: Words("另有须保留的事由", "there is another reason to keep it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long one kind of holding is kept, from which event, and why so long. No years: for ever."""

    holding: Holding
    years: int | None
    since: Words  # the event its term counts from
    clause: str
    grade: Grade
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The terms as of a date. One the package brings is a proposal; a site's own says who stands for it."""

    id: str
    terms: tuple[Term, ...]
    status: Words
    countersigned_by: str = ""

    def term(self, of: Holding) -> Term:
        """The term of one kind of holding; every schedule has each."""
        return next(one for one in self.terms if one.holding is of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One thing that is kept: the day its term counts from, and what keeps it whatever its term."""

    id: str
    holding: Holding
    since: date | None
    keeps: tuple[Keeps, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one thing stands on a day: when its term ends, days left (below nought: past), and why it stays; due where nothing keeps it."""

    id: str
    holding: Holding
    ends: date | None
    left: int | None
    keeps: tuple[Keeps, ...]

    @property
    def due(self) -> bool:
        """Whether it may be proposed."""
        return not self.keeps


# What acts on a batch say. The reason is kept encrypted.


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing in a batch, as it was when it was proposed."""

    id: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A batch of one kind, frozen: what is in it, the root of the list, and the term it is due under."""

    holding: Holding
    schedule: str
    years: int
    since: Words
    clause: str
    grade: Grade
    why: Words
    listed: tuple[Listed, ...]
    root: str
    reason: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """A second person agrees to just this list."""

    root: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """It is not to be disposed of after all."""

    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """One thing of the list that stayed, and why."""

    id: str
    why: Keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """What was destroyed, what stayed, and where the custody chain holds it (SEQ:HASH)."""

    gone: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    records: int
    versions: int
    exhibits: int
    acts: int
    custody: str
    institution: str


RetentionBody = Proposed | Agreed | Withdrawn | Disposed


class BatchState(StrEnum):
    """How far a batch is."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"
    DISPOSED = "disposed"


BATCH_WORDS: dict[BatchState, Words] = {
    BatchState.PROPOSED: Words("待第二人同意", "waits for a second person"),
    BatchState.AGREED: Words("已同意，待执行", "agreed, not carried out yet"),
    BatchState.WITHDRAWN: Words("已撤回", "withdrawn"),
    BatchState.DISPOSED: Words("已销毁", "disposed of"),
}
RETENTION_BODIES: dict[BatchState, type[RetentionBody]] = {  # an act is called by the state it leads to
    BatchState.PROPOSED: Proposed,
    BatchState.AGREED: Agreed,
    BatchState.WITHDRAWN: Withdrawn,
    BatchState.DISPOSED: Disposed,
}
RETENTION_KIND_OF: dict[type[RetentionBody], BatchState] = {body: kind for kind, body in RETENTION_BODIES.items()}
RETENTION_ACT_WORDS: dict[BatchState, Words] = {  # as they stand after "cannot"
    BatchState.PROPOSED: Words("提出销毁", "propose a batch"),
    BatchState.AGREED: Words("同意销毁", "agree to the batch"),
    BatchState.WITHDRAWN: Words("撤回销毁", "withdraw the batch"),
    BatchState.DISPOSED: Words("执行销毁", "dispose of the batch"),
}


@dataclass(frozen=True, slots=True)
class RetentionAct:
    """One act on a batch: by whom, when it was kept, and what it says."""

    batch: str
    at: datetime
    by: str
    body: RetentionBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """How a batch stands after its acts; `who` and `when` by the state an act led to."""

    id: str
    state: BatchState | None = None  # None before it was proposed
    proposed: Proposed | None = None
    disposed: Disposed | None = None
    people: tuple[tuple[BatchState, str, datetime], ...] = ()

    def by(self, state: BatchState) -> tuple[str, datetime] | None:
        """Who led it to a state, and when."""
        return next(((who, at) for of, who, at in self.people if of is state), None)


@dataclass(frozen=True, slots=True)
class Remains:
    """What the figures need of a complaint that was disposed of: what it was about and what became of it; its day is that its week
    or month begins with. `codes` are in the order of `returns.By`."""

    case: Case
    codes: tuple[str, ...]
    coded: tuple[bool, ...]
