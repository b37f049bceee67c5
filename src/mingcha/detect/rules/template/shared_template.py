"""Several unrelated customers file near-identical text."""

from mingcha.detect.detector import MIN_CUSTOMERS, Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="cba-agency@2024-01-draft:means.1",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.TEXT,
    basis=Basis.TEMPLATE,
    label=("多名无关客户共用文本", "one text shared by unrelated customers"),
)
def shared_template(dossier: Dossier) -> Outcome:
    """Several unrelated customers file near-identical text."""
    campaign = dossier.campaign
    if campaign is None:
        return Words("没有与其他投诉近似的文本", "its text is near no other complaint's")
    count = campaign.customers.count
    if count < MIN_CUSTOMERS:
        return Words(
            f"近似文本只涉及{count}名可确认互不相关的客户",
            f"the near-identical texts come from {count} customers known to be unrelated",
        )
    lowest = campaign.similarity_min / 10_000
    return Found(
        8,
        Words(
            f"{campaign.acts}次投诉行为、{count}名互不相关的客户使用近似文本（任意两份共有代表文本的{lowest:.1f}%以上）",
            f"{campaign.acts} acts by {count} unrelated customers share near-identical text (any two share at least {lowest:.1f} % of the representative)",
        ),
        campaign.cited,
    )
