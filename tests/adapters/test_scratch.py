"""Columns on disk are the columns in memory."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.actions.campaigns import find_families
from mingcha.adapters.scratch import Scratch, quarter_of_memory
from mingcha.model.letters import Block

rows = st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=8)


@given(rows, st.integers(0, 200))
def test_columns_are_the_same_in_memory_and_on_disk(parts: list[list[int]], limit: int) -> None:
    columns = [(np.array(p, np.uint64), np.array([len(p)], np.int32)) for p in parts]
    scratch = Scratch(limit)
    hashes, sizes = scratch(iter(columns), (np.uint64, np.int32))
    assert hashes.dtype == np.uint64
    assert hashes.tolist() == [value for p in parts for value in p]
    assert sizes.tolist() == [len(p) for p in parts]
    total = hashes.nbytes + sizes.nbytes
    assert scratch.spilled == (total if total > limit else 0)
    assert type(hashes) is np.ndarray


def test_families_are_the_same_and_nothing_is_left_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    letter = "合同利率与口头承诺不符，每月都多扣。请退还多收的服务费和保险费。请在十五日内书面答复本人，谢谢。"
    block = Block("abc", [letter, "您好，请问网点几点开门？", letter + "谢谢您。"])
    scratch = Scratch(0)
    spilled = find_families([block], join=scratch).found
    whole = find_families([block]).found
    assert scratch.spilled > 0
    assert [(f.name, f.rows.tolist()) for f in spilled.families] == [(f.name, f.rows.tolist()) for f in whole.families]
    assert not list(tmp_path.iterdir())


def test_a_quarter_of_memory_is_some() -> None:
    assert 1 << 26 < quarter_of_memory() < 1 << 50
