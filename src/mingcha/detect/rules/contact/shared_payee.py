"""Many unrelated customers paid one payee, or name one company or contract."""

from mingcha.detect.detector import Found, Outcome, detector, shared_by_unrelated
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="cba-agency@2024-01-draft:means.1",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.MONEY,
    basis=Basis.PAYMENT,
    label=("同一收款方", "same payee"),
)
def shared_payee(dossier: Dossier) -> Outcome:
    """Many unrelated customers paid one payee, or name one company or contract."""
    tie = shared_by_unrelated(dossier, ("payee", "bank_card", "contract", "company"))
    if tie is None:
        return Words("没有与三名以上互不相关客户的此类关联", "no such tie to three or more unrelated customers")
    return Found(
        6,
        Words(
            f"同一收款方、企业或合同，涉及{tie.customers.count}名互不相关的客户",
            f"one payee, company or contract is named by {tie.customers.count} unrelated customers",
        ),
        tie.cited,
    )
