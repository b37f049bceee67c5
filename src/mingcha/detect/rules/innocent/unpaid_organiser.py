"""Whoever organised it charges nothing."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:joint",
    answer=Answer.ORGANISATION,
    side=Side.AGAINST,
    family=Family.CONDUCT,
    basis=Basis.REPRESENTATION,
    label=("组织者不收费", "unpaid organiser"),
    needs=("representatives",),
    explains=True,
)
def unpaid_organiser(dossier: Dossier) -> Outcome:
    """Whoever organised it charges nothing."""
    unpaid = [r for r in dossier.representatives if r.unpaid]
    if not unpaid:
        return Words("没有不收费组织者的记录", "no unpaid organiser is on record")
    cites = tuple(Cite("representatives", r.id) for r in unpaid)
    return Found(6, Words("组织者不收取费用", "the organiser charges nothing"), cites)
