"""Whose record says what: coverage by agency, claimed days, agreed hours, unnoted calls, one call in two logs."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_package
from mingcha.merit.run import check_all
from mingcha.model.account import Account
from mingcha.model.call import Call, Coverage
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.provenance import Rank
from mingcha.model.text import Passage
from mingcha.standards.calendar import CHINA
from mingcha.standards.load import load
from mingcha.text.normalise import normalise

STANDARDS = load(read_package())
G, S = Grievance, MeritState
RECEIVED = datetime(2026, 3, 20, 10, tzinfo=CHINA)
YEAR = (date(2025, 6, 1), date(2026, 6, 1))


def call(day: int, hour: int, minute: int = 0, **values: Any) -> Call:
    at = datetime(2026, 3, day, hour, minute, tzinfo=CHINA)
    plain = {
        "callee": "customer",
        "connected": True,
        "medium": "voice",
        "agency": "甲",
        "number_from": "n1",
        "number_to": "c",
    }
    return Call(**{"id": f"L-{day}-{hour}-{minute}", "called_at": at, **plain, **values})


def cover(agency: str | None = None, span: tuple[date, date] = YEAR, number: str | None = None) -> Coverage:
    return Coverage(
        id=f"G-{agency}-{span[0]}-{number}",
        record_kind="calls",
        agency=agency,
        number=number,
        from_on=span[0],
        to_on=span[1],
    )


def run(
    grievance: Grievance,
    *calls: Call,
    coverage: tuple[Coverage, ...] = (cover(),),
    period: tuple[date, date] | None = None,
    accounts: tuple[Account, ...] = (),
    claimed: bool = True,
) -> MeritResult | None:
    claims = (Claim(grievance, Passage("text", 0, 1, "x"), period),) if claimed else ()
    file = MeritFile(
        complaint_id="C-1", received_at=RECEIVED, licence="bank", product=None, text=normalise("x"), claims=claims, calls=calls,
        coverage=coverage, accounts=accounts, kinds_held=frozenset({"calls", "coverage", "accounts"}),
    )  # fmt: skip
    return next((one for one in check_all(file, STANDARDS) if one.grievance is grievance), None)


def state(*args: Any, **values: Any) -> MeritState:
    result = run(*args, **values)
    assert result is not None
    return result.state


def test_an_agency_that_called_but_is_not_covered_leaves_it_unchecked() -> None:
    day = call(10, 10, agency="乙")
    assert state(G.NIGHT_CALLS, day, coverage=(cover("甲"),)) is S.UNCHECKED
    assert state(G.NIGHT_CALLS, day, coverage=(cover("甲"), cover("乙"))) is S.NOT_FOUND
    assert state(G.NIGHT_CALLS, day, coverage=(cover(),)) is S.NOT_FOUND
    half = (cover("甲", (YEAR[0], date(2026, 3, 1))), cover("乙", (date(2026, 3, 2), YEAR[1])))
    assert state(G.NIGHT_CALLS, day, coverage=half) is S.UNCHECKED, "one agency's days do not cover another's"


def test_a_row_for_one_number_covers_that_number_alone() -> None:
    assert state(G.NIGHT_CALLS, call(10, 10), coverage=(cover(number="n1"),)) is S.UNCHECKED


def test_only_the_claimed_days_need_cover_and_are_printed() -> None:
    march = (date(2026, 3, 9), date(2026, 3, 11))
    result = run(G.NIGHT_CALLS, call(10, 10), coverage=(cover(span=march),), period=march)
    assert result is not None
    assert (result.state, result.searched.dates) == (S.NOT_FOUND, march)
    undated = run(G.NIGHT_CALLS, call(10, 10), coverage=(cover(span=march),))
    assert undated is not None
    assert undated.state is S.UNCHECKED
    assert undated.searched.dates == (date(2025, 12, 20), date(2026, 3, 20))
    assert "2025-12-20 to 2026-03-08" in undated.searched.missing[0].en


@pytest.mark.parametrize(("grievance", "calls"), [
    (G.NIGHT_CALLS, (call(5, 23),)),
    (G.CALL_FREQUENCY, tuple(call(5, hour) for hour in (9, 10, 11, 12))),
    (G.THIRD_PARTIES, (call(4, 9), call(5, 9, callee="contact"))),
])  # fmt: skip
def test_breaches_on_other_days_than_named_make_it_partly_so(grievance: Grievance, calls: tuple[Call, ...]) -> None:
    assert state(grievance, *calls, period=(date(2026, 3, 5), date(2026, 3, 6))) is S.CONFIRMED
    assert state(grievance, *calls, period=(date(2026, 3, 10), date(2026, 3, 11))) is S.PARTLY
    assert state(grievance, *calls) is S.CONFIRMED


def test_their_record_is_disputed_only_where_ours_covers_that_day() -> None:
    theirs = call(5, 23, source="consumer")
    assert state(G.NIGHT_CALLS, theirs) is S.DISPUTED
    assert state(G.NIGHT_CALLS, theirs, coverage=(cover(span=(date(2026, 3, 6), YEAR[1])),)) is S.CONFIRMED
    assert state(G.NIGHT_CALLS, theirs, call(6, 23)) is S.CONFIRMED


def test_agreement_belongs_to_its_account() -> None:
    accounts = (Account(id="A-1", agreed_night_calls=True), Account(id="A-2", agreed_night_calls=False))
    assert state(G.NIGHT_CALLS, call(5, 23, account_id="A-1"), accounts=accounts) is S.PARTLY
    assert state(G.NIGHT_CALLS, call(5, 23, account_id="A-2"), accounts=accounts) is S.CONFIRMED
    assert state(G.NIGHT_CALLS, call(5, 23), accounts=accounts) is S.CONFIRMED, "not every account agreed"
    assert run(G.NIGHT_CALLS, call(5, 23, account_id="A-1"), accounts=accounts, claimed=False) is None


@pytest.mark.parametrize("medium", ["voice", "robot", "sms", "visit", None])
def test_at_night_every_kind_of_contact_counts_answered_or_not(medium: str | None) -> None:
    assert state(G.NIGHT_CALLS, call(5, 23, medium=medium, connected=False)) is S.CONFIRMED


def test_calls_whose_connection_is_unknown_do_not_prove_and_do_not_clear() -> None:
    unknown = [call(5, hour, connected=None) for hour in (9, 10, 11, 12)]
    result = run(G.CALL_FREQUENCY, *unknown)
    assert result is not None
    assert result.state is S.UNCHECKED
    assert any("connected" in words.en for words in result.searched.missing)
    assert state(G.CALL_FREQUENCY, *unknown[:3]) is S.NOT_FOUND
    timed = [call(5, hour, connected=None, seconds=30) for hour in (9, 10, 11, 12)]
    assert state(G.CALL_FREQUENCY, *timed) is S.CONFIRMED, "a length is a connection"


def test_one_call_in_two_logs_is_one_call() -> None:
    calls = [call(5, hour) for hour in (9, 10, 11)]
    again = [call(5, 11, id="L-other-log")]
    assert state(G.CALL_FREQUENCY, *calls, *again) is S.NOT_FOUND
    unnamed = [call(5, 11, id="L-no-number", number_to=None)]
    assert state(G.CALL_FREQUENCY, *calls, *unnamed) is S.CONFIRMED, (
        "rows that name no number are not known to be one call"
    )
    other_line = [call(5, 11, id="L-other-line", number_from="n2")]
    assert state(G.CALL_FREQUENCY, *calls, *other_line) is S.CONFIRMED


def test_a_debtor_reached_only_afterwards_was_perhaps_out_of_reach() -> None:
    contact = call(5, 9, callee="contact")
    assert state(G.THIRD_PARTIES, contact, call(6, 9)) is S.PARTLY
    assert state(G.THIRD_PARTIES, contact, call(5, 20)) is S.CONFIRMED, "the same day"
    assert state(G.THIRD_PARTIES, call(4, 9), contact) is S.CONFIRMED
    assert state(G.THIRD_PARTIES, call(4, 9, connected=False), contact) is S.PARTLY


def test_rules_before_their_day_are_named_but_not_broken() -> None:
    early = Call(
        id="L-0", called_at=datetime(2025, 2, 27, 23, tzinfo=CHINA), callee="customer", connected=True, medium="voice"
    )
    result = run(G.NIGHT_CALLS, early)
    assert result is not None
    assert (result.state, result.clause, result.rank) == (S.PARTLY, "gbt45251@2025-02-28:collect.hours", Rank.STANDARD)
    assert run(G.NIGHT_CALLS, early, claimed=False) is None


def test_cites_are_capped_and_the_number_stays() -> None:
    result = run(G.NIGHT_CALLS, *(call(day, 23, minute) for day in range(1, 11) for minute in range(5)))
    assert result is not None
    assert len(result.cites) == 20
    assert dict(result.figures)["cited_of"] == 50
    assert all(cite.kind == "calls" for cite in result.cites)


CALLS = st.lists(
    st.builds(
        call, st.integers(1, 19), st.integers(0, 23), st.integers(0, 59), callee=st.sampled_from(["customer", "contact", None]),
        connected=st.sampled_from([True, False, None]), medium=st.sampled_from(["voice", "robot", "sms", None]), agency=st.sampled_from(["甲", "乙", None]),
        source=st.sampled_from(["institution", "consumer", None]), seconds=st.none() | st.integers(0, 90),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)  # fmt: skip


@given(CALLS, st.sampled_from([G.NIGHT_CALLS, G.CALL_FREQUENCY, G.THIRD_PARTIES]))
def test_missing_records_never_make_a_negative(calls: list[Call], grievance: Grievance) -> None:
    """Without cover nothing is not found, disputed or contradicted; taking cover away never turns a yes into a no."""
    bare = run(grievance, *calls, coverage=())
    full = run(grievance, *calls)
    assert bare is not None
    assert full is not None
    assert bare.state not in (S.NOT_FOUND, S.DISPUTED, S.CONTRADICTED)
    assert full.state is not S.CONTRADICTED
    if full.state in (S.CONFIRMED, S.PARTLY):
        assert bare.state is full.state
    if full.state is S.NOT_FOUND:
        assert not full.searched.missing


@given(CALLS, st.randoms(use_true_random=False))
def test_row_order_changes_no_byte(calls: list[Call], chance: Any) -> None:
    shuffled = list(calls)
    chance.shuffle(shuffled)
    for grievance in (G.NIGHT_CALLS, G.CALL_FREQUENCY, G.THIRD_PARTIES):
        assert run(grievance, *calls) == run(grievance, *shuffled)


@given(CALLS)
def test_frequency_equals_a_slow_count(calls: list[Call]) -> None:
    """The twin counts by hand, side by side, a call once by moment, line and number."""
    over = {"institution": 0, "consumer": 0}
    for source in over:
        mine = {
            (c.called_at, c.number_from): c
            for c in sorted(calls, key=lambda c: c.id, reverse=True)
            if (c.source or "institution") == source
        }
        for day in {c.called_at.astimezone(CHINA).date() for c in mine.values()}:
            voice = [
                c for c in mine.values()
                if c.called_at.astimezone(CHINA).date() == day and c.callee != "contact" and c.medium in ("voice", "robot", None)
                and ((c.seconds is None and c.connected is True) or (c.seconds is not None and c.seconds >= 1 and c.connected is not False))
            ]  # fmt: skip
            over[source] += len(voice) > 3
    result = run(G.CALL_FREQUENCY, *calls)
    assert result is not None
    figures = dict(result.figures)
    assert (figures["days_ours"], figures["days_theirs"]) == (over["institution"], over["consumer"])
