"""One number files for many unrelated customers."""

from mingcha.detect.detector import Found, Outcome, detector, shared_by_unrelated
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="cba-agency@2024-01-draft:means.1",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.LINE,
    basis=Basis.NUMBER,
    label=("同一号码用于多名无关客户", "one number, many unrelated customers"),
)
def shared_number(dossier: Dossier) -> Outcome:
    """One number files for many unrelated customers."""
    tie = shared_by_unrelated(
        dossier, ("filer_number", "agent_number", "contact_phone", "sender_number", "lead_number")
    )
    if tie is None:
        return Words("没有与三名以上互不相关客户的此类关联", "no such tie to three or more unrelated customers")
    return Found(
        6,
        Words(
            f"同一号码出现在多件投诉中，涉及{tie.customers.count}名互不相关的客户",
            f"the same number is used by {tie.customers.count} unrelated customers",
        ),
        tie.cited,
    )
