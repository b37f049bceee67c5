"""Counts unrelated customers; whoever is missing, unverified or of unknown relations never counts as distinct (law 3).

Two customers are related when they share a household, an employer, a merchant or a declared relation, directly or
through others: a bridge between two customers makes them one, so the count is never more than the law allows.
"""

from collections.abc import Iterator, Sequence

from mingcha.model.campaign import Unrelated
from mingcha.model.party import NO_ONE, Customer
from mingcha.model.words import Words

NOBODY_KNOWN = Words(
    "没有身份已核实且关系已知的客户，无法判断是否互不相关",
    "no customer here is verified with known relations: whether they are unrelated cannot be told",
)


def count_unrelated(
    customers: Sequence[Customer | None], none_tokens: frozenset[str] = frozenset({NO_ONE})
) -> Unrelated:
    """Count the unrelated customers among those who filed; None stands for a filing without a customer.

    The same customer twice counts once. `none_tokens` are the values that say "known to have none", as stored
    (a keyed token once tokenised). A customer is `unknown` when not verified, or when household and employer are
    both blank; the links such a customer states still join the others.
    """
    records: dict[str, list[Customer]] = {}
    missing = 0
    for customer in customers:
        if customer is None or not customer.id:
            missing += 1
            continue
        records.setdefault(customer.id, []).append(customer)
    known = [who for who, versions in records.items() if _known(versions)]
    root = _joined(records, none_tokens)
    count = len({_find(root, who) for who in known})
    unknown = missing + len(records) - len(known)
    why = NOBODY_KNOWN if unknown and not known else None
    return Unrelated(count=count, related=len(known) - count, unknown=unknown, unchecked_why=why)


def _known(versions: Sequence[Customer]) -> bool:
    return all(v.verified is True for v in versions) and any(v.household or v.employer for v in versions)


def _joined(records: dict[str, list[Customer]], none_tokens: frozenset[str]) -> dict[str, str]:
    """Union-find over customers: everyone's parent after joining all who share a link."""
    root = {who: who for who in records}
    owner: dict[tuple[str, str], str] = {}
    for who, versions in records.items():
        for version in versions:
            for link in _links(version, none_tokens):
                other = _find(root, owner.setdefault(link, who))
                root[other] = _find(root, who)
    return root


def _links(customer: Customer, none_tokens: frozenset[str]) -> Iterator[tuple[str, str]]:
    yield "person", customer.id
    for name, value in (
        ("household", customer.household),
        ("employer", customer.employer),
        ("merchant", customer.merchant),
    ):
        if value and value not in none_tokens:
            yield name, value
    for relation in customer.relations:
        if relation and relation not in none_tokens:
            yield "person", relation


def _find(root: dict[str, str], who: str) -> str:
    while root[who] != who:
        root[who] = root[root[who]]
        who = root[who]
    return who
