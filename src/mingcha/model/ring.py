"""Rings: organisations that ties show, the values that are their parts, and the customers as possible victims.

A ring has a status and perhaps a level; a complaint or a person never has (law 4). Members are values (numbers, seals,
handles, scripts), never people; whoever was their customer is listed apart.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.campaign import Unrelated
from mingcha.model.finding import Conduct, Family
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is global about a house, frozen for a month: increments then equal a rebuild, and a ring changes by records alone."""

    day: date
    people: int  # chance is reckoned among so many


class RingStatus(StrEnum):
    """What law 3 says of a group whose ties are of two families and hold three unrelated customers."""

    SUSPECTED = "suspected_illegal_agency"
    JOINT_GRIEVANCE = "joint_grievance"  # no conduct: a signal to repair something
    EXPLAINED = "explained"  # an innocent explanation holds
    UNTESTED = "untested"  # not all innocent explanations could be looked at


STATUS_WORDS: dict[RingStatus, Words] = {
    RingStatus.SUSPECTED: Words("疑似非法代理组织", "suspected illegal agency"),
    RingStatus.JOINT_GRIEVANCE: Words("共同诉求", "joint grievance"),
    RingStatus.EXPLAINED: Words("有无辜的解释", "innocently explained"),
    RingStatus.UNTESTED: Words("解释未检验完", "explanations not all tested"),
}


class RingRole(StrEnum):
    """What part a value plays in a ring."""

    ADVERTISER = "advertiser"
    CONTACT_POINT = "contact_point"
    FILER = "filer"
    PAPER_MAKER = "paper_maker"
    PAYEE = "payee"
    SCRIPT = "script"


ROLE_WORDS: dict[RingRole, Words] = {
    RingRole.ADVERTISER: Words("广告方", "advertiser"),
    RingRole.CONTACT_POINT: Words("联系点", "contact point"),
    RingRole.FILER: Words("提交方", "filer"),
    RingRole.PAPER_MAKER: Words("制证方", "paper maker"),
    RingRole.PAYEE: Words("收款方", "payee"),
    RingRole.SCRIPT: Words("话术来源", "script"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RingMember:
    """A value several complaints of a ring share, and the part it plays. `value` is a keyed token."""

    kind: str
    family: Family
    value: str
    role: RingRole
    complaints: tuple[str, ...]  # of the ring, that state it, sorted
    millibits: int  # log-odds of sharing it against chance, base 2, thousandths
    bearing: bool  # without it the ring would not meet the two families and three customers of law 3
    elsewhere: int  # complaints outside the ring that it links too: a bridge where they are a ring
    first: datetime | None  # first and last receipt of a complaint of the ring that states it
    last: datetime | None
    cited: tuple[Cite, ...]  # records that state it, at most 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """One organisation as the ties show it."""

    id: str
    scheme: str
    status: RingStatus
    level: int | None  # 1 or 2, of the organisation, said by people alone
    members: tuple[RingMember, ...]
    complaints: tuple[str, ...]
    customers: tuple[str, ...]  # possible victims, by keyed id; complaints without a customer have none
    unrelated: Unrelated
    families: tuple[Family, ...]  # independent families of ties
    conduct: tuple[tuple[Conduct, str, Cite], ...]
    conduct_more: int
    explanations: tuple[tuple[str, Cite], ...]
    stability: (
        int | None
    )  # millionths: mean likeness to itself when a fifth of the records are left out; None: not resampled
    first: datetime | None
    last: datetime | None

    @property
    def bridges(self) -> tuple[RingMember, ...]:
        """Values it shares with complaints outside: a supplier of two rings."""
        return tuple(one for one in self.members if one.elsewhere)


class Became(StrEnum):
    """What became of a ring in a run."""

    BORN = "born"
    CHANGED = "changed"  # grew, shrank, or its status changed
    MERGED = "merged"
    SPLIT = "split"
    DORMANT = "dormant"  # no longer held together by ties that live
    WOKE = "woke"
    GRADED = "graded"  # people gave it a level, or took it away


BECAME_WORDS: dict[Became, Words] = {
    Became.BORN: Words("出现", "born"),
    Became.CHANGED: Words("变化", "changed"),
    Became.MERGED: Words("并入", "merged into"),
    Became.SPLIT: Words("分出", "split from"),
    Became.DORMANT: Words("休眠", "dormant"),
    Became.WOKE: Words("复现", "woke"),
    Became.GRADED: Words("评级", "graded"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RingEvent:
    """One ring at one run: what became of it, and the ring as it then stood (None where it ended)."""

    ring: str
    became: Became
    other: str | None  # the ring it merged into or split from
    at: datetime
    run: str
    state: Ring | None


class TieWord(StrEnum):
    """What a person says of two complaints."""

    TOGETHER = "together"
    APART = "apart"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class TieJudgement:
    """A person's word on whether two complaints come from one organisation; never changed, only taken back."""

    id: str
    word: TieWord
    complaints: tuple[str, str]
    by: str
    at: datetime
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTie:
    """One tie as the last run left it. `value` is a keyed token; a hub keeps no list of whom it touches."""

    kind: str
    family: Family
    value: str
    linking: tuple[str, ...]
    complaints: int  # that state it
    millibits: int
    hub: bool
    stopped: bool
    allowed_as: str | None
    dormant: bool
    last: datetime | None
    cited: tuple[Cite, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A way from one complaint to another: values in turn, each with the complaint it leads to."""

    steps: tuple[tuple[KeptTie, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyTogether:
    """Why two complaints hang together, and what speaks against it."""

    one: str
    other: str
    ring: str | None  # both are in it
    paths: tuple[Path, ...]  # the shortest of the rarest values first; no value in two
    against: tuple[Words, ...]
