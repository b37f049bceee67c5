"""How alike two single texts are, from their sorted unique hashes; exact counts, shares in millionths rounded down."""

import numpy as np

from mingcha.campaign.scheme import MILLION
from mingcha.campaign.sketches import Hashes


def shared(a: Hashes, b: Hashes) -> int:
    """How many hashes both hold."""
    return int(np.intersect1d(a, b, assume_unique=True).size)


def jaccard(a: Hashes, b: Hashes) -> int:
    """Shared hashes over all hashes, millionths; two empty texts have nothing in common."""
    both = shared(a, b)
    return both * MILLION // max(1, len(a) + len(b) - both)
