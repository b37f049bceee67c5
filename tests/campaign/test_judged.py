"""People's words over families: later over earlier, nobody in two families, nobody lost, everything back when undone."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mingcha.campaign.families import Family
from mingcha.campaign.judged import apply, in_force
from mingcha.model.family import FamilyJudgement, Judged

PEOPLE = [f"C-{n}" for n in range(9)]


def said(
    number: int, kind: Judged, complaints: tuple[str, ...], anchor: str, undoes: str | None = None
) -> FamilyJudgement:
    return FamilyJudgement(
        id=f"J-{number:02}", kind=kind, complaints=complaints, anchor=anchor, by="a", at=datetime(2026, 1, 1, tzinfo=UTC),
        undoes=undoes,
    )  # fmt: skip


def family(name: str, *members: str) -> Family:
    return Family(name, members[0], tuple((m, 700_000) for m in sorted(members)), len(members), 500_000)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Family], list[FamilyJudgement]]:
    cut = sorted(draw(st.sets(st.integers(0, 9), max_size=4)) | {0, 9})
    groups = [PEOPLE[a:b] for a, b in pairwise(cut)]
    families = [family(f"F-{n}", *group) for n, group in enumerate(groups) if len(group) > 1]
    words: list[FamilyJudgement] = []
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(Judged))
        if kind is Judged.UNDONE and words:
            words.append(said(number, kind, ("C-0",), "C-1", draw(st.sampled_from(words)).id))
        elif kind is not Judged.UNDONE:
            named = draw(st.sets(st.sampled_from([*PEOPLE, "C-gone"]), min_size=1, max_size=3))
            anchor = draw(st.sampled_from([one for one in PEOPLE if one not in named]))
            words.append(said(number, kind, tuple(sorted(named)), anchor))
    return families, words


def slow(families: list[Family], words: list[FamilyJudgement]) -> set[frozenset[str]]:
    """The same with sets: every word moves sets about, oldest first."""
    sets = [{m for m, _ in one.members} for one in families]
    sets += [{p} for p in PEOPLE if not any(p in s for s in sets)]
    undone = {one.undoes for one in words}
    for one in words:
        named = {c for c in one.complaints if c in PEOPLE}
        if one.kind is Judged.UNDONE or one.id in undone or not named:
            continue
        home = next(s for s in sets if one.anchor in s)
        if one.kind is Judged.APART:
            gone = home & named
            home -= gone
            sets.append(gone)
        else:
            for other in [s for s in sets if s & named and s is not home]:
                home |= other
                other.clear()
    return {frozenset(s) for s in sets if len(s) > 1}


@given(cases())
def test_families_are_what_moving_sets_about_gives(case: tuple[list[Family], list[FamilyJudgement]]) -> None:
    families, words = case
    got = apply(families, words, PEOPLE)
    assert {frozenset(c for c, _ in one.members) for one in got.families} == slow(families, words)
    assert len({one.name for one in got.families}) == len(got.families)
    before = {(c, s) for one in families for c, s in one.members}
    for one in got.families:
        assert one.representative in dict(one.members)
        assert one in families or one.common == 0
        assert all((c, s) in before or s == 0 for c, s in one.members)


@given(cases())
def test_a_word_taken_back_was_never_said(case: tuple[list[Family], list[FamilyJudgement]]) -> None:
    families, words = case
    taken_back = [*words, *(said(50 + n, Judged.UNDONE, ("C-0",), "C-1", one.id) for n, one in enumerate(words))]
    assert in_force(taken_back) == []
    assert apply(families, taken_back, PEOPLE).families == tuple(families)


def test_a_word_about_letters_that_are_gone_is_told() -> None:
    words = [said(1, Judged.TOGETHER, ("C-gone",), "C-1"), said(2, Judged.APART, ("C-2",), "C-gone")]
    got = apply([family("F", "C-1", "C-2")], words, PEOPLE)
    assert got.unmet == ("J-01", "J-02")
    assert got.families == (family("F", "C-1", "C-2"),)
