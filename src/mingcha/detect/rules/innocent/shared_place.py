"""The tie runs through a dormitory, library or other place many people share.

Such a tie links nobody to begin with, so it explains nothing about a group that hangs together by other ties.
"""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.place import OFFICES
from mingcha.model.words import Words

CROWDED = ("ip", "device", "return_address")


@detector(
    clause="complaint-measures@2020-03-01:rootcause",
    answer=Answer.ORGANISATION,
    side=Side.AGAINST,
    family=Family.LINE,
    basis=Basis.ADDRESS,
    label=("宿舍、图书馆等公共场所", "dormitory, library or other shared place"),
)
def shared_place(dossier: Dossier) -> Outcome:
    """The tie runs through a dormitory, library or other place many people share."""
    places = [
        t for t in dossier.ties
        if (t.allowed_as is not None and t.allowed_as not in OFFICES) or (t.hub and t.kind in CROWDED)
    ]  # fmt: skip
    if not places:
        return Words("没有公共场所的关联", "no tie runs through a shared place")
    return Found(
        4,
        Words(
            "关联来自很多人共用的号码、地址或网络",
            "the tie runs through a number, address or network that many people share",
        ),
        tuple(c for t in places for c in t.cited),
    )
