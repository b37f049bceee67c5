"""Compiles every kernel into numba's cache, so that the first real run does not wait for it."""

from mingcha.campaign.cutting import SCHEMES
from mingcha.campaign.families import find_families
from mingcha.campaign.gathering import RULE, gather_families
from mingcha.campaign.letters import cut_all, distinct, ordered
from mingcha.campaign.pairs import find_text_pairs, row_pairs
from mingcha.campaign.scheme import SCHEME
from mingcha.campaign.sketches import pack
from mingcha.campaign.template import reconstruct


def warm() -> int:
    """Run the whole join on a handful of made-up texts; returns how many families it found (one)."""
    letters = ["本人于某日申请贷款，至今没有答复，请核实", "本人于某日申请贷款，至今没有答复，请尽快核实"] * 2
    for scheme in SCHEMES.values():
        corpus = distinct(cut_all([letters], scheme().shingles, 1, lambda _: None), 1)
        row_pairs(corpus, find_text_pairs(corpus, SCHEME.near, 1))
        gather_families(*ordered(cut_all([letters], scheme().passages, 1, lambda _: None), 1), RULE, 1, lambda _: None)
    reconstruct({str(i): letter for i, letter in enumerate(letters)})
    rows = []
    for i in range(4):
        raw = b"".join(h.to_bytes(8, "little") for h in range(i, i + SCHEME.min_shingles + 12))
        rows.append((str(i), raw))
    return len(find_families(pack(rows, SCHEME.min_shingles), SCHEME, threads=1).families)
