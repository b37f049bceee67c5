"""A contact the complaint or its records state stands in an ad that a person judged as soliciting."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Conduct, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="cifa-abnormal-claims@2024-05-10:feature.5",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.OUTLET,
    basis=Basis.AD,
    label=("联系方式见于招揽广告", "contact of a soliciting ad"),
    needs=("ads",),
    conduct=Conduct.SOLICITING_AD,
)
def soliciting_ad(dossier: Dossier) -> Outcome:
    """A contact the complaint or its records state stands in an ad that a person judged as soliciting."""
    judged = [ad for ad in dossier.ads if ad.soliciting == "yes" and ad.judged_by]
    if not judged:
        return Words("没有经人认定的招揽广告与之相连", "no ad a person judged as soliciting is tied to it")
    cites = tuple(Cite("ads", ad.id) for ad in judged)
    return Found(
        6,
        Words(
            "投诉或其记录中的联系方式见于经人认定的招揽广告",
            "a contact the complaint or its records state stands in an ad that a person judged as soliciting",
        ),
        cites,
    )
