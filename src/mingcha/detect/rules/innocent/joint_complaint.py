"""The text declares a joint complaint with representatives."""

import re

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words

JOINT = re.compile(
    r"(?:我们|全体|所有|各位)[^。!?;\n]{0,12}(?:家长|学员|业主|租客|员工|会员|储户|同学)|共同投诉|联名|推选[^。!?;\n]{0,8}代表|集体反映|joint complaint"
)


@detector(
    clause="complaint-measures@2020-03-01:joint",
    answer=Answer.ORGANISATION,
    side=Side.AGAINST,
    family=Family.TEXT,
    basis=Basis.REPRESENTATION,
    label=("共同投诉", "joint complaint"),
)
def joint_complaint(dossier: Dossier) -> Outcome:
    """The text declares a joint complaint with representatives."""
    match = JOINT.search(dossier.text.text)
    if match is None:
        return Words("文中没有表明是共同投诉", "the text does not say it is a joint complaint")
    passage = dossier.text.passage(*match.span())
    return Found(
        4,
        Words(f"文中表明是共同投诉（“{passage.quote}”）", f"the text says it is a joint complaint (“{passage.quote}”)"),
        (Cite("complaints", dossier.complaint.id, passage),),
    )
