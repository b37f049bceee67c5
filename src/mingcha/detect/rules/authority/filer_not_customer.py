"""The filer claims to be the customer under another name."""

from mingcha.detect.detector import Found, Outcome, detector, own
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:identity",
    answer=Answer.AGENCY,
    side=Side.FOR,
    family=Family.AUTHORITY,
    basis=Basis.IDENTITY,
    label=("提交人不是客户本人", "filer is not the customer"),
    needs=("customers",),
)
def filer_not_customer(dossier: Dossier) -> Outcome:
    """The filer claims to be the customer under another name."""
    complaint, customer = dossier.complaint, dossier.customer
    if complaint.filer_role != "self" or customer is None:
        return Words("没有自称本人的提交人可比对", "no filer who claims to be the customer to compare")
    if complaint.filer_name is None or customer.name is None or complaint.filer_name == customer.name:
        return Words("提交人姓名与客户一致或缺失", "the filer's name is the customer's, or missing")
    return Found(
        5,
        Words("提交人自称本人，但姓名与客户不符", "the filer says they are the customer, but the names differ"),
        (own(dossier), Cite("customers", customer.id)),
    )
