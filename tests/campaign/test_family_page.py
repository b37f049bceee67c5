"""The whole page: order does not matter, counts add up, representation stops ties, and nothing is capped in silence."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.campaign.pages import MONDAY, facts, families, member

from mingcha.campaign.family_facts import PageFacts
from mingcha.campaign.family_page import family_page
from mingcha.campaign.scheme import SCHEME
from mingcha.model.family_page import FamilyPage
from mingcha.model.party import Customer


def _page(page: PageFacts) -> FamilyPage:
    return family_page(page, SCHEME, seed=1)


@given(families(), st.randoms(use_true_random=False))
def test_the_order_of_members_and_of_others_does_not_matter(page: PageFacts, rng: random.Random) -> None:
    members, others = list(page.members), list(page.outside)
    rng.shuffle(members)
    rng.shuffle(others)
    assert _page(replace(page, members=tuple(members), outside=tuple(others))) == _page(page)


@given(families())
def test_counts_add_up(page: PageFacts) -> None:
    got = _page(page)
    acts = {m.facts.act for m in page.members}
    assert (got.members, got.acts) == (len(page.members) + page.unread, len(acts))
    signals = got.signals
    dated = got.acts - signals.timeline.undated
    assert sum(signals.timeline.counts) == sum(map(sum, signals.hours.here)) == dated
    assert sum(map(sum, signals.hours.outside)) == sum(c.received_at is not None for c in page.outside)
    assert signals.densest_day_acts <= dated
    assert (signals.first_at is None) == (dated == 0)
    assert len(got.cited) == min(20, len(page.members)) == len({line.complaint for line in got.cited})
    for spread, name in ((signals.channels, "channel"), (signals.lenders, "lender"), (signals.regions, "region")):
        by_act = {act: {getattr(m.seen, name) for m in page.members if m.facts.act == act} - {None} for act in acts}
        counted = Counter(value for values in by_act.values() for value in values)
        assert {one.value: one.acts for one in spread.values} == dict(counted)
        assert spread.unknown == sum(not values for values in by_act.values())
        assert spread.more == 0


def test_ties_through_verified_representation_are_not_counted() -> None:
    members = [member(n, represented=n < 4) for n in range(6)]
    assert _page(facts(*members)).signals.unrelated.count == 2


def test_what_nobody_knows_never_counts_as_another_person() -> None:
    got = _page(facts(*(member(n, customer=None) for n in range(5)))).signals.unrelated
    assert (got.count, got.unknown) == (0, 5)


def test_many_values_are_twenty_and_how_many_more() -> None:
    got = _page(facts(*(member(n, lender=f"L{n:02d}") for n in range(27)))).signals.lenders
    assert (len(got.values), got.more, got.unknown) == (20, 7, 0)


def test_unread_members_are_counted_and_stand_in_nothing_else() -> None:
    got = _page(facts(member(1), unread=4))
    assert (got.members, got.unread, got.acts, got.ours.checks.open) == (5, 4, 1, 1)
    empty = _page(facts(unread=3))
    assert (empty.members, empty.acts, empty.cited) == (3, 0, ())


def test_a_second_filing_of_an_act_is_cited_only_where_acts_run_out() -> None:
    same = Customer(id="p", verified=True)
    filed = [member(n, act="c000", customer=same) for n in range(5)]
    others = [member(n, received_at=MONDAY + timedelta(days=n)) for n in range(5, 24)]
    cited = [line.complaint for line in _page(facts(*filed, *others)).cited]
    assert cited == ["c000", *(f"c{n:03d}" for n in range(5, 24))]
    assert [line.complaint for line in _page(facts(*filed, *others[:2])).cited] == [
        "c000",
        "c005",
        "c006",
        "c001",
        "c002",
        "c003",
        "c004",
    ]
