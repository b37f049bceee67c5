"""Summaries of families: counts come from acts and unrelated customers, explanations are computed, cites bounded."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mingcha.campaign.scheme import SCHEME
from mingcha.campaign.summary import FamilyFacts, MemberFacts, overlapping, summarise
from mingcha.model.account import Event
from mingcha.model.campaign import SampleMatch
from mingcha.model.party import Customer
from mingcha.model.provenance import Cite

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def member(i: int, **more: object) -> MemberFacts:
    person = Customer(id=f"p{i}", verified=True, household="none", employer=f"e{i}")
    facts = MemberFacts(
        complaint=f"c{i:03d}",
        act=f"c{i:03d}",
        customer=person,
        received_at=START + timedelta(days=i),
        channel="hotline",
        lender="L",
        product="card",
        merchant=None,
        represented=False,
        similarity=900_000,
    )
    return replace(facts, **more)  # type: ignore[arg-type] -- test factory


def family(*members: MemberFacts, events: tuple[Event, ...] = ()) -> FamilyFacts:
    return FamilyFacts(id="f", similarity_min=610_000, members=members, events=events)


def test_counts_acts_not_filings() -> None:
    got = summarise(family(member(1), member(2, act="c001"), member(3, similarity=1_000_000)), SCHEME)
    one = got["c002"]
    assert (one.texts, one.acts, one.customers.count) == (3, 2, 3)
    assert (one.similarity_min, one.similarity_here, got["c003"].similarity_here) == (610_000, 900_000, 1_000_000)
    assert [c.record for c in one.cited] == ["c001", "c003", "c002"]


def test_represented_members_do_not_count_as_unrelated() -> None:
    got = summarise(family(*(member(i, represented=i < 40) for i in range(42))), SCHEME)["c041"]
    assert (got.represented, got.customers.count) == (40, 2)


def test_filings_without_a_customer_never_count() -> None:
    got = summarise(family(*(member(i, customer=None) for i in range(5))), SCHEME)["c000"]
    assert (got.customers.count, got.customers.unknown) == (0, 5)
    assert got.customers.unchecked_why is not None


def test_the_densest_day_is_a_day_in_china() -> None:
    late = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
    got = summarise(family(*(member(i, received_at=late + timedelta(minutes=20 * i)) for i in range(3))), SCHEME)
    assert got["c000"].densest_day_acts == 2


def test_cites_at_most_twenty() -> None:
    got = summarise(family(*(member(i) for i in range(300))), SCHEME)["c000"]
    assert len(got.cited) == 20


def test_a_merchant_shared_by_two_customers_is_named() -> None:
    got = summarise(family(member(1, merchant="m"), member(2, merchant="m"), member(3, merchant="n")), SCHEME)
    assert got["c001"].merchants == ("m",)


def test_the_sample_is_ones_own_or_the_nearest_members() -> None:
    far = SampleMatch("s1", "t", 700_000, Cite("samples", "s1"))
    near = SampleMatch("s2", "t", 700_000, Cite("samples", "s2"))
    got = summarise(
        family(member(1, sample=far, similarity=800_000), member(2, sample=near, similarity=950_000), member(3)), SCHEME
    )
    assert got["c001"].sample == far
    assert got["c003"].sample == near


def outage(**more: object) -> Event:
    event = Event(id="e", event_kind="outage", from_at=START, to_at=START + timedelta(days=2))
    return replace(event, **more)  # type: ignore[arg-type] -- test factory


def test_an_event_overlaps_when_it_covers_half_of_the_acts() -> None:
    acts = [member(i, received_at=START + timedelta(days=20 * i)) for i in range(4)]
    assert [e.id for e in overlapping([outage()], acts, SCHEME)] == ["e"]
    assert overlapping([outage()], acts[2:], SCHEME) == ()
    assert overlapping([outage(lender="another")], acts, SCHEME) == ()
    assert overlapping([outage()], [member(1, received_at=None)], SCHEME) == ()


@given(st.permutations(range(6)), st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(order: list[int], rng: random.Random) -> None:
    members = [member(i, act=f"a{i % 3}", received_at=None if i == 4 else START) for i in range(6)]
    assert summarise(family(*(members[i] for i in order)), SCHEME) == summarise(family(*members), SCHEME)
