"""The authorisation handed in was given by another person."""

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
    label=("授权委托人不是该客户", "authorisation for someone else"),
    needs=("authorisations",),
)
def authorisation_for_someone_else(dossier: Dossier) -> Outcome:
    """The authorisation handed in was given by another person."""
    customer = dossier.complaint.customer_id
    if customer is None:
        return Words("没有客户号，无法比对", "there is no customer id to compare with")
    others = [a for a in dossier.authorisations if a.customer_id not in (None, customer)]
    if not others or len(others) < len(dossier.authorisations):
        return Words("授权的委托人是该客户", "an authorisation names this customer as principal")
    cites = tuple(Cite("authorisations", a.id) for a in others)
    return Found(
        6, Words("所附授权的委托人是另一个人", "the authorisation handed in names another person as principal"), cites
    )
