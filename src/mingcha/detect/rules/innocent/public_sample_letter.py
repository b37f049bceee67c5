"""The text follows a public sample letter."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:art.13",
    answer=Answer.ORGANISATION,
    side=Side.AGAINST,
    family=Family.TEXT,
    basis=Basis.SAMPLE,
    label=("公开范本", "public sample letter"),
    needs=("samples",),
    explains=True,
)
def public_sample_letter(dossier: Dossier) -> Outcome:
    """The text follows a public sample letter."""
    campaign = dossier.campaign
    if campaign is None or campaign.sample is None:
        return Words("不像任何已登记的公开范本", "it follows no registered public sample letter")
    share = campaign.sample.similarity / 10_000
    return Found(
        8,
        Words(
            f"文本来自公开范本《{campaign.sample.title}》（{share:.0f}%）",
            f"the text follows the public sample letter “{campaign.sample.title}” ({share:.0f} %)",
        ),
        (campaign.sample.cite,),
    )
