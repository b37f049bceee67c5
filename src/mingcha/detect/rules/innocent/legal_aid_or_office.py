"""The shared number or person belongs to legal aid, a consumer association or a union."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Family, Side
from mingcha.model.place import OFFICES
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="complaint-measures@2020-03-01:art.14",
    answer=Answer.ORGANISATION,
    side=Side.AGAINST,
    family=Family.LINE,
    basis=Basis.REPRESENTATION,
    label=("法律援助、协会或工会", "legal aid, association or union"),
    explains=True,
)
def legal_aid_or_office(dossier: Dossier) -> Outcome:
    """The shared number or person belongs to legal aid, a consumer association or a union."""
    allowed = [t for t in dossier.ties if t.allowed_as in OFFICES]
    aid = [r for r in dossier.representatives if r.relation in OFFICES]
    if not allowed and not aid:
        return Words("没有法律援助、协会或工会的说明", "no legal aid, association or union explains it")
    cites = tuple(Cite("representatives", r.id) for r in aid) + tuple(c for t in allowed for c in t.cited)
    return Found(
        8,
        Words(
            "号码或代表属于法律援助、消费者组织或工会",
            "the number or representative belongs to legal aid, a consumer association or a union",
        ),
        cites,
    )
