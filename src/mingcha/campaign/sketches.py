"""Keyed shingle hashes of many texts in flat arrays; exact copies collapse here, and their order never matters.

A text is known by the digest of its hashes: equal sketches are one text with several complaints. What is too short
to compare is set aside by name, never dropped in silence (law 9).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Sketches:
    """Distinct texts in flat form: text `i` has `hashes[starts[i]:starts[i + 1]]`, sorted and unique.

    `complaints[i]` are those that hold text `i`, sorted; `digests[i]` names it. `too_short` lists complaints set
    aside. Texts stand in order of (size, digest), whatever order the rows came in.
    """

    digests: tuple[str, ...]
    complaints: tuple[tuple[str, ...], ...]
    order: NDArray[np.int64]  # text i is stored as row order[i] of starts/hashes
    starts: NDArray[np.int64]
    hashes: Hashes
    too_short: tuple[str, ...]

    def text(self, i: int) -> Hashes:
        """The hashes of text `i`, a view."""
        row = self.order[i]
        return self.hashes[self.starts[row] : self.starts[row + 1]]


def as_hashes(raw: bytes | bytearray) -> Hashes:
    """Little-endian bytes as stored -> hashes (a view)."""
    return np.frombuffer(raw, dtype="<u8")


def digest_of(raw: bytes) -> str:
    """The name of a text: 128 bits over its sorted keyed hashes, in hex."""
    return blake2b(raw, digest_size=DIGEST_BYTES).hexdigest()


def pack(rows: Iterable[tuple[str, bytes]], min_shingles: int) -> Sketches:
    """Lay out (complaint id, sorted unique little-endian uint64 hashes) for the join; a complaint comes once.

    Raises ValueError for a complaint given twice and for bytes that are not whole hashes.
    """
    buffer = bytearray()
    rows_of: dict[str, int] = {}
    holders: list[list[str]] = []
    starts = [0]
    too_short: list[str] = []
    seen = 0
    for complaint, raw in rows:
        seen += 1
        if len(raw) % 8:
            raise ValueError(f"{complaint}: a sketch is whole 64-bit hashes")
        if len(raw) < 8 * min_shingles:
            too_short.append(complaint)
            continue
        row = rows_of.setdefault(digest_of(raw), len(holders))
        if row == len(holders):
            holders.append([])
            buffer += raw
            starts.append(len(buffer) // 8)
        holders[row].append(complaint)
    if seen != len({c for held in holders for c in held} | set(too_short)):
        raise ValueError("a complaint was given twice")
    digests = list(rows_of)
    order = sorted(range(len(digests)), key=lambda row: (starts[row + 1] - starts[row], digests[row]))
    return Sketches(
        digests=tuple(digests[row] for row in order),
        complaints=tuple(tuple(sorted(holders[row])) for row in order),
        order=np.array(order, dtype=np.int64),
        starts=np.array(starts, dtype=np.int64),
        hashes=np.frombuffer(buffer, dtype="<u8").astype(np.uint64, copy=False),
        too_short=tuple(sorted(too_short)),
    )
