"""Ties: exact keys, hub limits, stopped and allowed values; independent of the order of facts."""

import random
from datetime import UTC, datetime
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.network.factory import fact, people

from mingcha.network.scheme import KINDS
from mingcha.network.ties import Bounds, build_ties, months_before, rarity, summaries

NAMES = "abcdefgh"


@st.composite
def fact_rows(draw: st.DrawFn) -> list:
    rows = []
    for _ in range(draw(st.integers(0, 25))):
        complaint = draw(st.sampled_from(NAMES))
        kind = draw(st.sampled_from(["filer_number", "payee", "return_address", "template"]))
        source = draw(st.sampled_from([None, f"attachments/t{complaint}", "authorisations/u"]))
        customer = None if complaint == "h" else "same"
        rows.append(fact(complaint, kind, draw(st.sampled_from("xyz")), source, customer))
    return rows


@given(fact_rows(), st.randoms(use_true_random=False), st.frozensets(st.sampled_from(NAMES), max_size=3))
def test_the_order_of_facts_does_not_matter(rows: list, rng: random.Random, stopped: frozenset[str]) -> None:
    bounds = Bounds(stopped=stopped)
    shuffled = [*rows, *rows[:3]]
    rng.shuffle(shuffled)
    assert build_ties(shuffled, people(*NAMES), bounds) == build_ties(rows, people(*NAMES), bounds)


@given(fact_rows(), st.frozensets(st.sampled_from(NAMES), max_size=3))
def test_links_are_what_people_share(rows: list, stopped: frozenset[str]) -> None:
    """Against the plain statement: two people state the value, and neither is represented."""
    got = build_ties(rows, people(*NAMES), Bounds(stopped=stopped))
    for tie in got.ties:
        holders = {f.complaint for f in rows if (f.kind, f.value) == (tie.kind, tie.value)}
        assert set(tie.complaints) == holders
        assert len(holders) > 1
        free = holders - stopped
        links = len(free) > 1 and (tie.kind != "template" or len(free - {"h"}) >= 3)
        assert set(tie.linking) == (free if links else set())
        assert tie.customers.count == len(free - {"h"})
    shared = {
        (f.kind, f.value)
        for f in rows
        for g in rows
        if f.complaint != g.complaint and f.value == g.value and f.kind == g.kind
    }
    assert {(t.kind, t.value) for t in got.ties} == shared


LIMITED = sorted(kind for kind, rule in KINDS.items() if rule.links and kind != "template")  # no practical limit


@pytest.mark.parametrize("kind", LIMITED)
def test_a_hub_is_listed_and_never_links(kind: str) -> None:
    limit = KINDS[kind].hub_above
    names = [f"c{i}" for i in range(limit + 1)]
    at_limit = build_ties([fact(c, kind, "v") for c in names[:-1]], people(*names), Bounds())
    above = build_ties([fact(c, kind, "v") for c in names], people(*names), Bounds())
    assert (at_limit.ties[0].hub, len(at_limit.ties[0].linking)) == (False, limit)
    assert (above.ties[0].hub, above.ties[0].linking) == (True, ())
    assert summaries(above, "c0")[0].hub
    assert len(summaries(above, "c0")[0].cited) == 20


def test_filings_without_a_customer_fill_a_hub_but_never_count() -> None:
    rows = [fact(f"c{i}", "ip", "v", customer=None) for i in range(21)]
    tie = build_ties(rows, {}, Bounds()).ties[0]
    assert (tie.hub, tie.customers.count, tie.customers.unknown) == (True, 0, 21)


def test_one_customer_alone_is_no_tie() -> None:
    rows = [fact(c, "filer_number", "v", customer="p1") for c in "abc"]
    assert build_ties(rows, people("1"), Bounds()).ties == ()


def test_a_represented_complaint_is_never_linked_and_sees_its_ties_stopped() -> None:
    rows = [fact(c, "filer_number", "lawyer") for c in "abc"]
    got = build_ties(rows, people(*"abc"), Bounds(stopped=frozenset("a")))
    assert got.ties[0].linking == ("b", "c")
    assert got.ties[0].customers.count == 2
    assert summaries(got, "a")[0].stopped
    assert not summaries(got, "b")[0].stopped
    assert build_ties(rows, people(*"abc"), Bounds(stopped=frozenset("ab"))).ties[0].linking == ()


