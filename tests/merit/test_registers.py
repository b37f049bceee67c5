"""Merit from registers: requests, refusals, promises, prices told, identity checks, partners; what is not held weighs on nobody."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mingcha.adapters.shelf import read_package
from mingcha.merit.run import check_all
from mingcha.model.account import Account, Event, Reply
from mingcha.model.call import Call, Coverage
from mingcha.model.merit import Claim, Grievance, MeritFile, MeritResult, MeritState
from mingcha.model.notice import Assignment, Notice
from mingcha.model.payment import Payment, Waiver
from mingcha.model.text import Passage
from mingcha.model.transcript import ConsumerRecord, Turn
from mingcha.standards.calendar import CHINA
from mingcha.standards.load import load
from mingcha.text.normalise import normalise

STANDARDS = load(read_package())
RECEIVED = datetime(2026, 3, 20, 10, tzinfo=CHINA)
DAY = RECEIVED.date()
G, S = Grievance, MeritState
KINDS = ("calls", "notices", "waivers", "payments", "transcripts")
WHOLE = tuple(
    Coverage(id=f"G-{kind}", record_kind=kind, from_on=date(2025, 1, 1), to_on=date(2026, 12, 31)) for kind in KINDS
)
MINE = frozenset(
    {
        G.REFUSED_AGAIN,
        G.DEBT_TOLD,
        G.SETTLEMENT_NOT_KEPT,
        G.NO_ANSWER,
        G.BUNDLED,
        G.HARDSHIP_REQUEST,
        G.CREDIT_RECORD,
        G.DISCLOSURE,
        G.PARTNER_FAILED,
        G.IMPERSONATED,
    }
)
CLAIMED_ONLY = frozenset({G.DISCLOSURE, G.PARTNER_FAILED, G.IMPERSONATED})


def ago(days: float) -> datetime:
    return RECEIVED - timedelta(days=days)


def notice(about: str, days: float = 40, by: str = "customer", answered: float | None = None, **more: Any) -> Notice:
    """A notice so many days before the receipt, answered so many days after it was given."""
    at = ago(days)
    return Notice(
        id=f"I-{about}-{by}-{days}",
        given_at=at,
        by=by,
        about=about,
        answered_at=None if answered is None else at + timedelta(days=answered),
        **more,
    )


def call(days: float, callee: str = "contact", **more: Any) -> Call:
    plain = {"number_from": "n1", "number_to": "m1" if callee == "contact" else "c1", "connected": True}
    return Call(**{"id": f"L-{days}-{callee}", "called_at": ago(days), "callee": callee, **plain, **more})


def turn(text: str, speaker: str = "collector", callee: str | None = "contact", **more: Any) -> Turn:
    plain = {"id": f"X-{text}-{speaker}", "call_id": "L-9", "said_at": ago(9), "from_ms": 0}
    return Turn(**{**plain, "speaker": speaker, "callee": callee, "text": text, **more})


def kept(text: str | None, form: str = "message", callee: str = "contact", **more: Any) -> ConsumerRecord:
    return ConsumerRecord(id=f"K-{text}-{form}", form=form, at=ago(9), callee=callee, text=text, **more)


def account(**more: Any) -> Account:
    plain: dict[str, Any] = {"id": "A-1", "opened_on": date(2025, 9, 1), "principal": 1_000_000}
    return Account(**{**plain, **more})


FIELDS = {
    Notice: "notices",
    Call: "calls",
    Turn: "turns",
    ConsumerRecord: "consumer_records",
    Account: "accounts",
    Reply: "replies",
    Waiver: "waivers",
    Payment: "payments",
    Event: "events",
    Assignment: "assignments",
}


def file_of(grievance: Grievance | None, records: tuple[Any, ...], coverage: tuple[Coverage, ...] = WHOLE) -> MeritFile:
    claims = () if grievance is None else (Claim(grievance, Passage("text", 0, 1, "x")),)
    held = {field: tuple(r for r in records if type(r) is kind) for kind, field in FIELDS.items()}
    return MeritFile(
        complaint_id="C-1",
        received_at=RECEIVED,
        licence="bank",
        product=None,
        text=normalise("x"),
        claims=claims,
        coverage=coverage,
        kinds_held=frozenset(KINDS),
        **held,
    )


def run(
    grievance: Grievance, *records: Any, coverage: tuple[Coverage, ...] = WHOLE, claimed: bool = True
) -> MeritResult | None:
    results = check_all(file_of(grievance if claimed else None, records, coverage), STANDARDS)
    return next((one for one in results if one.grievance is grievance), None)


EARLIER = Reply(id="R-1", replied_at=ago(30), outcome="not_upheld")
WAIVED = Waiver(id="W-1", promise="waiver", promised_on=DAY - timedelta(days=40), due_on=DAY - timedelta(days=10))
MONTHLY = ((date(2025, 10, 1), 90_000), (date(2025, 11, 1), 90_000))


def repaid(on: date, amount: int = 90_000, **more: Any) -> Payment:
    plain = {"id": f"Y-{on}-{amount}", "account_id": "A-1", "direction": "repayment", "booked_on": on}
    return Payment(**{**plain, "paid_on": on, "amount": amount, **more})


REPORTED = notice("overdue_reported", 60, "institution", account_id="A-1", about_on=date(2025, 11, 1))
FEE = (("insurance", date(2025, 9, 1), 50_000),)
CLOSED = Event(id="E-1", event_kind="closure", product="课程分期", from_at=ago(100))
OUTAGE = Event(id="E-2", event_kind="outage", from_at=ago(3))

CASES: list[tuple[Grievance, tuple[Any, ...], MeritState]] = [
    # a request for help: fifteen days, and a reason where it is refused
    (G.HARDSHIP_REQUEST, (notice("hardship", 16),), S.CONFIRMED),
    (G.HARDSHIP_REQUEST, (notice("instalment", 15),), S.PARTLY),
    (G.HARDSHIP_REQUEST, (notice("instalment", 40, answered=15, answer="refused", reason="已评估"),), S.NOT_FOUND),
    (G.HARDSHIP_REQUEST, (notice("instalment", 40, answered=15, answer="refused", reason=" "),), S.CONFIRMED),
    (G.HARDSHIP_REQUEST, (notice("instalment", 40, answered=16, answer="granted"),), S.PARTLY),
    (
        G.HARDSHIP_REQUEST,
        (notice("hardship", 40, answered=41, answer="granted"),),
        S.CONFIRMED,
    ),  # answered after the receipt
    (G.HARDSHIP_REQUEST, (notice("hardship", -1),), S.NOT_FOUND),
    (G.HARDSHIP_REQUEST, (notice("complaint"), notice("hardship", by="institution")), S.NOT_FOUND),
    # an earlier complaint
    (G.NO_ANSWER, (notice("complaint", 16),), S.CONFIRMED),
    (G.NO_ANSWER, (notice("complaint", 16), EARLIER), S.CONFIRMED),
    (G.NO_ANSWER, (EARLIER,), S.DISPUTED),
    (G.NO_ANSWER, (replace(EARLIER, replied_at=ago(-1)),), S.NOT_FOUND),
    (G.NO_ANSWER, (notice("complaint", 40, answered=10, answer="refused"),), S.NOT_FOUND),
    # the credit record: twenty days, and what was paid by the reported day
    (G.CREDIT_RECORD, (notice("credit_dispute", 21),), S.CONFIRMED),
    (G.CREDIT_RECORD, (notice("credit_dispute", 20),), S.PARTLY),
    (G.CREDIT_RECORD, (notice("credit_dispute", 40, answered=20, answer="refused"),), S.NOT_FOUND),
    (
        G.CREDIT_RECORD,
        (account(schedule=MONTHLY), REPORTED, repaid(date(2025, 10, 1)), repaid(date(2025, 11, 1))),
        S.CONFIRMED,
    ),
    (
        G.CREDIT_RECORD,
        (account(schedule=MONTHLY), REPORTED, repaid(date(2025, 10, 1)), repaid(date(2025, 11, 2))),
        S.NOT_FOUND,
    ),
    (G.CREDIT_RECORD, (account(schedule=MONTHLY), REPORTED, repaid(date(2025, 10, 1), 179_999)), S.NOT_FOUND),
    (
        G.CREDIT_RECORD,
        (account(schedule=MONTHLY), REPORTED, repaid(date(2025, 10, 1), 180_000, account_id="A-2")),
        S.NOT_FOUND,
    ),
    # calls after a refusal
    (G.REFUSED_AGAIN, (notice("stop_contact", by="contact"), call(9)), S.CONFIRMED),
    (G.REFUSED_AGAIN, (notice("stop_contact", 9, by="contact"), call(9)), S.NOT_FOUND),  # the very call he refused in
    (G.REFUSED_AGAIN, (notice("stop_contact", by="contact", number="m2"), call(9)), S.NOT_FOUND),
    (G.REFUSED_AGAIN, (notice("stop_contact", by="contact", number="m1"), call(9, "unknown", number_to="m1")), S.CONFIRMED),
    (G.REFUSED_AGAIN, (notice("stop_contact"), call(9, "customer")), S.PARTLY),
    (G.REFUSED_AGAIN, (notice("stop_contact", by="contact"), call(50)), S.NOT_FOUND),
    (G.REFUSED_AGAIN, (notice("stop_contact", by="contact"), call(-1)), S.NOT_FOUND),
    (G.REFUSED_AGAIN, (notice("stop_contact", by="contact"), call(9, source="consumer")), S.DISPUTED),
    # somebody else told of the debt
    (G.DEBT_TOLD, (turn("他欠了我们三个月的钱"),), S.CONFIRMED),
    (G.DEBT_TOLD, (turn("请问认识王先生吗，麻烦他回个电话"),), S.NOT_FOUND),
    (G.DEBT_TOLD, (turn("您的贷款逾期了", callee="customer"),), S.NOT_FOUND),
    (G.DEBT_TOLD, (turn("他是不是欠了钱", speaker="contact"),), S.NOT_FOUND),  # the contact asks
    (G.DEBT_TOLD, (turn("他的贷款逾期", speaker="unknown"),), S.PARTLY),
    # all put down to one side: the labels are wrong, and people listen
    (G.DEBT_TOLD, tuple(turn(said, speaker="customer") for said in ("您好", "他的贷款逾期", "知道了")), S.PARTLY),
    (G.DEBT_TOLD, tuple(turn(said) for said in ("您好", "他是不是欠了钱", "不方便说")), S.PARTLY),
    (G.DEBT_TOLD, tuple(turn(said, speaker="robot") for said in ("您好", "他的贷款逾期", "再见")), S.CONFIRMED),
    (G.DEBT_TOLD, (turn("您好"), turn("他的贷款逾期")), S.CONFIRMED),
    (G.DEBT_TOLD, tuple(turn(said, speaker="customer") for said in ("您好", "请回电", "知道了")), S.NOT_FOUND),
    (G.DEBT_TOLD, (turn("他的贷款逾期", callee=None), turn("我是他姐姐", speaker="contact", callee=None)), S.CONFIRMED),
    (G.DEBT_TOLD, (turn("他的贷款逾期", said_at=ago(-1)),), S.NOT_FOUND),
    (G.DEBT_TOLD, (kept("您的亲友张某贷款逾期，请转告"),), S.DISPUTED),
    (G.DEBT_TOLD, (kept("您的贷款逾期", callee="customer"),), S.NOT_FOUND),
    (G.DEBT_TOLD, (kept(None, "recording"),), S.NOT_FOUND),
    # an agreed waiver
    (G.SETTLEMENT_NOT_KEPT, (WAIVED,), S.CONFIRMED),
    (G.SETTLEMENT_NOT_KEPT, (replace(WAIVED, due_on=None),), S.PARTLY),
    (G.SETTLEMENT_NOT_KEPT, (replace(WAIVED, done_on=DAY),), S.NOT_FOUND),
    (G.SETTLEMENT_NOT_KEPT, (replace(WAIVED, promise="refund"),), S.NOT_FOUND),
    # what was sold beside the loan
    (G.BUNDLED, (account(fees=FEE),), S.PARTLY),
    (
        G.BUNDLED,
        (account(fees=FEE), notice("insurance", 200, "institution", account_id="A-1", answer="granted")),
        S.DISPUTED,
    ),
    (
        G.BUNDLED,
        (account(fees=FEE), notice("insurance", 200, "institution", account_id="A-1", answer="refused")),
        S.CONFIRMED,
    ),
    (G.BUNDLED, (account(fees=(("late", date(2025, 9, 1), 100),)),), S.NOT_FOUND),
    (G.BUNDLED, (account(),), S.UNCHECKED),
    # the price told before signing
    (G.DISCLOSURE, (account(),), S.CONFIRMED),
    (G.DISCLOSURE, (account(disclosed_rate=180_000),), S.DISPUTED),
    (
        G.DISCLOSURE,
        (account(), replace(notice("price", by="institution", account_id="A-1"), given_at=datetime(2025, 9, 1, 9, tzinfo=CHINA))),
        S.NOT_FOUND,
    ),
    (
        G.DISCLOSURE,
        (account(), replace(notice("price", by="institution", account_id="A-1"), given_at=datetime(2025, 9, 2, 0, tzinfo=CHINA))),
        S.CONFIRMED,
    ),
    (G.DISCLOSURE, (), S.UNCHECKED),
    # a partner
    (G.PARTNER_FAILED, (CLOSED, OUTAGE), S.CONFIRMED),
    (G.PARTNER_FAILED, (OUTAGE,), S.PARTLY),
    (G.PARTNER_FAILED, (replace(CLOSED, product=None),), S.PARTLY),  # of some partner, perhaps of another
    (G.PARTNER_FAILED, (replace(CLOSED, product=None, merchant="X-1"),), S.CONFIRMED),
    (G.PARTNER_FAILED, (replace(CLOSED, event_kind="press"),), S.UNCHECKED),
    (G.PARTNER_FAILED, (replace(CLOSED, from_at=ago(-1)),), S.UNCHECKED),
    # who took the loan
    (G.IMPERSONATED, (notice("identity_check", by="institution", answer="refused"),), S.CONFIRMED),
    (G.IMPERSONATED, (notice("identity_check", by="institution", answer="granted"),), S.DISPUTED),
    (G.IMPERSONATED, (), S.PARTLY),
]  # fmt: skip


@pytest.mark.parametrize(("grievance", "records", "state"), CASES)
def test_worked_files(grievance: Grievance, records: tuple[Any, ...], state: MeritState) -> None:
    got = run(grievance, *records)
    assert got is not None
    assert got.state is state, got.why.en
    unasked = run(grievance, *records, claimed=False)
    assert (unasked is not None) is (state is S.CONFIRMED and grievance not in CLAIMED_ONLY)


@pytest.mark.parametrize("grievance", sorted(MINE))
def test_what_we_do_not_hold_is_unchecked(grievance: Grievance) -> None:
    got = run(grievance, coverage=())
    assert got is not None
    assert got.state is S.UNCHECKED
    assert got.searched.missing, "what was missing is named"


@pytest.mark.parametrize(("grievance", "records", "state"), CASES)
def test_withholding_a_register_turns_nothing_against_the_consumer(
    grievance: Grievance, records: tuple[Any, ...], state: MeritState
) -> None:
    """Books not said to be whole, or not handed over at all, never bring about `not_found` where it was not."""
    for field in FIELDS.values():
        if field in ("consumer_records", "replies"):
            continue
        whole = file_of(grievance, records)
        less = replace(whole, coverage=(), **{field: ()})
        got = next(one for one in check_all(less, STANDARDS) if one.grievance is grievance)
        if state is not S.NOT_FOUND:
            assert got.state not in (S.NOT_FOUND, S.CONTRADICTED)


def test_a_passage_cites_the_turn_it_stands_in() -> None:
    got = run(G.DEBT_TOLD, turn("喂，您好"), turn("您弟弟欠款三个月"))
    assert got is not None
    (cite,) = got.cites
    assert (cite.kind, cite.passage.quote if cite.passage else "") == ("transcripts", "欠款")


def test_an_assigned_agency_without_logs_is_missing() -> None:
    """The agency that had the account in a month is asked for that month alone."""
    logs = Coverage(id="G-1", record_kind="calls", agency="甲", from_on=date(2025, 1, 1), to_on=date(2026, 12, 31))
    late = Assignment(id="M-1", agency="乙", from_on=date(2026, 3, 1), to_on=date(2026, 3, 10))
    got = run(G.NIGHT_CALLS, call(9, "customer", agency="甲"), late, coverage=(logs,))
    assert got is not None
    assert got.state is S.UNCHECKED
    assert [one.en for one in got.searched.missing] == ["call logs do not cover 乙, 2026-03-01 to 2026-03-10"]
    over = replace(late, to_on=date(2025, 3, 1), from_on=date(2025, 2, 1))
    got = run(G.NIGHT_CALLS, call(9, "customer", agency="甲"), over, coverage=(logs,))
    assert got is not None
    assert got.state is S.NOT_FOUND
