"""Aid: who was probably cheated, what is done for them, and acts on it that are only ever added.

No value here can hold what became of a complaint, a ring's status or a level: help depends on need alone, and on no condition.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.provenance import Cite
from mingcha.model.words import Words

SPOKEN_IN = 2  # days in which somebody speaks with whoever asks for a person


class Need(StrEnum):
    """What is most pressing, the most pressing first: the order of the outreach list. The codes are stable and public."""

    IDENTITY = "identity"
    BOMBED = "bombed"
    STOPPABLE = "stoppable"
    HARDSHIP = "hardship"
    OTHER = "other"


NEED_WORDS: dict[Need, Words] = {
    Need.IDENTITY: Words("证件、电话卡或银行卡可能在他人手中", "papers, SIM or cards may be in somebody's hands"),
    Need.BOMBED: Words("亲友正被骚扰", "contacts are being bombed"),
    Need.STOPPABLE: Words("刚付过款，也许还能拦下", "paid in the last days: it may still be stopped"),
    Need.HARDSHIP: Words("生活困难", "hardship"),
    Need.OTHER: Words("其他", "other"),
}


class FactKind(StrEnum):
    """Why somebody is probably a victim. Each speaks for the person, none against."""

    PAID_AGENT = "paid_agent"
    UNAWARE = "unaware"
    LOSS = "loss"
    CONTRACT = "contract"
    KNOWN_CONTACT = "known_contact"
    AD = "ad"
    TOLD = "told"


FACT_WORDS: dict[FactKind, Words] = {  # as staff read them; the person reads the dated wording
    FactKind.PAID_AGENT: Words("回访时说付过钱请人代办", "told on a call back that somebody was paid"),
    FactKind.UNAWARE: Words("有人以其名义办事，本人说不知情", "somebody acts in their name, unknown to them"),
    FactKind.LOSS: Words("有向别人付费的记录", "a payment to somebody is on record"),
    FactKind.CONTRACT: Words("材料中有代办公司的合同或收款", "a company stands in a contract or as payee"),
    FactKind.KNOWN_CONTACT: Words(
        "有多名互不相识的客户都遇到过的号码或账户", "a number or account many unrelated customers met"
    ),
    FactKind.AD: Words("有招揽广告里的联系方式", "a contact from a soliciting ad"),
    FactKind.TOLD: Words("本人告诉了工作人员", "they told a member of staff"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One reason, with its sources, and its day where it has one."""

    kind: FactKind
    cites: tuple[Cite, ...]
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Something that calls for a first-hour card, with where it was read."""

    id: str
    cite: Cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A customer who was probably cheated. Nothing in it says how sure anybody is of an organisation."""

    customer: str
    need: Need
    facts: tuple[Fact, ...]
    situations: tuple[Situation, ...] = ()
    last: date | None = None  # of the newest fact that has a day


class ChannelKind(StrEnum):
    """Ways to reach somebody."""

    CALL = "call"
    LETTER = "letter"
    BRANCH = "branch"


CHANNEL_WORDS: dict[ChannelKind, Words] = {
    ChannelKind.CALL: Words("拨打预留手机号", "a call to the reserved number"),
    ChannelKind.LETTER: Words("寄信至留存地址", "a letter to the address of record"),
    ChannelKind.BRANCH: Words("网点当面", "in person at a branch"),
}


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach somebody; `why` it may be in an agent's hands, None where it is safe."""

    kind: ChannelKind
    why: Words | None = None


class Proof(StrEnum):
    """How somebody proves a second time that they are the customer."""

    FACE = "face"
    BRANCH = "branch"
    CARD = "card"


PROOF_WORDS: dict[Proof, Words] = {
    Proof.FACE: Words("应用内人脸", "face in the app"),
    Proof.BRANCH: Words("网点当面出示证件", "papers shown at a branch"),
    Proof.CARD: Words("持卡在机具验证", "card in hand at a machine"),
}


class PaperKind(StrEnum):
    """Papers made for a victim, in their own name."""

    CLAIM = "claim"
    POLICE = "police"
    COMPLAINT = "complaint"
    SMALL_CLAIM = "small_claim"


