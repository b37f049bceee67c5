"""An objection of somebody named in a ring, an ad or a case: theirs by a receipt, answered in words by somebody who is not on it.

Nothing here says anything of who objects, and no field could: an objection never weighs against anybody.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.words import Words

ANSWERED_IN = 15  # days in which an objection is answered
MOST_ADDED = 20  # times something is added to one; whoever has more to say objects anew


class TouchedKind(StrEnum):
    """What an objection may name. The codes are stable and public."""

    AD = "ad"
    RING = "ring"
    COMPLAINT = "complaint"
    CASE = "case"


TOUCHED_WORDS: dict[TouchedKind, Words] = {
    TouchedKind.AD: Words("广告", "ad"),
    TouchedKind.RING: Words("团伙", "ring"),
    TouchedKind.COMPLAINT: Words("投诉", "complaint"),
    TouchedKind.CASE: Words("案件", "case"),
}


@dataclass(frozen=True, slots=True, order=True)
class Touched:
    """One thing an objection names, by its id."""

    kind: TouchedKind
    id: str


# What acts say. Free text in them is kept encrypted.


@dataclass(frozen=True, slots=True)
class Lodged:
    """Somebody objects: what they are named by, what they say, who they are as they wish to say, how to reach them if at all."""

    named: str
    said: str
    who: str = ""
    reach: str = ""


@dataclass(frozen=True, slots=True)
class MoreSaid:
    """They add something."""

    text: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """They take it back."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What was found by what they named, beside what was found before; nothing where it was looked for and is not there."""

    found: tuple[Touched, ...] = ()


@dataclass(frozen=True, slots=True)
class TouchedLinked:
    """A person says that it names this as well."""

    touched: Touched
    reason: str


@dataclass(frozen=True, slots=True)
class TouchedUnlinked:
    """A person says that it does not name this."""

    touched: Touched
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionDecided:
    """The answer: what the objector reads, why inside the house, and what falls where they are right."""

    upheld: int  # 1 or 0: sealed bodies hold no truth values
    told: str
    reason: str
    falls: tuple[str, ...] = ()


ObjectionBody = Lodged | MoreSaid | TakenBack | Matched | TouchedLinked | TouchedUnlinked | ObjectionDecided


class ObjectionActKind(StrEnum):
    """Which act it is. The codes are stable and public."""

    LODGED = "lodged"
    MORE_SAID = "more_said"
    TAKEN_BACK = "taken_back"
    MATCHED = "matched"
    LINKED = "linked"
    UNLINKED = "unlinked"
    DECIDED = "decided"


OBJECTION_BODIES: dict[ObjectionActKind, type[ObjectionBody]] = {
    ObjectionActKind.LODGED: Lodged,
    ObjectionActKind.MORE_SAID: MoreSaid,
    ObjectionActKind.TAKEN_BACK: TakenBack,
    ObjectionActKind.MATCHED: Matched,
    ObjectionActKind.LINKED: TouchedLinked,
    ObjectionActKind.UNLINKED: TouchedUnlinked,
    ObjectionActKind.DECIDED: ObjectionDecided,
}
OBJECTION_KIND_OF: dict[type[ObjectionBody], ObjectionActKind] = {body: kind for kind, body in OBJECTION_BODIES.items()}
OBJECTION_ACT_WORDS: dict[ObjectionActKind, Words] = {  # as they stand after "cannot"
    ObjectionActKind.LODGED: Words("提出异议", "lodge the objection"),
    ObjectionActKind.MORE_SAID: Words("补充异议", "add to the objection"),
    ObjectionActKind.TAKEN_BACK: Words("撤回异议", "take the objection back"),
    ObjectionActKind.MATCHED: Words("登记异议所指", "enter what the objection names"),
    ObjectionActKind.LINKED: Words("关联异议所指", "link the objection"),
    ObjectionActKind.UNLINKED: Words("解除异议关联", "unlink the objection"),
    ObjectionActKind.DECIDED: Words("答复异议", "answer the objection"),
}
ENDS = frozenset({ObjectionActKind.TAKEN_BACK, ObjectionActKind.DECIDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionAct:
    """One act on an objection: by whom, when it was kept, and what it says."""

    id: str
    objection: str
    at: datetime
    by: str
    body: ObjectionBody

    @property
    def kind(self) -> ObjectionActKind:
        """Which act it is."""
        return OBJECTION_KIND_OF[type(self.body)]


class ObjectionState(StrEnum):
    """How far an objection is."""

    WAITING = "waiting"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"


OBJECTION_STATE_WORDS: dict[ObjectionState, Words] = {
    ObjectionState.WAITING: Words("待答复", "waiting for an answer"),
    ObjectionState.ANSWERED: Words("已答复", "answered"),
    ObjectionState.TAKEN_BACK: Words("本人已撤回", "taken back"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFacts:
    """How an objection stands after its acts."""

    id: str = ""
    state: ObjectionState | None = None  # None before it is lodged
    lodged: Lodged = Lodged("", "")
    lodged_at: datetime | None = None
    more: tuple[str, ...] = ()
    looked: bool = False  # whether what it names was looked for
    found: frozenset[Touched] = frozenset()
    linked: frozenset[Touched] = frozenset()
    unlinked: frozenset[Touched] = frozenset()
    decided: ObjectionDecided | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None

    @property
    def touched(self) -> frozenset[Touched]:
        """What it names, as found and as people corrected."""
        return (self.found | self.linked) - self.unlinked


@dataclass(frozen=True, slots=True)
class Became:
    """What a receipt shows: how far it is, until which day it is answered, and the answer. Nothing of anybody else."""

    state: ObjectionState
    due: date
    more: int = 0
    told: str = ""


class DoorPage(StrEnum):
    """Pages of the door."""

    FORM = "form"
    KEPT = "kept"
    STANDS = "stands"
    UNKNOWN = "unknown"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionPage:
    """What the door shows: a form with what was typed and what is wrong with it, a receipt told once, or what became of one."""

    page: DoorPage
    typed: Lodged = Lodged("", "")
    wrong: Words | None = None
    receipt: str = ""
    due: date | None = None
    became: Became | None = None
