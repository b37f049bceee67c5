"""Texts that read alike, and what may innocently explain it."""

from dataclasses import dataclass
from datetime import datetime

from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@dataclass(frozen=True, slots=True)
class Unrelated:
    """How many unrelated customers a set holds. Unknown customers and unknown relations count as nobody (law 3)."""

    count: int
    related: int  # customers folded into another one's household, employer, merchant or declared relation
    unknown: int  # records without a verified customer or with unknown relations
    unchecked_why: Words | None = None


@dataclass(frozen=True, slots=True)
class SampleMatch:
    """A public sample letter that a text follows. Similarity in millionths: the share of the one found in the other."""

    sample: str
    title: str
    similarity: int
    cite: Cite


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSummary:
    """One family of near-identical texts as one of its members sees it. Members are cited, never listed."""

    id: str
    scheme: str
    texts: int
    acts: int
    customers: Unrelated  # of members who speak for themselves: verified representation stops ties (law 3)
    similarity_min: int  # millionths; the least share of the representative's text any two members hold in common
    similarity_here: int  # millionths; this text to the family's representative
    first_at: datetime | None
    last_at: datetime | None
    densest_day_acts: int  # acts on the day with most of them
    channels: tuple[str, ...]
    lenders: tuple[str, ...]
    merchants: tuple[str, ...]  # merchants its customers share
    represented: int  # acts filed under verified representation
    sample: SampleMatch | None
    events: tuple[Cite, ...]  # common-cause events that overlap it
    cited: tuple[Cite, ...]  # at most 20 members
