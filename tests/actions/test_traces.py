"""Traces tie complaints and prove conduct: losses, cold calls, parcels, devices, companies; a hotline and a household do not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.actions.test_rings import ANALYST, key, letter, people, run

from mingcha.actions.assessments import open_assessment
from mingcha.actions.deps import Deps
from mingcha.actions.rings import listed
from mingcha.model.finding import Conduct, Finding
from mingcha.model.party import Authorisation, Customer, Representative
from mingcha.model.place import Place
from mingcha.model.ring import RingRole, RingStatus
from mingcha.model.traces import Company, Courier, Device, Lead, Loss
from mingcha.testing.house import house, put

MADE: dict[str, Any] = {
    "devices": lambda n: Device(id=f"d{n}", complaint_id=n, device="DEV-1"),
    "sims": lambda n: Device(id=f"s{n}", complaint_id=n, sim="8986001"),
    "couriers": lambda n: Courier(id=f"k{n}", complaint_id=n, sender_phone="13800138000"),
    "parcels": lambda n: Courier(id=f"k{n}", complaint_id=n, sender_address="示例市代理街5号"),
    "companies": lambda n: Company(id=f"y{n}", complaint_id=n, name="甲（示例）信息咨询有限公司"),
    "leads": lambda n: Lead(id=f"l{n}", customer_id=f"c{n}", caller_phone="13900139000"),
    "handles": lambda n: Lead(id=f"l{n}", customer_id=f"c{n}", handle="ab_cd1234"),
    "losses": lambda n: Loss(
        id=f"z{n}", customer_id=f"c{n}", payee="acct_778899", amount=300_000, proof="transfer_record"
    ),
}
KIND = {"sims": "devices", "parcels": "couriers", "handles": "leads"}


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    with house(tmp_path, memory=True) as opened:
        put(opened, "customers", *people(*"abcd"))
        put(opened, "complaints", *(letter(n, "") for n in "abcd"))
        yield opened


def state(deps: Deps, *what: str) -> None:
    for name in what:
        put(deps, KIND.get(name, name), *(MADE[name](n) for n in "abcd"))
    run(deps)


@pytest.mark.parametrize(
    ("what", "kinds", "status"),
    [
        (("losses", "leads"), {"payee", "lead_number"}, RingStatus.SUSPECTED),
        (("losses", "handles"), {"payee", "handle"}, RingStatus.SUSPECTED),
        (("companies", "couriers"), {"company", "sender_number"}, RingStatus.JOINT_GRIEVANCE),
        (("parcels", "devices"), {"return_address", "device"}, RingStatus.JOINT_GRIEVANCE),
        (("parcels", "sims"), {"return_address", "sim"}, RingStatus.JOINT_GRIEVANCE),
    ],
)
def test_two_kinds_of_traces_make_a_ring_and_a_proven_fee_is_conduct(
    deps: Deps, what: tuple[str, ...], kinds: set[str], status: RingStatus
) -> None:
    state(deps, *what)
    (ring,) = listed(deps, ANALYST).rings
    assert (ring.status, {member.kind for member in ring.members}) == (status, kinds)
    assert len(ring.complaints) == 4


@pytest.mark.parametrize("what", sorted(set(MADE)))
def test_one_kind_of_trace_makes_none(deps: Deps, what: str) -> None:
    state(deps, what)
    assert listed(deps, ANALYST).rings == ()


def test_roles_say_who_is_paid_and_who_advertises(deps: Deps) -> None:
    state(deps, "losses", "leads")
    (ring,) = listed(deps, ANALYST).rings
    assert {member.role for member in ring.members} == {RingRole.PAYEE, RingRole.ADVERTISER}
    assert {conduct for conduct, _, _ in ring.conduct} == {Conduct.FEE_TAKEN}


def test_a_loss_without_proof_or_sum_is_no_conduct(deps: Deps) -> None:
    put(
        deps,
        "losses",
        *(Loss(id=f"z{n}", customer_id=f"c{n}", payee="acct_778899", amount=300_000, proof="none") for n in "abc"),
    )
    put(deps, "losses", Loss(id="zd", customer_id="cd", payee="acct_778899", proof="receipt"))
    state(deps, "leads")
    assert [ring.status for ring in listed(deps, ANALYST).rings] == [RingStatus.JOINT_GRIEVANCE]


def test_a_proven_fee_says_it_points_at_the_agent(deps: Deps) -> None:
    state(deps, "losses")
    with deps.store.read() as work:
        made = open_assessment(deps, work.desk.assessments([key(deps, "a")])[key(deps, "a")])[1]
    (fee,) = [one for one in made.results if isinstance(one, Finding) and one.detector == "fee_proven"]
    assert "不指向客户" in fee.why.zh
    assert [cite.kind for cite in fee.cites] == ["losses"]


def test_our_own_hotline_is_no_cold_caller(deps: Deps) -> None:
    put(deps, "places", Place(id="q", place_kind="call_centre", phone="13900139000", source="本机构"))
    state(deps, "losses", "leads")
    assert listed(deps, ANALYST).rings == ()


FIRM = {
    "name": "某律师",
    "relation": "lawyer",
    "phone": "13700137000",
    "organisation": "虚构（示例）律师事务所",
    "verified": True,
}


@pytest.mark.parametrize("firm", [FIRM, {**FIRM, "verified": False}], ids=["verified", "not verified"])
def test_clients_who_paid_a_verified_lawyer_are_no_ring(deps: Deps, firm: dict[str, Any]) -> None:
    """They file themselves, keep their receipts, post from the firm, and name its number in their authorisations."""
    put(deps, "representatives", Representative(id="r", **firm))
    for n in "abcd":
        paid = Loss(
            id=f"z{n}",
            customer_id=f"c{n}",
            payee="acct_1",
            company="虚构示例律师事务所",
            amount=500_000,
            proof="receipt",
        )
        put(deps, "losses", paid)
        put(deps, "couriers", Courier(id=f"k{n}", complaint_id=n, sender_phone="13700137000"))
        put(
            deps,
            "authorisations",
            Authorisation(id=f"u{n}", complaint_id=n, customer_id=f"c{n}", agent_phone="13700137000"),
        )
    run(deps)
    found = [ring.status for ring in listed(deps, ANALYST).rings]
    assert found == ([] if firm["verified"] else [RingStatus.SUSPECTED])
    with deps.store.read() as work:
        made = open_assessment(deps, work.desk.assessments([key(deps, "a")])[key(deps, "a")])[1]
    proven = [one for one in made.results if isinstance(one, Finding) and one.detector == "fee_proven"]
    assert bool(proven) != firm["verified"]


def test_a_household_that_lost_together_is_one_customer(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        family = [Customer(id=f"c{n}", verified=True, household="one", employer="none") for n in "abcd"]
        put(deps, "customers", *family)
        put(deps, "complaints", *(letter(n, "") for n in "abcd"))
        state(deps, "losses", "leads")
        assert listed(deps, ANALYST).rings == ()


def test_the_customer_s_own_number_and_device_tie_nobody(tmp_path: Path) -> None:
    with house(tmp_path, memory=True) as deps:
        put(
            deps,
            "customers",
            *(
                Customer(id=f"c{n}", verified=True, household=f"h{n}", employer="none", phone="13800138000")
                for n in "abcd"
            ),
        )
        put(deps, "complaints", *(letter(n, "") for n in "abcd"))
        state(deps, "couriers", "losses")
        assert listed(deps, ANALYST).rings == ()
