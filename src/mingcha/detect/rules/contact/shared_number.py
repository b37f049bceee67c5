"""One number files for many unrelated customers."""

from mingcha.detect.detector import MIN_CUSTOMERS, Found, Outcome, detector
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
    shared = [
        t
        for t in dossier.ties
        if t.kind in ("filer_number", "agent_number", "contact_phone")
        and not t.hub
        and not t.stopped
        and t.allowed_as is None
    ]
    strong = [t for t in shared if t.customers.count >= MIN_CUSTOMERS]
    if not strong:
        return Words("没有与三名以上互不相关客户的此类关联", "no such tie to three or more unrelated customers")
    tie = max(strong, key=lambda t: (t.customers.count, t.value))
    return Found(
        6,
        Words(
            f"同一号码出现在多件投诉中，涉及{tie.customers.count}名互不相关的客户",
            f"the same number is used by {tie.customers.count} unrelated customers",
        ),
        tie.cited,
    )
