"""Slow, obviously right twins of the campaign room: all pairs, Python sets, exact fractions."""

from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from mingcha.campaign.scheme import Scheme
from mingcha.campaign.sketches import digest_of

Rows = list[tuple[str, frozenset[int]]]


@st.composite
def text_rows(draw: st.DrawFn) -> Rows:
    """Variants of a few templates, close enough that chains and evictions happen."""
    templates = draw(st.lists(st.frozensets(st.integers(0, 60), min_size=8, max_size=16), min_size=1, max_size=3))
    rows = []
    for i in range(draw(st.integers(0, 18))):
        base = set(draw(st.sampled_from(templates)))
        for _ in range(draw(st.integers(0, 5))):
            base ^= {draw(st.integers(0, 60))}
        rows.append((f"c{i:02d}", frozenset(base)))
    return rows


def raw(hashes: frozenset[int] | set[int]) -> bytes:
    return np.array(sorted(hashes), dtype="<u8").tobytes()


def jaccard(a: frozenset[int], b: frozenset[int]) -> Fraction:
    return Fraction(len(a & b), len(a | b))


def slow_families(rows: Rows, scheme: Scheme) -> tuple[set[tuple[str, frozenset[str], int]], set[str]]:
    """{(name, members, similarity_min)} and who was left out: the construction of `find_families`, by the letter."""
    near, floor = Fraction(scheme.near, 10**6), Fraction(scheme.floor, 10**6)
    held: dict[frozenset[int], list[str]] = {}
    for complaint, hashes in rows:
        if len(hashes) >= scheme.min_shingles:
            held.setdefault(hashes, []).append(complaint)
    texts = sorted(held, key=lambda t: (len(t), digest_of(raw(t))))
    rank = {t: i for i, t in enumerate(texts)}
    active = set(texts)
    groups: list[list[frozenset[int]]] = []
    near_some: set[frozenset[int]] = set()
    while active:
        edges = {t: [u for u in active if u != t and jaccard(t, u) >= near] for t in active}
        near_some |= {t for t in active if edges[t]}
        weight = {t: sum(len(held[u]) for u in edges[t]) + len(held[t]) - 1 for t in active}
        heads: list[frozenset[int]] = []
        for t in sorted((t for t in active if edges[t]), key=lambda t: (-weight[t], rank[t])):
            if not any(h in edges[t] for h in heads):
                heads.append(t)
        stars: dict[frozenset[int], list[frozenset[int]]] = {h: [h] for h in heads}
        for t in sorted(active - set(heads), key=rank.__getitem__):
            choices = [h for h in heads if h in edges[t]]
            if choices:
                stars[max(choices, key=lambda h: (jaccard(h, t), -heads.index(h)))].append(t)
        active = set()
        for head, members in stars.items():
            kept: list[frozenset[int]] = []
            for t in sorted(members, key=lambda t: (-jaccard(head, t), rank[t])):
                if all(jaccard(t, k) >= floor for k in kept):
                    kept.append(t)
            if len(kept) < 2:
                kept = []
            active |= set(members) - set(kept)
            if kept:
                groups.append(kept)
    grouped = {t for g in groups for t in g}
    groups += [[t] for t in texts if t not in grouped and len(held[t]) > 1]
    left = {c for t in texts if t not in grouped and t in near_some and len(held[t]) == 1 for c in held[t]}
    out = set()
    for g in groups:
        least = min((jaccard(a, b) for a in g for b in g), default=Fraction(1))
        members_of = frozenset(c for t in g for c in held[t])
        out.add((min(digest_of(raw(t)) for t in g), members_of, int(least * 10**6)))
    return out, left
