"""Whether two threads of a group are two: ties of different families, resting on different source records (law 3).

A record that states both a number and an address is one source: it may speak for one of them only. Two ties are
independent when, after giving all records that state both to one side, the other side still ties two people by records
of its own, and the two ties still meet in a complaint.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from mingcha.model.finding import Family
from mingcha.network.ties import Tie, Ties, person

Stated = dict[str, set[tuple[str, str]]]  # linked complaint -> source records that state the value for it


def families_from_different_records(complaints: Sequence[str], ties: Ties) -> tuple[Family, ...]:
    """The families of all independent pairs of ties among a group's complaints, sorted.

    Where there is no such pair: the single family that links most complaints (ties by name), for the reader.
    """
    found: set[Family] = set()
    inside = frozenset(complaints)
    stated: dict[int, Stated] = {}
    tested: set[tuple[int, int]] = set()
    links: Counter[Family] = Counter()
    for complaint in complaints:
        here = [at for at in ties.of.get(complaint, ()) if _links(ties.ties[at], complaint, (at, inside), stated)]
        links.update({ties.ties[at].family for at in here})
        for pair in _pairs(here, ties, found):
            if pair not in tested:
                tested.add(pair)
                one, other = (ties.ties[at] for at in pair)
                if independent(stated[pair[0]], stated[pair[1]], ties.customer_of):
                    found |= {one.family, other.family}
    if found:
        return tuple(sorted(found))
    most = max(links.values(), default=0)
    return tuple(sorted(family for family, count in links.items() if count == most))[:1]


def independent(one: Stated, other: Stated, customer_of: Mapping[str, str]) -> bool:
    """Whether two ties rest on different source records."""
    return _alone(one, other, customer_of) or _alone(other, one, customer_of)


def _alone(one: Stated, other: Stated, customer_of: Mapping[str, str]) -> bool:
    """Whether `one` still ties two people, and meets `other`, once every record that states both is taken from it."""
    both = {source for sources in other.values() for source in sources}
    own = {complaint for complaint, sources in one.items() if sources - both}
    return len({person(customer_of, complaint) for complaint in own}) > 1 and not own.isdisjoint(other)


def _links(tie: Tie, complaint: str, of: tuple[int, frozenset[str]], stated: dict[int, Stated]) -> bool:
    """Whether the tie links this complaint to others of the group; notes the tie's sources there on the way."""
    at, inside = of
    if at not in stated:
        linking = inside.intersection(tie.linking)
        sources: Stated = {}
        for holder, kind, source in tie.stated if len(linking) > 1 else ():
            if holder in linking:
                sources.setdefault(holder, set()).add((kind, source))
        stated[at] = sources
    return complaint in stated[at]


def _pairs(here: list[int], ties: Ties, found: set[Family]) -> list[tuple[int, int]]:
    """Pairs of ties of different families that could still add a family."""
    return [
        (a, b)
        for i, a in enumerate(here)
        for b in here[i + 1 :]
        if ties.ties[a].family is not ties.ties[b].family and not {ties.ties[a].family, ties.ties[b].family} <= found
    ]
