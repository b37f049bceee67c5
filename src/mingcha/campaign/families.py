"""Families of near-identical texts: stars, never chains; the same families whatever the order of rows or threads.

The best connected texts become representatives (most complaints with a near text; ties by how much of the text others
hold, then size and digest); each text goes to its nearest representative; members too far from another member leave
and try among themselves.
Every pair that reaches the threshold is found (exact join), every similarity shown is computed, none is estimated.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.index import build, on_threads
from mingcha.campaign.kernels.near import MILLION, Bools, Packed, centrality, degrees
from mingcha.campaign.kernels.stars import keep_close, least_similar, stars
from mingcha.campaign.scheme import Scheme
from mingcha.campaign.sketches import Sketches
from mingcha.model.stored import Membership


@dataclass(frozen=True, slots=True)
class Family:
    """Two or more complaints with near-identical texts. `name` is the smallest digest among its texts.

    `members` are (complaint, similarity to the representative's text in millionths), by complaint id;
    `similarity_min` is the Jaccard of the least similar pair, exact and rounded down.
    """

    name: str
    representative: str
    members: tuple[tuple[str, int], ...]
    texts: int  # distinct ones
    similarity_min: int

    def memberships(self, family: str) -> tuple[Membership, ...]:
        """The members as rows of the index, under the id the family is kept by."""
        return tuple(
            Membership(complaint=c, family=family, representative=c == self.representative, similarity=s)
            for c, s in self.members
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """What has no family and why it was not simply alone. No shingle and no pair is ever left out for speed."""

    too_short: tuple[str, ...]  # complaints with fewer shingles than the scheme compares
    left_out: tuple[str, ...]  # near some text, but in no family all of whose members are near enough


@dataclass(frozen=True, slots=True)
class Families:
    """All families, by name, and what was skipped."""

    scheme: str
    families: tuple[Family, ...]
    skipped: Skipped


@dataclass(frozen=True, slots=True)
class _Star:
    members: NDArray[np.int32]  # nearest first, the representative at the head
    shared: NDArray[np.int64]


def find_families(sketches: Sketches, scheme: Scheme, threads: int = 2) -> Families:
    """Group texts into families under a dated scheme; `threads` changes the speed, never the result."""
    texts = len(sketches.digests)
    if texts == 0:
        return Families(scheme.id, (), Skipped(sketches.too_short, ()))
    packed = build(sketches, scheme.near, threads)
    active: Bools = np.ones(texts, dtype=np.bool_)
    found: list[_Star] = []
    near_some: Bools = np.zeros(texts, dtype=np.bool_)
    while active.any():
        round_stars, connected = _cover(packed, scheme, active, threads)
        near_some |= connected
        active[:] = False
        for star in round_stars:  # a representative whose neighbours all found a nearer one tries again as well
            stays = keep_close(packed, scheme.floor, star.members, star.shared)
            kept = stays if stays.sum() > 1 else np.zeros_like(stays)
            active[star.members[~kept]] = True
            if kept.any():
                found.append(_Star(star.members[stays], star.shared[stays]))
    grouped = {int(text) for star in found for text in star.members}
    alone = [i for i in range(texts) if i not in grouped]
    copies = [_Star(np.array([i], np.int32), packed.sizes[[i]].astype(np.int64)) for i in alone if packed.copies[i] > 1]
    left_out = (c for i in alone if near_some[i] and packed.copies[i] == 1 for c in sketches.complaints[i])
    families = sorted((_family(packed, sketches, star) for star in [*found, *copies]), key=lambda f: f.name)
    return Families(scheme.id, tuple(families), Skipped(sketches.too_short, tuple(sorted(left_out))))


def _cover(packed: Packed, scheme: Scheme, active: Bools, threads: int) -> tuple[list[_Star], Bools]:
    """Stars over the active texts, in order of representative, and which texts have any neighbour."""
    parts = [(k, 4 * threads) for k in range(4 * threads)]
    counts = on_threads(lambda part: degrees(packed, scheme.near, active, scheme.counted, part), parts, threads)
    degree = np.sum(counts, axis=0)
    connected: Bools = degree > 0
    order = np.flatnonzero(connected)
    central = centrality(packed, active, len(packed.post_starts) - 1)
    order = order[np.lexsort((-central[order], -degree[order]))]
    star, shared = stars(packed, scheme.near, active, order)
    return list(_by_star(packed, star, shared)), connected


def _by_star(packed: Packed, star: NDArray[np.int32], shared: NDArray[np.int64]) -> Iterator[_Star]:
    members = np.flatnonzero(star >= 0)
    if len(members) == 0:
        return
    of = star[members]
    got = shared[members]
    union = packed.sizes[of].astype(np.int64) + packed.sizes[members] - got
    # equal texts are collapsed, so only the representative itself is at a similarity of one
    order = np.lexsort((members, -(got / union), of))
    members, of, got = members[order], of[order], got[order]
    cuts = np.flatnonzero(np.diff(of)) + 1
    for texts, overlaps in zip(np.split(members, cuts), np.split(got, cuts), strict=True):
        yield _Star(texts.astype(np.int32), overlaps)


def _family(packed: Packed, sketches: Sketches, star: _Star) -> Family:
    head = int(star.members[0])
    members: list[tuple[str, int]] = []
    for text, got in zip(star.members.tolist(), star.shared.tolist(), strict=True):
        similarity = got * MILLION // (int(packed.sizes[head]) + int(packed.sizes[text]) - got)
        members += [(complaint, similarity) for complaint in sketches.complaints[text]]
    return Family(
        name=min(sketches.digests[text] for text in star.members),
        representative=sketches.complaints[head][0],
        members=tuple(sorted(members)),
        texts=len(star.members),
        similarity_min=int(least_similar(packed, star.members, star.shared)),
    )
