"""The customers share a school, clinic, landlord or other merchant."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:rootcause",
    answer=Answer.ORGANISATION,
    side=Side.AGAINST,
    family=Family.TEXT,
    basis=Basis.RELATION,
    label=("客户共有同一商户", "customers share a merchant"),
    needs=("customers",),
    explains=True,
)
def shared_merchant(dossier: Dossier) -> Outcome:
    """The customers share a school, clinic, landlord or other merchant."""
    campaign, customer = dossier.campaign, dossier.customer
    if campaign is None or not campaign.merchants or customer is None or customer.merchant not in campaign.merchants:
        return Words("近似文本的客户没有共同商户", "the customers of near-identical texts share no merchant")
    cites = (Cite("customers", customer.id), *campaign.cited[:5])
    return Found(
        8,
        Words(
            "这些客户同属一个商户（学校、诊所、房东等），有共同原因",
            "these customers share a merchant (school, clinic, landlord): a common cause",
        ),
        cites,
    )
