"""The course of an objection: every one is answered, nothing follows an end, and those alike are told as a slow twin tells them."""

from datetime import UTC, date, datetime, timedelta

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.casework.objecting import alike, due_on, fold, refusal
from mingcha.model.objection import (
    ANSWERED_IN,
    ENDS,
    OBJECTION_ACT_WORDS,
    OBJECTION_BODIES,
    OBJECTION_KIND_OF,
    Lodged,
    Matched,
    MoreSaid,
    ObjectionAct,
    ObjectionBody,
    ObjectionDecided,
    ObjectionFacts,
    ObjectionState,
    TakenBack,
    Touched,
    TouchedKind,
    TouchedLinked,
    TouchedUnlinked,
)

START = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)
AD, RING = Touched(TouchedKind.AD, "AD-1"), Touched(TouchedKind.RING, "R-1")
LODGED = Lodged("13800138000", "不是我")


def act(body: ObjectionBody, hours: float = 0) -> ObjectionAct:
    return ObjectionAct(id=f"{hours}", objection="OBJ-1", at=START + timedelta(hours=hours), by="door", body=body)


def stands(*bodies: ObjectionBody) -> ObjectionFacts:
    return fold(act(body, n) for n, body in enumerate(bodies))


def why(facts: ObjectionFacts, body: ObjectionBody) -> str | None:
    refused = refusal(facts, act(body, 99))
    return refused.en if refused else None


def decided(upheld: int = 0, falls: tuple[str, ...] = ()) -> ObjectionDecided:
    return ObjectionDecided(upheld=upheld, told="告知", reason="理由", falls=falls)


def test_kinds_bodies_and_words_are_in_step() -> None:
    assert {OBJECTION_KIND_OF[body] for body in OBJECTION_BODIES.values()} == set(OBJECTION_BODIES)
    assert set(OBJECTION_ACT_WORDS) == set(OBJECTION_BODIES)


@pytest.mark.parametrize(
    ("before", "body", "refused"),
    [
        ((), MoreSaid("x"), "no such objection"),
        ((), decided(), "no such objection"),
        ((), Lodged(" ", "\n"), "needs what it says"),
        ((), Lodged("", "只有话"), None),
        ((LODGED,), LODGED, "lodged already"),
        ((LODGED,), MoreSaid(" "), "needs what it says"),
        ((LODGED,), Matched(), None),
        ((LODGED, Matched()), Matched(), "nothing was found"),
        ((LODGED, Matched((AD,))), Matched((AD,)), "nothing was found"),
        ((LODGED, Matched((AD,))), Matched((RING,)), None),
        ((LODGED,), TouchedLinked(AD, " "), "needs a reason"),
        ((LODGED, Matched((AD,))), TouchedLinked(AD, "x"), "linked already"),
        ((LODGED,), TouchedUnlinked(AD, "x"), "not linked"),
        ((LODGED, Matched((AD,))), TouchedUnlinked(AD, ""), "needs a reason"),
        ((LODGED, Matched((AD,))), decided(upheld=1), "says what falls"),
        ((LODGED, Matched((AD,))), decided(upheld=1, falls=("AD-1",)), None),
        ((LODGED,), decided(upheld=1), None),
        ((LODGED,), decided(falls=("AD-1",)), "nothing falls"),
        ((LODGED,), ObjectionDecided(upheld=0, told=" ", reason="x"), "needs a reason"),
        ((LODGED,), ObjectionDecided(upheld=0, told="x", reason=" "), "needs a reason"),
        ((LODGED, decided()), MoreSaid("x"), "answered or taken back"),
        ((LODGED, TakenBack()), decided(), "answered or taken back"),
    ],
)
def test_what_may_follow(before: tuple[ObjectionBody, ...], body: ObjectionBody, refused: str | None) -> None:
    told = why(stands(*before), body)
    assert told is None if refused is None else told is not None and refused in told


def test_people_correct_what_was_found_and_a_later_match_does_not_undo_it() -> None:
    facts = stands(LODGED, Matched((AD, RING)), TouchedUnlinked(AD, "不是"), Matched((AD,)))
    assert facts.touched == {RING}
    assert stands(LODGED, Matched((AD,)), TouchedUnlinked(AD, "不是"), TouchedLinked(AD, "是")).touched == {AD}
    assert stands(LODGED, TouchedLinked(AD, "是"), TouchedUnlinked(AD, "不是")).touched == frozenset()


def test_it_is_due_on_the_fifteenth_day_of_the_place() -> None:
    facts = stands(LODGED)
    assert due_on(facts, lambda at: (at + timedelta(hours=8)).date()) == date(2026, 3, 1 + ANSWERED_IN)
    later = fold([act(LODGED, 0.1)])
    assert due_on(later, lambda at: (at + timedelta(hours=8)).date()) == date(2026, 3, 2 + ANSWERED_IN)


BODIES = st.sampled_from(
    [
        LODGED, MoreSaid("x"), MoreSaid(""), TakenBack(), Matched(), Matched((AD,)), Matched((RING,)), TouchedLinked(AD, "x"),
        TouchedUnlinked(AD, "x"), decided(), decided(1), decided(1, ("AD-1",)),
    ]
)  # fmt: skip


@given(st.lists(BODIES, max_size=12))
def test_whatever_comes_it_waits_until_an_act_that_ends_it_and_nothing_after(bodies: list[ObjectionBody]) -> None:
    facts, kept = ObjectionFacts(), []
    for n, body in enumerate(bodies):
        if refusal(facts, act(body, n)) is None:
            kept.append(act(body, n))
            facts = fold(kept)
    ended = [one for one in kept if one.kind in ENDS]
    assert fold(kept) == fold(act(body, n) for n, body in enumerate(bodies)), "those refused change nothing"
    assert (facts.state is ObjectionState.WAITING) == (bool(kept) and not ended)
    assert ended == kept[-1:] if ended else True


TEXT = st.sampled_from(["", "甲", "甲 ", "乙", "甲\n", "丙"])


@given(st.lists(st.tuples(TEXT, TEXT), max_size=8))
def test_groups_are_the_components_of_equal_texts(said: list[tuple[str, str]]) -> None:
    held = {
        f"OBJ-{n}": fold(
            [ObjectionAct(id="", objection=f"OBJ-{n}", at=START + timedelta(hours=n), by="door", body=Lodged(*both))]
        )
        for n, both in enumerate(said)
        if "".join(both).strip()
    }
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(held)
    for one, its in held.items():
        for other, theirs in held.items():
            for mine, yours in ((its.lodged.named, theirs.lodged.named), (its.lodged.said, theirs.lodged.said)):
                if mine.strip() and mine.strip() == yours.strip():
                    graph.add_edge(one, other)
    groups = list(alike(held))
    assert {frozenset(of) for of in groups} == {frozenset(of) for of in nx.connected_components(graph)}
    assert all(list(of) == sorted(of, key=lambda id_: int(id_[4:])) for of in groups)
    assert [of[0] for of in groups] == sorted((of[0] for of in groups), key=lambda id_: int(id_[4:]))
