"""Texts as keyed shingle hashes in their order: what the house keeps of a text to find its family, and compares instead of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.cutting import mingcha
from mingcha.campaign.kernels.ranks import I32, U64
from mingcha.model.stored import Sketch

SKETCH_SCHEME = "passages-5@2026-11-25c"
Hashes = NDArray[np.uint64]
DIGEST_BYTES = 16
BLOCK = 1_000


@dataclass(frozen=True, slots=True)
class Passage:
    """One text: its shingle hashes as they stand, and the units where its sentences after the first begin."""

    hashes: U64
    breaks: I32

    @property
    def digest(self) -> str:
        """The name of the text: equal shingles in equal sentences, equal digests."""
        return digest_of(as_bytes(self.hashes, "<u8") + b"|" + as_bytes(self.breaks, "<i4"))


def sketch(texts: Sequence[tuple[str, str]], key: int) -> list[Sketch]:
    """The sketches of (complaint, text) pairs under the house's key."""
    hashes, sizes, breaks, counts = mingcha().passages([text for _, text in texts], key)
    ends, stops = np.cumsum(sizes, dtype=np.int64), np.cumsum(counts, dtype=np.int64)
    return [
        Sketch(
            complaint=complaint,
            scheme=SKETCH_SCHEME,
            hashes=as_bytes(hashes[ends[i] - sizes[i] : ends[i]], "<u8"),
            breaks=as_bytes(breaks[stops[i] - counts[i] : stops[i]], "<i4"),
        )
        for i, (complaint, _) in enumerate(texts)
    ]


def passage(sketch: Sketch) -> Passage:
    """A sketch as arrays (views)."""
    return Passage(np.frombuffer(sketch.hashes, "<u8"), np.frombuffer(sketch.breaks, "<i4"))


def distinct(raw: bytes) -> Hashes:
    """The shingles of a text as a set: sorted, each once; what `text.fingerprint.shingles` gives."""
    return np.unique(np.frombuffer(raw, "<u8"))


def blocks(sketches: Iterable[Sketch], seen: list[str]) -> Iterator[tuple[U64, I32, I32, I32]]:
    """Sketches as `Cutting.passages` gives blocks of texts; the complaints are noted in `seen` as they stream by."""
    stream = iter(sketches)
    while block := list(islice(stream, BLOCK)):
        seen += [one.complaint for one in block]
        hashes, sizes = _laid_out([one.hashes for one in block], "<u8")
        breaks, counts = _laid_out([one.breaks for one in block], "<i4")
        yield hashes, sizes, breaks, counts


def _laid_out(parts: Sequence[bytes], kind: str) -> tuple[NDArray[Any], I32]:
    """Arrays end to end, and how long each is. ValueError for bytes that are not whole numbers."""
    width = np.dtype(kind).itemsize
    if any(len(part) % width for part in parts):
        raise ValueError(f"the parts of a sketch are whole numbers of {width} bytes")
    return np.frombuffer(b"".join(parts), kind), np.array([len(part) // width for part in parts], np.int32)


def as_bytes(values: NDArray[np.generic], kind: str) -> bytes:
    """An array as it is kept."""
    return values.astype(kind, copy=False).tobytes()


def digest_of(raw: bytes | memoryview) -> str:
    """The name of a text: 128 bits over its keyed hashes, in hex."""
    return blake2b(raw, digest_size=DIGEST_BYTES).hexdigest()
