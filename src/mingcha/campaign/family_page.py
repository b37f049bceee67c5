"""The page of one family, computed from its members' facts: our fault first, then what is innocent, organisation last."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from mingcha.campaign.family_facts import Circumstances, PageFacts, PageMember, day_of
from mingcha.campaign.fault import checked_as, fault_part
from mingcha.campaign.innocent import innocent_part
from mingcha.campaign.rhythm import hours, pauses, timeline
from mingcha.campaign.scheme import Scheme
from mingcha.campaign.summary import MemberFacts, acts_of, cited_of
from mingcha.model.family_page import Counted, FamilyPage, MemberLine, SignalsPart, Spread
from mingcha.model.laws import MAX_CITES
from mingcha.model.relation import count_unrelated


def family_page(page: PageFacts, scheme: Scheme, seed: int) -> FamilyPage:
    """The whole page; the order of members and of complaints outside does not matter. `seed` is of the test of hours."""
    opened = acts_of([m.facts for m in page.members])
    return FamilyPage(
        id=page.id,
        scheme=scheme.id,
        members=len(page.members) + page.unread,
        unread=page.unread,
        acts=len(opened),
        compared=len(page.outside),
        compared_of=page.outside_of,
        ours=fault_part(page.members, page.outside),
        innocent=innocent_part(page, scheme),
        signals=_signals(page, opened, seed),
        cited=_cited(page.members, opened),
    )


def _signals(page: PageFacts, opened: Mapping[str, MemberFacts], seed: int) -> SignalsPart:
    """Whoever is verified as representing others stops ties: their customers are not counted as unrelated (law 3)."""
    seen = {m.complaint: m.seen for m in page.members}
    stated = [seen[act.complaint].received_at for act in opened.values()]
    times = [at for at in stated if at is not None]
    outside = [c.received_at for c in page.outside if c.received_at is not None]
    days = Counter(map(day_of, times))
    return SignalsPart(
        unrelated=count_unrelated([m.facts.customer for m in page.members if not m.facts.represented]),
        similarity_min=page.similarity_min,
        channels=_spread(page.members, lambda seen: seen.channel),
        lenders=_spread(page.members, lambda seen: seen.lender),
        regions=_spread(page.members, lambda seen: seen.region),
        first_at=min(times, default=None),
        last_at=max(times, default=None),
        active_days=len(days),
        densest_day_acts=max(days.values(), default=0),
        timeline=timeline(times, len(opened) - len(times)),
        hours=hours(times, outside, seed),
        pauses=pauses(times),
    )


def _spread(members: Iterable[PageMember], value_of: Callable[[Circumstances], str | None]) -> Spread:
    """Acts by value, most frequent first; an act that reached several counts with each."""
    acts: dict[str, set[str]] = {}
    for member in members:
        value = value_of(member.seen)
        acts.setdefault(member.facts.act, set()).update({value} if value else ())
    counts = Counter(value for values in acts.values() for value in values)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    shown = tuple(Counted(value, count) for value, count in rows[:MAX_CITES])
    return Spread(shown, len(rows) - len(shown), sum(not values for values in acts.values()))


def _cited(members: Sequence[PageMember], opened: Mapping[str, MemberFacts]) -> tuple[MemberLine, ...]:
    by_id = {m.complaint: m for m in members}
    cited = [by_id[id_] for id_ in cited_of(opened, [m.facts for m in members])]
    return tuple(
        MemberLine(
            complaint=m.complaint,
            received_at=m.seen.received_at,
            channel=m.seen.channel,
            product=m.seen.product,
            decided=m.decided,
            checks=checked_as(m.merit),
        )
        for m in cited
    )
