"""Papers of many unrelated customers bear one seal."""

from mingcha.detect.detector import Found, Outcome, detector, shared_by_unrelated
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="cba-agency@2024-01-draft:means.1",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.PAPER,
    basis=Basis.PAPER,
    label=("同一印章", "same seal"),
)
def shared_seal(dossier: Dossier) -> Outcome:
    """Papers of many unrelated customers bear one seal."""
    tie = shared_by_unrelated(dossier, ("issuer_seal",))
    if tie is None:
        return Words("没有与三名以上互不相关客户的此类关联", "no such tie to three or more unrelated customers")
    return Found(
        4,
        Words(
            f"材料上是同一印章编号，涉及{tie.customers.count}名互不相关的客户",
            f"papers bear the same seal by {tie.customers.count} unrelated customers",
        ),
        tie.cited,
    )
