"""Connected groups of complaints, and what law 3 asks of each; who plays which part in a group is not said here.

Only linking ties connect: never a hub, an allowed place, or anyone under verified representation.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from mingcha.model.campaign import Unrelated
from mingcha.model.finding import Conduct
from mingcha.model.party import NO_ONE, Customer
from mingcha.model.provenance import Cite
from mingcha.model.tie import LAW_THREE_CUSTOMERS, GroupSummary
from mingcha.network.forest import find, join
from mingcha.network.scheme import GROUP_LIMIT
from mingcha.network.sources import families_from_different_records
from mingcha.network.ties import CITED, Ties, unrelated_among


@dataclass(frozen=True, slots=True)
class Group:
    """Complaints that linking ties connect, sorted; named by the first of them."""

    id: str
    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What detectors found about single complaints, by complaint id."""

    conduct: Mapping[str, Sequence[tuple[Conduct, str, Cite]]] = field(default_factory=dict)
    explanations: Mapping[str, Sequence[tuple[str, Cite]]] = field(default_factory=dict)
    tested: frozenset[str] = frozenset()  # complaints whose innocent explanations were all looked at


def find_groups(ties: Ties, together: Collection[tuple[str, str]] = ()) -> tuple[Group, ...]:
    """The connected groups over linking ties, and over pairs a person said belong together, by id."""
    root: dict[str, str] = {}
    for one, other in together:
        join(root, one, other)
    for tie in ties.ties:
        for complaint in tie.linking:
            root.setdefault(complaint, complaint)
        for complaint in tie.linking[1:]:
            join(root, tie.linking[0], complaint)
    members: dict[str, list[str]] = {}
    for complaint in sorted(root):
        members.setdefault(find(root, complaint), []).append(complaint)
    return tuple(Group(id=complaints[0], complaints=tuple(complaints)) for complaints in members.values())


def summarise_group(
    group: Group,
    ties: Ties,
    customers: Mapping[str, Customer],
    evidence: Evidence,
    none_tokens: frozenset[str] = frozenset({NO_ONE}),
) -> GroupSummary:
    """What law 3 asks of a group.

    `families` are those present from different source records, else the one that links most. `explanations` are given
    once they explain the group: half of its complaints have one, or fewer than three unrelated customers are left
    without. Conduct counts from any member, each with its source.
    """
    conduct = {item for complaint in group.complaints for item in evidence.conduct.get(complaint, ())}
    listed = _of_each_detector(sorted(conduct, key=lambda item: (item[0].value, item[1], _cite(item[2]))))
    explained = _explanations(group, ties, customers, evidence, none_tokens)
    return GroupSummary(
        id=group.id,
        complaints=len(group.complaints),
        customers=unrelated_among(group.complaints, ties.customer_of, customers, none_tokens),
        families=families_from_different_records(group.complaints, ties),
        conduct=listed,
        explanations=explained[:CITED],
        explanations_tested=all(complaint in evidence.tested for complaint in group.complaints),
        cited=tuple(Cite("complaints", complaint) for complaint in group.complaints[:CITED]),
        conduct_more=len(conduct) - len(listed),
        explanations_more=max(0, len(explained) - CITED),
        too_large=len(group.complaints) > GROUP_LIMIT,
    )


def _explanations(
    group: Group,
    ties: Ties,
    customers: Mapping[str, Customer],
    evidence: Evidence,
    none_tokens: frozenset[str],
) -> tuple[tuple[str, Cite], ...]:
    explained = {complaint for complaint in group.complaints if evidence.explanations.get(complaint)}
    if not explained:
        return ()
    rest = [complaint for complaint in group.complaints if complaint not in explained]
    left: Unrelated = unrelated_among(rest, ties.customer_of, customers, none_tokens)
    if 2 * len(explained) < len(group.complaints) and left.count >= LAW_THREE_CUSTOMERS:
        return ()
    held = {item for complaint in explained for item in evidence.explanations[complaint]}
    return tuple(sorted(held, key=lambda item: (item[0], _cite(item[1]))))


def _of_each_detector(found: Sequence[tuple[Conduct, str, Cite]]) -> tuple[tuple[Conduct, str, Cite], ...]:
    """At most `CITED` findings in their order, as many of each detector as there is room for."""
    seen: Counter[str] = Counter()
    turn: list[int] = []
    for _, detector, _ in found:
        turn.append(seen[detector])
        seen[detector] += 1
    chosen = sorted(sorted(range(len(found)), key=lambda at: (turn[at], at))[:CITED])
    return tuple(found[at] for at in chosen)


def _cite(cite: Cite) -> tuple[str, str, int]:
    return cite.kind, cite.record, cite.passage.start if cite.passage else -1
