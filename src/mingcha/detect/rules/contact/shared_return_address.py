"""One return address serves many unrelated customers."""

from mingcha.detect.detector import Found, Outcome, detector, shared_by_unrelated
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="cba-agency@2024-01-draft:means.1",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.PAPER,
    basis=Basis.ADDRESS,
    label=("同一回邮地址", "same return address"),
)
def shared_return_address(dossier: Dossier) -> Outcome:
    """One return address serves many unrelated customers."""
    tie = shared_by_unrelated(dossier, ("return_address",))
    if tie is None:
        return Words("没有与三名以上互不相关客户的此类关联", "no such tie to three or more unrelated customers")
    return Found(
        4,
        Words(
            f"同一回邮地址，涉及{tie.customers.count}名互不相关的客户",
            f"the same return address is given by {tie.customers.count} unrelated customers",
        ),
        tie.cited,
    )
