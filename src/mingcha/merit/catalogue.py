"""The merit checks in reading order; the list is the registry."""

from mingcha.merit.check import Check
from mingcha.merit.checks.bundled import bundled
from mingcha.merit.checks.call_frequency import call_frequency
from mingcha.merit.checks.credit_record import credit_record
from mingcha.merit.checks.debt_told import debt_told
from mingcha.merit.checks.disclosure import disclosure
from mingcha.merit.checks.hardship_request import hardship_request
from mingcha.merit.checks.impersonated import impersonated
from mingcha.merit.checks.night_calls import night_calls
from mingcha.merit.checks.no_answer import no_answer
from mingcha.merit.checks.partner_failed import partner_failed
from mingcha.merit.checks.payment_not_booked import payment_not_booked
from mingcha.merit.checks.price import price
from mingcha.merit.checks.refund_not_made import refund_not_made
from mingcha.merit.checks.refused_again import refused_again
from mingcha.merit.checks.settlement_not_kept import settlement_not_kept
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
    Check(
        "refused_again",
        Grievance.REFUSED_AGAIN,
        ("calls", "coverage", "notices"),
        Words("拒绝后再联系", "called again after a refusal"),
        refused_again,
    ),
    Check(
        "debt_told",
        Grievance.DEBT_TOLD,
        ("transcripts", "consumer_records", "coverage"),
        Words("向他人透露债务", "debt told to others"),
        debt_told,
    ),
    Check(
        "settlement_not_kept",
        Grievance.SETTLEMENT_NOT_KEPT,
        ("waivers", "coverage"),
        Words("协商方案未落实", "settlement not kept"),
        settlement_not_kept,
    ),
    Check(
        "no_answer",
        Grievance.NO_ANSWER,
        ("notices", "replies", "coverage"),
        Words("投诉未获答复", "complaint not answered"),
        no_answer,
    ),
    Check(
        "bundled",
        Grievance.BUNDLED,
        ("accounts", "notices"),
        Words("捆绑销售", "bundled products"),
        bundled,
    ),
    Check(
        "hardship_request",
        Grievance.HARDSHIP_REQUEST,
        ("notices", "coverage"),
        Words("困难或分期申请", "hardship or instalment request"),
        hardship_request,
    ),
    Check(
        "credit_record",
        Grievance.CREDIT_RECORD,
        ("notices", "payments", "accounts", "coverage"),
        Words("信用记录有误", "credit record"),
        credit_record,
    ),
    Check(
        "disclosure",
        Grievance.DISCLOSURE,
        ("accounts", "notices", "coverage"),
        Words("未披露息费", "disclosure missing"),
        disclosure,
    ),
    Check(
        "partner_failed",
        Grievance.PARTNER_FAILED,
        ("events",),
        Words("合作方停业或故障", "partner failed"),
        partner_failed,
    ),
    Check(
        "impersonated",
        Grievance.IMPERSONATED,
        ("notices", "coverage"),
        Words("冒名贷款", "loan in another's name"),
        impersonated,
    ),
)
