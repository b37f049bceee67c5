"""Rings of accounts that harvest a promotion, by the ties and the law that rings of complaints are held to.

Accounts are tied by device, network, number, payee and address. A household and colleagues count as one person, listed places tie
nobody, a shop is paid for what it sold and is no hand, and sharing alone breaks no rule: conduct is that one payee had more of a
promotion than its rule lets one person have. An address is no hand either: a porter takes in a whole house's parcels.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime

from mingcha.actions.deps import Deps
from mingcha.actions.dossiers import load_shared, scan, shared_values
from mingcha.actions.permit import may
from mingcha.actions.person_book import same_person
from mingcha.actions.ports.store import Work
from mingcha.actions.ring_book import ring_name
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.model.actor import Actor
from mingcha.model.benefit import BenefitClaim, BenefitRing, BenefitRings, Promotion
from mingcha.model.finding import Conduct
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite
from mingcha.model.ring import Ring
from mingcha.model.tie import TieFact
from mingcha.network.groups import Evidence, summarise_group
from mingcha.network.rings import form_ring, part
from mingcha.network.scheme import KINDS
from mingcha.network.ties import Bounds, build_ties

KIND = "claims_of_benefit"
TIED: tuple[tuple[str, str], ...] = (  # field of a claim, kind of tie
    ("device", "device"),
    ("ip", "ip"),
    ("phone", "contact_phone"),
    ("payee", "payee"),
    ("address", "delivery_address"),
)


def benefit_rings(deps: Deps, actor: Actor) -> BenefitRings:
    """Rings among all claims the house holds; looking is sealed."""
    may(actor, "see_rings")
    with deps.store.read() as work:
        claims: list[BenefitClaim] = sorted(scan(deps, work, KIND), key=lambda one: one.id)
        promotions: dict[str, Promotion] = {one.id: one for one in scan(deps, work, "promotions")}
        same = same_person(work)
        customers: dict[str, Customer] = {
            one.id: replace(one, relations=(*one.relations, *same.get(one.id, ())))
            for one in scan(deps, work, "customers")
        }
        simulated = any(batch.source_system == "demo" for batch in work.records.batches())
        places_held = bool(work.records.held(["places"]))
        bounds = _bounds(deps, work, claims)
    ties = build_ties(_facts(claims, customers), customers, bounds)
    by_account: dict[str, list[BenefitClaim]] = defaultdict(list)
    for claim in claims:
        by_account[claim.account].append(claim)
    tested = frozenset(by_account) if places_held else frozenset[str]()
    payees = {tie.value for tie in ties.ties if tie.linking and tie.kind == "payee"}
    made = []
    for one in part(ties):
        theirs = [claim for account in one.group.complaints for claim in by_account[account]]
        over = _over(theirs, promotions, payees)
        conduct = {claim.account: (_harvested(claim),) for of_hand in over.values() for claim in of_hand}
        summary = summarise_group(one.group, ties, customers, Evidence(conduct=conduct, tested=tested))
        ring = form_ring(one, summary, ties, customers, bounds, ring_name(one.group.complaints))
        if ring is not None:
            made.append(_ring(ring, theirs, over, promotions))
    made.sort(key=lambda one: (-one.ring.unrelated.count, one.ring.id))
    with deps.store.write() as work:
        seal_act(deps, work, ACCESS, actor, {"act": "see_benefit_rings", "rings": [one.ring.id for one in made]})
    return BenefitRings(
        rings=tuple(made),
        claims=len(claims),
        hubs=sum(1 for tie in ties.ties if tie.hub),
        without_rule=sum(1 for claim in claims if _limit(claim, promotions) is None),
        without_customer=sum(1 for claim in claims if claim.customer_id not in customers),
        simulated=simulated,
        places_held=places_held,
    )


def _facts(claims: Iterable[BenefitClaim], customers: Mapping[str, Customer]) -> list[TieFact]:
    """What each claim states of its account. A customer's own number and address tie nobody, nor does a shop that is paid."""
    facts = []
    for claim in claims:
        own = customers.get(claim.customer_id or "")
        theirs = {own.phone, own.previous_phone, own.address} if own else set()
        for name, kind in TIED:
            value = getattr(claim, name)
            if value and value not in theirs and not (name == "payee" and claim.merchant):
                facts.append(
                    TieFact(
                        complaint=claim.account,
                        customer=claim.customer_id,
                        kind=kind,
                        family=KINDS[kind].family,
                        value=value,
                        source=claim.id,
                        source_kind=KIND,
                    )
                )
    return facts


def _bounds(deps: Deps, work: Work, claims: Iterable[BenefitClaim]) -> Bounds:
    """What ties nobody, and when each account first claimed."""
    days: dict[str, set[date]] = defaultdict(set)
    first: dict[str, datetime] = {}
    for claim in claims:
        if claim.claimed_at is not None:
            first[claim.account] = min(first.get(claim.account, claim.claimed_at), claim.claimed_at)
            for name, _ in TIED:
                days[getattr(claim, name) or ""].add(claim.claimed_at.astimezone(deps.zone).date())
    allowed, listed = shared_values(deps, work, load_shared(deps, work), days)
    return Bounds(allowed=allowed, listed=listed, received=first, as_of=deps.now())


def _limit(claim: BenefitClaim, promotions: Mapping[str, Promotion]) -> int | None:
    rule = promotions.get(claim.promotion or "")
    return rule.per_person if rule else None


def _over(
    claims: Sequence[BenefitClaim], promotions: Mapping[str, Promotion], payees: AbstractSet[str]
) -> dict[tuple[str, str], list[BenefitClaim]]:
    """Claims of a promotion that went to one payee, where they are more than its rule lets one person have."""
    hands: dict[tuple[str, str], list[BenefitClaim]] = defaultdict(list)
    for claim in claims:
        if claim.promotion and claim.payee and claim.payee in payees and not claim.merchant:
            hands[claim.promotion, claim.payee].append(claim)
    return {
        hand: theirs
        for hand, theirs in hands.items()
        if (most := _limit(theirs[0], promotions)) is not None and len(theirs) > most
    }


def _harvested(claim: BenefitClaim) -> tuple[Conduct, str, Cite]:
    return Conduct.BENEFIT_HARVESTED, "more_than_one_person_may_have", Cite(KIND, claim.id)


def _ring(
    ring: Ring,
    claims: Sequence[BenefitClaim],
    over: Mapping[tuple[str, str], Sequence[BenefitClaim]],
    promotions: Mapping[str, Promotion],
) -> BenefitRing:
    told = sorted((hand[0], len(theirs), _limit(theirs[0], promotions) or 0) for hand, theirs in over.items())
    return BenefitRing(
        ring=ring,
        claims=len(claims),
        amount=sum(claim.amount or 0 for claim in claims),
        promotions=tuple(sorted({claim.promotion for claim in claims if claim.promotion})),
        over=tuple(told),
    )