PAPER_WORDS: dict[PaperKind, Words] = {
    PaperKind.CLAIM: Words("退费函", "letter asking for the fee back"),
    PaperKind.POLICE: Words("报案材料", "report to the police"),
    PaperKind.COMPLAINT: Words("投诉举报材料", "complaint to a platform or authority"),
    PaperKind.SMALL_CLAIM: Words("小额诉讼材料与证据清单", "small claim with its list of evidence"),
}


class Route(StrEnum):
    """Lawful ways that are offered to everybody, whatever they owe or filed; the institution arranges the first two itself, free."""

    HARDSHIP = "hardship"
    INSTALMENT = "instalment"
    LEGAL_AID = "legal_aid"


ROUTE_WORDS: dict[Route, Words] = {
    Route.HARDSHIP: Words("困难帮扶", "hardship help"),
    Route.INSTALMENT: Words("免费分期", "instalments, free"),
    Route.LEGAL_AID: Words("法律援助", "legal aid"),
}


# What acts say. Free text in them is kept encrypted.


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody is probably a victim: why, and what they need."""

    facts: tuple[FactKind, ...]
    need: Need
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """They were reached, or it was tried, by a channel that was safe."""

    channel: ChannelKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """A one-time link was made. `code` is what its page shows; the link itself is kept nowhere."""

    code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Proved:
    """They proved who they are; with the code of a link they hold, it opens."""

    proof: Proof
    code: str = ""


@dataclass(frozen=True, slots=True)
class HumanAsked:
    """They asked, by their own page, to speak with a person."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class CardDone:
    """A step of a first-hour card was done."""

    situation: str
    step: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRecorded:
    """What they paid: fen, when, to whom, what shows it (codes of traces.PROOFS), and exhibits of it that the house keeps."""

    fee: int
    paid_on: date
    payee: str = ""
    exhibits: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """A lawful way was offered to them; what they make of it is for them to say."""

    route: Route
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperMade:
    """A paper was made for them, and its SHA-256."""

    kind: PaperKind
    sha256: str


