"""Every authorisation for this customer had expired when the complaint was filed."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:art.14",
    answer=Answer.AGENCY,
    side=Side.FOR,
    family=Family.AUTHORITY,
    basis=Basis.AUTHORITY,
    label=("授权无效", "authorisation not valid"),
    needs=("authorisations",),
)
def authorisation_invalid(dossier: Dossier) -> Outcome:
    """Every authorisation for this customer had expired when the complaint was filed."""
    received = dossier.complaint.received_at
    mine = [
        a for a in dossier.authorisations if a.customer_id == dossier.complaint.customer_id or a.customer_id is None
    ]
    if not mine:
        return Words("没有以该客户为委托人的授权", "no authorisation names this customer as principal")
    late = [a for a in mine if a.valid_to is not None and received is not None and a.valid_to < received.date()]
    if len(late) < len(mine):
        return Words("授权在投诉时有效", "an authorisation was valid when the complaint was filed")
    cites = tuple(Cite("authorisations", a.id) for a in late)
    return Found(4, Words("授权在投诉时已经过期", "the authorisation had expired when the complaint was filed"), cites)
