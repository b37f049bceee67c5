"""Families of a corpus: no pair below the floor, no chains, no quotations; the same whatever rows' order, threads or key."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign.letters import SENTENCES, letters

from mingcha.campaign import finding
from mingcha.campaign.cutting import SCHEMES, mingcha, plain_5
from mingcha.campaign.finding import BLOCK, Finder
from mingcha.campaign.gathering import RULE, Gatherings, gather_families
from mingcha.campaign.kernels.common import most_typical
from mingcha.campaign.kernels.likeness import (
    ALONE,
    BRIDGE,
    END_GAP,
    SHIFT,
    Numbered,
    Passages,
    Shared,
    new_probe,
    ready,
    shared_by,
    shared_of,
    shared_units,
)
from mingcha.campaign.letters import cut_all, ordered


def gathered(rows: Sequence[str], threads: int = 2, scheme: str = "plain-5") -> Gatherings:
    cut = SCHEMES[scheme]()
    half = len(rows) // 3
    parts = cut_all([rows[:half], rows[half:]], cut.passages, threads, lambda _: None)
    return gather_families(*ordered(parts, threads), RULE, threads, lambda _: None)


def as_sets(found: Gatherings, rows: Sequence[str]) -> set[tuple[str, tuple[tuple[str, int], ...], int]]:
    """Families by what their members say, not by where they stand."""
    return {
        (f.name, tuple(sorted(zip([rows[r] for r in f.rows], f.similarity.tolist(), strict=True))), f.common)
        for f in found.families
    }


def as_shared(where: Sequence[int]) -> Shared:
    """What is shared, given for each shingle where it stands in the other text; below 0: nowhere."""
    at = [i for i, place in enumerate(where) if place >= 0]
    return Shared(np.array(at, np.int32), np.array([where[i] for i in at], np.int32))


def slow_followed(where: Sequence[int]) -> set[int]:
    """Units followed, from where each shingle stands in the other text (-1: nowhere): all of shingles shared, and short gaps.

    A gap is followed when the other text has nearly as many units there.
    """
    shared = [i for i, at in enumerate(where) if at >= 0]
    followed = {i + k for i in shared for k in range(5)}
    for i, j in pairwise(shared):
        gap, other = j - (i + 5), where[j] - (where[i] + 5)
        if 0 < gap <= BRIDGE and abs(gap - other) <= SHIFT and other >= -SHIFT:
            followed |= set(range(i + 5, j))
    return followed


def slow_units(text: str, other: str) -> set[int]:
    """Units of `text` that `other` follows."""
    mine, theirs = ([c for c in t if c.isalnum()] for t in (text, other))
    pieces = ["".join(t[i : i + 5]) for t in (theirs,) for i in range(max(1, len(t) - 4))]
    where = ["".join(mine[i : i + 5]) for i in range(max(1, len(mine) - 4))]
    return slow_followed([pieces.index(piece) if piece in pieces else -1 for piece in where])


@settings(max_examples=150)
@given(letters())
def test_no_two_members_share_less_of_the_representative_than_the_floor(rows: list[str]) -> None:
    for family in gathered(rows).families:
        head = rows[family.representative]
        units = sum(c.isalnum() for c in head)
        held = [slow_units(head, rows[row]) for row in family.rows]
        least = min(len(a & b) for a in held for b in held)
        assert least * 10**6 >= RULE.common * units
        assert family.common == least * 10**6 // units
        for row, similarity in zip(family.rows, family.similarity, strict=True):
            mine = slow_units(rows[row], head)
            both = len(mine) + len(slow_units(head, rows[row]))
            assert similarity == both * 10**6 // (units + sum(c.isalnum() for c in rows[row]))


@settings(max_examples=100)
@given(
    letters(), st.randoms(use_true_random=False), st.integers(1, 3), st.integers(1, 9), st.sampled_from([2, 4, BLOCK])
)
def test_order_of_rows_threads_and_steps_do_not_matter(
    rows: list[str], rng: random.Random, threads: int, step: int, block: int
) -> None:
    shuffled = list(rows)
    rng.shuffle(shuffled)
    with patch.object(finding, "BLOCK", block):
        with patch.object(finding, "STEP", step):
            found = gathered(shuffled, threads)
        assert as_sets(found, shuffled) == as_sets(gathered(rows), rows)


def made_letters(seed: int) -> list[str]:
    """A hundred letters of a few hands, no two of one length and content."""
    rng = random.Random(seed)
    rows = []
    for number in range(100):
        said = rng.sample(SENTENCES, rng.randint(2, 5)) if number % 4 else SENTENCES[number % 3 : number % 3 + 5]
        said = [one if rng.random() < 0.8 else one[: rng.randint(6, len(one))] for one in said]
        rows.append("".join(said) + "".join(rng.choices("赵钱孙李周吴郑王", k=rng.randint(0, 9))))
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_the_key_of_a_house_does_not_matter(seed: int) -> None:
    rows = made_letters(seed)
    found = []
    for key in (0, 7, 2**63 + 11):
        parts = [mingcha().passages(rows, key)]
        families = gather_families(*ordered(parts, 2), RULE, 2, lambda _: None).families
        found.append({(f.representative, tuple(f.rows), tuple(f.similarity), f.common) for f in families})
    assert found[0] == found[1] == found[2]
    assert any(len(rows) > 2 for _, rows, *_ in found[0])


@settings(max_examples=100)
@given(letters(), st.integers(1, 5), st.integers(1, 3), st.integers(2, 5))
def test_shingles_are_numbered_by_value_and_counted(rows: list[str], parts: int, threads: int, most: int) -> None:
    corpus, breaks = ordered([mingcha().passages(rows, 0)], 1)
    p = Passages(*corpus.letters, *breaks)
    here = [i for text in range(len(p.sizes)) for i in range(p.begin[text], p.begin[text] + p.sizes[text])]
    counted = Counter(int(p.hashes[i]) for i in here)
    with (
        patch.object(finding, "PART", max(1, len(p.hashes) // parts)),
        patch.object(finding, "frequent_from", lambda _: most),
    ):
        finder = Finder(p, RULE, threads)
    numbers, seen = finder.numbered.numbers, dict[int, int]()
    for i in here:
        value = int(p.hashes[i])
        assert finder.often[i] == min(255, counted[value])
        assert (numbers[i] == ALONE) == (counted[value] == 1)
        assert seen.setdefault(value, int(numbers[i])) == numbers[i]
        assert (0 <= numbers[i] < finder.frequent) == (counted[value] >= most)
    shared = {number for number in seen.values() if number != ALONE}
    assert shared == set(range(sum(count > 1 for count in counted.values()))) == set(range(len(finder.heads)))


@settings(max_examples=100)
@given(letters())
def test_nobody_is_in_two_families_and_everybody_is_accounted_for(rows: list[str]) -> None:
    found = gathered(rows)
    inside = [row for f in found.families for row in f.rows]
    assert len(inside) == len(set(inside))
    assert not set(inside) & (set(found.too_short) | set(found.left))
    assert all(len(f.rows) > 1 for f in found.families)


@settings(max_examples=200)
@given(st.lists(st.integers(-8, 30), min_size=1, max_size=40), st.sets(st.integers(1, 43)))
def test_shared_units_equal_plain_counting(where: list[int], cuts: set[int]) -> None:
    units = len(where) + 4
    breaks = sorted(c for c in cuts if c < units)
    held = slow_followed(where)
    sentences = [(b - a, len(held & set(range(a, b)))) for a, b in zip([0, *breaks], [*breaks, units], strict=True)]
    most = max(shared for _, shared in sentences)
    size = next((n for n, shared in sentences if shared == most), 0) if most else 0
    got = shared_units(as_shared(where), units, np.array(breaks, np.int32))
    stretches = [(a + 1, b) for a, b in pairwise([-1, *sorted(held), units])]
    gap = max((b - a) * (END_GAP if a == 0 or b == units else 1) for a, b in stretches)
    assert got == (len(held), len(held) - most, units - size, gap)


def test_a_probe_says_where_each_shingle_stands_first_in_the_other_text() -> None:
    probe = new_probe(4)
    mine, theirs = np.array([1, 2, 3, 2], np.int32), np.array([2, 9, 3, 3], np.int32)
    ready(probe, mine)
    of_theirs = shared_by(probe, theirs)
    of_mine = shared_of(probe, 4, of_theirs, 0)
    assert [one.tolist() for one in of_mine] == [[1, 2, 3], [0, 2, 0]]
    assert [one.tolist() for one in of_theirs] == [[0, 2, 3], [1, 2, 2]]


def test_a_probe_for_a_text_of_any_length_is_bounded_and_has_room_for_every_shorter_one() -> None:
    rooms = [len(new_probe(size).numbers) for size in (0, 1, 100, 4_000, 5_000, 16_383, 16_384, 1_000_000)]
    assert rooms == sorted(rooms)
    assert rooms[-1] == 1 << 21


@settings(max_examples=200)
@given(st.lists(st.tuples(st.lists(st.integers(-1, 9)), st.lists(st.integers(-1, 9))), max_size=4))
def test_a_probe_used_for_text_after_text_of_any_size_equals_looking_through_them(
    pairs: list[tuple[list[int], list[int]]],
) -> None:
    """What stands alone in the corpus (-1) stands in no other text; a table in use after a larger one keeps nothing of it."""
    probe = new_probe(max((len(text) for pair in pairs for text in pair), default=0))
    for serial, (mine, theirs) in enumerate(pairs):
        ready(probe, np.array(mine, np.int32))
        of_theirs = shared_by(probe, np.array(theirs, np.int32))
        of_mine = shared_of(probe, len(mine), of_theirs, serial)
        for shared, of, other in ((of_mine, mine, theirs), (of_theirs, theirs, mine)):
            expected = [(i, other.index(n)) for i, n in enumerate(of) if n != ALONE and n in other]
            assert list(zip(shared.at.tolist(), shared.there.tolist(), strict=True)) == expected


@given(st.lists(st.lists(st.integers(-1, 9), min_size=1, max_size=8), min_size=1, max_size=12), st.data())
def test_the_most_typical_member_holds_most_of_what_many_hold(rows: list[list[int]], data: st.DataObject) -> None:
    sizes = np.array([len(row) for row in rows], np.int32)
    none, flat = np.zeros(len(rows), np.int64), np.array([n for row in rows for n in row], np.int32)
    p = Numbered(np.cumsum(sizes) - sizes, sizes, flat, none, none.astype(np.int32), np.empty(0, np.int32))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(rows)))) | {0, len(rows)})
    members, typical = np.array(data.draw(st.permutations(range(len(rows))))), np.empty(len(cuts) - 1, np.int64)
    most_typical(p, 10, members, np.array(cuts), typical, (0, len(typical)))
    for star, (a, b) in enumerate(pairwise(cuts)):
        mine = [rows[text] for text in members[a:b]]
        held = Counter(number for row in mine for number in row)
        worth = [sum(3 * (held[n] if n != ALONE else 1) - len(mine) for n in row) for row in mine]
        assert typical[star] == members[a + worth.index(max(worth))]


def test_a_word_changed_in_its_place_is_followed_and_a_passage_left_out_is_not() -> None:
    plain = [
        *range(6),
        -1,
        -1,
        -1,
        -1,
        -1,
        -1,
        *range(12, 18),
    ]  # one unit changed... and the gap of six shingles it makes
    assert shared_units(as_shared(plain), 22, np.array([], np.int32))[0] == 22
    moved = [*range(6), -1, -1, -1, -1, -1, -1, *range(30, 36)]
    assert shared_units(as_shared(moved), 22, np.array([], np.int32))[0] == 20


def test_one_sentence_in_common_is_a_quotation() -> None:
    long = SENTENCES[2] * 1
    rows = [SENTENCES[0] + long, SENTENCES[3] + long, long + SENTENCES[5], SENTENCES[7] + long]
    assert gathered(rows).families == ()


def test_short_texts_of_one_sentence_need_every_part_of_it() -> None:
    sent = "您申请的极速贷款额度{}元已经审核通过，点击下方链接{}即可领取，今日有效退订回T"
    rows = [sent.format(sum_, link) for sum_, link in (("五万", "甲乙"), ("八千", "丙丁"), ("三十万", "戊己庚"))]
    (family,) = gathered(rows).families
    assert len(family.rows) == 3
    ends = [sent.format("五万", "甲乙") + more for more in ("我已经不堪其扰请马上停止", "孩子上学的钱都没有了怎么办")]
    assert gathered(ends).families == ()


def test_a_letter_inside_longer_ones_reordered_or_cut_at_its_ends_is_found() -> None:
    letter = SENTENCES[:4]
    rows = ["".join(letter)] * 2 + [
        SENTENCES[5] + "".join(letter) + SENTENCES[6],
        letter[2] + letter[3] + letter[0] + letter[1],
        "".join(letter)[12:-12],
    ]
    (family,) = gathered(rows).families
    assert family.rows.tolist() == [0, 1, 2, 3, 4]


def test_a_chain_never_joins() -> None:
    """Each letter keeps all but one sentence of the one before; the ends have nothing in common."""
    chain = ["".join(SENTENCES[i : i + 4]) for i in range(5)]
    families = [set(f.rows.tolist()) for f in gathered(chain).families]
    assert not any({0, 4} <= family for family in families)


@pytest.mark.parametrize("rows", [[], [""], ["投"], ["投诉"] * 9, ["a b c"] * 3, ["同一句话" * 30] * 50])
@pytest.mark.parametrize("scheme", list(SCHEMES))
def test_small_and_equal_rows(rows: list[str], scheme: str) -> None:
    found = gathered(rows, scheme=scheme)
    assert sum(len(f.rows) for f in found.families) == (50 if len(rows) == 50 else 0)


def test_a_refilled_slot_is_the_same_letter_under_the_house_scheme() -> None:
    letter = "".join(SENTENCES[:3])
    rows = [f"本人姓名张三，欠款{sum_}元，{letter}" for sum_ in (100, 2_500, 99_999)]
    (family,) = gathered(rows, scheme="mingcha").families
    assert family.similarity.tolist() == [1_000_000] * 3


def test_schemes_are_made_once() -> None:
    assert plain_5() is plain_5()
    assert mingcha() is mingcha()


def test_texts_of_the_same_shingles_in_another_order_are_no_copies() -> None:
    ring = "春夏秋冬东南西北梅兰竹菊琴棋书画山水风云日月星辰金木火土" * 2
    turned = [
        ring[at : at + 32] for at in (0, 9)
    ]  # ends as it begins, so every shingle of the ring stands in each once
    corpus, _ = ordered([mingcha().passages([*turned, turned[0], turned[0][:9] + "。" + turned[0][9:]])], 2)
    assert sorted(corpus.copies.tolist()) == [1, 1, 2]
