"""Ids of families: stable when data grow, accounted for when families merge, split, come and go."""

from hypothesis import given
from hypothesis import strategies as st

from mingcha.campaign.reconcile import reconcile

Groups = dict[str, set[str]]


@st.composite
def groups(draw: st.DrawFn, names: str) -> Groups:
    placed = draw(st.dictionaries(st.integers(0, 20), st.sampled_from(names), max_size=20))
    out: Groups = {}
    for member, name in placed.items():
        out.setdefault(name, set()).add(f"c{member}")
    return out


@given(groups("abcde"), groups("vwxyzab"))
def test_every_family_is_accounted_for_once(old: Groups, new: Groups) -> None:
    got = reconcile(old, new)
    kept = set(got.ids.values()) & set(old)
    assert set(got.ids) == set(new)
    assert len(set(got.ids.values())) == len(new)
    assert sorted(kept | {o for o, _ in got.merged} | set(got.died)) == sorted(old)
    assert len(kept) + len(got.merged) + len(got.died) == len(old)
    assert kept | set(got.born) | {n for n, _ in got.split} == set(got.ids.values())


@given(groups("abcde"))
def test_nothing_changes_when_nothing_changed(old: Groups) -> None:
    got = reconcile(old, {f"n{i}": members for i, members in enumerate(old.values())})
    assert sorted(got.ids.values()) == sorted(old)
    assert (got.born, got.grew, got.shrank, got.merged, got.split, got.died) == ((),) * 6


@given(groups("abcde"), groups("vwxyz"))
def test_ids_are_stable_when_families_only_grow(old: Groups, extra: Groups) -> None:
    new = {f"n-{name}": members | {f"x{name}"} for name, members in old.items()}
    new |= {f"e-{name}": {f"e{m}" for m in members} for name, members in extra.items()}
    got = reconcile(old, new)
    assert all(got.ids[f"n-{name}"] == name for name in old)
    assert set(got.grew) == set(old)
    assert set(got.born) == {f"e-{name}" for name in extra}


@given(groups("abcde"), groups("vwxyz"))
def test_the_order_of_families_does_not_matter(old: Groups, new: Groups) -> None:
    backwards = reconcile(dict(reversed(old.items())), dict(reversed(new.items())))
    assert backwards == reconcile(old, new)


def test_merge_and_split() -> None:
    old = {"a": {"1", "2", "3"}, "b": {"4", "5"}}
    assert reconcile(old, {"n": {"1", "2", "3", "4", "5"}}).merged == (("b", "a"),)
    back = reconcile({"a": {"1", "2", "3", "4", "5"}}, {"m": {"1", "2", "3"}, "n": {"4", "5"}})
    assert back.ids == {"m": "a", "n": "n"}
    assert back.split == (("n", "a"),)


def test_an_id_that_ended_is_never_given_away() -> None:
    got = reconcile({"a": {"1"}, "a.2": {"9"}}, {"a": {"5", "6"}})
    assert got.ids == {"a": "a.3"}
    assert got.died == ("a", "a.2")
