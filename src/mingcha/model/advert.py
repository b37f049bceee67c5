"""What a post is: whether it solicits, for which trade, with which claims, and the passages that say so.

A level belongs to an ad, never to a complaint or a person (law 4). Only a `Solicitation` can be reported; it is made of a
judgement that solicits and of nothing else, so a post that complains, reports, warns or teaches cannot become one.
"""

from dataclasses import dataclass
from enum import StrEnum

from mingcha.model.text import ContactMention, Passage
from mingcha.model.words import Words

MILLION = 1_000_000


class Stance(StrEnum):
    """What a post does. The codes are stable and public."""

    SOLICITS = "solicits"
    LAWFUL_OFFER = "lawful_offer"
    REPORTS = "reports"
    WARNS = "warns"
    COMPLAINS = "complains"
    ASKS = "asks"
    TEACHES = "teaches"
    REGULATES = "regulates"
    SHARES = "shares"
    JOKES = "jokes"
    OTHER = "other"


STANCE_WORDS: dict[Stance, Words] = {
    Stance.SOLICITS: Words("招揽", "solicits"),
    Stance.LAWFUL_OFFER: Words("正规商家或机构的推介", "a lawful offer"),
    Stance.REPORTS: Words("报道", "reports"),
    Stance.WARNS: Words("警示", "warns"),
    Stance.COMPLAINS: Words("投诉、维权", "complains"),
    Stance.ASKS: Words("提问", "asks"),
    Stance.TEACHES: Words("普法、说明", "teaches"),
    Stance.REGULATES: Words("法规、通知", "lays down rules"),
    Stance.SHARES: Words("讲自己的经历、互助", "shares one's own story"),
    Stance.JOKES: Words("玩笑", "jokes"),
    Stance.OTHER: Words("其他", "something else"),
}


class Trade(StrEnum):
    """What is sold. `OTHER` is none of ours: such a post solicits, but it is no ad in the sense of this house."""

    ANTI_COLLECTION = "anti_collection"
    SUSPENSION = "suspension"
    CREDIT_REPAIR = "credit_repair"
    REFUND_AGENCY = "refund_agency"
    LOAN_BROKER = "loan_broker"
    BONUS = "bonus"
    SCRIPT_COURSE = "script_course"
    OTHER = "other"


TRADE_WORDS: dict[Trade, Words] = {
    Trade.ANTI_COLLECTION: Words("反催收", "anti-collection"),
    Trade.SUSPENSION: Words("停息挂账、债务优化", "pausing interest, debt optimisation"),
    Trade.CREDIT_REPAIR: Words("征信修复", "credit repair"),
    Trade.REFUND_AGENCY: Words("代理退保、退费", "agency for surrender and refunds"),
    Trade.LOAN_BROKER: Words("贷款中介", "loan broking"),
    Trade.BONUS: Words("套现、羊毛套利", "cashing out, bonus hunting"),
    Trade.SCRIPT_COURSE: Words("话术教程", "scripts and courses"),
    Trade.OTHER: Words("其他", "other"),
}


class AdClaim(StrEnum):
    """What an ad says of itself, as the guide on abnormal claims names it."""

    NO_WIN_NO_FEE = "no_win_no_fee"
    INSIDE_CHANNEL = "inside_channel"
    FALSE_POLICY = "false_policy"
    PROMISED_RESULT = "promised_result"
    WIN_RATE = "win_rate"
    MANY_CASES = "many_cases"
    POSES_AS_LAWYER = "poses_as_lawyer"
    POSES_AS_POLICE = "poses_as_police"
    POSES_AS_REGULATOR = "poses_as_regulator"


CLAIM_WORDS: dict[AdClaim, Words] = {
    AdClaim.NO_WIN_NO_FEE: Words("不成功不收费", "no win, no fee"),
    AdClaim.INSIDE_CHANNEL: Words("自称有内部渠道", "claims an inside channel"),
    AdClaim.FALSE_POLICY: Words("冒称新政策", "claims a policy that is none"),
    AdClaim.PROMISED_RESULT: Words("保证结果", "guarantees a result"),
    AdClaim.WIN_RATE: Words("宣称胜率", "claims a win rate"),
    AdClaim.MANY_CASES: Words("宣称大量成功案例", "claims many won cases"),
    AdClaim.POSES_AS_LAWYER: Words("以律师或法律工作者自称", "presents itself as a lawyer or legal worker"),
    AdClaim.POSES_AS_POLICE: Words("借用公安、司法名义", "borrows the name of police or courts"),
    AdClaim.POSES_AS_REGULATOR: Words("借用监管、机构名义", "borrows the name of a regulator or institution"),
}
POSES = frozenset({AdClaim.POSES_AS_LAWYER, AdClaim.POSES_AS_POLICE, AdClaim.POSES_AS_REGULATOR})


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim with its passage. Of a pose `name` is whom it names, if anyone; it stays a suggestion until a person looked it
    up in a register."""

    claim: AdClaim
    passage: Passage
    name: str | None = None

    @property
    def awaits_register(self) -> bool:
        """A pose is only suggested; a genuine lawyer's ad is no ground for anything."""
        return self.claim in POSES


@dataclass(frozen=True, slots=True)
class AdFinding:
    """One reason with the passage it stands on; `weight` is what it adds to the log-odds of an ad, in thousandths."""

    code: str
    why: Words
    passage: Passage
    weight: int
    disguised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostJudged:
    """A post as the model reads it. `probability` is of an ad of our trades, in millionths; `level` is of the ad (guide on
    abnormal claims: 1 or 2, None where its list names nothing seen) and stands for nobody."""

    scheme: str
    is_ad: bool
    probability: int
    stance: Stance
    trade: Trade | None
    claims: tuple[Claimed, ...]
    contacts: tuple[ContactMention, ...]
    findings: tuple[AdFinding, ...]
    against: tuple[AdFinding, ...]
    level: int | None
    evasive: bool
    why_not: Words | None = None
    left_out: int = 0  # reasons of either side that weigh less than those listed


@dataclass(frozen=True, slots=True)
class Solicitation:
    """The only thing that can be reported: a post judged to solicit for one of our trades."""

    post: str
    trade: Trade
    judged: PostJudged

    def __post_init__(self) -> None:
        if not self.judged.is_ad or self.judged.stance is not Stance.SOLICITS:
            raise TypeError("only a post that solicits can be reported")
        if self.trade is Trade.OTHER or self.trade is not self.judged.trade:
            raise TypeError("a solicitation is for the trade it was judged to be of")
