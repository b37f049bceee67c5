"""Accounts that harvest a promotion are a ring; a household, a shop, an office and people who merely share are none."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.actions.test_rings import ANALYST, HANDLER, people

from mingcha.actions.benefits import benefit_rings
from mingcha.actions.deps import Deps
from mingcha.actions.identity import judge
from mingcha.errors import NotPermitted
from mingcha.model.benefit import BenefitClaim, BenefitRing, Promotion
from mingcha.model.finding import Conduct
from mingcha.model.party import Customer
from mingcha.model.person import Verdict
from mingcha.model.place import Place
from mingcha.model.ring import RingStatus
from mingcha.testing.house import NOON, house, put

NAMES = "abcdef"


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as opened:
        put(opened, "customers", *people(*NAMES))
        put(opened, "promotions", Promotion(id="m1", name="立减金", per_person=1))
        put(opened, "places", Place(id="q1", place_kind="library", ip="10.9.9.9", source="名录"))
        yield opened


def claim(deps: Deps, names: str, *, device: bool = True, **more: Any) -> None:
    """One claim of each account; the payee is said by a record of its own."""
    rows = []
    for n in names:
        at = NOON + timedelta(minutes=ord(n))
        base: dict[str, Any] = {
            "account": f"acct_{n}", "customer_id": f"c{n}", "promotion": "m1", "claimed_at": at, "amount": 1_000,
        }  # fmt: skip
        if device:
            rows.append(BenefitClaim(id=f"d{n}", **{**base, "promotion": None}, device="DEV-1"))
        rows.append(BenefitClaim(id=f"p{n}", **{**base, **more}))
    put(deps, "claims_of_benefit", *rows)


def found(deps: Deps) -> list[BenefitRing]:
    return list(benefit_rings(deps, ANALYST).rings)


def test_one_hand_behind_many_accounts_is_a_ring_with_its_rule(deps: Deps) -> None:
    claim(deps, NAMES, payee="hand_1")
    (one,) = found(deps)
    assert one.ring.status is RingStatus.SUSPECTED
    assert (len(one.ring.complaints), one.ring.unrelated.count, one.claims, one.amount) == (6, 6, 12, 12_000)
    assert {m.kind for m in one.ring.members} == {"device", "payee"}
    assert {conduct for conduct, _, _ in one.ring.conduct} == {Conduct.BENEFIT_HARVESTED}
    assert [told[1:] for told in one.over] == [(6, 1)]
    assert not benefit_rings(deps, ANALYST).simulated


def test_a_house_nobody_listed_shares_and_breaks_no_rule(deps: Deps) -> None:
    """Students of one dormitory: one device at the desk, parcels to the porter, everybody's own account."""
    for n in NAMES:
        claim(deps, n, address="示例市虚构路8号", payee=f"own_{n}")
    assert [one.ring.status for one in found(deps)] == [RingStatus.JOINT_GRIEVANCE]
    assert found(deps)[0].over == ()


def test_a_shop_is_paid_for_what_it_sold(deps: Deps) -> None:
    claim(deps, NAMES, payee="shop_1", merchant="m1")
    assert found(deps) == []


def test_within_the_rule_nobody_is_suspected(deps: Deps) -> None:
    claim(deps, NAMES, payee="hand_1")
    put(deps, "promotions", Promotion(id="m1", name="立减金", per_person=len(NAMES)))
    assert [one.ring.status for one in found(deps)] == [RingStatus.JOINT_GRIEVANCE]


def test_a_family_of_one_household_is_one_person(deps: Deps) -> None:
    put(
        deps,
        "customers",
        *(
            Customer(id=f"c{n}", name="王某", verified=True, household="one", employer="none", merchant="none")
            for n in NAMES
        ),
    )
    claim(deps, NAMES, payee="mother_1")
    assert found(deps) == []


def test_one_person_under_two_ids_is_no_third_holder(deps: Deps) -> None:
    claim(deps, "abc", payee="hand_1")
    assert [one.ring.unrelated.count for one in found(deps)] == [3]
    judge(deps, ANALYST, "test", ("ca", "cb"), Verdict.SAME, "证件一致")
    assert found(deps) == []


def test_colleagues_of_one_employer_are_one_person(deps: Deps) -> None:
    put(
        deps,
        "customers",
        *(Customer(id=f"c{n}", name="王某", verified=True, household=f"h{n}", employer="works") for n in NAMES),
    )
    claim(deps, NAMES, payee="office_1")
    assert found(deps) == []


def test_a_listed_place_ties_nobody(deps: Deps) -> None:
    put(deps, "places", Place(id="q2", place_kind="shared_office", device="DEV-1", source="名录"))
    claim(deps, NAMES, payee="hand_1")
    assert found(deps) == []


def test_without_the_rule_or_a_list_of_places_nobody_is_suspected(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(deps, "customers", *people(*NAMES))
        claim(deps, NAMES, payee="hand_1")
        held = benefit_rings(deps, ANALYST)
        assert [one.ring.status for one in held.rings] == [RingStatus.UNTESTED]
        assert (held.without_rule, held.places_held) == (12, False)


def test_two_accounts_and_unknown_customers_are_no_ring(deps: Deps) -> None:
    claim(deps, "ab", payee="hand_1")
    claim(deps, "xyz", payee="hand_1")
    assert found(deps) == []
    assert benefit_rings(deps, ANALYST).without_customer == 6


def test_who_looks_is_asked_and_sealed(deps: Deps) -> None:
    claim(deps, NAMES, payee="hand_1")
    with pytest.raises(NotPermitted):
        benefit_rings(deps, HANDLER)
    benefit_rings(deps, ANALYST)
    with deps.store.read() as work:
        assert b"see_benefit_rings" in list(work.chains.read("access"))[-1].payload
