"""An outage, price change, press report or policy overlaps the complaints."""

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
    basis=Basis.COMMON_CAUSE,
    label=("共同原因事件", "common cause"),
    needs=("events",),
    explains=True,
)
def common_cause(dossier: Dossier) -> Outcome:
    """An outage, price change, press report or policy overlaps the complaints."""
    campaign = dossier.campaign
    cites = tuple(Cite("events", event.id) for event in dossier.events) if campaign is None else campaign.events
    if not cites:
        return Words("同期没有共因事件", "no common-cause event overlaps it")
    overlapped = 0 if campaign is None else len(campaign.events)
    return Found(
        8 if overlapped else 5,  # one that covers half of a family's acts explains its shared text
        Words("同期有故障、调价、报道等共同原因", "an outage, price change, press report or the like overlaps it"),
        cites,
    )
