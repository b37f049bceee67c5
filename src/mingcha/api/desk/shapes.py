"""What goes over the wire: pydantic shapes of the desk door, with examples that tests validate."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from mingcha.model.actor import Purpose, Role
from mingcha.model.clock import ClockEventKind
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.handling import OwnRecord
from mingcha.model.materials import Material
from mingcha.model.merit import Grievance
from mingcha.model.repair import Source
from mingcha.model.times import EARLIEST, TOO_LATE

Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$", examples=["li.handler"])]
Reason = Annotated[str, Field(min_length=1, max_length=4000, examples=["通话记录显示三次夜间来电"])]
Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, lt=TOO_LATE)]


Names = Annotated[list[Name], Field(max_length=50, examples=[["王伟", "8012", "城东支行"]])]


class Shape(BaseModel):
    """Unknown fields are refused: a request says nothing we would silently drop."""

    model_config = ConfigDict(extra="forbid")


class SignInRequest(Shape):
    """Sign in for one purpose."""

    name: Name
    password: Annotated[str, Field(min_length=1, max_length=1000, examples=["correct horse battery staple"])]
    purpose: Purpose = Purpose.HANDLING


class SessionAnswer(BaseModel):
    """A session token and whose it is."""

    token: str = Field(examples=["q6c…"])
    name: str = Field(examples=["li.handler"])
    purpose: Purpose


class WhoAnswer(BaseModel):
    """Who is signed in and what the session's purpose opens."""

    name: str = Field(examples=["li.handler"])
    roles: list[str]
    purpose: Purpose
    verbs: list[str] = Field(examples=[["see_queue", "decide_merit"]])
    simulated: bool


class SetupRequest(Shape):
    """Redeem a one-time set-up token."""

    token: Annotated[str, Field(min_length=1, max_length=200, examples=["one-time token"])]
    password: Annotated[str, Field(min_length=12, max_length=1000, examples=["correct horse battery staple"])]


class AccountRequest(Shape):
    """A new account."""

    name: Name
    roles: Annotated[list[Role], Field(min_length=1, max_length=10, examples=[["handler"]])]
    reports_to: Name | None = None
    unit: Name | None = None
    known_as: Names = []


class LineRequest(Shape):
    """Where somebody stands, and names a complaint may name them or their line by; complaints that do never reach them."""

    unit: Name | None = None
    known_as: Names


class SetupAnswer(BaseModel):
    """The one-time set-up token of a new account; shown once."""

    name: str
    setup_token: str


class PersonAnswer(BaseModel):
    """One account."""

    name: str
    roles: list[str]
    reports_to: str | None
    disabled: bool
    ready: bool
    unit: str | None
    known_as: list[str]


class QueueRow(BaseModel):
    """One complaint in the queue. No label, no score, on purpose."""

    id: str = Field(examples=["C-ABCDEFGHIJKLMNOPQRST"])
    received_at: datetime
    channel: str | None
    product: str | None
    due: date
    first_due: date
    nearest: date
    welfare: bool
    state: str
    unread_clock: bool
    merit_decided: bool
    concluded: bool
    assigned_to: str | None
    reopened: bool = Field(description="what the records say has changed since merit was decided")
    tags: list[str]
    records_waiting: list[OwnRecord] = Field(description="records of our own that were asked for and did not come yet")
    draft_on_file: bool


class QueueAnswer(BaseModel):
    """One page; pass `next` as `after` for the following one."""

    total: int
    aside: int = Field(description="of this page, complaints that name the asker's line and never reach them")
    rows: list[QueueRow]
    next: str | None


class RecusalAnswer(BaseModel):
    """One open complaint and the accounts it is closed to; `nobody` is left who decides merit."""

    complaint: str = Field(examples=["C-…"])
    closed_to: list[str]
    nobody: bool


class Span(BaseModel):
    """A highlighted stretch of the text: half-open code points."""

    start: int
    end: int
    what: str


class MeritAnswer(BaseModel):
    """The merit stage of one complaint. Personal data in the text are masked character for character: spans fit."""

    row: QueueRow
    text: str | None
    highlights: list[Span]
    clock: dict[str, Any]
    claims: list[dict[str, Any]]
    merit: list[dict[str, Any]]
    strip: dict[str, Any] = Field(
        description="calls and messages by day and minute, against the hours and the daily limit"
    )
    handling: dict[str, Any] = Field(description="who has it, its tags, our own records asked for, the draft on file")
    stopped: dict[str, Any] | None = Field(description="since when collection contacts stop, and who recorded it")
    possible_refilings: list[str]
    decisions: dict[str, Any]


class RevealAnswer(BaseModel):
    """Agency and organisation of one complaint, with the arithmetic."""

    suggestion: dict[str, Any]
    findings: list[dict[str, Any]]
    unchecked: list[dict[str, Any]]
    observations: list[dict[str, Any]]
    campaign: dict[str, Any] | None
    group: dict[str, Any] | None
    highlights: list[Span]
    schemes: dict[str, str]


class PersonalRequest(Shape):
    """Why personal data are to be shown; sealed in the access chain."""

    reason: Reason


class PersonalAnswer(BaseModel):
    """One complaint and its customer in clear, as imported."""

    id: str
    complaint: dict[str, Any]
    customer: dict[str, Any] | None


class ErasureRequest(Shape):
    """Whose data go, by the id a source system gave, and why; the reason stays, so it names nobody."""

    system: Annotated[str, Field(min_length=1, max_length=200, examples=["default"])]
    customer: Annotated[str, Field(min_length=1, max_length=200, examples=["cu000001"])]
    reason: Reason


