"""What becomes of an ad: one ad with many sightings, and acts on it that are only ever added.

A sighting is no ad, an ad is no account, and none of them is a report. No act says anything of a person. A report leaves the
house by a file or by e-mail, and is *reported* once somebody named holds its receipt.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.actor import Role
from mingcha.model.advert import Solicitation, Trade
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AdItem:
    """One ad. `key` says keyed what makes two sightings one ad, `account` is the token of whoever posted it, `sightings` are
    ids of records of kind `ads`, sorted."""

    id: str
    key: str
    platform: str | None
    account: str | None
    first_seen: datetime
    last_seen: datetime
    sightings: tuple[str, ...]


class Solicits(StrEnum):
    """A person's word on an ad."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Route(StrEnum):
    """Where a report goes."""

    PLATFORM = "platform"
    LINE_12377 = "12377"
    ASSOCIATION = "association"


ROUTE_WORDS: dict[Route, Words] = {
    Route.PLATFORM: Words("平台批量举报表", "the platform's batch sheet"),
    Route.LINE_12377: Words("12377 举报中心", "the 12377 reporting centre"),
    Route.ASSOCIATION: Words("行业协会", "the trade association"),
}


class Look(StrEnum):
    """What a look at an ad's address found."""

    UP = "up"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    DELETED = "deleted_by_author"


LOOK_WORDS: dict[Look, Words] = {
    Look.UP: Words("仍在", "still up"),
    Look.GONE: Words("已不在", "gone"),
    Look.UNREACHABLE: Words("无法访问", "unreachable"),
    Look.MOVED: Words("已迁移", "moved"),
    Look.DELETED: Words("作者自行删除", "deleted by its author"),
}


class Reply(StrEnum):
    """What a report was answered with."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class Likeness(StrEnum):
    """What a new ad is recognised by as an old one."""

    TEXT = "text"
    POSTER = "poster"
    HANDLE = "handle"
    LINK = "link"


LIKENESS_WORDS: dict[Likeness, Words] = {
    Likeness.TEXT: Words("文字相近", "like words"),
    Likeness.POSTER: Words("同一张海报", "the same poster"),
    Likeness.HANDLE: Words("同一账号或联系方式", "the same handle or contact"),
    Likeness.LINK: Words("通向同一处", "they lead to one place"),
}


# What acts say. Free text in them is kept encrypted.


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A person's word. What the machine suggested stands beside it, in millionths; neither overwrites the other."""

    solicits: Solicits
    trade: Trade | None
    reason: str
    scheme: str | None = None
    probability: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A report drafted: it cannot be made of anything but a `Solicitation`."""

    route: Route
    solicitation: Solicitation
    clause: str
    names_institution: bool
    screenshot: str | None = None
    looked_up: date | None = None  # when the name a pose claims was looked up and stood in no register


@dataclass(frozen=True, slots=True)
class Approved:
    """One person agrees to a report, in a role."""

    route: Route
    role: Role


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of a report were written; nothing was sent."""

    route: Route


@dataclass(frozen=True, slots=True)
class Mailing:
    """A report is about to go out by e-mail, in a message with an id. Until it is known whether it did, it may have."""

    route: Route
    to: str
    message: str


@dataclass(frozen=True, slots=True)
class Mailed:
    """The mail server took the message; what it said, or what a person found out. That is no receipt."""

    route: Route
    answer: str


@dataclass(frozen=True, slots=True)
class NotMailed:
    """The message did not go out or did not arrive."""

    route: Route
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Whoever keeps this act says that the report was sent, and holds its number."""

    route: Route
    number: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back for a report."""

    route: Route
    reply: Reply
    text: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Checked:
    """A look at an ad's address; `url` is where it moved to, or which address was looked at."""

    look: Look
    looked_at: datetime
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Objected:
    """The poster objects; what they say."""

    text: str


@dataclass(frozen=True, slots=True)
class ObjectionUpheld:
    """They are right: reports fall, and the ad is none from now on."""

    reason: str


