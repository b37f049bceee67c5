"""Yearly cost against closed forms and bisection, and verdicts that never choose a method nobody named."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_package
from mingcha.merit.price import Cost, cost
from mingcha.merit.run import check_all
from mingcha.model.account import Account
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.text import Passage
from mingcha.standards.calendar import CHINA
from mingcha.standards.load import load
from mingcha.text.normalise import normalise

S = MeritState
FILES = read_package()
STANDARDS = load(FILES)
OPENED = date(2025, 12, 1)


def loan(payments: list[tuple[date, int]], principal: int = 1_000_000, **values: Any) -> Account:
    return Account(**{"id": "A-1", "principal": principal, "opened_on": OPENED, "schedule": tuple(payments), **values})


def monthly(count: int, fen: int, opened: date = OPENED) -> list[tuple[date, int]]:
    months = [(opened.month + n, opened.year) for n in range(1, count + 1)]
    return [(date(year + (month - 1) // 12, (month - 1) % 12 + 1, opened.day), fen) for month, year in months]


def check(
    *accounts: Account, licence: str | None = "bank", extra: Mapping[str, str] | None = None, claimed: bool = True
) -> MeritResult | None:
    claims = (Claim(Grievance.PRICE, Passage("text", 0, 1, "x")),) if claimed else ()
    file = MeritFile(
        complaint_id="C-1", received_at=datetime(2026, 3, 20, 10, tzinfo=CHINA), licence=licence, product=None, text=normalise("x"),
        claims=claims, accounts=accounts, kinds_held=frozenset({"accounts"}),
    )  # fmt: skip
    return next(iter(check_all(file, load({**FILES, **(extra or {})}))), None)


def found(account: Account) -> Cost:
    out = cost(account)
    assert out is not None
    return out


def test_one_payment_after_a_year_is_its_own_rate() -> None:
    both = found(loan([(date(2026, 12, 1), 1_240_000)]))
    assert (both.nominal, both.effective, both.compounded) == (240_000, 240_000, 240_000)


def test_interest_only_and_bullet() -> None:
    payments = [*monthly(11, 20_000), (date(2026, 12, 1), 1_020_000)]
    both = found(loan(payments))
    assert both.nominal == 240_000
    assert both.compounded == round(((1.02**12) - 1) * 1e6)


def test_weeks_and_quarters_and_odd_periods() -> None:
    weeks = [(OPENED + timedelta(days=7 * n), 0) for n in range(1, 52)]
    weekly = loan([*weeks, (OPENED + timedelta(days=364), 1_260_000)])
    assert found(weekly).nominal is not None
    quarters = [
        (date(2026, 3, 1), 50_000),
        (date(2026, 6, 1), 50_000),
        (date(2026, 9, 1), 50_000),
        (date(2026, 12, 1), 1_050_000),
    ]
    assert found(loan(quarters)).nominal == 200_000
    odd = found(loan([(date(2026, 1, 15), 500_000), (date(2026, 5, 3), 600_000)]))
    assert odd.nominal is None
    assert odd.effective is not None


def test_a_fee_taken_at_the_start_is_less_money_received() -> None:
    fee = loan(monthly(12, 90_000), fees=(("service", OPENED, 50_000),))
    less = loan(monthly(12, 90_000), principal=950_000)
    assert found(fee).effective == found(less).effective
    assert (found(fee).fees, found(less).fees) == (50_000, 0)


def test_ten_thousand_as_twelve_times_nine_hundred_forty() -> None:
    both = found(loan(monthly(12, 94_000)))
    assert (both.nominal, both.compounded) == (228_427, 253_916) or abs((both.nominal or 0) - 228_400) < 100
    assert abs((both.compounded or 0) - 253_900) < 100
    assert abs((both.effective or 0) - 253_900) < 1000, "XIRR counts real days"


@pytest.mark.parametrize(
    "payments",
    [
        [],
        [(date(2026, 1, 1), 0)],
        [(date(2026, 1, 1), -5_000)],
        [(date(2026, 1, 1), 2_000_000), (date(2026, 2, 1), -900_000), (date(2026, 3, 1), 100)],
    ],
)
def test_flows_without_one_rate_have_none(payments: list[tuple[date, int]]) -> None:
    out = cost(loan(payments))
    assert out is None or out.readings == ()


def bisect(principal: int, payments: list[tuple[date, int]]) -> float:
    low, high = -0.999, 1e6
    for _ in range(200):
        middle = (low + high) / 2 if high < 10 else (1 + low) ** 0.5 * (1 + high) ** 0.5 - 1
        value = sum(fen / (1 + middle) ** ((day - OPENED).days / 365) for day, fen in payments)
        low, high = (middle, high) if value > principal else (low, middle)
    return low


@given(
    st.lists(st.tuples(st.integers(1, 1200), st.integers(1, 500_000)), min_size=1, max_size=24),
    st.integers(100_000, 5_000_000),
)
def test_effective_equals_bisection_wherever_it_is_given(rows: list[tuple[int, int]], principal: int) -> None:
    payments = [(OPENED + timedelta(days=days), fen) for days, fen in rows]
    effective = found(loan(payments, principal)).effective
    if effective is not None and -900_000 < effective < 5_000_000:
        assert abs(effective / 1e6 - bisect(principal, payments)) < 1e-4


@given(st.integers(1, 60), st.integers(1_000, 200_000))
def test_more_paid_never_costs_less(count: int, fen: int) -> None:
    less, more = found(loan(monthly(count, fen))).effective, found(loan(monthly(count, fen + 1_000))).effective
    if less is not None and more is not None:
        assert more >= less


MIDDLE = loan(monthly(12, 94_000))  # 22.84 % nominal, about 25.4 % effective
DEAR = loan(monthly(12, 110_000))
CHEAP = loan(monthly(12, 88_000))


def test_a_line_without_a_named_method_is_never_a_verdict() -> None:
    for account, state in ((CHEAP, S.UNCHECKED), (MIDDLE, S.PARTLY), (DEAR, S.PARTLY)):
        result = check(account)
        assert result is not None
        assert result.state is state
        assert "名义" in result.why.zh
        assert "实际" in result.why.zh
        assert {"nominal", "effective"} <= set(dict(result.figures))
        assert check(account, claimed=False) is None
        assert result.clause == "price@2026-01-01:assisted.24"


SITE = """
[[clauses]]
id = "price@2026-01-01:assisted.24"
title = {{ zh = "助贷", en = "assisted lending" }}
text = {{ zh = "法务核定", en = "settled" }}
source = "memorandum"
rank = "regulation"
grade = "first_hand"
judged_by = "detector"
countersigned_by = "counsel"
from = 2025-10-01
parameters = {{ line = 240000, method = "{method}", licences = "bank" }}
"""


@pytest.mark.parametrize(
    ("method", "state"), [("nominal", S.NOT_FOUND), ("effective", S.CONFIRMED), ("unnamed", S.PARTLY)]
)
def test_the_named_method_flips_the_verdict(method: str, state: MeritState) -> None:
    result = check(MIDDLE, extra={"site/site.toml": SITE.format(method=method)})
    assert result is not None
    assert result.state is state


def test_contradicted_only_where_fees_are_on_record() -> None:
    extra = {"site/site.toml": SITE.format(method="nominal")}
    fees = loan(monthly(12, 88_000), fees=(("guarantee", OPENED, 1_000),))
    with_fees, without = check(fees, extra=extra), check(CHEAP, extra=extra)
    assert with_fees is not None
    assert with_fees.state is S.CONTRADICTED
    assert without is not None
    assert without.state is S.NOT_FOUND
    assert without.searched.missing


def test_the_promise_is_broken_only_by_both_readings() -> None:
    for disclosed, state in ((150_000, S.CONFIRMED), (228_500, S.PARTLY), (400_000, S.PARTLY)):
        result = check(loan(monthly(12, 94_000), disclosed_rate=disclosed))
        assert result is not None
        assert result.state is state, "the line of 24 % is for people whatever was promised"
    odd = check(
        loan([(date(2026, 1, 15), 500_000), (date(2026, 5, 3), 600_000)], disclosed_rate=100_000), licence="other"
    )
    assert odd is not None
    assert odd.state is S.UNCHECKED


def test_the_line_is_the_one_of_the_day_and_the_licence() -> None:
    old = loan(monthly(12, 110_000, date(2025, 1, 1)), opened_on=date(2025, 1, 1))
    for account, licence in ((old, "bank"), (DEAR, "other"), (DEAR, None)):
        result = check(account, licence=licence)
        assert result is not None
        assert result.state is S.UNCHECKED
    small = check(loan(monthly(12, 110_000, date(2026, 2, 1)), opened_on=date(2026, 2, 1)), licence="small_loan")
    assert small is not None
    assert small.clause == "price@2026-01-01:small-loan.24"


def test_every_account_is_looked_at_and_the_worst_is_shown() -> None:
    kept = loan(monthly(12, 110_000), id="A-2", disclosed_rate=900_000)
    broken = loan(monthly(12, 88_000), id="A-1", disclosed_rate=10_000)
    bare = Account(id="A-3")
    result = check(kept, broken, bare)
    assert result is not None
    assert (result.state, result.cites[0].record, dict(result.figures)["accounts"]) == (S.CONFIRMED, "A-1", 2)
    assert result.searched.missing
    assert check(bare, bare, kept, broken) == check(broken, kept, bare, bare)
