"""The handling of a complaint as a fold: taken over from whoever has it, and the last act taken back leaves no trace in it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.casework.handling import LONGEST, LONGEST_NAME, MOST_TAGS, fold, refusal
from mingcha.model.handling import (
    DESK_ACT_WORDS,
    DESK_BODIES,
    OWN_RECORD_WORDS,
    Assigned,
    DeskAct,
    DeskActKind,
    DeskBody,
    Drafted,
    Handling,
    OwnRecord,
    RecordsArrived,
    RecordsRequested,
    Tagged,
    TakenBack,
    Untagged,
)
from mingcha.testing.house import NOON

TODAY = NOON.date()
CALLS = RecordsRequested(OwnRecord.CALLS, "客服中心", TODAY)


def book(*bodies: DeskBody) -> list[DeskAct]:
    at = [NOON + timedelta(minutes=n) for n in range(len(bodies))]
    return [DeskAct(id=str(n), complaint="C", at=at[n], by="ann", body=body) for n, body in enumerate(bodies)]


def why(body: DeskBody, *before: DeskBody) -> str | None:
    said = refusal(fold(book(*before)), body, NOON)
    return said.en if said else None


def test_every_kind_of_act_is_registered_and_named() -> None:
    assert set(DESK_BODIES) == set(DESK_ACT_WORDS) == set(DeskActKind)
    assert set(OWN_RECORD_WORDS) == set(OwnRecord)


def test_all_of_it_together() -> None:
    facts = fold(book(Assigned("ann"), Tagged("加急"), Tagged("VIP"), CALLS, Drafted("d1", "信", "letter")))
    assert (facts.holder, facts.tags, facts.last) == ("ann", ("VIP", "加急"), "4")
    assert [(one.id, one.asked, one.by, one.arrived_at) for one in facts.waiting] == [("3", CALLS, "ann", None)]
    assert facts.draft is not None
    assert facts.draft.text == Drafted("d1", "信", "letter")


@pytest.mark.parametrize(
    ("before", "body", "said"),
    [
        ((), Assigned("ann"), None),
        ((), Assigned(" "), "somebody's name"),
        ((), Assigned("ann", "bo"), "nobody to take it over from"),
        ((Assigned("ann"),), Assigned("bo"), "ann has it"),
        ((Assigned("ann"),), Assigned("bo", "cy"), "ann has it"),
        ((Assigned("ann"),), Assigned("bo", "ann"), None),
        ((Assigned("ann"),), Assigned("ann", "ann"), "already"),
        ((Tagged("a"),), Tagged("a"), "already"),
        ((Tagged("a"),), Tagged("b"), None),
        ((), Tagged(""), "one line"),
        ((), Tagged(" a"), "one line"),
        ((), Tagged("a\nb"), "one line"),
        ((), Tagged("签" * LONGEST), None),
        ((), Tagged("签" * (LONGEST + 1)), "one line"),
        (tuple(Tagged(str(n)) for n in range(MOST_TAGS)), Tagged("x"), "20 tags"),
        (tuple(Tagged(str(n)) for n in range(MOST_TAGS - 1)), Tagged("x"), None),
        ((), Untagged("a"), "does not have"),
        ((Tagged("a"),), Untagged("a"), None),
        ((Tagged("a"), Untagged("a")), Untagged("a"), "does not have"),
        ((), RecordsRequested(OwnRecord.CALLS, " ", TODAY), "department"),
        ((), RecordsRequested(OwnRecord.CALLS, "客服\n中心", TODAY), "one line"),
        ((), RecordsRequested(OwnRecord.CALLS, "部" * LONGEST_NAME, TODAY), None),
        ((), RecordsRequested(OwnRecord.CALLS, "部" * (LONGEST_NAME + 1), TODAY), "one line"),
        ((), RecordsRequested(OwnRecord.CALLS, "客服中心", TODAY - timedelta(days=1)), "is over"),
        ((CALLS,), RecordsRequested(OwnRecord.CALLS, "客服中心", date(2027, 1, 1)), "asked already"),
        ((CALLS,), RecordsRequested(OwnRecord.CALLS, "贷后部", TODAY), None),
        ((CALLS,), RecordsRequested(OwnRecord.CONTRACT, "客服中心", TODAY), None),
        ((CALLS, RecordsArrived("0")), CALLS, None),
        ((CALLS,), RecordsArrived("0"), None),
        ((CALLS,), RecordsArrived("1"), "waited for"),
        ((CALLS, RecordsArrived("0")), RecordsArrived("0"), "waited for"),
        ((Drafted("d", "x", "x"),), Drafted("d", "y", "y"), "on file"),
        ((Drafted("d", "x", "x"),), Drafted("e", "y", "y"), None),
        ((), TakenBack("0"), "last act"),
        ((Tagged("a"), Tagged("b")), TakenBack("0"), "last act"),
        ((Tagged("a"), Tagged("b")), TakenBack("1"), None),
        ((Tagged("a"), Tagged("b"), TakenBack("1")), TakenBack("1"), "last act"),
        ((Tagged("a"), Tagged("b"), TakenBack("1")), TakenBack("0"), None),
    ],
)
def test_what_may_follow(before: tuple[DeskBody, ...], body: DeskBody, said: str | None) -> None:
    found = why(body, *before)
    assert found is None if said is None else found is not None and said in found


def test_records_that_came_are_waited_for_no_more_and_stay_told() -> None:
    facts = fold(book(CALLS, RecordsArrived("0")))
    assert facts.waiting == ()
    assert [one.arrived_at for one in facts.requests] == [NOON + timedelta(minutes=1)]


BODIES: st.SearchStrategy[DeskBody] = st.one_of(
    st.builds(Assigned, st.sampled_from(["ann", "bo"]), st.sampled_from([None, "ann", "bo"])),
    st.builds(Tagged, st.sampled_from(["a", "b", ""])),
    st.builds(Untagged, st.sampled_from(["a", "b"])),
    st.builds(RecordsRequested, st.sampled_from(list(OwnRecord)[:2]), st.sampled_from(["甲", ""]), st.just(TODAY)),
    st.builds(RecordsArrived, st.integers(0, 9).map(str)),
    st.builds(Drafted, st.sampled_from(["d", "e"]), st.just("x"), st.just("x")),
    st.builds(TakenBack, st.integers(0, 9).map(str)),
)


def slowly(acts: list[DeskAct]) -> Handling:
    """The twin: what is taken back is struck from the list, and the rest folded from the start."""
    stands: list[DeskAct] = []
    for act in acts:
        facts = fold(stands)
        if refusal(facts, act.body, act.at) is None:
            stands = (
                [one for one in stands if one.id != act.body.act] if isinstance(act.body, TakenBack) else [*stands, act]
            )
    return fold(stands)


@given(st.lists(BODIES, max_size=12))
def test_taking_back_is_as_if_it_had_never_been(bodies: list[DeskBody]) -> None:
    acts = book(*bodies)
    facts = fold(acts)
    assert facts == slowly(acts)
    if facts.last is not None:
        assert fold([*acts, *book(*bodies, TakenBack(facts.last))[-1:]]) == fold(
            [one for one in acts if one.id in _standing(acts)][:-1]
        )


def _standing(acts: list[DeskAct]) -> list[str]:
    """Ids of the acts that stand, by taking them back one by one."""
    out: list[str] = []
    while (last := fold(acts).last) is not None:
        out = [last, *out]
        acts = [*acts, DeskAct(id=f"b{len(acts)}", complaint="C", at=NOON, by="ann", body=TakenBack(last))]
    return out


@given(st.lists(BODIES, max_size=8), BODIES)
def test_an_act_that_is_refused_changes_nothing(bodies: list[DeskBody], body: DeskBody) -> None:
    acts = book(*bodies, body)
    before = fold(acts[:-1])
    assert (fold(acts) == before) or refusal(before, body, acts[-1].at) is None
    if refusal(before, body, acts[-1].at) is not None:
        assert fold(acts) == before
