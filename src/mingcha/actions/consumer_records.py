"""The consumer's own records as merit reads them: a call list as calls, a bill as payments, of the same rank as ours."""

from collections.abc import Iterable

from mingcha.model.call import Call
from mingcha.model.payment import Payment
from mingcha.model.transcript import ConsumerRecord
from mingcha.standards.calendar import local_day

CALLED = {"call_list": "voice", "recording": "voice", "message": "sms"}


def consumer_calls(records: Iterable[ConsumerRecord]) -> tuple[Call, ...]:
    """Lines of call lists, recordings and messages as calls; a recording, or a call that lasted, was connected."""
    return tuple(
        Call(
            id=one.id,
            customer_id=one.customer_id,
            called_at=one.at,
            number_from=one.number_from,
            number_to=one.number_to,
            callee=one.callee or "customer",
            connected=True if one.form == "recording" or one.seconds else None if one.seconds is None else False,
            seconds=one.seconds,
            medium=CALLED[one.form],
            source="consumer",
        )
        for one in records
        if one.form in CALLED
    )


def consumer_payments(records: Iterable[ConsumerRecord]) -> tuple[Payment, ...]:
    """Lines of bills that name a sum as payments; one that does not say which way the money went is a repayment."""
    return tuple(
        Payment(
            id=one.id,
            customer_id=one.customer_id,
            direction=one.direction or "repayment",
            paid_on=local_day(one.at),
            amount=one.amount,
            source="consumer",
        )
        for one in records
        if one.form == "bill" and one.amount is not None
    )
