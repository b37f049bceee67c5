"""Chains: each record holds the one before; whatever is changed is named by its place and in both languages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.chains import AT, chain

from mingcha.evidence.seal import GENESIS, at_text, fault, seal, verify
from mingcha.model.stored import Link

GOOD = chain("custody", 5)


def test_a_whole_chain_holds_and_an_empty_one_proves_nothing() -> None:
    verdict = verify(GOOD)
    assert (verdict.records, verdict.head, verdict.broken_at, verdict.why) == (5, GOOD[-1].hash, None, None)
    assert verify([]).head is None
    assert GOOD[0].previous == GENESIS


def _other(link: Link, **change: Any) -> list[Link]:
    return [replace(one, **change) if one is link else one for one in GOOD]


TAMPERINGS: dict[str, tuple[list[Link], int, str]] = {
    "payload changed": (_other(GOOD[2], payload=b'{"n":9,"suite":"x"}'), 3, "changed"),
    "payload spaced": (_other(GOOD[2], payload=GOOD[2].payload.replace(b",", b", ", 1)), 3, "form"),
    "payload not text": (_other(GOOD[2], payload=b"\xff"), 3, "form"),
    "payload no object": (_other(GOOD[2], payload=b"[]"), 3, "form"),
    "time changed": (_other(GOOD[1], at=AT), 2, "changed"),
    "time without zone": (_other(GOOD[1], at=datetime(2026, 3, 1)), 2, "form"),  # noqa: DTZ001 -- the defect under test
    "time off the calendar": (_other(GOOD[1], at=datetime.min.replace(tzinfo=timezone(timedelta(hours=8)))), 2, "form"),
    "record dropped": (GOOD[:2] + GOOD[3:], 4, "record 3 is missing"),
    "records swapped": ([*GOOD[:1], GOOD[2], GOOD[1], *GOOD[3:]], 3, "record 2 is missing or out of order"),
    "record repeated": ([*GOOD[:2], *GOOD[1:]], 2, "record 3 is missing or out of order"),
    "first dropped": (GOOD[1:], 2, "record 1 is missing"),
    "renumbered": (GOOD[:2] + [replace(one, seq=one.seq - 1) for one in GOOD[3:]], 3, "does not follow"),
    "hash changed": (_other(GOOD[3], hash="0" * 64), 4, "changed"),
    "previous changed": (_other(GOOD[3], previous=GENESIS), 4, "does not follow"),
    "of another chain": ([*GOOD[:2], chain("access", 3)[2], *GOOD[3:]], 3, "another chain"),
    "chain renamed": ([replace(one, chain="access") for one in GOOD], 1, "changed"),
    "chain without a name": ([replace(one, chain="") for one in GOOD], 1, "another chain"),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_the_first_broken_record_is_named(how: str) -> None:
    links, at, why = TAMPERINGS[how]
    verdict = verify(links)
    assert verdict.broken_at == at
    assert why in (verdict.why or "")
    assert verdict.words
    assert verdict.words.zh
    assert verdict.records == next(i for i, one in enumerate(links) if fault(links[i - 1] if i else None, one))


def test_a_record_that_names_no_suite_does_not_hold() -> None:
    from mingcha.evidence.seal import link_hash

    payload = b'{"n":1}'
    forged = Link(
        chain="custody", seq=1, at=AT, payload=payload, previous=GENESIS, hash=link_hash("custody", 1, at_text(AT), payload, GENESIS)
    )  # fmt: skip
    assert verify([forged]).why == "it names no suite"


@pytest.mark.parametrize("payload", [{}, {"suite": ""}, {"suite": 1}, {"suite": None}, {"suite": "x", "n": 0.5}])
def test_what_must_not_be_sealed_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        seal("custody", None, payload, AT)


@pytest.mark.parametrize("name", ["", "Custody", "a b", "a\n", "监管", "x" * 33, "-a"])
def test_odd_names_of_chains_are_refused(name: str) -> None:
    with pytest.raises(TypeError, match="name of a chain"):
        seal(name, None, {"suite": "x"}, AT)


def test_records_follow_their_own_chain_and_times_carry_their_zone() -> None:
    with pytest.raises(TypeError, match="cannot follow"):
        seal("access", GOOD[-1], {"suite": "x"}, AT)
    with pytest.raises(TypeError, match="zone"):
        seal("access", None, {"suite": "x"}, AT.replace(tzinfo=None))


@given(st.datetimes(timezones=st.timezones()))
def test_one_instant_has_one_text_of_one_length(at: datetime) -> None:
    try:
        text = at_text(at)
    except OverflowError:
        return
    assert len(text) == 27
    assert at_text(at.astimezone(UTC)) == text
    assert datetime.fromisoformat(text) == at.astimezone(UTC)  # Python calls no folded time equal to another zone


@given(st.permutations(range(5)), st.sets(st.integers(0, 4), max_size=4))
def test_no_other_order_and_no_gap_holds(order: list[int], dropped: set[int]) -> None:
    kept = [GOOD[i] for i in order if i not in dropped]
    whole = kept == GOOD[: len(kept)]
    assert (verify(kept).broken_at is None) is whole
