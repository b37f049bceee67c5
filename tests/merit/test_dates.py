"""The days a claim names: only those of the calls, never of the loan, never after the receipt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.merit.claims import read_claims
from mingcha.text.normalise import normalise

RECEIVED = date(2026, 3, 20)
CASES = [
    ("2026年3月5日催收打了八次电话", (date(2026, 3, 5), date(2026, 3, 5))),
    ("2026-03-05晚上11点还打催收电话", (date(2026, 3, 5), date(2026, 3, 6))),
    ("3月5日半夜打电话催收", (date(2026, 3, 5), date(2026, 3, 6))),
    ("12月30日半夜打电话催收", (date(2025, 12, 30), date(2025, 12, 31))),
    ("3月1日至3月5日每天打十几个催收电话", (date(2026, 3, 1), date(2026, 3, 5))),
    ("从3月1日起每天打十几个催收电话", (date(2026, 3, 1), RECEIVED)),
    ("昨晚十一点催收打电话", (date(2026, 3, 19), date(2026, 3, 20))),
    ("最近一个月频繁打电话催收", (date(2026, 1, 17), RECEIVED)),
    ("On March 5, 2026 they called my boss", (date(2026, 3, 5), date(2026, 3, 5))),
    ("yesterday they called my mother", (date(2026, 3, 19), date(2026, 3, 19))),
    ("催收半夜打电话", None),
    ("2023年5月6日借款，现在每天打十几个催收电话", None),
    ("逾期自2月1日起，催收频繁打电话", None),
    ("2026年4月1日催收半夜打电话", None),
    ("2026年2月30日催收半夜打电话", None),
    ("拨打了400-820-8820，催收半夜打电话", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days"), CASES, ids=[case[0] for case in CASES])
def test_periods(text: str, days: tuple[date, date] | None) -> None:
    claims = read_claims(normalise(text), RECEIVED)
    assert claims
    assert claims[0].period == days


def test_without_a_day_of_receipt_only_full_dates_count() -> None:
    (full,) = read_claims(normalise("2026年3月5日催收半夜打电话"))
    (bare,) = read_claims(normalise("3月5日催收半夜打电话"))
    assert (full.period, bare.period) == ((date(2026, 3, 5), date(2026, 3, 6)), None)


def test_a_price_has_no_days() -> None:
    (claim,) = read_claims(normalise("3月5日发现利息太高"), RECEIVED)
    assert claim.period is None


@given(st.text(alphabet="0123456789年月日.-/昨晚至到,，半夜打电话催收从起", max_size=60))
def test_any_text_gives_a_period_that_is_one(text: str) -> None:
    for claim in read_claims(normalise(text), RECEIVED):
        assert claim.period is None or claim.period[0] <= claim.period[1]