@dataclass(frozen=True, slots=True)
class Filed:
    """They handed a paper in: where, on which day, and the number they were given."""

    where: str
    on: date
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """Money came back: fen, when, from whom."""

    amount: int
    on: date
    origin: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An entry of money or of a paper handed in was wrong: it no longer counts. Nothing is rubbed out."""

    act: str
    reason: str


@dataclass(frozen=True, slots=True)
class Declined:
    """They want no help now. It is never held against them; they may come back at any time."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """The help ends, and why."""

    reason: str


AidBody = (
    Found | Reached | Linked | Proved | HumanAsked | CardDone | Offered | LossRecorded | PaperMade | Filed | Recovered | SetAside | Declined | Closed
)  # fmt: skip


class AidActKind(StrEnum):
    """Which act it is. The codes are stable and public."""

    FOUND = "found"
    REACHED = "reached"
    LINKED = "linked"
    PROVED = "proved"
    HUMAN_ASKED = "human_asked"
    CARD = "card"
    OFFERED = "offered"
    LOSS = "loss"
    PAPER = "paper"
    FILED = "filed"
    RECOVERED = "recovered"
    SET_ASIDE = "set_aside"
    DECLINED = "declined"
    CLOSED = "closed"


AID_BODIES: dict[AidActKind, type[AidBody]] = {
    AidActKind.FOUND: Found,
    AidActKind.REACHED: Reached,
    AidActKind.LINKED: Linked,
    AidActKind.PROVED: Proved,
    AidActKind.HUMAN_ASKED: HumanAsked,
    AidActKind.CARD: CardDone,
    AidActKind.OFFERED: Offered,
    AidActKind.LOSS: LossRecorded,
    AidActKind.PAPER: PaperMade,
    AidActKind.FILED: Filed,
    AidActKind.RECOVERED: Recovered,
    AidActKind.SET_ASIDE: SetAside,
    AidActKind.DECLINED: Declined,
    AidActKind.CLOSED: Closed,
}
AID_KIND_OF: dict[type[AidBody], AidActKind] = {body: kind for kind, body in AID_BODIES.items()}
AID_ACT_WORDS: dict[AidActKind, Words] = {  # as they stand after "cannot"
    AidActKind.FOUND: Words("登记可能受害", "note that somebody is probably a victim"),
    AidActKind.REACHED: Words("登记联系", "enter how they were reached"),
    AidActKind.LINKED: Words("生成一次性链接", "make a one-time link"),
    AidActKind.PROVED: Words("登记身份证明", "enter how they proved who they are"),
    AidActKind.HUMAN_ASKED: Words("请求人工", "ask for a person"),
    AidActKind.CARD: Words("登记应急步骤", "enter a first-hour step"),
    AidActKind.OFFERED: Words("登记已介绍的途径", "enter a lawful way that was offered"),
    AidActKind.LOSS: Words("登记损失", "enter what they paid"),
    AidActKind.PAPER: Words("制作材料", "make a paper"),
    AidActKind.FILED: Words("登记递交", "enter where it was handed in"),
    AidActKind.RECOVERED: Words("登记追回", "enter what came back"),
    AidActKind.SET_ASIDE: Words("更正登记", "set an entry aside"),
    AidActKind.DECLINED: Words("登记不需要帮助", "enter that they want no help"),
    AidActKind.CLOSED: Words("结束帮助", "end the help"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AidAct:
    """One act for a customer: by whom, when it was kept, and what it says."""

    id: str
    customer: str
    at: datetime
    by: str
    body: AidBody

    @property
    def kind(self) -> AidActKind:
        """Which act it is."""
        return AID_KIND_OF[type(self.body)]


class AidState(StrEnum):
    """How far the help is."""

    OPEN = "open"
    DECLINED = "declined"
    CLOSED = "closed"


AID_STATE_WORDS: dict[AidState, Words] = {
    AidState.OPEN: Words("帮助中", "being helped"),
    AidState.DECLINED: Words("本人暂不需要", "wants no help now"),
    AidState.CLOSED: Words("已结束", "ended"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AidFacts:
    """How the help for somebody stands after its acts."""

    state: AidState | None = None  # None before they were found
    found: Found | None = None
    found_at: datetime | None = None
    reached: tuple[tuple[datetime, Reached], ...] = ()
    links: tuple[Linked, ...] = ()
    proofs: tuple[Proved, ...] = ()
    cards: tuple[CardDone, ...] = ()
    offered: tuple[Offered, ...] = ()
    losses: tuple[LossRecorded, ...] = ()
    papers: tuple[tuple[datetime, PaperMade], ...] = ()
    filed: tuple[Filed, ...] = ()
    recovered: tuple[Recovered, ...] = ()
    entries: tuple[tuple[str, LossRecorded | Filed | Recovered], ...] = ()  # those three by the act that entered them
    last_at: datetime | None = None  # when anything was last done
    asked_at: datetime | None = None  # when they asked for a person whom they have not spoken with yet

    @property
    def lost(self) -> int:
        """What they paid, in fen."""
        return sum(one.fee for one in self.losses)

    @property
    def back(self) -> int:
        """What came back, in fen."""
        return sum(one.amount for one in self.recovered)


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimFacts:
    """What letters are made of: the customer's own name and what they and our records say of whoever took the fee, in clear."""

    name: str | None = None
    phone: str | None = None
    agents: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()  # paid to
    contacts: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    first: date | None = None  # when an agent first got in touch
    losses: tuple[LossRecorded, ...] = ()
    proofs: tuple[str, ...] = ()  # codes of traces.PROOFS
    institution: str = ""
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One warning: what is promised, what is true, what to do; how many live ads and groups of cases it is drawn from."""

    id: str
    says: Words
    true: Words
    do: Words
    staff: Words
    ads: int
    rings: int


@dataclass(frozen=True, slots=True)
class WarningApproved:
    """A person read a warning and lets it out: the SHA-256 of what it says, and the ads and organisations it rests on, by id."""

    sha256: str
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WarningTakenBack:
    """A person takes the warning that is out back, and why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """What a one-time link shows. Until a second proof (`opened`) only hotlines and cards, which say nothing of anybody."""

    live: bool
    opened: bool = False
    code: str = ""
    until: datetime | None = None
    asked_until: date | None = None  # by when somebody speaks with them, where they asked for a person
    held: tuple[tuple[Words, int], ...] = ()  # kinds of records and how many
    masked: tuple[tuple[Words, str], ...] = ()
    facts: tuple[FactKind, ...] = ()
    situations: tuple[str, ...] = ()
    papers: tuple[PaperKind, ...] = ()
    lost: int = 0
    back: int = 0
    done: tuple[tuple[str, str], ...] = field(default=())  # situation and step of cards
    offices: tuple[str, ...] = ()  # names of those of legal aid where they live
