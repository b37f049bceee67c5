"""A new text joins only where a star would take it."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.campaign.join import candidates, heads, join_one
from mingcha.campaign.scheme import SCHEME as RELEASED
from mingcha.text.similarity import jaccard

SCHEME = replace(RELEASED, near=700_000, floor=500_000)
Sets = st.frozensets(st.integers(0, 80), min_size=20, max_size=40)


def array(values: frozenset[int]) -> np.ndarray:
    return np.array(sorted(values), dtype=np.uint64)


@settings(max_examples=100)
@given(st.lists(Sets, max_size=6), Sets, st.integers(0, 6))
def test_candidates_are_all_near_representatives(reps: list[frozenset[int]], new: frozenset[int], cut: int) -> None:
    if reps:
        new = frozenset(sorted(reps[0])[cut:]) | frozenset(sorted(new)[:2])
    texts = {f"f{i}": array(rep) for i, rep in enumerate(reps)}
    got = candidates(array(new), heads(texts), SCHEME)
    near = {f: jaccard(array(new), t) for f, t in texts.items() if jaccard(array(new), t) >= SCHEME.near}
    assert dict(got) == near
    assert [s for _, s in got] == sorted(near.values(), reverse=True)


def test_a_member_below_the_floor_keeps_it_out() -> None:
    head = array(frozenset(range(100)))
    outer = array(frozenset(range(25, 115)))
    new = array(frozenset(range(0, 76)) | frozenset(range(200, 208)))
    index = heads({"f": head})
    assert jaccard(new, head) >= SCHEME.near
    assert jaccard(new, outer) < SCHEME.floor
    assert join_one(new, index, lambda _: [head, outer], SCHEME) is None
    joined = join_one(new, index, lambda _: [head], SCHEME)
    assert joined is not None
    assert joined.family == "f"


def test_no_families_no_candidates() -> None:
    assert join_one(array(frozenset(range(40))), heads({}), lambda _: [], SCHEME) is None