class ErasureAnswer(BaseModel):
    """How many records the customer has here, and how many versions of them held data until now."""

    records: int
    versions: int


class AccessRow(BaseModel):
    """One act of the access chain. `readable` is false where the record was tampered with."""

    seq: int
    at: datetime
    act: str = Field(examples=["see_merit"])
    by: str = Field(examples=["li.handler"])
    roles: list[str]
    purpose: str
    complaints: list[str]
    readable: bool


class AccessAnswer(BaseModel):
    """A page of the access chain, oldest first; pass `next` as `after` for the following one."""

    rows: list[AccessRow]
    next: int | None


class MeritDecisionRequest(Shape):
    """The merit decision."""

    verdict: MeritVerdict
    grievances: list[Grievance] = Field(default=[], max_length=20)
    reason: Reason


class ConclusionRequest(Shape):
    """The second stage; accusing verdicts wait for a second person."""

    conclusion: Conclusion
    reason: Reason
    clause: Annotated[str | None, Field(max_length=200)] = None


class SecondRequest(Shape):
    """Confirm or undo a decision."""

    decision: Annotated[str, Field(min_length=1, max_length=64)]
    reason: Reason


class DecisionAnswer(BaseModel):
    """A decision as recorded and sealed."""

    decision: dict[str, Any]
    awaiting_second: bool


class ClockPaperRequest(Shape):
    """A paper that may move the clock."""

    event: ClockEventKind
    at: Annotated[datetime | None, Field(description="aware ISO time; now when left out")] = None
    document: Annotated[str | None, Field(max_length=200)] = None
    approver_rank: Annotated[str | None, Field(max_length=100)] = None
    notified_at: datetime | None = None
    until: date | None = None
    new_passage: Annotated[str | None, Field(max_length=4000)] = None
    contacted_first_by: Annotated[str | None, Field(pattern="^(consumer|institution)$")] = None
    channel: Annotated[str | None, Field(max_length=200, description="of a withdrawal: how they spoke")] = None
    offered: Annotated[str | None, Field(max_length=1000, description="of a withdrawal: what was offered")] = None
    matter: Annotated[str | None, Field(max_length=100, description="the one clock it is about; all when left out")] = (
        None
    )


class LetterRequest(Shape):
    """The letter that was given, whole, and when."""

    letter: Annotated[str, Field(min_length=1, max_length=20_000)]
    at: Annotated[datetime | None, Field(description="aware ISO time; now when left out")] = None


class PrintRequest(Shape):
    """A letter to be laid out."""

    letter: Annotated[str, Field(min_length=1, max_length=20_000, examples=["投诉处理答复"])]
    form: Literal["docx", "pdf"]


class DraftAnswer(BaseModel):
    """A drafted answer: as parts, and as a letter in both languages. A person fills in `gaps` and judges `undecided`."""

    draft: dict[str, Any]
    letter: dict[str, str]
    gaps: list[dict[str, Any]]
    undecided: list[dict[str, Any]]


class AskRequest(Shape):
    """What to ask for and until when; the letter alone unless `record`."""

    materials: Annotated[list[Material], Field(min_length=1, max_length=len(Material))]
    until: Annotated[date | None, Field(description="the soonest day when left out")] = None
    record: bool = False


class DeclineRequest(Shape):
    """Leave a complaint unhandled; the notice alone unless `record`."""

    record: bool = False


class NoticeAnswer(BaseModel):
    """A letter in both languages, and the clock after it once it is recorded."""

    letter: dict[str, str]
    clock: dict[str, Any] | None


class SearchAnswer(BaseModel):
    """Ids of complaints that hold every word."""

    complaints: list[str]


class HealthAnswer(BaseModel):
    """Alive, and which version; no personal data."""

    status: str = Field(examples=["ok"])
    version: str


Chain = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
Head = Annotated[str, Field(pattern=r"^[0-9]{1,15}:[0-9a-f]{64}$")]


class InspectionRequest(Shape):
    """An inspection: days in China, both included; a seed of the inspector's own; heads kept from an earlier pack."""

    first: date = Field(examples=["2026-01-01"])
    last: date = Field(examples=["2026-03-31"])
    seed: str = Field(min_length=1, max_length=100, examples=["7"])
    sample: int = Field(default=30, ge=1, le=10_000)
    heads: dict[Chain, Head] = Field(default={}, max_length=20, description="SEQ:HASH by chain")


class StopRequest(Shape):
    """Collection contacts stop, or may go on because the consumer asks for it."""

    reason: str = Field(min_length=1, max_length=2_000)
    lift: bool = False


class CauseRequest(Shape):
    """What an upheld complaint comes from, when no record names it."""

    source: Source = Field(examples=["script"])
    value: str = Field(min_length=1, max_length=200, examples=["夜间外呼话术A"])


class RepairRequest(Shape):
    """Who mends a cause of upheld complaints, how and by when."""

    source: Source
    value: str = Field(min_length=1, max_length=200, examples=["乙催收公司"])
    grievance: Grievance
    owner: str = Field(min_length=1, max_length=100, examples=["贷后管理部 陈工"])
    fix: str = Field(min_length=1, max_length=4_000, examples=["停用夜间外呼策略"])
    due: date = Field(examples=["2026-06-30"])


class FixRequest(Shape):
    """A repair was made on a day; what shows it."""

    fixed_on: date = Field(examples=["2026-06-15"])
    evidence: str = Field(min_length=1, max_length=4_000, examples=["外呼系统策略变更单 BG-0615"])


class ProposeRequest(Shape):
    """Propose weights fitted on conclusions, or going back to the shipped ones."""

    shipped: bool = False


class AgreeRequest(Shape):
    """Agree to a proposal of weights."""

    reason: Reason
