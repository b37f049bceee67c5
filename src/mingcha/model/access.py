"""What is held about one person, told to that person: their own in clear, other people's masked, and nothing of anybody else.

No field of it can hold a level, a score, a ring or its members.
"""

from dataclasses import dataclass
from datetime import date, datetime

from mingcha.model.aid import Proof
from mingcha.model.decision import Conclusion, MeritVerdict
from mingcha.model.finding import Side
from mingcha.model.merit import MeritState
from mingcha.model.words import Words

MERIT_STATE_WORDS: dict[MeritState, Words] = {
    MeritState.CONFIRMED: Words("成立", "confirmed"),
    MeritState.PARTLY: Words("部分成立", "confirmed in part"),
    MeritState.DISPUTED: Words("双方记录不一致", "the records disagree"),
    MeritState.CONTRADICTED: Words("与记录相反", "our records say otherwise"),
    MeritState.NOT_FOUND: Words("记录中未见", "not found in our records"),
    MeritState.UNCHECKED: Words("未能核查", "could not be checked"),
}
VERDICTS: dict[str, Words] = {
    MeritVerdict.UPHELD: Words("诉求成立", "upheld"),
    MeritVerdict.PARTLY: Words("诉求部分成立", "upheld in part"),
    MeritVerdict.NOT_UPHELD: Words("诉求不成立", "not upheld"),
    Conclusion.ORDINARY: Words("普通投诉", "an ordinary complaint"),
    Conclusion.AUTHORISED_AGENT: Words("由授权代理人提出", "filed by an authorised agent"),
    Conclusion.BREACH_OF_ORDER: Words("扰乱投诉秩序", "breach of complaint order"),
    Conclusion.LINKED: Words("与涉嫌违法的组织有关联（针对组织）", "linked to an organisation under suspicion (said of the organisation)"),
    Conclusion.INSUFFICIENT: Words("依据不足", "too little to say"),
}  # fmt: skip
SIDE_WORDS: dict[Side, Words] = {
    Side.FOR: Words("提示可能有代理或组织介入", "may point to an agent or organisation"),
    Side.AGAINST: Words("说明系正常投诉", "speaks for an ordinary complaint"),
}


@dataclass(frozen=True, slots=True)
class Proved:
    """How somebody proved who they are, and who saw it."""

    proof: Proof
    checked_by: str
    how: str


@dataclass(frozen=True, slots=True)
class Value:
    """One column of a record; `masked` where it is somebody else's."""

    column: str
    label: Words
    text: str
    masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCopy:
    """One record as it was taken in."""

    kind: str
    label: Words
    id: str
    system: str
    recorded_on: date
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCopy:
    """One decision on a complaint, by people in roles."""

    at: datetime
    verdict: Words
    reason: str
    roles: tuple[str, ...]
    taken_back: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a demand against our records came to."""

    about: Words
    came_to: Words
    why: Words


@dataclass(frozen=True, slots=True)
class FindingCopy:
    """One thing a program found in a complaint, with what it read there; a suggestion that a person looks at."""

    about: Words
    side: Words
    why: Words
    quotes: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCopy:
    """One complaint with what became of it."""

    id: str
    received_on: date
    due: date
    state: str
    original: str | None  # its file in the copy
    checked: tuple[Checked, ...] = ()
    findings: tuple[FindingCopy, ...] = ()
    decisions: tuple[DecisionCopy, ...] = ()
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpCopy:
    """One act of help."""

    at: datetime
    did: Words
    says: str


@dataclass(frozen=True, slots=True)
class ExhibitCopy:
    """One exhibit about nobody else."""

    id: str
    name: str
    media: str
    size: int
    sha256: str
    file: str


@dataclass(frozen=True, slots=True)
class ReadBy:
    """One look at their data: when, what, in which roles, for which purpose."""

    at: datetime
    act: str
    roles: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCopy:
    """All of it. `left_out` says what others' data kept out."""

    customer: str
    system: str
    made_at: datetime
    institution: str
    proof: Words
    records: tuple[RecordCopy, ...]
    complaints: tuple[ComplaintCopy, ...]
    help: tuple[HelpCopy, ...]
    exhibits: tuple[ExhibitCopy, ...]
    read_by: tuple[ReadBy, ...]
    left_out: tuple[Words, ...]
