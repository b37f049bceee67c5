"""Payments and promised refunds on worked files: both sides' records, days at the edge, and that what we lack weighs on nobody."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters.shelf import read_package
from mingcha.merit.run import check_all
from mingcha.model.call import Coverage
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.payment import Payment, Waiver
from mingcha.model.text import Passage
from mingcha.standards.calendar import CHINA
from mingcha.standards.load import load
from mingcha.text.normalise import normalise

STANDARDS = load(read_package())
RECEIVED = datetime(2026, 3, 20, 10, tzinfo=CHINA)
DAY = date(2026, 3, 20)
G, S = Grievance, MeritState
YEAR = (date(2025, 1, 1), date(2026, 12, 31))


def paid(
    days_ago: int, amount: int = 50_000, booked: int | None = None, source: str = "institution", **more: Any
) -> Payment:
    """A repayment so many days before the receipt, booked so many days after it was made."""
    on = DAY - timedelta(days=days_ago)
    plain = {
        "id": f"Y-{days_ago}-{amount}-{source}",
        "direction": "repayment",
        "paid_on": on,
        "amount": amount,
        "source": source,
    }
    return Payment(**{**plain, "booked_on": None if booked is None else on + timedelta(days=booked), **more})


def promised(days_ago: int, due: int | None = None, done: int | None = None, **more: Any) -> Waiver:
    """A refund promised so many days before the receipt; due and done so many days after the promise."""
    on = DAY - timedelta(days=days_ago)
    later = {name: None if n is None else on + timedelta(days=n) for name, n in (("due_on", due), ("done_on", done))}
    return Waiver(
        **{"id": f"W-{days_ago}-{due}", "promise": "refund", "promised_on": on, "amount": 8_000, **later, **more}
    )


def run(
    grievance: Grievance, *records: Payment | Waiver, claimed: bool = True, days: tuple[date, date] | None = YEAR
) -> MeritResult | None:
    claims = (Claim(grievance, Passage("text", 0, 1, "x")),) if claimed else ()
    file = MeritFile(
        complaint_id="C-1", received_at=RECEIVED, licence="bank", product=None, text=normalise("x"), claims=claims,
        payments=tuple(one for one in records if isinstance(one, Payment)),
        waivers=tuple(one for one in records if isinstance(one, Waiver)), coverage=tuple(
            Coverage(id=f"G-{kind}", record_kind=kind, from_on=days[0], to_on=days[1])
            for kind in ("payments", "waivers")
            if days
        ),
    )  # fmt: skip
    found = {result.grievance: result for result in check_all(file, STANDARDS)}
    return found.get(grievance)


@pytest.mark.parametrize(
    ("records", "state", "cited"),
    [
        ([paid(30)], S.CONFIRMED, 1),
        ([paid(30, booked=0), paid(10)], S.CONFIRMED, 1),
        ([paid(4)], S.CONFIRMED, 1),
        ([paid(3)], S.NOT_FOUND, 0),  # three days may pass until it is booked
        ([paid(30, booked=3)], S.NOT_FOUND, 0),
        ([paid(30, booked=4)], S.PARTLY, 1),
        ([paid(30, booked=0), paid(30, 70_000, source="consumer")], S.DISPUTED, 1),
        ([paid(30, booked=0), paid(33, source="consumer")], S.NOT_FOUND, 0),  # one payment, two records of it
        ([paid(30, booked=0), paid(34, source="consumer")], S.DISPUTED, 1),
        ([paid(30, source="consumer")], S.UNCHECKED, 1),
        ([paid(30, booked=0, direction="refund")], S.UNCHECKED, 0),
        ([paid(-1)], S.UNCHECKED, 0),  # after the receipt
        ([], S.UNCHECKED, 0),
    ],
)
def test_payments(records: list[Payment], state: MeritState, cited: int) -> None:
    got = run(G.PAYMENT_NOT_BOOKED, *records)
    assert got is not None
    assert (got.state, len(got.cites)) == (state, cited)
    unasked = run(G.PAYMENT_NOT_BOOKED, *records, claimed=False)
    assert (unasked is not None) is (state is S.CONFIRMED)


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([promised(40, due=10)], S.CONFIRMED),
        ([promised(40, due=40)], S.PARTLY),  # due on the very day: not over
        ([promised(40, due=39)], S.CONFIRMED),
        ([promised(40)], S.PARTLY),
        ([promised(40, due=10, done=20)], S.NOT_FOUND),
        ([promised(40, due=10, done=41)], S.CONFIRMED),  # done after the complaint
        ([promised(40, due=10), paid(20, 8_000, direction="refund")], S.NOT_FOUND),
        ([promised(40, due=10), paid(20, 7_999, direction="refund")], S.CONFIRMED),
        ([promised(40, due=10), paid(41, 8_000, direction="refund")], S.CONFIRMED),  # before the promise
        ([promised(40, due=10), paid(20, 8_000)], S.CONFIRMED),
        ([promised(40, due=10, promise="waiver")], S.NOT_FOUND),
        ([promised(-1, due=10)], S.NOT_FOUND),
        ([], S.NOT_FOUND),
    ],
)
def test_refunds(records: list[Payment | Waiver], state: MeritState) -> None:
    got = run(G.REFUND_NOT_MADE, *records)
    assert got is not None and got.state is state
    assert (run(G.REFUND_NOT_MADE, *records, claimed=False) is not None) is (state is S.CONFIRMED)


def test_what_we_lack_is_said_and_weighs_on_nobody() -> None:
    """A ledger handed over in part, or not said to be whole, never says that something was not there."""
    for days in (None, (date(2026, 1, 1), YEAR[1]), (YEAR[0], date(2026, 3, 19))):
        for records in ([], [promised(40, due=10, done=20)]):
            got = run(G.REFUND_NOT_MADE, *records, days=days)
            assert got is not None and got.state is S.UNCHECKED and got.searched.missing
        for paid_ones in ([], [paid(30, booked=0)]):
            got = run(G.PAYMENT_NOT_BOOKED, *paid_ones, days=days)
            assert got is not None and got.state is S.UNCHECKED and got.searched.missing
        got = run(G.PAYMENT_NOT_BOOKED, paid(30), days=days)
        assert got is not None and got.state is S.CONFIRMED


PAYMENTS = st.builds(
    paid, st.integers(0, 60), st.sampled_from([100, 200]), booked=st.none() | st.integers(0, 9),
    source=st.sampled_from(["institution", "consumer"]),
)  # fmt: skip


@given(st.lists(PAYMENTS, max_size=6), st.data())
def test_withholding_our_ledger_never_speaks_against_whoever_paid(payments: list[Payment], data: st.DataObject) -> None:
    payments = [replace(one, id=f"Y-{n}") for n, one in enumerate(payments)]
    theirs = [one for one in payments if one.source == "consumer"]
    got = run(G.PAYMENT_NOT_BOOKED, *theirs)
    assert got is not None and got.state is S.UNCHECKED
    mixed = data.draw(st.permutations(payments))
    assert run(G.PAYMENT_NOT_BOOKED, *mixed) == run(G.PAYMENT_NOT_BOOKED, *payments)
