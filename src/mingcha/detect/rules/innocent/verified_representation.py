"""A verified lawyer, legal aid, association, union, guardian, heir or relative speaks; ties through them stop."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:art.14",
    answer=Answer.AGENCY,
    side=Side.AGAINST,
    family=Family.AUTHORITY,
    basis=Basis.REPRESENTATION,
    label=("代表身份已核验", "verified representation"),
    needs=("representatives",),
    stops_ties=True,
)
def verified_representation(dossier: Dossier) -> Outcome:
    """A verified lawyer, legal aid, association, union, guardian, heir or relative speaks; ties through them stop."""
    received = dossier.complaint.received_at
    good = [
        r
        for r in dossier.representatives
        if r.verified and (r.valid_to is None or received is None or r.valid_to >= received.date())
    ]
    if not good:
        return Words("没有已核验的代表", "no verified representative speaks here")
    cites = tuple(Cite("representatives", r.id) for r in good)
    return Found(
        20,
        Words(
            "由已核验的代表提出，经由此人的关联不计",
            "filed by a verified representative; ties through that person do not count",
        ),
        cites,
    )
