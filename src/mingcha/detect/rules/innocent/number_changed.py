"""A proven call-back confirms a change of number."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:identity",
    answer=Answer.AGENCY,
    side=Side.AGAINST,
    family=Family.LINE,
    basis=Basis.NUMBER,
    label=("客户已换号", "customer changed numbers"),
    needs=("callbacks",),
)
def number_changed(dossier: Dossier) -> Outcome:
    """A proven call-back confirms a change of number."""
    changed = [c for c in dossier.callbacks if c.proven and c.number_changed_on is not None]
    if not changed:
        return Words("没有经证明的换号", "no proven change of number")
    cites = tuple(Cite("callbacks", c.id) for c in changed)
    return Found(
        3, Words("经证明的回访确认客户换了号码", "a proven call-back confirms the customer changed numbers"), cites
    )