def test_an_allowed_place_is_named_and_never_links() -> None:
    rows = [fact(c, "return_address", "v") for c in "abc"]
    got = build_ties(rows, people(*"abc"), Bounds(allowed={"v": "library"}))
    assert got.ties[0].linking == ()
    shown = summaries(got, "a")[0]
    assert (shown.stopped, shown.allowed_as, shown.records) == (True, "library", 3)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="no kind of tie"):
        build_ties([fact("a", "shoe_size", "42")], {}, Bounds())


def test_sources_are_counted_once_each() -> None:
    rows = [
        fact("a", "agent_number", "v", "authorisations/u1"),
        fact("a", "agent_number", "v"),
        fact("b", "agent_number", "v"),
    ]
    shown = summaries(build_ties(rows, people(*"ab"), Bounds()), "b")[0]
    assert (shown.records, shown.source_records, len(shown.cited)) == (2, 3, 3)


def test_a_voice_is_a_check_and_never_links() -> None:
    tie = build_ties([fact(c, "voice", "v") for c in "abc"], people(*"abc"), Bounds()).ties[0]
    assert (tie.hub, tie.stopped, tie.linking) == (False, False, ())


@pytest.mark.parametrize(("sharing", "everyone"), [(2, 2), (2, 3), (3, 1_000), (500, 1_000), (1_000, 1_000), (5, 4)])
def test_rarity_is_the_log_odds_of_sharing_by_chance(sharing: int, everyone: int) -> None:
    """Of all the others in the house, how many share it: that is how often chance would."""
    others = [who < sharing - 1 for who in range(everyone - 1)]
    chance = sum(others) / len(others) if sharing <= everyone else 1
    assert rarity(sharing, everyone) == round(1_000 * log2(1 / chance))


def test_rarity_counts_people_of_the_house_or_of_the_frozen_statistics() -> None:
    rows = [fact(c, "payee", "v") for c in "ab"] + [fact("c", "payee", "w")]
    assert build_ties(rows, people(*"abc"), Bounds()).ties[0].millibits == 1_000
    assert build_ties(rows, people(*"abc"), Bounds(people=1_025)).ties[0].millibits == 10_000


NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_a_tie_nobody_renewed_for_two_years_sleeps_and_wakes_when_renewed() -> None:
    rows = [fact(c, "payee", "v") for c in "ab"]
    limit = datetime(2024, 11, 28, 12, tzinfo=UTC)

    def tie_of(last: datetime) -> object:
        bounds = Bounds(received={"a": datetime(2024, 1, 1, tzinfo=UTC), "b": last}, as_of=NOW)
        return build_ties(rows, people(*"ab"), bounds).ties[0]

    asleep, awake = tie_of(limit.replace(second=0, hour=11)), tie_of(limit)
    assert (asleep.dormant, asleep.linking, asleep.stopped) == (True, (), False)  # type: ignore[attr-defined]
    assert (awake.dormant, awake.linking, awake.last) == (False, ("a", "b"), limit)  # type: ignore[attr-defined]
    assert not build_ties(rows, people(*"ab"), Bounds(as_of=NOW)).ties[0].dormant  # no receipt is known: nothing is old


def test_months_before_ends_on_the_last_day_of_a_short_month() -> None:
    assert months_before(datetime(2026, 2, 28, tzinfo=UTC), 24) == datetime(2024, 2, 28, tzinfo=UTC)
    assert months_before(datetime(2024, 2, 29, tzinfo=UTC), 12) == datetime(2023, 2, 28, tzinfo=UTC)
    assert months_before(datetime(2026, 1, 31, tzinfo=UTC), 2) == datetime(2025, 11, 30, tzinfo=UTC)


def test_a_complaint_closed_for_long_links_nobody_and_the_others_still_do() -> None:
    rows = [fact(c, "payee", "v") for c in "abc"]
    tie = build_ties(rows, people(*"abc"), Bounds(expired=frozenset("c"))).ties[0]
    assert (tie.linking, tie.stopped) == (("a", "b"), False)
    two = build_ties(rows, people(*"abc"), Bounds(expired=frozenset("bc"))).ties[0]
    assert (two.linking, two.stopped) == ((), False)
