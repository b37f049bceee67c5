"""One person filed the same text in several channels within a day."""

from mingcha.detect.detector import Found, Outcome, detector, own
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:clock.repeat",
    answer=Answer.ORGANISATION,
    side=Side.AGAINST,
    family=Family.TEXT,
    basis=Basis.ONE_ACT,
    label=("同一行为多渠道", "same act in several channels"),
)
def same_act(dossier: Dossier) -> Outcome:
    """One person filed the same text in several channels within a day."""
    if dossier.acts < 2:
        return Words("只有一次提交", "it was filed once")
    return Found(
        3,
        Words(
            f"同一人一天内向{dossier.acts}个渠道提交同一投诉，只算一次行为",
            f"one person filed it in {dossier.acts} channels within a day: one act",
        ),
        (own(dossier),),
    )
