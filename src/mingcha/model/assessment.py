"""What the machine suggests about a complaint: a suggestion, never a decision (law 5)."""

from dataclasses import dataclass
from enum import StrEnum

from mingcha.model.finding import Family, Observation, Result
from mingcha.model.merit import Claim, MeritResult
from mingcha.model.tie import LawThree
from mingcha.model.words import Words


class Label(StrEnum):
    """The only suggestions a machine may make; breach of order and the six grounds belong to people."""

    ORDINARY = "ordinary"
    AUTHORISED_AGENT = "authorised_agent"
    LINKED = "linked_to_suspected_organisation"
    INSUFFICIENT = "insufficient"


LABEL_WORDS: dict[Label, Words] = {
    Label.ORDINARY: Words("无代理线索", "no sign of an agency"),
    Label.AUTHORISED_AGENT: Words("合法授权代理", "authorised agent"),
    Label.LINKED: Words(
        "与疑似非法代理组织有关联（客户可能是受害人）",
        "linked to a suspected organisation (customer may be its victim)",
    ),
    Label.INSUFFICIENT: Words("线索不足以判断", "a sign that is not enough to judge"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the arithmetic: the strongest finding of a family, or one that a stronger one covers."""

    detector: str
    family: Family
    points: int  # negative where it speaks against
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The suggestion with its arithmetic and its reasons."""

    label: Label
    scale: str  # dated id of the scale
    agency_points: int
    organisation_points: int
    steps: tuple[Step, ...]
    law_three: LawThree | None
    why: Words
    why_not: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything the machine says about one complaint as of one moment. `schemes` names every dated thing used."""

    complaint: str
    as_of_seq: int
    schemes: tuple[tuple[str, str], ...]
    dossier_digest: str
    claims: tuple[Claim, ...]
    merit: tuple[MeritResult, ...]
    results: tuple[Result, ...]
    observations: tuple[Observation, ...]
    suggestion: Suggestion
    campaign: str | None
    group: str | None
