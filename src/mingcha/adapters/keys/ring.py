"""The secrets of a site as one value: a root, which never changes, and generations of wrapping keys, which only grow.

Tokens, record ids and sketches come from the root, because equality with everything already stored rests on it; a new
root is a re-keying of the whole store, not a rotation.
"""

import hashlib
import os
from base64 import b32encode
from dataclasses import dataclass, field, replace
from typing import Any

from mingcha.adapters.keys.suite import KEY, SUITE, derive
from mingcha.evidence.canonical import canonical

FORMAT = "mingcha-keys/1"


@dataclass(frozen=True, slots=True)
class Ring:
    """Secrets of 32 bytes each; generation n is `wrapping[n - 1]`. `dev` marks keys made without anybody's asking."""

    dev: bool
    root: bytes = field(repr=False)
    wrapping: tuple[bytes, ...] = field(repr=False)

    @property
    def id(self) -> str:
        """Which site's keys these are, in eight letters that tell nothing else."""
        letters = b32encode(derive(self.root, "key-id", 5)).decode()
        return f"{letters[:4]}-{letters[4:]}"


def fresh(*, dev: bool) -> Ring:
    """New secrets."""
    return Ring(dev, os.urandom(KEY), (os.urandom(KEY),))


def rotated(ring: Ring) -> Ring:
    """The same ring with one more wrapping key."""
    return replace(ring, wrapping=(*ring.wrapping, os.urandom(KEY)))


def summed(ring: Ring) -> str:
    """Eight letters over everything in the ring, by which damage and slips show."""
    return letters_over("ring", canonical(_plain(ring)), 8)


def letters_over(what: str, data: bytes, count: int) -> str:
    """The first base32 letters of a digest; a check, not a secret."""
    return b32encode(hashlib.sha256(f"mingcha/check/1/{what}\0".encode() + data).digest()).decode()[:count]


def to_content(ring: Ring) -> dict[str, Any]:
    """The ring as its file holds it."""
    return {**_plain(ring), "dev": ring.dev, "sum": summed(ring)}


def from_content(content: Any) -> Ring:
    """The ring a file holds; ValueError when the content is not whole, of this format and of this suite."""
    if not isinstance(content, dict) or content.get("format") != FORMAT or content.get("suite") != SUITE:
        raise ValueError("another format or suite")
    dev, root, wrapping = content.get("dev"), content.get("root"), content.get("wrapping")
    if not isinstance(dev, bool) or not isinstance(root, str) or not isinstance(wrapping, list) or not wrapping:
        raise ValueError("a field is missing")
    ring = Ring(dev, bytes.fromhex(root), tuple(bytes.fromhex(str(one)) for one in wrapping))
    if {len(one) for one in (ring.root, *ring.wrapping)} != {KEY}:
        raise ValueError("a secret has another length")
    if content.get("sum", summed(ring)) != summed(ring):
        raise ValueError("its sum does not fit")
    return ring


def _plain(ring: Ring) -> dict[str, Any]:
    secrets = {"root": ring.root.hex(), "wrapping": [one.hex() for one in ring.wrapping]}
    return {"format": FORMAT, "suite": SUITE, "dev": int(ring.dev), **secrets}
