"""Words of ads that stand in no list, proposed to a person; what a person said of them is only ever added to."""

from dataclasses import dataclass
from datetime import datetime

from mingcha.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A word, its counts, and why. `ads_with` of `accounts` posting accounts use it, `innocents_with` of `innocents` complaints;
    `millibits`: how many times likelier in an ad, as a base-2 logarithm in thousandths. `ordinary` says why borrowers may use it.
    """

    word: str
    accounts_with: int
    accounts: int
    innocents_with: int
    innocents: int
    millibits: int
    examples: tuple[str, ...] = ()
    ordinary: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordDecision:
    """A person's word on a word: never changed, the newest counts. `ordinary`: kept as neutral, so that it weighs nothing."""

    id: str
    word: str
    accepted: bool
    ordinary: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WordProposals:
    """What is proposed, the likeliest first, what was decided, and what it was counted over; `left_out` complaints were not read."""

    proposed: tuple[Proposal, ...]
    decided: tuple[WordDecision, ...]
    ads: int
    accounts: int
    innocents: int
    left_out: int
    lexicon: str