@dataclass(frozen=True, slots=True)
class ObjectionRefused:
    """They are not."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reappeared:
    """A person recognised another ad as this one come back; `seen_at` is when the other was first seen."""

    ad: str
    by: Likeness
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A report is taken back."""

    route: Route
    reason: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """Whoever got a report that fell confirmed the correction."""

    route: Route
    confirmed: str


AdBody = (
    Judged
    | Drafted
    | Approved
    | Exported
    | Mailing
    | Mailed
    | NotMailed
    | Receipt
    | Answered
    | Checked
    | Objected
    | ObjectionUpheld
    | ObjectionRefused
    | Reappeared
    | Withdrawn
    | Corrected
)


class AdActKind(StrEnum):
    """Kinds of acts. The codes are stable and public."""

    JUDGED = "judged"
    DRAFTED = "drafted"
    APPROVED = "approved"
    EXPORTED = "exported"
    MAILING = "mailing"
    MAILED = "mailed"
    NOT_MAILED = "not_mailed"
    RECEIPT = "receipt"
    ANSWERED = "answered"
    CHECKED = "checked"
    OBJECTED = "objected"
    OBJECTION_UPHELD = "objection_upheld"
    OBJECTION_REFUSED = "objection_refused"
    REAPPEARED = "reappeared"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


