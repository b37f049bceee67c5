"""One new text against the families there are: the pure step behind incremental use.

The nightly rebuild decides; this says at once where a text would stand. It asks what a star asks: near the
representative, and no member below the floor.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mingcha.campaign.scheme import Scheme
from mingcha.campaign.sketches import Hashes
from mingcha.text.similarity import jaccard


@dataclass(frozen=True, slots=True)
class Heads:
    """The representatives of all families, inverted: hash `keys[i]` stands in the text of family `owners[i]`."""

    families: tuple[str, ...]  # sorted ids
    texts: tuple[Hashes, ...]
    keys: Hashes
    owners: "np.ndarray[tuple[int], np.dtype[np.int64]]"


@dataclass(frozen=True, slots=True)
class Joining:
    """Where a new text stands: its family, its similarity to the representative, the least one to any member."""

    family: str
    similarity: int
    similarity_min: int


def heads(representatives: Mapping[str, Hashes]) -> Heads:
    """Ready the representatives (family id -> hashes) for look-up."""
    families = tuple(sorted(representatives))
    texts = tuple(representatives[family] for family in families)
    sizes = [len(text) for text in texts]
    keys = np.concatenate([*texts, np.empty(0, np.uint64)]).astype(np.uint64)
    owners = np.repeat(np.arange(len(families), dtype=np.int64), sizes)
    order = np.argsort(keys, kind="stable")
    return Heads(families, texts, keys[order], owners[order])


def candidates(hashes: Hashes, index: Heads, scheme: Scheme) -> tuple[tuple[str, int], ...]:
    """(family, similarity) of every representative near the text, nearest first, ties by family id."""
    low = np.searchsorted(index.keys, hashes, side="left")
    high = np.searchsorted(index.keys, hashes, side="right")
    touched = {int(owner) for a, b in zip(low, high, strict=True) for owner in index.owners[a:b]}
    scored = ((index.families[owner], jaccard(hashes, index.texts[owner])) for owner in touched)
    near = [(family, similarity) for family, similarity in scored if similarity >= scheme.near]
    return tuple(sorted(near, key=lambda row: (-row[1], row[0])))


def join_one(
    hashes: Hashes, index: Heads, members: Callable[[str], Sequence[Hashes]], scheme: Scheme
) -> Joining | None:
    """The nearest family the text may join, or None; `members` gives a family's texts, its representative's too."""
    if len(hashes) < scheme.min_shingles:
        return None
    for family, similarity in candidates(hashes, index, scheme):
        least = min((jaccard(hashes, other) for other in members(family)), default=similarity)
        if least >= scheme.floor:
            return Joining(family, similarity, least)
    return None
