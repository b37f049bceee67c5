"""The institution itself made an offer before."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="cifa-abnormal-claims@2024-05-10:feature.4",
    answer=Answer.ORGANISATION,
    side=Side.AGAINST,
    family=Family.CONDUCT,
    basis=Basis.OFFER,
    label=("机构先提出方案", "institution offered first"),
    needs=("offers",),
)
def institution_offered_first(dossier: Dossier) -> Outcome:
    """The institution itself made an offer before."""
    received = dossier.complaint.received_at
    before = [o for o in dossier.offers if o.offered_at is None or received is None or o.offered_at <= received]
    if not before:
        return Words("机构此前没有提出方案", "the institution made no offer before")
    cites = tuple(Cite("offers", o.id) for o in before)
    return Found(
        4,
        Words("机构在投诉前提出过方案，议价属正常", "the institution made an offer before: bargaining is normal"),
        cites,
    )
