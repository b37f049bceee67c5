"""Sellers: ads of one account or organisation, what joins them, and what is known of them; a seller is never a person.

Nothing here has a level, and nothing is kept: sellers are told anew from the ads that are held.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingcha.model.ad_cycle import Stage
from mingcha.model.advert import AdClaim, Trade
from mingcha.model.words import Words


class Thread(StrEnum):
    """What two ads can share. The codes are stable and public."""

    ACCOUNT = "account"
    CONTACT = "contact"
    LINE = "line"
    PAYEE = "payee"
    CODE = "code"
    LINK = "link"
    POSTER = "poster"
    WORDS = "words"


THREAD_WORDS: dict[Thread, Words] = {
    Thread.ACCOUNT: Words("发布账号", "posting account"),
    Thread.CONTACT: Words("联系方式", "contact"),
    Thread.LINE: Words("固话或客服号码", "landline or service number"),
    Thread.PAYEE: Words("收款账户", "payee"),
    Thread.CODE: Words("二维码", "code"),
    Thread.LINK: Words("链接或主页", "link or page"),
    Thread.POSTER: Words("同一海报", "one poster"),
    Thread.WORDS: Words("同一文案", "the same words"),
}


@dataclass(frozen=True, slots=True)
class SeenAd:
    """An ad as sellers are told by it. `account` is who posted it on which platform, `values` are keyed."""

    ad: str
    account: str | None
    values: frozenset[tuple[Thread, str]]


@dataclass(frozen=True, slots=True)
class Joined:
    """A value several ads of a seller share, and by how many posting accounts. `value` is keyed."""

    thread: Thread
    value: str
    ads: tuple[str, ...]
    accounts: int


@dataclass(frozen=True, slots=True)
class Seller:
    """Ads of one account or organisation, sorted; `hubs` they share with so many that it joins nobody."""

    id: str
    ads: tuple[str, ...]
    accounts: int
    joined: tuple[Joined, ...]
    hubs: tuple[Joined, ...]


def kind_of(accounts: int) -> Words:
    """What a seller is, in words: one account says nothing of an organisation."""
    if accounts <= 1:
        return Words("一个账号", "one account")
    return Words(f"{accounts:,} 个账号", f"{accounts:,} accounts")


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerLine:
    """One seller in the list."""

    seller: str
    kind: Words
    ads: int
    accounts: int
    platforms: tuple[str, ...]
    trades: tuple[Trade, ...]
    threads: tuple[Thread, ...]
    first_seen: date
    last_seen: date
    rings: tuple[str, ...] | None  # None for whoever may not see rings


@dataclass(frozen=True, slots=True)
class Way:
    """How a seller is reached or paid: masked, or in clear for a sealed reason."""

    thread: Thread
    shown: str
    ads: int


@dataclass(frozen=True, slots=True)
class Pose:
    """Whom it claims to be, with the name it gives, and the day that name was looked up for a report (None: not yet)."""

    claim: AdClaim
    name: str | None
    ads: int
    looked_up: date | None


@dataclass(frozen=True, slots=True)
class SellerAd:
    """One of its ads: how it stands, and whether a person said that it solicits or the machine alone does."""

    ad: str
    platform: str | None
    stage: Stage
    trade: Trade | None
    by_person: bool
    sightings: int
    first_seen: date
    last_seen: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerPage:
    """One seller: what it says, where and when it was seen, what was done, and what ties it. Quotes are masked.

    `quoted` is how many customers' complaints state one of its contacts: possible victims, counted and never named; None for
    fewer than `quoted_floor`. `rings` is None for whoever may not see rings.
    """

    seller: str
    kind: Words
    accounts: int
    ways: tuple[Way, ...]
    platforms: tuple[tuple[str, int], ...]
    trades: tuple[tuple[Trade, int], ...]
    prices: tuple[tuple[str, int], ...]
    claims: tuple[tuple[AdClaim, int, str], ...]
    poses: tuple[Pose, ...]
    weeks: tuple[tuple[str, int], ...]
    ads: tuple[SellerAd, ...]
    joined: tuple[Joined, ...]
    hubs: tuple[Joined, ...]
    reports: int
    removed: int
    returned: tuple[tuple[str, str], ...]
    rings: tuple[str, ...] | None
    quoted: int | None
    quoted_floor: int
    simulated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """Young accounts of one platform that first advertised in one week, far more than in its earlier weeks.

    `usual` is their mean in thousandths over `weeks` earlier weeks; `chance` is that so many come by chance, in millionths
    (None: too few earlier weeks to say, judged by count). A detection: no report rests on it.
    """

    platform: str
    week: str
    accounts: int
    usual: int
    weeks: int
    chance: int | None
    ads: tuple[str, ...]
    why: Words
