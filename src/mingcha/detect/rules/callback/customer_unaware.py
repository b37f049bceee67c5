"""On a proven call-back the customer did not know of the complaint."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Conduct, Family, Side, Unchecked
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="cifa-abnormal-claims@2024-05-10:feature.3",
    answer=Answer.AGENCY,
    side=Side.FOR,
    family=Family.CONDUCT,
    basis=Basis.CALL_BACK,
    label=("客户不知情", "customer unaware"),
    needs=("callbacks",),
    conduct=Conduct.IMPERSONATION,
)
def customer_unaware(dossier: Dossier) -> Outcome:
    """On a proven call-back the customer did not know of the complaint."""
    proven = [c for c in dossier.callbacks if c.proven]
    if not proven:
        if dossier.callbacks:
            return Unchecked(
                detector="customer_unaware",
                needs=("callbacks",),
                why=Words("回访未经身份证明，不计分", "the call-back was not proven and weighs nothing"),
            )
        return Words("没有回访", "there was no call-back")

    unaware = [c for c in proven if c.aware == "no"]
    if not unaware:
        return Words("经证明的回访中客户知情", "on a proven call-back the customer knew of the complaint")
    cites = tuple(Cite("callbacks", c.id) for c in unaware)
    return Found(
        10,
        Words(
            "经身份证明的回访中，客户表示不知道这件投诉",
            "on a proven call-back the customer did not know of the complaint",
        ),
        cites,
    )
