"""One device or IP files for many unrelated customers."""

from mingcha.detect.detector import Found, Outcome, detector, shared_by_unrelated
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="cba-agency@2024-01-draft:means.1",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.LINE,
    basis=Basis.DEVICE,
    label=("同一设备或IP", "same device or IP"),
)
def shared_device(dossier: Dossier) -> Outcome:
    """One device or IP files for many unrelated customers."""
    tie = shared_by_unrelated(dossier, ("device", "ip", "sim"))
    if tie is None:
        return Words("没有与三名以上互不相关客户的此类关联", "no such tie to three or more unrelated customers")
    return Found(
        2,
        Words(
            f"同一设备或网络地址提交，涉及{tie.customers.count}名互不相关的客户",
            f"the same device or address is used by {tie.customers.count} unrelated customers",
        ),
        tie.cited,
    )
