"""Compiles every kernel into numba's cache, so that the first real run does not wait for it."""

from mingcha.campaign.families import find_families
from mingcha.campaign.scheme import SCHEME
from mingcha.campaign.sketches import pack


def warm() -> int:
    """Run the whole join on a handful of made-up texts; returns how many families it found (one)."""
    rows = []
    for i in range(4):
        raw = b"".join(h.to_bytes(8, "little") for h in range(i, i + SCHEME.min_shingles + 12))
        rows.append((str(i), raw))
    return len(find_families(pack(rows, SCHEME.min_shingles), SCHEME, threads=1).families)
