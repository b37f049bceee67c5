"""The customer said on a proven call-back that an agent was paid; exculpates the customer."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Conduct, Family, Side, Unchecked
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="cifa-abnormal-claims@2024-05-10:feature.5",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.CONDUCT,
    basis=Basis.PAYMENT,
    label=("客户向代理付费（客户可能是受害人）", "customer paid an agent (possible victim)"),
    needs=("callbacks",),
    conduct=Conduct.FEE_TAKEN,
)
def customer_paid_agent(dossier: Dossier) -> Outcome:
    """The customer said on a proven call-back that an agent was paid; exculpates the customer."""
    proven = [c for c in dossier.callbacks if c.proven]
    if not proven:
        if dossier.callbacks:
            return Unchecked(
                detector="customer_paid_agent",
                needs=("callbacks",),
                why=Words("回访未经身份证明，不计分", "the call-back was not proven and weighs nothing"),
            )
        return Words("没有回访", "there was no call-back")

    paid = [c for c in proven if c.paid_agent == "yes"]
    if not paid:
        return Words("经证明的回访中未提到付费代理", "on a proven call-back no payment to an agent was named")
    cites = tuple(Cite("callbacks", c.id) for c in paid)
    return Found(
        8,
        Words(
            "客户在经证明的回访中说向代理付过费：指向代理，不指向客户",
            "the customer said on a proven call-back that an agent was paid: this points at the agent, not at the customer",
        ),
        cites,
    )
