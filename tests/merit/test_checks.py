"""Merit checks on worked files: boundaries, both sides' records, coverage, and that missing records weigh on nobody."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_package
from mingcha.merit.calls import uncovered
from mingcha.merit.price import cost
from mingcha.merit.run import check_all
from mingcha.model.account import Account
from mingcha.model.call import Call, Coverage
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.text import Passage
from mingcha.standards.load import load
from mingcha.text.normalise import normalise

STANDARDS = load(read_package())
CHINA = timezone(timedelta(hours=8))
RECEIVED = datetime(2026, 3, 20, 10, tzinfo=CHINA)
FULL = Coverage(id="G-1", record_kind="calls", from_on=date(2025, 1, 1), to_on=date(2026, 12, 31))
G, S = Grievance, MeritState


def call(when: str, **values: Any) -> Call:
    plain = {
        "id": f"L-{when}",
        "called_at": datetime.fromisoformat(when),
        "callee": "customer",
        "connected": True,
        "medium": "voice",
        "agency": "甲",
    }
    return Call(**{**plain, **values})


def check(
    grievance: Grievance | None,
    *calls: Call,
    accounts: tuple[Account, ...] = (),
    coverage: tuple[Coverage, ...] = (FULL,),
    licence: str = "bank",
) -> dict[Grievance, MeritResult]:
    claims = (Claim(grievance, Passage("text", 0, 1, "x")),) if grievance else ()
    file = MeritFile(
        complaint_id="C-1", received_at=RECEIVED, licence=licence, product=None, text=normalise("x"), claims=claims, calls=calls, accounts=accounts, coverage=coverage,
        kinds_held=frozenset({"calls", "coverage", "accounts"}),
    )  # fmt: skip
    return {result.grievance: result for result in check_all(file, STANDARDS)}


NIGHT = [
    ("2026-03-10 21:59:59+08:00", S.NOT_FOUND), ("2026-03-10 22:00:00+08:00", S.CONFIRMED), ("2026-03-10 23:30:00+08:00", S.CONFIRMED), ("2026-03-11 00:00:00+08:00", S.CONFIRMED),
    ("2026-03-11 07:59:59+08:00", S.CONFIRMED), ("2026-03-11 08:00:00+08:00", S.NOT_FOUND), ("2026-03-10 14:30:00+00:00", S.CONFIRMED), ("2026-03-10 23:59:00+00:00", S.CONFIRMED), ("2026-03-11 00:00:00+00:00", S.NOT_FOUND),
    ("2025-01-10 23:00:00+08:00", S.PARTLY),
]  # fmt: skip


@pytest.mark.parametrize(("when", "state"), NIGHT)
def test_night_hours_are_local_and_by_the_rule_in_force(when: str, state: MeritState) -> None:
    assert check(G.NIGHT_CALLS, call(when))[G.NIGHT_CALLS].state is state


LASTING = [
    ("2026-03-10 21:50:00+08:00", 600, S.NOT_FOUND), ("2026-03-10 21:50:00+08:00", 601, S.PARTLY), ("2026-03-10 21:50:00+08:00", None, S.NOT_FOUND),
    ("2025-12-31 23:58:00+08:00", 600, S.CONFIRMED), ("2025-12-31 21:58:00+08:00", 600, S.PARTLY), ("2026-01-01 07:59:00+08:00", 600, S.CONFIRMED),
    ("2026-03-10 09:00:00+08:00", 0, S.NOT_FOUND), ("2026-03-10 13:50:00+00:00", 900, S.PARTLY),
]  # fmt: skip


@pytest.mark.parametrize(("when", "seconds", "state"), LASTING)
def test_a_call_that_goes_on_into_the_night_or_over_the_year_s_end(
    when: str, seconds: int | None, state: MeritState
) -> None:
    assert check(G.NIGHT_CALLS, call(when, seconds=seconds))[G.NIGHT_CALLS].state is state


def test_calls_count_for_the_day_they_began_over_the_year_s_end() -> None:
    late = [call(f"2025-12-31 {at}+08:00", seconds=600) for at in ("20:00", "21:00", "23:55")]
    early = [call(f"2026-01-01 {at}+08:00") for at in ("09:00", "10:00", "11:00")]
    assert check(G.CALL_FREQUENCY, *late, *early)[G.CALL_FREQUENCY].state is S.NOT_FOUND
    assert check(G.CALL_FREQUENCY, *late, call("2025-12-31 23:59+08:00"))[G.CALL_FREQUENCY].state is S.CONFIRMED


def test_agreed_night_contact_is_no_breach_and_says_so() -> None:
    agreed = Account(id="A-1", agreed_night_calls=True)
    result = check(G.NIGHT_CALLS, call("2026-03-10 23:00+08:00"), accounts=(agreed,))[G.NIGHT_CALLS]
    assert result.state is S.PARTLY, "the calls were there; whether the agreement covers them is for people"
    assert "约定" in result.why.zh


def test_the_consumer_s_own_record_ranks_equal() -> None:
    theirs = call("2026-03-10 23:00+08:00", source="consumer")
    assert check(G.NIGHT_CALLS, theirs)[G.NIGHT_CALLS].state is S.DISPUTED
    assert check(G.NIGHT_CALLS, theirs, coverage=())[G.NIGHT_CALLS].state is S.CONFIRMED


def test_an_unclaimed_breach_is_shown_and_an_unclaimed_nothing_is_not() -> None:
    found = check(None, call("2026-03-10 23:00+08:00"))
    assert found[G.NIGHT_CALLS].claim is None
    assert G.THIRD_PARTIES not in found


DAY = "2026-03-10 {:02d}:00:00+08:00"
FREQUENCY = [
    ([9, 10, 11], {}, S.NOT_FOUND), ([9, 10, 11, 12], {}, S.CONFIRMED), ([9, 10, 11, 12], {"connected": False}, S.NOT_FOUND), ([9, 10, 11, 12], {"medium": "robot"}, S.CONFIRMED),
    ([9, 10, 11, 12], {"medium": "sms"}, S.NOT_FOUND), ([9, 10, 11, 12], {"callee": "contact"}, S.NOT_FOUND), ([9, 10, 11, 12], {"seconds": 0}, S.NOT_FOUND), ([9, 10, 11, 12], {"source": "consumer"}, S.DISPUTED),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "values", "state"), FREQUENCY)
def test_effective_calls_a_day(hours: list[int], values: dict[str, Any], state: MeritState) -> None:
    calls = [call(DAY.format(hour), **values) for hour in hours]
    assert check(G.CALL_FREQUENCY, *calls)[G.CALL_FREQUENCY].state is state


def test_agencies_count_together_and_days_are_local() -> None:
    calls = [call(DAY.format(9 + n), agency=a) for n, a in enumerate("甲乙丙丁")]
    assert check(G.CALL_FREQUENCY, *calls)[G.CALL_FREQUENCY].state is S.CONFIRMED
    across = [
        call(f"2026-03-10 {h}:00+00:00") for h in ("14", "15", "16", "17")
    ]  # two before and two after midnight here
    assert check(G.CALL_FREQUENCY, *across)[G.CALL_FREQUENCY].state is S.NOT_FOUND


def test_contacts_while_reachable() -> None:
    reached, contact = call("2026-03-10 10:00+08:00"), call("2026-03-11 10:00+08:00", callee="contact")
    assert check(G.THIRD_PARTIES, reached, contact)[G.THIRD_PARTIES].state is S.CONFIRMED
    assert check(G.THIRD_PARTIES, contact)[G.THIRD_PARTIES].state is S.PARTLY
    long_ago = call("2025-10-01 10:00+08:00")
    assert check(G.THIRD_PARTIES, long_ago, contact)[G.THIRD_PARTIES].state is S.PARTLY
    assert check(G.THIRD_PARTIES, reached)[G.THIRD_PARTIES].state is S.NOT_FOUND


@pytest.mark.parametrize("grievance", list(Grievance))
def test_without_our_records_nothing_is_held_against_anyone(grievance: Grievance) -> None:
    result = check(grievance, coverage=())[grievance]
    assert result.state is S.UNCHECKED
    assert result.searched.missing


def test_every_negative_prints_what_was_searched() -> None:
    result = check(G.NIGHT_CALLS, call("2026-03-10 10:00+08:00"))[G.NIGHT_CALLS]
    assert result.state is S.NOT_FOUND
    assert result.searched.dates is not None
    assert result.searched.agencies == ("甲",)
    gap = Coverage(id="G", record_kind="calls", from_on=date(2026, 3, 1), to_on=date(2026, 3, 5))
    partial = check(G.NIGHT_CALLS, call("2026-03-04 10:00+08:00"), coverage=(gap,))[G.NIGHT_CALLS]
    assert partial.state is S.UNCHECKED
    assert "2026-03-06" in partial.searched.missing[0].en


DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 10))


@given(st.lists(st.tuples(DAYS, DAYS).map(lambda p: (min(p), max(p))), max_size=6), DAYS, DAYS)
def test_gaps_equal_a_slow_count(spans: list[tuple[date, date]], a: date, b: date) -> None:
    first, last = min(a, b), max(a, b)
    days = {first + timedelta(n) for n in range((last - first).days + 1)}
    covered = {d for d in days if any(s <= d <= e for s, e in spans)}
    gaps = {g0 + timedelta(n) for g0, g1 in uncovered(spans, first, last) for n in range((g1 - g0).days + 1)}
    assert gaps == days - covered


def loan(
    principal: int, payments: list[tuple[date, int]], fees: tuple[tuple[str, date, int], ...] = (), **values: Any
) -> Account:
    return Account(
        id="A-1",
        principal=principal * 100,
        opened_on=date(2025, 12, 1),
        schedule=tuple((d, round(f * 100)) for d, f in payments),
        fees=fees,
        **values,
    )


def months(count: int, amount: float) -> list[tuple[date, float]]:
    return [(date(2026 + n // 12, n % 12 + 1, 1), amount) for n in range(count)]


def _bisect_nominal(principal: float, amounts: list[float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        value = sum(a / (1 + middle) ** (n + 1) for n, a in enumerate(amounts))
        low, high = (middle, high) if value > principal else (low, middle)
    return low * 12


def _bisect_effective(account: Account) -> float:
    assert account.opened_on and account.principal
    flows = [(d, f) for d, f in account.schedule] + [(d, f) for _, d, f in account.fees]
    low, high = -0.9, 20.0
    for _ in range(300):
        middle = (low + high) / 2
        value = sum(f / (1 + middle) ** ((d - account.opened_on).days / 365) for d, f in flows)
        low, high = (middle, high) if value > account.principal else (low, middle)
    return low


def test_ten_thousand_as_twelve_times_nine_hundred_forty() -> None:
    found = cost(loan(10_000, months(12, 940)))
    assert found is not None
    assert abs((found.nominal or 0) - 228_400) < 100
    compounded = (1 + (found.nominal or 0) / 12e6) ** 12 - 1
    assert round(compounded * 100, 2) == 25.39
    assert abs((found.effective or 0) / 1e6 - compounded) < 5e-4, (
        "XIRR counts real days: months are not twelfths of a year"
    )


WORKED = [
    (10_000, 12, 940.0),
    (10_000, 12, 900.0),
    (50_000, 54, 1918.9),
    (8_000, 6, 1400.0),
    (5_000, 3, 1800.0),
    (20_000, 24, 1000.0),
    (100_000, 36, 3500.0),
    (3_000, 12, 300.0),
    (12_000, 12, 1000.5),
    (1_000, 1, 1030.0),
]


@pytest.mark.parametrize(("principal", "count", "amount"), WORKED)
def test_costs_equal_bisection_within_a_hundredth_of_a_point(principal: int, count: int, amount: float) -> None:
    account = loan(principal, months(count, amount))
    found = cost(account)
    assert found is not None
    assert found.nominal is not None
    assert found.effective is not None
    assert abs(found.nominal / 1e6 - _bisect_nominal(principal, [amount] * count)) < 1e-4
    assert abs(found.effective / 1e6 - _bisect_effective(account)) < 1e-4


def test_fees_count() -> None:
    bare, dear = (
        cost(loan(10_000, months(12, 900))),
        cost(loan(10_000, months(12, 900), (("guarantee", date(2025, 12, 1), 50_000),))),
    )
    assert bare and dear and (dear.effective or 0) > (bare.effective or 0) + 50_000
    assert dear.fees == 50_000


def test_price_against_the_promise_and_the_line() -> None:
    dear = loan(10_000, months(12, 940))
    promised = loan(10_000, months(12, 940), disclosed_rate=150_000)
    assert check(G.PRICE, accounts=(promised,))[G.PRICE].state is S.CONFIRMED
    assert check(G.PRICE, accounts=(dear,))[G.PRICE].state is S.PARTLY, (
        "nominal below 24 %, effective above: people judge"
    )
    assert check(G.PRICE, accounts=(loan(10_000, months(12, 880)),))[G.PRICE].state is S.UNCHECKED
    assert check(G.PRICE, accounts=(Account(id="A-1"),))[G.PRICE].state is S.UNCHECKED
