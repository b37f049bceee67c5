"""What a detector says: found, looked and absent, or unchecked. A finding has a reason and a source or does not exist.

Law 7 by type: what may ground a finding is a `Basis`; tone, persistence and knowing one's rights are `Weightless`
observations, which have no points and cannot become a finding.
"""

from dataclasses import dataclass
from enum import StrEnum

from mingcha.model.provenance import Cite
from mingcha.model.words import Words


class Side(StrEnum):
    """Whether a finding speaks for or against an agency or organisation behind the complaint."""

    FOR = "for"
    AGAINST = "against"


class Answer(StrEnum):
    """Which of the two questions a finding belongs to (merit has results of its own)."""

    AGENCY = "agency"
    ORGANISATION = "organisation"


ANSWER_WORDS: dict[Answer, Words] = {
    Answer.AGENCY: Words("代理识别", "agency"),
    Answer.ORGANISATION: Words("团伙识别", "organisation"),
}


class Family(StrEnum):
    """Families of findings: within one only the strongest counts."""

    TEXT = "text"
    LINE = "line"
    PAPER = "paper"
    MONEY = "money"
    VOICE = "voice"
    OUTLET = "outlet"
    AUTHORITY = "authority"
    CONDUCT = "conduct"


TIE_FAMILIES = frozenset({Family.TEXT, Family.LINE, Family.PAPER, Family.MONEY, Family.VOICE, Family.OUTLET})


class Conduct(StrEnum):
    """Conduct without which a group is a joint grievance, never a suspected agency (law 3)."""

    FEE_TAKEN = "fee_taken"
    FORGED_PAPER = "forged_paper"
    IMPERSONATION = "impersonation"
    COERCION = "coercion"
    BOUGHT_DATA = "bought_data"
    SOLICITING_AD = "soliciting_ad"
    BENEFIT_HARVESTED = "benefit_harvested"  # of rings of accounts alone


CONDUCT_WORDS: dict[Conduct, Words] = {
    Conduct.FEE_TAKEN: Words("收取费用", "fee taken"),
    Conduct.FORGED_PAPER: Words("伪造证明", "forged paper"),
    Conduct.IMPERSONATION: Words("冒充客户", "impersonation"),
    Conduct.COERCION: Words("以撤诉要挟", "coercion"),
    Conduct.BOUGHT_DATA: Words("购买个人信息", "bought data"),
    Conduct.SOLICITING_AD: Words("招揽广告", "soliciting ad"),
    Conduct.BENEFIT_HARVESTED: Words("一人多得优惠", "one hand took more of a promotion than one person may"),
}


class Basis(StrEnum):
    """What a finding may rest on."""

    TEMPLATE = "template"
    AUTHORITY = "authority"
    IDENTITY = "identity"
    CALL_BACK = "call_back"
    PAYMENT = "payment"
    NUMBER = "number"
    PAPER = "paper"
    COERCION = "coercion"
    ADDRESS = "address"
    TIME = "time"
    DEVICE = "device"
    AD = "ad"
    REPRESENTATION = "representation"
    RELATION = "relation"
    SAMPLE = "sample"
    COMMON_CAUSE = "common_cause"
    ONE_ACT = "one_act"
    MERIT = "merit"
    OFFER = "offer"


class Weightless(StrEnum):
    """What weighs zero everywhere, for ever (law 7)."""

    PERSISTENCE = "persistence"
    TONE = "tone"
    QUOTES_RULES = "quotes_rules"
    ASKS_STAFF_NUMBER = "asks_staff_number"
    RECORDS_CALLS = "records_calls"
    ANNOUNCES_ESCALATION = "announces_escalation"
    LARGE_DEMAND = "large_demand"
    NEUTRAL_TERM = "neutral_term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found, with its reason and at least one cited source. Points are an integer on a dated scale."""

    detector: str
    clause: str
    answer: Answer
    side: Side
    family: Family
    basis: Basis
    points: int
    why: Words
    cites: tuple[Cite, ...]
    conduct: Conduct | None = None
    stops_ties: bool = False  # verified representation: ties through this person do not count (law 3)

    def __post_init__(self) -> None:
        if not isinstance(self.basis, Basis):
            raise TypeError("a finding rests on a Basis; weightless observations never become findings")
        if self.points < 0 or isinstance(self.points, bool) or not isinstance(self.points, int):
            raise TypeError("points are a non-negative integer; the side says which way they count")
        if not self.cites or not (self.why.zh and self.why.en):
            raise ValueError("a finding needs a reason in both languages and at least one source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """Looked and absent."""

    detector: str
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """Not looked, because these kinds of records are not here. Weighs nothing, is shown."""

    detector: str
    needs: tuple[str, ...]
    why: Words


@dataclass(frozen=True, slots=True)
class Observation:
    """Something noticed that must never weigh: shown so that a reader sees it was not counted."""

    what: Weightless
    cite: Cite


Result = Finding | Nothing | Unchecked