BODIES: dict[AdActKind, type[AdBody]] = {
    AdActKind.JUDGED: Judged,
    AdActKind.DRAFTED: Drafted,
    AdActKind.APPROVED: Approved,
    AdActKind.EXPORTED: Exported,
    AdActKind.MAILING: Mailing,
    AdActKind.MAILED: Mailed,
    AdActKind.NOT_MAILED: NotMailed,
    AdActKind.RECEIPT: Receipt,
    AdActKind.ANSWERED: Answered,
    AdActKind.CHECKED: Checked,
    AdActKind.OBJECTED: Objected,
    AdActKind.OBJECTION_UPHELD: ObjectionUpheld,
    AdActKind.OBJECTION_REFUSED: ObjectionRefused,
    AdActKind.REAPPEARED: Reappeared,
    AdActKind.WITHDRAWN: Withdrawn,
    AdActKind.CORRECTED: Corrected,
}
KIND_OF: dict[type[AdBody], AdActKind] = {body: kind for kind, body in BODIES.items()}
ACT_WORDS: dict[AdActKind, Words] = {  # as they stand after "cannot"
    AdActKind.JUDGED: Words("认定广告", "judge this ad"),
    AdActKind.DRAFTED: Words("起草举报", "draft a report"),
    AdActKind.APPROVED: Words("同意举报", "approve the report"),
    AdActKind.EXPORTED: Words("导出举报", "export the report"),
    AdActKind.MAILING: Words("发送举报邮件", "mail the report"),
    AdActKind.MAILED: Words("登记邮件已发出", "enter that the mail went out"),
    AdActKind.NOT_MAILED: Words("登记邮件未发出", "enter that the mail did not arrive"),
    AdActKind.RECEIPT: Words("登记回执", "enter a receipt"),
    AdActKind.ANSWERED: Words("登记答复", "enter an answer"),
    AdActKind.CHECKED: Words("登记复查", "enter a look"),
    AdActKind.OBJECTED: Words("登记异议", "enter an objection"),
    AdActKind.OBJECTION_UPHELD: Words("支持异议", "uphold the objection"),
    AdActKind.OBJECTION_REFUSED: Words("驳回异议", "refuse the objection"),
    AdActKind.REAPPEARED: Words("登记重现", "enter a reappearance"),
    AdActKind.WITHDRAWN: Words("撤回举报", "withdraw the report"),
    AdActKind.CORRECTED: Words("登记更正回执", "enter that a correction arrived"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AdAct:
    """One act on an ad: by whom, when it was kept, and what it says."""

    id: str
    ad: str
    at: datetime
    by: str
    body: AdBody

    @property
    def kind(self) -> AdActKind:
        """Which act it is."""
        return KIND_OF[type(self.body)]


# How an ad stands after its acts.


@dataclass(frozen=True, slots=True)
class Approval:
    """Who agreed to a report, in which role."""

    by: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AdReport:
    """One report and what became of it."""

    drafted: Drafted
    by: str
    drafted_at: datetime
    approvals: tuple[Approval, ...] = ()
    exported_at: datetime | None = None  # when it first left the house
    mailing: Mailing | None = None  # a message of which nobody knows yet whether it went out
    mailing_at: datetime | None = None
    mailed: bool = False
    receipt: Receipt | None = None
    answers: tuple[Answered, ...] = ()
    withdrawn_at: datetime | None = None
    corrected: bool = False

    @property
    def route(self) -> Route:
        """Where it goes."""
        return self.drafted.route

    @property
    def open(self) -> bool:
        """Whether it stands."""
        return self.withdrawn_at is None

    @property
    def owes_correction(self) -> bool:
        """Whether somebody outside has to be told that it fell; also where nobody knows whether it got there."""
        left = self.exported_at is not None or self.mailing is not None
        return not self.open and left and not self.corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class AdState:
    """How an ad stands. `word` is a person's newest; `looks` are in the order they were made."""

    word: Judged | None = None
    word_by: str | None = None
    reports: tuple[AdReport, ...] = ()
    looks: tuple[Checked, ...] = ()
    objected_at: datetime | None = None  # an objection nobody decided yet
    upheld: bool = False
    returned: tuple[Reappeared, ...] = ()


class Stage(StrEnum):
    """How far an ad is, in one word."""

    SEEN = "seen"
    UNSURE = "unsure"
    NO_AD = "no_ad"
    SOLICITS = "solicits"
    DRAFTED = "drafted"
    APPROVED = "approved"
    EXPORTED = "exported"
    REPORTED = "reported"
    REMOVED = "removed"
    GONE = "gone"
    MOVED = "moved"
    DELETED = "deleted_by_author"


STAGE_WORDS: dict[Stage, Words] = {
    Stage.SEEN: Words("未认定", "not judged"),
    Stage.UNSURE: Words("不确定", "unsure"),
    Stage.NO_AD: Words("不是招揽", "solicits not"),
    Stage.SOLICITS: Words("招揽", "solicits"),
    Stage.DRAFTED: Words("待同意", "to be approved"),
    Stage.APPROVED: Words("待导出", "to be exported"),
    Stage.EXPORTED: Words("待回执", "receipt awaited"),
    Stage.REPORTED: Words("已举报", "reported"),
    Stage.REMOVED: Words("已下架", "removed"),
    Stage.GONE: Words("已不在（未经举报）", "gone, not by a report"),
    Stage.MOVED: LOOK_WORDS[Look.MOVED],
    Stage.DELETED: LOOK_WORDS[Look.DELETED],
}


class DueKind(StrEnum):
    """What waits to be done about an ad."""

    MAIL = "mail"
    SECOND_LOOK = "second_look"
    ANSWER = "answer"
    RETURN = "return"
    OBJECTION = "objection"
    WITHDRAW = "withdraw"
    CORRECTION = "correction"


DUE_WORDS: dict[DueKind, Words] = {
    DueKind.MAIL: Words("邮件是否发出不明，须查明", "find out whether the mail went out"),
    DueKind.SECOND_LOOK: Words("第二次复查", "look a second time"),
    DueKind.ANSWER: Words("追问答复", "ask for the answer"),
    DueKind.RETURN: Words("查看是否重现", "look whether it came back"),
    DueKind.OBJECTION: Words("处理异议", "decide the objection"),
    DueKind.WITHDRAW: Words("认定已变，撤回举报", "the word changed: withdraw the report"),
    DueKind.CORRECTION: Words("送达更正", "get the correction confirmed"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do from a time on."""

    kind: DueKind
    at: datetime


class FunnelBy(StrEnum):
    """What a funnel is told apart by."""

    PLATFORM = "platform"
    TRADE = "trade"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelLine:
    """The counts of one platform, trade or week. `of` is empty for ads without one, and for all of them together."""

    of: str
    sightings: int
    ads: int
    accounts: int
    judged: int
    soliciting: int
    reported: int
    reports: int
    removed: int
    median_hours: int | None
    reappeared: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """What was seen and what came of it, with the rules it was counted by."""

    by: FunnelBy
    on: date
    lines: tuple[FunnelLine, ...]
    total: FunnelLine
    rules: tuple[Words, ...]
