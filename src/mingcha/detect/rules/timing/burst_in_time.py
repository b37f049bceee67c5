"""Acts with one text by unrelated customers fall on one day, with no common cause; weak."""

from mingcha.detect.detector import MIN_CUSTOMERS, Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words

BURST = 5


@detector(
    clause="cba-agency@2024-01-draft:means.1",
    answer=Answer.ORGANISATION,
    side=Side.FOR,
    family=Family.TEXT,
    basis=Basis.TIME,
    label=("短时间集中（弱）", "burst in time (weak)"),
)
def burst_in_time(dossier: Dossier) -> Outcome:
    """Acts with one text by unrelated customers fall on one day, with no common cause; weak."""
    campaign = dossier.campaign
    if campaign is None or campaign.customers.count < MIN_CUSTOMERS:
        return Words("没有可判断的同文本群", "no family of texts to judge")
    if campaign.densest_day_acts < BURST or 2 * campaign.densest_day_acts < campaign.acts:
        return Words("没有集中在同一天", "its acts do not fall on one day")
    if campaign.events or dossier.events:
        return Words("同期有共同原因", "a common cause overlaps it")
    return Found(
        2,
        Words(
            f"{campaign.acts}次行为中有{campaign.densest_day_acts}次在同一天",
            f"{campaign.densest_day_acts} of {campaign.acts} acts fall on one day",
        ),
        campaign.cited,
    )
