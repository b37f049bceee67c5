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


Text = frozenset[int]


def cover(active: set[Text], held: dict[Text, list[str]], scheme: Scheme) -> tuple[list[list[Text]], set[Text]]:
    """Stars over the active texts, representative first, and which texts have a neighbour."""
    near = Fraction(scheme.near, 10**6)
    edges = {t: [u for u in active if u != t and jaccard(t, u) >= near] for t in active}
    weight = {t: min(scheme.counted, sum(len(held[u]) for u in edges[t])) for t in active}
    heads: list[Text] = []
    for t in sorted((t for t in active if edges[t]), key=lambda t: (-weight[t], -central(t, active, held), place(t))):
        if not any(h in edges[t] for h in heads):
            heads.append(t)
    stars = {h: [h] for h in heads}
    for t in active - set(heads):
        choices = [h for h in heads if h in edges[t]]
        if choices:
            stars[max(choices, key=lambda h: (jaccard(h, t), -heads.index(h)))].append(t)
    return list(stars.values()), {t for t in active if edges[t]}


def central(text: Text, active: set[Text], held: dict[Text, list[str]]) -> int:
    """How much of a text others hold, over the shingles that any other text shares."""
    shared = [s for s in text if any(s in other for other in held if other != text)]
    return sum(sum(len(held[t]) for t in active if s in t) - 1 for s in shared) * 10**6 // len(text)


def place(text: Text) -> tuple[int, str]:
    return len(text), digest_of(raw(text))


def close(star: list[Text], floor: Fraction) -> list[Text]:
    """Members that stay, nearest first."""
    kept: list[Text] = []
    for t in sorted(star, key=lambda t: (-jaccard(star[0], t), place(t))):
        if all(jaccard(t, k) >= floor for k in kept):
            kept.append(t)
    return kept if len(kept) > 1 else []


def slow_families(rows: Rows, scheme: Scheme) -> tuple[set[tuple[str, frozenset[str], int]], set[str]]:
    """{(name, members, similarity_min)} and who was left out: the construction of `find_families`, by the letter."""
    floor = Fraction(scheme.floor, 10**6)
    held: dict[Text, list[str]] = {}
    for complaint, hashes in rows:
        if len(hashes) >= scheme.min_shingles:
            held.setdefault(hashes, []).append(complaint)
    active = set(held)
    groups: list[list[Text]] = []
    near_some: set[Text] = set()
    while active:
        stars, connected = cover(active, held, scheme)
        near_some |= connected
        kept = [close(star, floor) for star in stars]
        active = {t for star in stars for t in star} - {t for group in kept for t in group}
        groups += [group for group in kept if group]
    alone = set(held) - {t for g in groups for t in g}
    groups += [[t] for t in alone if len(held[t]) > 1]
    left = {held[t][0] for t in alone if t in near_some and len(held[t]) == 1}
    return {described(g, held) for g in groups}, left


def described(group: list[Text], held: dict[Text, list[str]]) -> tuple[str, frozenset[str], int]:
    least = min(jaccard(a, b) for a in group for b in group)
    return min(digest_of(raw(t)) for t in group), frozenset(c for t in group for c in held[t]), int(least * 10**6)
