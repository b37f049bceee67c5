"""Papers and their issuers."""

from mingcha.detect.rules.paper.false_paper_and_refusal import false_paper_and_refusal
from mingcha.detect.rules.paper.issuer_denies import issuer_denies
from mingcha.detect.rules.paper.shared_seal import shared_seal

PAPER = (
    shared_seal,
    issuer_denies,
    false_paper_and_refusal,
)
