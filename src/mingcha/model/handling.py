"""Who has a complaint, its tags, our own records asked for, a draft kept: acts that decide nothing, and are only ever added.

No act here holds a verdict, a paper of a clock or a finding. No queue sorts by any of it (law 1), and none reaches whoever
complained: asking *them* for papers is another act, with a clock.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.words import Words


class OwnRecord(StrEnum):
    """Records of our own that a department is asked for. The codes are stable and public."""

    CALLS = "calls"
    CONTRACT = "contract"
    SCHEDULE = "schedule"
    PAYMENTS = "payments"
    MESSAGES = "messages"
    COLLECTION = "collection"
    REPLIES = "replies"


OWN_RECORD_WORDS: dict[OwnRecord, Words] = {
    OwnRecord.CALLS: Words("通话记录与录音", "call logs and recordings"),
    OwnRecord.CONTRACT: Words("合同与签约告知", "the contract and what was told at signing"),
    OwnRecord.SCHEDULE: Words("还款计划", "the repayment schedule"),
    OwnRecord.PAYMENTS: Words("还款与收费明细", "payments and fees"),
    OwnRecord.MESSAGES: Words("短信与在线沟通记录", "messages"),
    OwnRecord.COLLECTION: Words("催收作业记录", "the log of collection"),
    OwnRecord.REPLIES: Words("此前的答复", "earlier replies"),
}


@dataclass(frozen=True, slots=True)
class Assigned:
    """One person has it. `before` is who had it until now: two people never take it over from each other unseen."""

    to: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Tagged:
    """A short tag of people's own choosing."""

    tag: str


@dataclass(frozen=True, slots=True)
class Untagged:
    """The tag is taken off."""

    tag: str


@dataclass(frozen=True, slots=True)
class RecordsRequested:
    """A department of ours is asked for records of ours, until a day. The complaint's clock does not wait for them."""

    records: OwnRecord
    department: str
    until: date


@dataclass(frozen=True, slots=True)
class RecordsArrived:
    """They came; `request` is the id of the act that asked."""

    request: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafted answer was put on file, made after one merit decision: nothing leaves by it and nothing is decided.

    What it quotes is masked, as in every draft.
    """

    decision: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The last act that stands is taken back: everything is as it was before, and both stay in the book."""

    act: str


DeskBody = Assigned | Tagged | Untagged | RecordsRequested | RecordsArrived | Drafted | TakenBack


class DeskActKind(StrEnum):
    """Which act it is. The codes are stable and public."""

    ASSIGNED = "assigned"
    TAGGED = "tagged"
    UNTAGGED = "untagged"
    RECORDS_REQUESTED = "records_requested"
    RECORDS_ARRIVED = "records_arrived"
    DRAFTED = "drafted"
    TAKEN_BACK = "taken_back"


DESK_BODIES: dict[DeskActKind, type[DeskBody]] = {
    DeskActKind.ASSIGNED: Assigned,
    DeskActKind.TAGGED: Tagged,
    DeskActKind.UNTAGGED: Untagged,
    DeskActKind.RECORDS_REQUESTED: RecordsRequested,
    DeskActKind.RECORDS_ARRIVED: RecordsArrived,
    DeskActKind.DRAFTED: Drafted,
    DeskActKind.TAKEN_BACK: TakenBack,
}
DESK_KIND_OF: dict[type[DeskBody], DeskActKind] = {body: kind for kind, body in DESK_BODIES.items()}
DESK_ACT_WORDS: dict[DeskActKind, Words] = {  # as they stand after "cannot"
    DeskActKind.ASSIGNED: Words("指派", "assign it"),
    DeskActKind.TAGGED: Words("加标签", "tag it"),
    DeskActKind.UNTAGGED: Words("去掉标签", "take the tag off"),
    DeskActKind.RECORDS_REQUESTED: Words("调取本机构记录", "ask for our own records"),
    DeskActKind.RECORDS_ARRIVED: Words("登记记录到达", "enter that records came"),
    DeskActKind.DRAFTED: Words("起草答复存档", "put a draft on file"),
    DeskActKind.TAKEN_BACK: Words("撤销上一步", "take the last act back"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskAct:
    """One act on a complaint's handling: by whom, when it was kept, and what it says."""

    id: str
    complaint: str
    at: datetime
    by: str
    body: DeskBody

    @property
    def kind(self) -> DeskActKind:
        """Which act it is."""
        return DESK_KIND_OF[type(self.body)]


@dataclass(frozen=True, slots=True)
class Request:
    """Records asked for, by the act that asked."""

    id: str
    asked: RecordsRequested
    by: str
    at: datetime
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft on file."""

    by: str
    at: datetime
    text: Drafted


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """How the handling of a complaint stands after its acts. `last` is the act that alone can be taken back."""

    holder: str | None = None
    tags: tuple[str, ...] = ()  # sorted
    requests: tuple[Request, ...] = ()
    draft: KeptDraft | None = None
    last: str | None = None

    @property
    def waiting(self) -> tuple[Request, ...]:
        """Records that did not come yet."""
        return tuple(one for one in self.requests if one.arrived_at is None)
