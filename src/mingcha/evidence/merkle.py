"""Merkle roots over a batch (RFC 6962 section 2.1): leaves and nodes are hashed in different domains.

An empty batch has no root, for a proof about nothing proves nothing.
"""

from collections.abc import Sequence
from hashlib import sha256

Proof = tuple[tuple[str, str], ...]  # (side of the sibling: left or right, its hash), from leaf to root


def leaf(data: bytes) -> bytes:
    """Hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> str:
    """The root (hex). An empty batch has none: ValueError."""
    if not leaves:
        raise ValueError("an empty batch has no Merkle root")
    return _levels(leaves)[-1][0].hex()


def proof(leaves: Sequence[bytes], position: int) -> Proof:
    """Why leaf `position` is under the root; IndexError when there is no such leaf."""
    if not 0 <= position < len(leaves):
        raise IndexError(f"there is no leaf {position} among {len(leaves)}")
    out = []
    for level in _levels(leaves)[:-1]:
        sibling = position ^ 1
        if sibling < len(level):
            out.append(("left" if sibling < position else "right", level[sibling].hex()))
        position //= 2
    return tuple(out)


def proves(data: bytes, steps: Proof, expected_root: str) -> bool:
    """Whether the steps lead from the data to the root; malformed steps prove nothing."""
    digest = leaf(data)
    for side, sibling in steps:
        try:
            other = bytes.fromhex(sibling)
        except ValueError:
            return False
        if side not in ("left", "right") or len(other) != len(digest):
            return False
        digest = node(other, digest) if side == "left" else node(digest, other)
    return digest.hex() == expected_root


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """All levels, leaves first; an odd last node is carried up unchanged, which equals RFC 6962's split."""
    levels = [[leaf(data) for data in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [node(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        if len(below) % 2:
            above.append(below[-1])
        levels.append(above)
    return levels
