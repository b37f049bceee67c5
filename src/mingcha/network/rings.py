"""Groups to rings: communities of what ties connect, held against law 3, with the part each value plays.

What is too little for law 3 is no ring at all and is listed nowhere; whoever was a customer stands apart as a possible victim.
"""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from mingcha.model.party import Customer
from mingcha.model.provenance import Cite
from mingcha.model.ring import Ring, RingMember, RingStatus
from mingcha.model.tie import LAW_THREE_CUSTOMERS, LAW_THREE_FAMILIES, GroupSummary
from mingcha.network.communities import Pair, communities, keep_apart, pulls
from mingcha.network.groups import Group, find_groups
from mingcha.network.law_three import test_group
from mingcha.network.resample import stabilities
from mingcha.network.scheme import KINDS
from mingcha.network.sources import families_from_different_records
from mingcha.network.ties import CITED, Bounds, Ties, unrelated_among

THREADS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of pairs of complaints, the ids of each in order; both of one pair is for `apart` to win."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()

    def among(self, complaints: Collection[str]) -> "Said":
        """What of it is about these complaints alone."""
        return Said(
            *(
                frozenset(p for p in pairs if p[0] in complaints and p[1] in complaints)
                for pairs in (self.together, self.apart)
            )
        )


@dataclass(frozen=True, slots=True)
class Parted:
    """A group as it was parted: how sure the parting is (millionths; None where it was too large to ask)."""

    group: Group
    stability: int | None


def part(ties: Ties, said: Said | None = None, threads: int = THREADS) -> tuple[Parted, ...]:
    """The communities of two complaints or more, by id; whoever is alone is in none. Threads do not change the result."""
    said = said or Said()
    groups = find_groups(ties, said.together - said.apart)
    with ThreadPoolExecutor(max_workers=threads) as pool:  # the search lets go of the interpreter
        out = [one for parted in pool.map(lambda group: _part_group(group, ties, said), groups) for one in parted]
    return tuple(sorted(out, key=lambda parted: parted.group.id))


def _part_group(group: Group, ties: Ties, said: Said) -> list[Parted]:
    here = said.among(frozenset(group.complaints))
    pairs = sorted(here.together - here.apart)
    inside = [ties.ties[at] for at in sorted({at for c in group.complaints for at in ties.of.get(c, ())})]
    inside = [tie for tie in inside if tie.linking]
    found = communities(group.complaints, inside, pairs)
    sure = stabilities(group.complaints, found, inside, pairs)
    out = []
    for community, stability in zip(found, sure, strict=True):
        apart = [pair for pair in here.apart if {*pair} <= {*community}]
        parts = keep_apart(community, pulls(community, inside, pairs), apart) if apart else [community]
        out += [Parted(Group(id=one[0], complaints=tuple(one)), stability) for one in parts if len(one) > 1]
    return out


def status_of(summary: GroupSummary) -> RingStatus | None:
    """What law 3 says of a group; None where it has not two independent families of ties and three unrelated customers."""
    law = test_group(summary)
    if not (law.two_families and law.three_customers):
        return None
    if law.explained:
        return RingStatus.EXPLAINED
    if not law.explanations_tested:
        return RingStatus.UNTESTED
    return RingStatus.SUSPECTED if law.conduct else RingStatus.JOINT_GRIEVANCE


def form_ring(
    parted: Parted, summary: GroupSummary, ties: Ties, customers: Mapping[str, Customer], bounds: Bounds, id_: str
) -> Ring | None:
    """The ring a group is, named `id_`; None where law 3 asks for more than there is."""
    status = status_of(summary)
    if status is None:
        return None
    inside = _among(parted.group.complaints, ties)
    linking = [at for at, tie in enumerate(inside.ties) if len(tie.linking) > 1]
    members = tuple(_member(inside, at, customers, bounds) for at in linking)
    known = {ties.customer_of[complaint] for complaint in parted.group.complaints if complaint in ties.customer_of}
    first, last = _span(parted.group.complaints, bounds)
    return Ring(
        id=id_,
        scheme=ties.scheme,
        status=status,
        level=None,
        members=members,
        complaints=parted.group.complaints,
        customers=tuple(sorted(known)),
        unrelated=summary.customers,
        families=summary.families,
        conduct=summary.conduct,
        conduct_more=summary.conduct_more,
        explanations=summary.explanations,
        stability=parted.stability,
        first=first,
        last=last,
    )


def _member(inside: Ties, at: int, customers: Mapping[str, Customer], bounds: Bounds) -> RingMember:
    tie = inside.ties[at]
    cited = dict.fromkeys(Cite(kind, source) for one, kind, source in tie.stated if one in tie.linking)
    first, last = _span(tie.linking, bounds)
    return RingMember(
        kind=tie.kind,
        family=tie.family,
        value=tie.value,
        role=KINDS[tie.kind].role,
        complaints=tie.linking,
        millibits=tie.millibits,
        bearing=not _holds(_without(inside, at), customers, bounds.none_tokens),
        elsewhere=len(set(tie.complaints) - inside.of.keys()),
        first=first,
        last=last,
        cited=tuple(cited)[:CITED],
    )


def _span(complaints: Sequence[str], bounds: Bounds) -> tuple[datetime | None, datetime | None]:
    """Receipt of the first and last of these complaints."""
    days = [bounds.received[complaint] for complaint in complaints if complaint in bounds.received]
    return min(days, default=None), max(days, default=None)


def _holds(inside: Ties, customers: Mapping[str, Customer], none_tokens: frozenset[str]) -> bool:
    """Whether some of the complaints hold together with two families of ties and three unrelated customers."""
    for group in find_groups(inside):
        count = unrelated_among(group.complaints, inside.customer_of, customers, none_tokens).count
        families = families_from_different_records(group.complaints, inside)
        if count >= LAW_THREE_CUSTOMERS and len(families) >= LAW_THREE_FAMILIES:
            return True
    return False


def _without(ties: Ties, at: int) -> Ties:
    """The same ties, one of which links nobody."""
    changed = (*ties.ties[:at], replace(ties.ties[at], linking=()), *ties.ties[at + 1 :])
    return replace(ties, ties=changed)


def _among(complaints: Collection[str], ties: Ties) -> Ties:
    """The ties as they link these complaints alone; who states them outside is still in `stated`."""
    inside = frozenset(complaints)
    here = sorted({at for complaint in complaints for at in ties.of.get(complaint, ())})
    cut = [replace(ties.ties[at], linking=tuple(c for c in ties.ties[at].linking if c in inside)) for at in here]
    of: dict[str, list[int]] = {}
    for position, tie in enumerate(cut):
        for complaint in sorted(inside.intersection(tie.complaints)):
            of.setdefault(complaint, []).append(position)
    return replace(ties, ties=tuple(cut), of={complaint: tuple(at) for complaint, at in of.items()})
