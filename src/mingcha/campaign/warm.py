"""Compiles every kernel into numba's cache, so that the first real run does not wait for it."""

from mingcha.campaign.cutting import SCHEMES
from mingcha.campaign.gathering import RULE, gather_families
from mingcha.campaign.join import compare, ready
from mingcha.campaign.letters import cut_all, distinct, ordered
from mingcha.campaign.pairs import find_text_pairs, row_pairs
from mingcha.campaign.postings import board_of, choose_all
from mingcha.campaign.scheme import SCHEME
from mingcha.campaign.sketches import passage, sketch
from mingcha.campaign.template import reconstruct


def warm() -> int:
    """Run the whole join on a handful of made-up texts; returns how many families it found (one)."""
    letter = "本人于某日申请贷款，至今没有答复，请核实。合同利率与口头承诺不符，每月都多扣。请退还多收的服务费"
    letters = [letter, letter.replace("请核实", "请尽快核实")]
    for scheme in SCHEMES.values():
        corpus = distinct(cut_all([letters], scheme().shingles, 1, lambda _: None), 1)
        row_pairs(corpus, find_text_pairs(corpus, SCHEME.near, 1))
        found = gather_families(
            *ordered(cut_all([letters], scheme().passages, 1, lambda _: None), 1), RULE, 1, lambda _: None
        )
    reconstruct({str(i): letter for i, letter in enumerate(letters)})
    one, other = (passage(row) for row in sketch(list(zip("ab", letters, strict=True)), 0))
    compare(RULE, ready(one), other)
    choose_all(board_of([], 1), [one.hashes])
    return len(found.families)
