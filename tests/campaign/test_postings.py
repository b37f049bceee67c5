"""Heads are posted under few hashes, never under none, and are found by whoever holds a few of theirs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mingcha.campaign.postings import (
    ASKED,
    CROWD,
    POSTED,
    POSTED_ANYWAY,
    SHARE,
    WIDTH,
    as_hashes,
    as_raw,
    asked,
    asked_at_once,
    board_of,
    by_hash,
    choose,
    choose_all,
    post,
    votes,
    withdraw,
)
from mingcha.model.family import Posting

SETS = st.sets(st.integers(0, 40), min_size=1, max_size=30)


def numbers(raw: bytes) -> list[int]:
    return np.frombuffer(raw, "<u4").tolist()


@given(st.lists(st.tuples(SETS, st.booleans()), max_size=30), SETS)
def test_posting_and_asking_against_plain_lists(heads: list[tuple[set[int], bool]], text: set[int]) -> None:
    there: dict[int, Posting] = {}
    plain: dict[tuple[int, bool], list[int]] = {}
    for number, (held, family) in enumerate(heads, 1):
        hashes = sorted(held)
        free = [h for h in hashes if len(plain.get((h, family), [])) < CROWD][:POSTED]
        rest = sorted(
            (h for h in hashes if h not in free and len(plain.get((h, family), [])) >= CROWD),
            key=lambda h: (len(plain[h, family]), h),
        )
        expected = [*free, *rest[: max(0, POSTED_ANYWAY - len(free))]]
        chosen = choose(hashes, there, family=family)
        assert chosen == expected
        assert len(chosen) >= min(POSTED_ANYWAY, len(hashes))
        post(there, chosen, number, family=family)
        for one in chosen:
            plain.setdefault((one, family), []).append(number)
    for family, got in zip((True, False), votes(there[h] for h in sorted(text) if h in there), strict=True):
        met = [n for h in text for n in plain.get((h, family), [])]
        assert got == sorted(set(met), key=lambda n: (-met.count(n), n))


@given(st.lists(SETS, max_size=30), st.lists(SETS, max_size=30))
def test_many_are_posted_at_once_as_they_are_one_by_one(before: list[set[int]], new: list[set[int]]) -> None:
    there: dict[int, Posting] = {}
    for number, held in enumerate(before, 1):
        post(there, choose(sorted(held), there, family=False), number, family=False)
    post(there, [0], 99, family=True)
    board = board_of(there.values(), len(new))
    got = choose_all(board, [np.array([*held, *held], np.uint64) for held in new])
    for number, (held, chosen) in enumerate(zip(new, got, strict=True), 100):
        assert chosen.tolist() == choose(sorted(held), there, family=False)
        post(there, chosen.tolist(), number, family=False)
    assert len(got) == len(new)
    lists: dict[int, bytes] = {}
    for number, chosen in enumerate(got, 100):
        lists |= {one: lists.get(one, b"") + number.to_bytes(WIDTH, "little") for one in chosen.tolist()}
    assert list(by_hash(got, range(100, 100 + len(got)))) == sorted(lists.items())


def test_a_board_knows_hashes_with_the_highest_bit() -> None:
    there = {-1: Posting(hash=-1, families=b"", lone=bytes(WIDTH * CROWD))}
    few = np.array([2**64 - 1, *range(POSTED_ANYWAY)], np.uint64)
    assert choose_all(board_of(there.values(), 1), [few])[0].tolist() == [0, 1, 2, 3]
    assert choose_all(board_of([], 1), [few])[0].tolist() == [0, 1, 2, 3, -1]


def test_what_is_withdrawn_is_found_no_more() -> None:
    there: dict[int, Posting] = {}
    post(there, [1, 2], 7, family=False)
    post(there, [2, 3], 8, family=False)
    post(there, [2], 9, family=True)
    withdraw(there, [1, 2], 7)
    assert {h: (numbers(row.families), numbers(row.lone)) for h, row in there.items()} == {
        1: ([], []),
        2: ([9], [8]),
        3: ([], [8]),
    }


def test_hashes_come_from_small_to_large_and_back() -> None:
    values = np.array([5, 2**64 - 1, 3, 5], np.uint64)
    assert asked(values) == [3, 5, -1]
    assert as_hashes(as_raw([3, 5, -1])) == [3, 5, -1]


def test_a_template_of_fifty_shingles_in_a_long_letter_is_asked_for_by_most_of_what_it_is_posted_under() -> None:
    dice = np.random.default_rng(5)
    met = []
    for _ in range(200):
        letter = dice.integers(0, 2**64, int(dice.integers(300, 6_000)), dtype=np.uint64)
        template = letter[100 : 100 + 48]
        posted = choose(asked(template), {}, family=True)
        met.append(len(set(posted) & set(asked_at_once(asked(letter)))))
    assert sum(met) / len(met) > 0.9 * POSTED
    assert min(met) >= POSTED // 4


def test_whoever_has_few_hashes_asks_with_all() -> None:
    assert list(asked_at_once(range(ASKED))) == list(range(ASKED))
    assert len(asked_at_once(range(ASKED * SHARE + 30))) == ASKED + 10
