"""Many unrelated customers name one handle or payee."""

from mingcha.detect.detector import Found, Outcome, detector, shared_by_unrelated
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="cba-agency@2024-01-draft:means.1",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.OUTLET,
    basis=Basis.NUMBER,
    label=("同一联系账号或收款账户", "same handle or payee"),
)
def shared_handle(dossier: Dossier) -> Outcome:
    """Many unrelated customers name one handle or payee."""
    tie = shared_by_unrelated(dossier, ("handle", "bank_card", "payee"))
    if tie is None:
        return Words("没有与三名以上互不相关客户的此类关联", "no such tie to three or more unrelated customers")
    return Found(
        5,
        Words(
            f"同一联系账号或收款账户，涉及{tie.customers.count}名互不相关的客户",
            f"the same handle or payee is named by {tie.customers.count} unrelated customers",
        ),
        tie.cited,
    )
