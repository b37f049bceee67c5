"""The filer claims to be the customer but the text speaks of a client."""

import re

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words

SLIP = re.compile(
    r"我(?:方|们)?(?:的)?(?:委托人|当事人|客户)|(?:本案|该)(?:委托人|当事人)|受(?:其|客户|委托人)委托|on behalf of (?:my|our) client|my client"
)


@detector(
    clause="cba-agency@2024-01-draft:means.1",
    answer=Answer.AGENCY,
    side=Side.FOR,
    family=Family.AUTHORITY,
    basis=Basis.IDENTITY,
    label=("第三人以客户口吻陈述", "third person speaks as the customer"),
)
def speaks_as_customer(dossier: Dossier) -> Outcome:
    """The filer claims to be the customer but the text speaks of a client."""
    if dossier.complaint.filer_role != "self":
        return Words("提交人没有自称本人", "the filer does not claim to be the customer")
    match = SLIP.search(dossier.text.text)
    if match is None:
        return Words("文中没有第三人称指代委托人的表述", "the text nowhere speaks of a client")
    passage = dossier.text.passage(*match.span())
    return Found(
        3,
        Words(
            f"提交人自称本人，文中却写“{passage.quote}”",
            f"the filer claims to be the customer, yet the text says “{passage.quote}”",
        ),
        (Cite("complaints", dossier.complaint.id, passage),),
    )
