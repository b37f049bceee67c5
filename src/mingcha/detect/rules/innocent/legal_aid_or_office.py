"""The shared number or person belongs to legal aid, an association or a shared office."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:art.14",
    answer=Answer.ORGANISATION,
    side=Side.AGAINST,
    family=Family.LINE,
    basis=Basis.REPRESENTATION,
    label=("法律援助或共用办公号码", "legal aid or shared office"),
    explains=True,
)
def legal_aid_or_office(dossier: Dossier) -> Outcome:
    """The shared number or person belongs to legal aid, an association or a shared office."""
    allowed = [t for t in dossier.ties if t.allowed_as in ("legal_aid", "call_centre", "consumer_association", "union")]
    aid = [r for r in dossier.representatives if r.relation in ("legal_aid", "consumer_association", "union")]
    if not allowed and not aid:
        return Words("没有法律援助、协会或共用办公的说明", "no legal aid, association or shared office explains it")
    cites = tuple(Cite("representatives", r.id) for r in aid) + tuple(c for t in allowed for c in t.cited)
    return Found(
        8,
        Words(
            "号码或代表属于法律援助、消费者组织或共用办公",
            "the number or representative belongs to legal aid, an association or a shared office",
        ),
        cites,
    )
