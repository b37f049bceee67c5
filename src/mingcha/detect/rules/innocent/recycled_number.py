"""The number was held by other customers before."""

from mingcha.detect.detector import Found, Outcome, detector, own
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:identity",
    answer=Answer.AGENCY,
    side=Side.AGAINST,
    family=Family.LINE,
    basis=Basis.NUMBER,
    label=("二次放号", "recycled number"),
    needs=("customers",),
)
def recycled_number(dossier: Dossier) -> Outcome:
    """The number was held by other customers before."""
    if dossier.number_owners < 1:
        return Words("号码没有其他登记客户", "no other customer held the number")
    return Found(
        2,
        Words(
            f"该号码曾登记在另外{dossier.number_owners}名客户名下，可能是二次放号",
            f"{dossier.number_owners} other customers held this number: it may have been recycled",
        ),
        (own(dossier),),
    )
