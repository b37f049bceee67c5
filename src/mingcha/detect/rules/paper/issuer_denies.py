"""The issuer named on a paper denies having issued it."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Conduct, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="cifa-abnormal-claims@2024-05-10:feature.3",
    answer=Answer.AGENCY,
    side=Side.FOR,
    family=Family.PAPER,
    basis=Basis.PAPER,
    label=("出具单位否认材料", "issuer denies a paper"),
    needs=("issuers",),
    conduct=Conduct.FORGED_PAPER,
)
def issuer_denies(dossier: Dossier) -> Outcome:
    """The issuer named on a paper denies having issued it."""
    denied = [check for check in dossier.paper_checks if check.result == "denied"]
    if not denied:
        return Words("没有被出具单位否认的材料", "no paper was denied by its issuer")
    names = "、".join(sorted({check.issuer or "?" for check in denied}))
    cites = tuple(Cite("issuers", check.id) for check in denied)
    return Found(8, Words(f"{names}否认出具过所附材料", f"{names} denies having issued the paper handed in"), cites)
