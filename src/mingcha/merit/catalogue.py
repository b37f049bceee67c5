"""The merit checks in reading order; the list is the registry."""

from mingcha.merit.check import Check
from mingcha.merit.checks.call_frequency import call_frequency
from mingcha.merit.checks.night_calls import night_calls
from mingcha.merit.checks.payment_not_booked import payment_not_booked
from mingcha.merit.checks.price import price
from mingcha.merit.checks.refund_not_made import refund_not_made
from mingcha.merit.checks.third_parties import third_parties
from mingcha.model.merit import Grievance
from mingcha.model.words import Words

CHECKS: tuple[Check, ...] = (
    Check("night_calls", Grievance.NIGHT_CALLS, ("calls", "coverage"), Words("夜间催收", "night calls"), night_calls),
    Check(
        "call_frequency",
        Grievance.CALL_FREQUENCY,
        ("calls", "coverage"),
        Words("频繁催收", "too many calls"),
        call_frequency,
    ),
    Check(
        "third_parties",
        Grievance.THIRD_PARTIES,
        ("calls", "coverage"),
        Words("联系第三人", "third parties contacted"),
        third_parties,
    ),
    Check("price", Grievance.PRICE, ("accounts",), Words("息费过高", "price"), price),
    Check(
        "payment_not_booked",
        Grievance.PAYMENT_NOT_BOOKED,
        ("payments", "coverage"),
        Words("还款未入账", "payment not booked"),
        payment_not_booked,
    ),
    Check(
        "refund_not_made",
        Grievance.REFUND_NOT_MADE,
        ("waivers", "payments", "coverage"),
        Words("承诺退款未退", "promised refund not made"),
        refund_not_made,
    ),
)
