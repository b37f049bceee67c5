"""Merkle roots and commitments: every leaf is proved and nothing else is; leaves never pass for nodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence import twin

from mingcha.evidence.commitment import SALT, commitment, opens
from mingcha.evidence.merkle import leaf, node, proof, proves, root

LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)
SALTS = st.binary(min_size=SALT, max_size=SALT)


@given(LEAVES, st.data())
def test_every_leaf_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(leaves) - 1))
    steps = proof(leaves, position)
    assert proves(leaves[position], steps, root(leaves))
    assert not proves(leaves[position] + b"x", steps, root(leaves))
    assert root(leaves) == twin.merkle(leaves).hex()
    assert [list(step) for step in steps] == twin.path(position, leaves)


@given(LEAVES, LEAVES)
def test_two_batches_never_share_a_root(a: list[bytes], b: list[bytes]) -> None:
    assert (root(a) == root(b)) is (a == b)


def test_a_node_does_not_pass_for_a_leaf() -> None:
    inside = leaf(b"a") + leaf(b"b")
    assert root([inside]) != root([b"a", b"b"])
    assert root([b"a", b"b"]) == node(leaf(b"a"), leaf(b"b")).hex()


def test_an_empty_batch_has_no_root_and_no_such_leaf_no_proof() -> None:
    with pytest.raises(ValueError, match="empty"):
        root([])
    for position in (-1, 2):
        with pytest.raises(IndexError):
            proof([b"a", b"b"], position)


@pytest.mark.parametrize("step", [("left", "zz"), ("up", "00" * 32), ("right", "00"), ("left", "")])
def test_malformed_steps_prove_nothing(step: tuple[str, str]) -> None:
    assert not proves(b"a", (step,), root([b"a"]))


@given(st.binary(max_size=40), SALTS, st.binary(max_size=40), SALTS)
def test_a_commitment_binds_data_and_salt(data: bytes, salt: bytes, other: bytes, other_salt: bytes) -> None:
    sealed = commitment(data, salt)
    assert opens(sealed, data, salt)
    assert opens(sealed, other, other_salt) is ((data, salt) == (other, other_salt))


@pytest.mark.parametrize("salt", [b"", b"x" * 15, b"x" * 17])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(b"data", salt)
    assert not opens("00", b"data", salt)
