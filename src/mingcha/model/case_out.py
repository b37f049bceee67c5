"""What leaves a case and what comes of it: acts on referrals, on findings that fall, corrections, and requests to keep what is about to go.

What left is never unsaid by what comes later: a finding that fell stays fallen for whoever received it, until they confirmed the
correction.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingcha.model.actor import Role
from mingcha.model.words import Words


class Filing(StrEnum):
    """What an authority did with a referral."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETURNED = "returned"


FILING_WORDS: dict[Filing, Words] = {
    Filing.ACCEPTED: Words("立案或受理", "accepted"),
    Filing.REFUSED: Words("不予立案或受理", "refused"),
    Filing.RETURNED: Words("退回补充", "returned for more"),
}


class Lost(StrEnum):
    """Why a finding stands no more, by what was done elsewhere in the house. The codes are stable and public."""

    RING_GONE = "ring_gone"
    RING_LAWFUL = "ring_lawful"
    MERGED = "merged"
    LEFT = "left"
    MERIT = "merit"
    NO_AD = "no_ad"
    GONE = "gone"
    ERASED = "erased"


LOST_WORDS: dict[Lost, Words] = {  # fit to leave the house: nobody is named and nothing is told of anybody
    Lost.RING_GONE: Words(
        "据以认定同一组织的关联已不成立", "the ties that made it one organisation do not hold any more"
    ),
    Lost.RING_LAWFUL: Words(
        "经复核，不再属于疑似非法代理组织", "looked at again, it is no suspected illegal agency any more"
    ),
    Lost.MERGED: Words(
        "已与另一组织并为一个，请以我方重新移送的材料为准",
        "it is one with another organisation by now: go by what we hand over anew",
    ),
    Lost.LEFT: Words(
        "经复核，不再属于所移送的组织或案件", "looked at again, it is no part of the organisation or case any more"
    ),
    Lost.MERIT: Words("该件的诉求裁定已撤销或变更", "the decision on its merit was undone or changed"),
    Lost.NO_AD: Words("经复核，该内容不认定为招揽广告", "looked at again, it is not held to be a soliciting ad"),
    Lost.GONE: Words("该项在复核中不再存在", "looked at again, there is no such group any more"),
    Lost.ERASED: Words("该项已依法删除", "it was erased as the law asks"),
}


# What acts say. Free text in them is kept encrypted.


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An authority's own paper that asks for records: its number, who issued it, its day, and the exhibit that is a scan of it."""

    number: str
    issuer: str
    on: date
    scan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDrafted:
    """A referral is drafted: to whom, for which offence, and the findings it rests on. A full pack opens with the authority's `order`,
    and `scope` are the complaints that asks for: of others nothing is handed over in clear."""

    addressee: str
    offence: str
    stage: int
    rests_on: tuple[str, ...]
    order: Order | None = None
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralAgreed:
    """One person agrees that a referral leaves, in a role; `referral` is the id of the act that drafted it, `tells` what it tells of
    then: complaints and exhibits, by id."""

    referral: str
    role: Role
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralSent:
    """A named person handed it over; the root of what was handed over."""

    referral: str
    root: str
    handed_over: datetime


@dataclass(frozen=True, slots=True)
class ReferralReceived:
    """The authority's receipt: its number, who took it in, and the day."""

    referral: str
    number: str
    taken_by: str
    on: date


@dataclass(frozen=True, slots=True)
class ReferralFiled:
    """What the authority did: its number and day, and until when that can be reviewed."""

    referral: str
    filing: Filing
    number: str
    on: date
    review_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeKnown:
    """What came of a referral. Money in fen."""

    referral: str
    text: str
    people: int = 0
    rings: int = 0
    sentences: int = 0
    restitution: int = 0


@dataclass(frozen=True, slots=True)
class FindingFell:
    """A finding a referral rests on fell: whoever received it is owed a correction."""

    finding: str
    reason: str


@dataclass(frozen=True, slots=True)
class FindingLost:
    """A finding a referral rests on stands no more, by what was done elsewhere. The house enters it by itself, in the same
    transaction: whoever did the other thing does no work on the case by it."""

    finding: str
    cause: Lost


@dataclass(frozen=True, slots=True)
class CorrectionDrafted:
    """A correction was drafted: the SHA-256 of the letter, and of how many that fell it tells; what falls later, it does not."""

    referral: str
    root: str
    tells: int


@dataclass(frozen=True, slots=True)
class CorrectionSent:
    """A named person handed a correction to whoever received a referral; the SHA-256 of a letter that was drafted."""

    referral: str
    root: str
    handed_over: datetime


@dataclass(frozen=True, slots=True)
class CorrectionConfirmed:
    """Whoever received a referral confirmed the correction, and how."""

    referral: str
    how: str


@dataclass(frozen=True, slots=True)
class PreservationAsked:
    """Whoever runs a system was asked to keep records before it deletes them: which, and the first day one is gone."""

    system: str
    records: tuple[str, ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PreservationAnswered:
    """What was answered, and until when they are kept; `request` is the id of the act that asked."""

    request: str
    how: str
    until: date | None = None
    refused: int = 0  # 1: they are not kept; sealed bodies hold no truth values
