"""Facts to ties: records that state one rare value; hubs, represented people, allowed places and what is long over never link.

The result does not depend on the order of facts; a fact stated twice counts once.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import log2

from mingcha.model.campaign import Unrelated
from mingcha.model.finding import Family
from mingcha.model.party import NO_ONE, Customer
from mingcha.model.provenance import Cite
from mingcha.model.relation import count_unrelated
from mingcha.model.tie import TieFact, TieSummary
from mingcha.network.scheme import DORMANT_MONTHS, KINDS, NETWORK_SCHEME

CITED = 20
_FAMILY_OF = {kind: rule.family for kind, rule in KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a tie may not run through, and how blank relations are written."""

    stopped: frozenset[str] = frozenset()  # complaints filed under verified representation
    allowed: Mapping[str, str] | None = None  # token -> call_centre, legal_aid, library …
    listed: Mapping[str, Cite] = field(default_factory=dict)  # token -> the record that lists it as shared
    none_tokens: frozenset[str] = frozenset({NO_ONE})
    received: Mapping[str, datetime] = field(default_factory=dict)  # of each complaint, where known
    as_of: datetime | None = None  # None: ties have no lifetime
    expired: frozenset[str] = frozenset()  # complaints closed so long ago that they link nobody any more
    hubs: frozenset[tuple[str, str]] = frozenset()  # (kind, value) known to be hubs, whoever of them is here
    people: int | None = None  # chance is reckoned among so many; None: among those the facts name


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One value that two or more complaints state. `stated` are its (complaint, source kind, source), sorted."""

    kind: str
    family: Family
    value: str
    stated: tuple[tuple[str, str, str], ...]
    linking: tuple[str, ...]  # complaints it links, sorted; empty where it may not link
    customers: Unrelated  # of the complaints that are not represented
    hub: bool
    stopped: bool  # an allowed place, or fewer than two people left once the represented are taken out
    allowed_as: str | None
    millibits: int  # log-odds of sharing it against chance, base 2, thousandths; never below 0
    first: datetime | None  # receipt of the first and last complaint that states it
    last: datetime | None
    dormant: bool  # not renewed for so long that it links nobody
    listed: Cite | None = None  # the record that says so

    @property
    def complaints(self) -> tuple[str, ...]:
        """All complaints that state the value, sorted."""
        return tuple(dict.fromkeys(complaint for complaint, _, _ in self.stated))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """All ties in order of (kind, value), those of each complaint by position, and the scheme."""

    scheme: str
    ties: tuple[Tie, ...]
    of: Mapping[str, tuple[int, ...]]
    customer_of: Mapping[str, str]  # complaint -> its customer's id, where any fact states one
    shown: tuple[TieSummary, ...]  # each tie as those see it whom it links
    stopped: frozenset[str]


def build_ties(facts: Sequence[TieFact], customers: Mapping[str, Customer], bounds: Bounds) -> Ties:
    """Ties between complaints; `customers` by keyed id. A fact of an unknown kind or family is a ValueError.

    A value links the complaints that state it unless more people share it than its kind allows (a hub; a complaint
    without a customer counts as one more person there), an allow-list explains it, too few unrelated customers share
    it (templates), only one known customer states it, nobody renewed it for long, or its kind is a check alone.
    Complaints under verified representation, and those closed for long, are never linked.
    """
    customer_of = _customers_of(facts)
    look = _Lookup(
        customer_of, customers, bounds, bounds.people or _people(facts, customer_of), bounds.stopped | bounds.expired
    )
    made = (_tie(kind, value, sorted(stated), look) for (kind, value), stated in sorted(_shared(facts).items()))
    ties = [tie for tie in made if tie is not None]
    of: dict[str, list[int]] = {}
    for position, tie in enumerate(ties):
        for complaint in tie.complaints:
            of.setdefault(complaint, []).append(position)
    return Ties(
        scheme=NETWORK_SCHEME,
        ties=tuple(ties),
        of={complaint: tuple(positions) for complaint, positions in of.items()},
        customer_of=customer_of,
        shown=tuple(_shown(tie) for tie in ties),
        stopped=bounds.stopped,
    )


def summaries(ties: Ties, complaint: str) -> tuple[TieSummary, ...]:
    """The ties of one complaint, in order of (kind, value); under verified representation all of them are stopped."""
    shown = tuple(ties.shown[position] for position in ties.of.get(complaint, ()))
    if complaint in ties.stopped:
        return tuple(replace(summary, stopped=True) for summary in shown)
    return shown


@dataclass(frozen=True, slots=True)
class _Lookup:
    customer_of: Mapping[str, str]
    customers: Mapping[str, Customer]
    bounds: Bounds
    everyone: int  # people in the house
    barred: frozenset[str]  # complaints that are never linked


def _customers_of(facts: Sequence[TieFact]) -> dict[str, str]:
    """Each complaint's customer; where records disagree the smallest id, so that the order of facts is no matter."""
    out: dict[str, str] = {}
    for fact in facts:
        if fact.customer:
            out[fact.complaint] = min(out.get(fact.complaint, fact.customer), fact.customer)
    return out


