"""A claimed grievance was confirmed in the records."""

from mingcha.detect.detector import Found, Outcome, detector, own
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.merit import MeritState
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:rootcause",
    answer=Answer.AGENCY,
    side=Side.AGAINST,
    family=Family.CONDUCT,
    basis=Basis.MERIT,
    label=("诉求成立", "grievance confirmed"),
)
def grievance_confirmed(dossier: Dossier) -> Outcome:
    """A claimed grievance was confirmed in the records."""
    confirmed = [one for one in dossier.merit if one.state is MeritState.CONFIRMED and one.claim is not None]
    if not confirmed:
        return Words("没有经核查成立的诉求", "no claimed grievance was confirmed")
    cites = tuple(cite for one in confirmed for cite in one.cites) or (own(dossier),)
    return Found(
        4, Words("所提诉求经核查成立，须先解决", "a claimed grievance was confirmed and must be put right first"), cites
    )
