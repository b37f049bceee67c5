"""A relative, guardian or heir files."""

from mingcha.detect.detector import Found, Outcome, detector, own
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:art.14",
    answer=Answer.AGENCY,
    side=Side.AGAINST,
    family=Family.AUTHORITY,
    basis=Basis.RELATION,
    label=("亲属代为投诉", "a relative files"),
)
def relative_files(dossier: Dossier) -> Outcome:
    """A relative, guardian or heir files."""
    role = dossier.complaint.filer_role
    relatives = [a for a in dossier.authorisations if a.relation in ("relative", "guardian", "heir")]
    if role not in ("relative", "guardian", "heir") and not relatives:
        return Words("提交人不是亲属、监护人或继承人", "the filer is no relative, guardian or heir")
    cites = tuple(Cite("authorisations", a.id) for a in relatives) or (own(dossier),)
    return Found(6, Words("由亲属、监护人或继承人提出", "filed by a relative, guardian or heir"), cites)
