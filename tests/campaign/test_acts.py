"""Acts: one person, one text, one day; unknown people are never made one."""

import random
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mingcha.campaign.acts import Act, Filing, find_acts
from mingcha.campaign.scheme import SCHEME

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
LETTER = np.arange(100, dtype=np.uint64)
OTHER = np.arange(500, 600, dtype=np.uint64)
NEARLY = np.arange(5, 105, dtype=np.uint64)


def filing(complaint: str, customer: str | None = "p1", phone: str | None = None, hours: float | None = 0) -> Filing:
    at = None if hours is None else START + timedelta(hours=hours)
    return Filing(complaint=complaint, customer=customer, filer_phone=phone, received_at=at)


def acts(*filings: Filing, **texts: np.ndarray) -> dict[str, Act]:
    held = {f.complaint: texts.get(f.complaint, LETTER) for f in filings}
    return {act.id: act for act in find_acts(filings, held, SCHEME)}


def test_one_portal_filing_against_three_bureaus_is_one_act() -> None:
    got = acts(filing("a"), filing("b", hours=1), filing("c", hours=2))
    assert got == {"a": Act("a", ("a", "b", "c"), True)}


def test_a_near_text_is_the_same_act_another_text_is_not() -> None:
    assert set(acts(filing("a"), filing("b", hours=1), b=NEARLY)) == {"a"}
    assert set(acts(filing("a"), filing("b", hours=1), b=OTHER)) == {"a", "b"}


def test_acts_do_not_chain_past_a_day() -> None:
    got = acts(filing("a"), filing("b", hours=20), filing("c", hours=40))
    assert {act.complaints for act in got.values()} == {("a", "b"), ("c",)}


def test_exactly_one_day_is_within_it() -> None:
    assert set(acts(filing("a"), filing("b", hours=24))) == {"a"}
    assert set(acts(filing("a"), filing("b", hours=24.001))) == {"a", "b"}


def test_the_filers_number_speaks_only_where_no_customer_is_known() -> None:
    assert set(acts(filing("a", None, "t"), filing("b", None, "t"))) == {"a"}
    assert set(acts(filing("a", "p1", "t"), filing("b", "p2", "t"))) == {"a", "b"}


def test_unknown_people_stay_apart_and_say_so() -> None:
    got = acts(filing("a", None), filing("b", None))
    assert [act.person_known for act in got.values()] == [False, False]


def test_a_filing_without_a_time_or_a_text_stays_apart() -> None:
    assert set(acts(filing("a"), filing("b", hours=None))) == {"a", "b"}
    got = find_acts([filing("a"), filing("b")], {"a": LETTER}, SCHEME)
    assert [act.id for act in got] == ["a", "b"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "q", None]),
            st.sampled_from(["t", None]),
            st.integers(0, 60) | st.none(),
            st.sampled_from([0, 1, 2]),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_acts_partition_the_filings_whatever_their_order(
    rows: list[tuple[str | None, str | None, int | None, int]], rng: random.Random
) -> None:
    filings = [filing(f"c{i:02d}", who, phone, hours) for i, (who, phone, hours, _) in enumerate(rows)]
    texts = {f"c{i:02d}": (LETTER, NEARLY, OTHER)[row[3]] for i, row in enumerate(rows)}
    got = find_acts(filings, texts, SCHEME)
    assert sorted(c for act in got for c in act.complaints) == sorted(f.complaint for f in filings)
    shuffled = list(filings)
    rng.shuffle(shuffled)
    assert find_acts(shuffled, texts, SCHEME) == got
    times = {f.complaint: f.received_at for f in filings}
    for act in got:
        if len(act.complaints) > 1:
            span = max(times[c] for c in act.complaints) - min(times[c] for c in act.complaints)
            assert span <= timedelta(hours=24)
