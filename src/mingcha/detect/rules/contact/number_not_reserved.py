"""The filer uses a number that is not the reserved one; weak."""

from mingcha.detect.detector import Found, Outcome, detector, own
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:identity",
    answer=Answer.AGENCY,
    side=Side.FOR,
    family=Family.LINE,
    basis=Basis.NUMBER,
    label=("非预留号码（弱）", "not the reserved number (weak)"),
    needs=("customers",),
)
def number_not_reserved(dossier: Dossier) -> Outcome:
    """The filer uses a number that is not the reserved one; weak."""
    phone, customer = dossier.complaint.filer_phone, dossier.customer
    if phone is None or customer is None or customer.phone is None:
        return Words("缺少可比对的号码", "there is no number to compare")
    if phone in (customer.phone, customer.previous_phone):
        return Words("来电号码是预留号码", "the number is the reserved one")
    if dossier.complaint.filer_role not in (None, "self", "unknown"):
        return Words("提交人本来就不是客户本人", "the filer does not claim to be the customer")
    return Found(
        1,
        Words(
            "提交号码不是预留号码（换号很常见，仅作弱线索）",
            "not the reserved number (people change numbers: a weak sign)",
        ),
        (own(dossier),),
    )
