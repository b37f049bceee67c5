"""A family as each of its members sees it: counts and at most 20 cited members, never a list of people."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from mingcha.campaign.scheme import MILLION, Scheme
from mingcha.model.account import Event
from mingcha.model.campaign import CampaignSummary, SampleMatch
from mingcha.model.party import NO_ONE, Customer
from mingcha.model.provenance import Cite
from mingcha.model.relation import count_unrelated

CITED = 20
CHINA = timezone(timedelta(hours=8))  # one zone, no summer time since 1991


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFacts:
    """What a family needs to know of one member. `customer` is its record, None where there is none."""

    complaint: str
    act: str
    customer: Customer | None
    received_at: datetime | None
    channel: str | None
    lender: str | None
    product: str | None
    merchant: str | None
    represented: bool  # filed under verified representation
    similarity: int  # to the representative, millionths
    sample: SampleMatch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFacts:
    """The family itself, and what outside it may explain it."""

    id: str
    similarity_min: int
    members: tuple[MemberFacts, ...]
    events: tuple[Event, ...] = ()  # all that the house holds
    none_tokens: frozenset[str] = frozenset({NO_ONE})


def summarise(family: FamilyFacts, scheme: Scheme) -> dict[str, CampaignSummary]:
    """Each member complaint's summary of its family, by complaint id; the order of members does not matter.

    `customers` counts those who speak for themselves: verified representation stops ties through that person (law 3).
    `sample` is the letter the member's own text follows, else the one its nearest members follow.
    """
    members = sorted(family.members, key=lambda m: m.complaint)
    opened = acts_of(members)
    dated = [m.received_at for m in members if m.received_at is not None]
    common = CampaignSummary(
        id=family.id,
        scheme=scheme.id,
        texts=len(members),
        acts=len(opened),
        customers=count_unrelated([m.customer for m in members if not m.represented], family.none_tokens),
        similarity_min=family.similarity_min,
        similarity_here=MILLION,
        first_at=min(dated, default=None),
        last_at=max(dated, default=None),
        densest_day_acts=_densest_day(opened.values()),
        channels=_distinct(m.channel for m in members),
        lenders=_distinct(m.lender for m in members),
        merchants=_shared_merchants(members, family.none_tokens),
        represented=len({m.act for m in members if m.represented}),
        sample=_sample(members),
        events=tuple(Cite("events", e.id) for e in overlapping(family.events, opened.values(), scheme)),
        cited=tuple(Cite("complaints", complaint) for complaint in cited_of(opened, members)),
    )
    return {
        m.complaint: replace(common, similarity_here=m.similarity, sample=m.sample or common.sample) for m in members
    }


def overlapping(events: Sequence[Event], acts: Iterable[MemberFacts], scheme: Scheme) -> tuple[Event, ...]:
    """Events that touch what the acts are about and cover at least `event_share` of the dated ones, by id.

    An event touches an act unless it names another lender, product or merchant; it covers acts from its start to
    `event_days` after its end, for people need time to notice and to write.
    """
    dated = [(act, act.received_at) for act in acts if act.received_at is not None]
    if not dated:
        return ()
    found = []
    for event in sorted(events, key=lambda e: e.id):
        covered = sum(covers(event, act, at, scheme) for act, at in dated)
        if covered * MILLION >= scheme.event_share * len(dated):
            found.append(event)
    return tuple(found)


def covers(event: Event, act: MemberFacts, at: datetime, scheme: Scheme) -> bool:
    """Whether the event touches an act of that time and covers it."""
    until = (event.to_at or event.from_at) + timedelta(days=scheme.event_days)
    return event.from_at <= at <= until and _touches(event, act)


def _touches(event: Event, act: MemberFacts) -> bool:
    named = ((event.lender, act.lender), (event.product, act.product), (event.merchant, act.merchant))
    return all(not wanted or wanted == has for wanted, has in named)


def acts_of(members: Sequence[MemberFacts]) -> dict[str, MemberFacts]:
    """The earliest member of each act, acts by time (undated last), then id."""
    first: dict[str, MemberFacts] = {}
    for member in sorted(members, key=_when):
        first.setdefault(member.act, member)
    return first


def _when(member: MemberFacts) -> tuple[bool, datetime, str]:
    at = member.received_at
    return at is None, at or datetime.max.replace(tzinfo=CHINA), member.complaint


def _densest_day(acts: Iterable[MemberFacts]) -> int:
    days: Counter[date] = Counter(a.received_at.astimezone(CHINA).date() for a in acts if a.received_at is not None)
    return max(days.values(), default=0)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _shared_merchants(members: Sequence[MemberFacts], none_tokens: frozenset[str]) -> tuple[str, ...]:
    """Merchants that at least two of its customers have to do with."""
    pairs = {(m.merchant, m.customer.id if m.customer else m.act) for m in members if m.merchant}
    counts = Counter(merchant for merchant, _ in pairs if merchant not in none_tokens)
    return tuple(sorted(merchant for merchant, people in counts.items() if people > 1))


def _sample(members: Sequence[MemberFacts]) -> SampleMatch | None:
    """The match of the member nearest to the representative that has one."""
    matched = [(-m.similarity, m.complaint, m.sample) for m in members if m.sample is not None]
    return min(matched, key=lambda row: row[:2])[2] if matched else None


def cited_of(acts: Mapping[str, MemberFacts], members: Iterable[MemberFacts]) -> list[str]:
    """The at most 20 members to cite: one an act, earliest first, a second of an act, by id, only where acts run out."""
    openers = {member.complaint: None for member in acts.values()}
    return [*(openers | dict.fromkeys(sorted(m.complaint for m in members)))][:CITED]
