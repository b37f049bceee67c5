"""The customer's own proof that an agent was paid; exculpates the customer."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Conduct, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="cifa-abnormal-claims@2024-05-10:feature.5",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.CONDUCT,
    basis=Basis.PAYMENT,
    label=("客户留有付费凭证（客户可能是受害人）", "customer holds proof of a fee (possible victim)"),
    needs=("losses",),
    conduct=Conduct.FEE_TAKEN,
)
def fee_proven(dossier: Dossier) -> Outcome:
    """The customer holds proof that an agent was paid; exculpates the customer."""
    proven = [loss for loss in dossier.losses if loss.proof != "none" and loss.amount]
    if not proven:
        return Words("没有带凭证的付费记录", "no payment to an agent is on record with its proof")
    return Found(
        8,
        Words(
            "客户留有向代理付费的凭证：指向代理，不指向客户",
            "the customer holds proof of having paid an agent: this points at the agent, not at the customer",
        ),
        tuple(Cite("losses", loss.id) for loss in proven),
    )
