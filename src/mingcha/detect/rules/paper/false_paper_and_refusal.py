"""A paper is false and the customer refuses to talk: both, never one alone."""

from mingcha.detect.detector import Found, Outcome, detector
from mingcha.model.dossier import Dossier
from mingcha.model.finding import Answer, Basis, Conduct, Family, Side
from mingcha.model.provenance import Cite
from mingcha.model.words import Words


@detector(
    clause="cba-agency@2024-01-draft:means.4",
    answer=Answer.AGENCY,
    side=Side.FOR,
    family=Family.CONDUCT,
    basis=Basis.PAPER,
    label=("虚假材料且本人拒绝沟通", "false paper and refusal to talk"),
    needs=(
        "issuers",
        "callbacks",
    ),
    conduct=Conduct.FORGED_PAPER,
)
def false_paper_and_refusal(dossier: Dossier) -> Outcome:
    """A paper is false and the customer refuses to talk: both, never one alone."""
    denied = [check for check in dossier.paper_checks if check.result == "denied"]
    refused = [c for c in dossier.callbacks if c.spoke == "refused"]
    if not denied or not refused:
        return Words("两项条件未同时具备", "the two conditions do not both hold")
    cites = (*(Cite("issuers", check.id) for check in denied), *(Cite("callbacks", c.id) for c in refused))
    return Found(
        8,
        Words("材料被出具单位否认，且客户本人拒绝沟通", "the issuer denies the paper and the customer refuses to talk"),
        cites,
    )
