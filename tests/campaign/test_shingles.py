"""The hash tables of the kernels: what prepared values do to them."""

import numpy as np

from mingcha.campaign.kernels.ranks import U64
from mingcha.campaign.kernels.shingles import enter, first_slot, new_table, place


def _slots(table: U64, values: U64) -> int:
    return len({int(first_slot(table, value)) for value in values})


def test_values_prepared_to_meet_in_one_place_are_spread() -> None:
    """All end in the same 40 bits; a table that took its place from these would walk past all to find the last."""
    values = np.arange(1, 5_001, dtype=np.uint64) << np.uint64(40) | np.uint64(7)
    table, owner = new_table(len(values))
    spread = [_slots(new_table(len(values))[0], values) for _ in range(15)]
    assert sorted(spread)[7] > len(values) // 2, "the factor is random, and now and then one is unlucky"
    assert all(enter(table, owner, value, 3) for value in values)
    assert not any(enter(table, owner, value, 3) for value in values)
    assert all(table[place(table, owner, value, 3)] == value for value in values)
    assert place(table, owner, np.uint64(7), 3) == -1
