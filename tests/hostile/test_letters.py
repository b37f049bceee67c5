"""Files made to stop `mingcha campaigns`: huge, empty, equal or crafted texts take bounded work, and it is told."""

import random
from collections.abc import Sequence

import numpy as np

from mingcha.actions.campaigns import Gathered, find_families, find_pairs
from mingcha.campaign.gathering import RULE, gather_families
from mingcha.campaign.letters import ordered
from mingcha.model.letters import Block

LETTER = "合同利率与口头承诺不符，每月都多扣。请退还多收的服务费和保险费。请在十五日内书面答复本人，谢谢。"
ROUNDS, PASSES = 8, 2  # of asking: see gathering and finding


def families(texts: Sequence[str]) -> Gathered:
    return find_families([Block(range(len(texts)), texts)])


def test_a_text_of_ten_megabytes_hurts_nobody() -> None:
    rng = random.Random(1)
    huge = "".join(rng.choices("春夏秋冬东南西北梅兰竹菊琴棋书画", k=3_500_000))
    assert len(huge.encode()) > 10_000_000
    assert [f.rows.tolist() for f in families([LETTER, huge, LETTER + "再次感谢。"]).found.families] == [[0, 2]]


def test_one_character_again_and_again_is_one_text() -> None:
    found = families(["好" * 1_000_000, "好" * 999_999, LETTER]).found
    assert [f.rows.tolist() for f in found.families] == [[0, 1]]


def test_equal_rows_are_one_text_that_is_never_compared() -> None:
    found = families([LETTER] * 50_000).found
    assert [len(f.rows) for f in found.families] == [50_000]
    assert found.compared == 0


def test_empty_and_one_character_rows_are_told() -> None:
    done = families(["", "好", "。。。", " ", "行"] * 100)
    assert not done.found.families
    assert done.empty == 300
    assert len(done.found.too_short) == 200
    assert len(find_pairs([Block("ab", ["", ""])]).pairs.first) == 0


def test_texts_with_nothing_in_common_are_not_compared() -> None:
    rng = random.Random(2)
    texts = ["".join(map(chr, rng.sample(range(0x4E00, 0x9FA5), 60))) for _ in range(2_000)]
    found = families(texts).found
    assert not found.families
    assert found.compared < len(texts)


def test_hashes_crafted_to_fall_into_one_place_take_bounded_work() -> None:
    rows, size = 400, 60
    rng = np.random.default_rng(3)
    hashes = (rng.integers(1, 1 << 30, rows * size).astype(np.uint64) << np.uint64(34)) | np.uint64(7)
    sizes = np.full(rows, size, np.int32)
    part = hashes, sizes, np.empty(0, np.int32), np.zeros(rows, np.int32)
    found = gather_families(*ordered([part], 2), RULE, 2, lambda _: None)
    assert not found.families
    assert found.compared <= rows * RULE.compared * ROUNDS * PASSES
