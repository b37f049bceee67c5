"""Somebody files for the customer and there is no authorisation."""

from mingcha.detect.detector import Found, Outcome, detector, own
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:art.14",
    answer=Answer.AGENCY,
    side=Side.FOR,
    family=Family.AUTHORITY,
    basis=Basis.AUTHORITY,
    label=("代理人没有授权", "agent without authorisation"),
    needs=("authorisations",),
)
def authorisation_missing(dossier: Dossier) -> Outcome:
    """Somebody files for the customer and there is no authorisation."""
    if dossier.complaint.filer_role not in ("agent", "lawyer", "other"):
        return Words("提交人不是受托代理人", "the filer is not an entrusted agent")

    if dossier.authorisations:
        return Words("有授权材料", "there is an authorisation")
    return Found(
        4, Words("由他人代为投诉，但没有授权材料", "filed by somebody else without any authorisation"), (own(dossier),)
    )
