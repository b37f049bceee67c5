"""One device or IP files for many unrelated customers."""

from mingcha.detect.detector import MIN_CUSTOMERS, Found, Outcome, detector
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
    shared = [
        t for t in dossier.ties if t.kind in ("device", "ip") and not t.hub and not t.stopped and t.allowed_as is None
    ]
    strong = [t for t in shared if t.customers.count >= MIN_CUSTOMERS]
    if not strong:
        return Words("没有与三名以上互不相关客户的此类关联", "no such tie to three or more unrelated customers")
    tie = max(strong, key=lambda t: (t.customers.count, t.value))
    return Found(
        2,
        Words(
            f"同一设备或网络地址提交，涉及{tie.customers.count}名互不相关的客户",
            f"the same device or address is used by {tie.customers.count} unrelated customers",
        ),
        tie.cited,
    )
