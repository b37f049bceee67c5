"""Money is asked for withdrawing, not by the consumer alone, with no offer before and merit not confirmed."""

import re

from mingcha.detect.detector import MIN_CUSTOMERS, Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Conduct, Family, Side
from mingcha.model.merit import MeritState
from mingcha.model.provenance import Cite
from mingcha.model.words import Words

DEMAND = re.compile(
    r"(?:支付|赔偿|补偿|打款|转账|给)[^。!?;\n]{0,16}(?:元|万|块|费)[^。!?;\n]{0,12}(?:才|就|即|便|方|后)(?:可以?|会|能)?(?:撤诉|撤回|撤销|撤投诉|不再投诉)"
    r"|(?:撤诉|撤回投诉|撤销投诉|撤投诉)[^。!?;\n]{0,12}(?:条件|前提|须|需要?|得先|必须)[^。!?;\n]{0,16}(?:支付|赔偿|补偿|打款|转账|元|万)"
)
QUOTED = re.compile(r"(?:他们|客服|贵司|机构|银行|工作人员|代理)[^。,]{0,8}(?:说|要求|让我|提出)$")


@detector(
    clause="cifa-abnormal-claims@2024-05-10:feature.4",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.CONDUCT,
    basis=Basis.COERCION,
    label=("以撤诉换取钱款", "money asked for withdrawing"),
    needs=("offers",),
    conduct=Conduct.COERCION,
)
def money_for_withdrawing(dossier: Dossier) -> Outcome:
    """Money is asked for withdrawing, not by the consumer alone, with no offer before and merit not confirmed."""
    match = next(
        (
            m
            for m in DEMAND.finditer(dossier.text.text)
            if not QUOTED.search(dossier.text.text[max(0, m.start() - 12) : m.start()])
        ),
        None,
    )
    if match is None:
        return Words("没有以撤诉换取钱款的表述", "no money is asked for withdrawing")
    if (
        dossier.complaint.filer_role in (None, "self", "relative", "guardian", "heir", "unknown")
        and not dossier.campaign
    ):
        return Words("消费者本人提出和解条件是合法的", "a consumer naming the terms of a settlement is lawful")
    if (
        dossier.campaign is not None
        and dossier.campaign.customers.count < MIN_CUSTOMERS
        and dossier.complaint.filer_role == "self"
    ):
        return Words("消费者本人提出和解条件是合法的", "a consumer naming the terms of a settlement is lawful")
    received = dossier.complaint.received_at
    if any(offer.offered_at is None or (received and offer.offered_at <= received) for offer in dossier.offers):
        return Words("机构先提出过方案", "the institution made an offer first")
    if any(one.state is MeritState.CONFIRMED for one in dossier.merit):
        return Words("诉求经核查成立", "the grievance was confirmed")
    passage = dossier.text.passage(*match.span())
    why = Words(
        f"非消费者本人或在多名客户的相同文本中要求“{passage.quote}”",
        f"“{passage.quote}” is asked by someone other than the consumer, or in one text over several customers",
    )
    return Found(10, why, (Cite("complaints", dossier.complaint.id, passage),))