def _people(facts: Sequence[TieFact], customer_of: Mapping[str, str]) -> int:
    """People the facts name, as `person` tells them apart."""
    nobody_known = {fact.complaint for fact in facts if fact.complaint not in customer_of}
    return len(set(customer_of.values())) + len(nobody_known)


def _shared(facts: Sequence[TieFact]) -> dict[tuple[str, str], set[tuple[str, str, str]]]:
    """Who states each value that two complaints or more state, by (kind, value); most values are one complaint's alone."""
    first: dict[tuple[str, str], str] = {}
    shared: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for fact in facts:
        if fact.family is not _FAMILY_OF.get(fact.kind):
            raise ValueError(f"{fact.kind!r} is no kind of tie in family {fact.family!r}")
        key = (fact.kind, fact.value)
        if first.setdefault(key, fact.complaint) != fact.complaint:
            shared.setdefault(key, set())
    for fact in facts:
        stated = shared.get((fact.kind, fact.value))
        if stated is not None:
            stated.add((fact.complaint, fact.source_kind, fact.source))
    return shared


def _tie(kind: str, value: str, stated: list[tuple[str, str, str]], look: _Lookup) -> Tie | None:
    rule = KINDS[kind]
    held = dict.fromkeys(complaint for complaint, _, _ in stated)
    people = {person(look.customer_of, complaint) for complaint in held}
    if len(people) < 2:
        return None
    free = tuple(complaint for complaint in held if complaint not in look.barred)
    free_people = {person(look.customer_of, complaint) for complaint in free}
    unrelated = unrelated_among(free, look.customer_of, look.customers, look.bounds.none_tokens)
    hub = len(people) > rule.hub_above or (kind, value) in look.bounds.hubs
    allowed_as = (look.bounds.allowed or {}).get(value)
    represented = {person(look.customer_of, one) for one in held if one not in look.bounds.stopped}
    stopped = allowed_as is not None or len(represented) < 2
    days = sorted(look.bounds.received[one] for one in held if one in look.bounds.received)
    dormant = bool(days) and look.bounds.as_of is not None and months_before(look.bounds.as_of) > days[-1]
    blocked = hub or stopped or dormant or not rule.links
    links = not blocked and len(free_people) > 1 and unrelated.count >= rule.needs_unrelated
    return Tie(
        kind=kind,
        family=rule.family,
        value=value,
        stated=tuple(stated),
        linking=free if links else (),
        customers=unrelated,
        hub=hub,
        stopped=stopped,
        allowed_as=allowed_as,
        millibits=rarity(len(people), look.everyone),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        dormant=dormant,
        listed=look.bounds.listed.get(value),
    )


def rarity(sharing: int, everyone: int) -> int:
    """Log-odds, in thousandths of a bit, that somebody who shares the value with another does so not by chance.

    Chance is that another of the house's people states it too: (sharing - 1) / (everyone - 1).
    """
    return max(0, round(1_000 * log2((everyone - 1) / (sharing - 1)))) if 1 < sharing <= everyone else 0


def months_before(at: datetime, months: int = DORMANT_MONTHS) -> datetime:
    """The same hour that many months earlier, the month's last day where it has no such day."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def person(customer_of: Mapping[str, str], complaint: str) -> tuple[str, str]:
    """Who stands behind a complaint: its customer, else nobody known but the complaint itself."""
    known = customer_of.get(complaint)
    return ("complaint", complaint) if known is None else ("customer", known)


def unrelated_among(
    complaints: Sequence[str],
    customer_of: Mapping[str, str],
    customers: Mapping[str, Customer],
    none_tokens: frozenset[str],
) -> Unrelated:
    """The unrelated customers behind complaints; one without a customer, or whose record is missing, is unknown."""
    return count_unrelated([customers.get(customer_of.get(c, "")) for c in complaints], none_tokens)


def _shown(tie: Tie) -> TieSummary:
    first: dict[str, Cite] = {}
    for complaint, source_kind, source in tie.stated:
        first.setdefault(complaint, Cite(source_kind, source))
    rest = (Cite(kind, source) for _, kind, source in tie.stated) if len(first) < CITED else ()
    return TieSummary(
        kind=tie.kind,
        family=tie.family,
        value=tie.value,
        records=len(first),
        source_records=len({(kind, source) for _, kind, source in tie.stated}),
        customers=tie.customers,
        hub=tie.hub,
        stopped=tie.stopped,
        allowed_as=tie.allowed_as,
        cited=tuple(dict.fromkeys([*([tie.listed] if tie.listed else []), *first.values(), *rest]))[:CITED],
    )
