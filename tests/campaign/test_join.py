"""One text against a head is judged as the batch judges it; a family stands on what its texts lean on."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign.letters import SENTENCES, letters
from tests.campaign.test_gathering import gathered, slow_units

from mingcha.campaign import join
from mingcha.campaign.gathering import RULE
from mingcha.campaign.kernels.against import indexed, shared_with
from mingcha.campaign.kernels.likeness import FIRM, SURE, WEAK
from mingcha.campaign.sketches import Passage, passage, sketch
from mingcha.model.family import Head, Place
from mingcha.testing import stored as made


def read(text: str) -> Passage:
    return passage(sketch([("C", text)], 0)[0])


@settings(max_examples=100)
@given(letters())
def test_every_member_of_the_batch_is_like_its_representative_by_the_same_measure(rows: list[str]) -> None:
    for family in gathered(rows, scheme="mingcha").families:
        head = read(rows[family.representative])
        for row, similarity in zip(family.rows.tolist(), family.similarity.tolist(), strict=True):
            like = join.compare(RULE, join.ready(read(rows[row])), head)
            assert like is not None
            assert like.similarity == similarity


@settings(max_examples=100)
@given(st.sampled_from(SENTENCES), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.integers(0, 9))
def test_bits_are_the_units_both_share(first: str, more: list[str], cut: int) -> None:
    one, other = first + "".join(more), ("".join(more) + first)[cut:]
    like = join.compare(RULE, join.ready(read(other)), read(one))
    if like is None:
        return
    units = sum(c.isalnum() for c in one)
    bits = np.unpackbits(np.frombuffer(like.bits, np.uint8), bitorder="little")[:units]
    assert set(np.flatnonzero(bits).tolist()) == slow_units(one, other)
    assert like.held == int(bits.sum())


@given(st.lists(st.integers(0, 30)), st.lists(st.integers(0, 30)))
def test_what_is_shared_stands_at_its_first_place(values: list[int], others: list[int]) -> None:
    held = np.array(others, np.uint64)
    got = shared_with(indexed(held, np.empty(0, np.int32)), np.array(values, np.uint64))
    expected = [(i, others.index(value)) for i, value in enumerate(values) if value in others]
    assert list(zip(got.at.tolist(), got.there.tolist(), strict=True)) == expected


def test_strangers_and_a_single_quotation_are_not_alike() -> None:
    letter = "".join(SENTENCES[:4])
    assert join.compare(RULE, join.ready(read("".join(SENTENCES[4:]))), read(letter)) is None
    assert join.compare(RULE, join.ready(read(SENTENCES[1] + "".join(SENTENCES[5:]))), read(letter)) is None


def head(texts: int, firms: int, sures: int, copies: int = 1) -> Head:
    return made.head(1, "C-0", texts=texts, firms=firms, sures=sures, copies=copies)


def test_what_makes_a_family_stand() -> None:
    """The counts of `gathering`: two texts must be sure, weak ones need firm ones or many."""
    assert join.level(RULE, head(1, 0, 0)) == join.NOBODY
    assert join.level(RULE, head(2, 1, 0)) == join.NOBODY
    assert join.level(RULE, head(2, 1, 1)) == FIRM
    assert join.level(RULE, head(3, 2, 0)) == FIRM
    assert join.level(RULE, head(9, 0, 0)) == join.NOBODY
    assert join.level(RULE, head(6, RULE.firm, 0)) == WEAK
    assert join.level(RULE, head(RULE.many, 0, 0)) == WEAK
    assert join.stands(RULE, head(1, 0, 0, copies=2))
    assert not join.stands(RULE, head(1, 0, 0))
    places = [made.place("C-0", 1, how=0), made.place("C-1", 1, how=WEAK), made.place("C-2", 1, how=SURE)]
    inside = join.members(RULE, head(3, 1, 1), places)
    assert [place.complaint for place in inside] == ["C-0", "C-2"]
    assert join.members(RULE, head(2, 1, 0), places) == []


@given(st.integers(20, 90), st.data())
def test_whoever_is_not_asked_holds_enough(units: int, data: st.DataObject) -> None:
    """The bound that spares comparisons never admits a pair below the floor."""
    wanted = data.draw(st.sets(st.integers(0, units - 1), min_size=units // 4))
    others = data.draw(st.lists(st.sets(st.integers(0, units - 1), min_size=units // 4), min_size=1, max_size=4))

    def raw(held: set[int]) -> bytes:
        return np.packbits(np.isin(np.arange(units), list(held))).tobytes()

    places: list[Place] = [made.place("C", 1, held=len(o), bits=raw(o)) for o in others]
    one = replace(head(1, 0, 0), units=units, least=min(len(o) for o in others))
    below = join.in_doubt(RULE, one, len(wanted))
    doubtful = [] if below is None else [place for place in places if place.held < below]
    least = join.least_common(doubtful, raw(wanted))
    true = min(len(o & wanted) for o in others)
    assert (least is None or least >= join.needed(RULE, one)) == (true >= join.needed(RULE, one))
