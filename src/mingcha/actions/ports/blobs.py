"""Where the bytes of exhibits lie: in frames, each encrypted in its place; kept whole or not at all, and checked as they are read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from mingcha.actions.ports.keys import Parts
from mingcha.model.exhibit import Written


class Blobs(Protocol):
    """Bytes by exhibit. Memory holds a few frames, whatever the size."""

    def keep(self, exhibit: str, source: Iterable[bytes], parts: Parts) -> AbstractContextManager[Written]:
        """Write the bytes and give their digests; the transaction that names them belongs into the block.

        StoreTrouble when the disk is full or refuses. What a block that raised leaves behind is settled later.
        """

    def settle(self, known: Callable[[Sequence[str]], Iterable[str]]) -> None:
        """Finish or remove what a crash left between writing and naming; `known` says which of these exhibits are named."""

    def read(self, exhibit: str, frames: bytes, parts: Parts) -> Iterator[bytes]:
        """The bytes frame by frame, each held against its digest in `frames` and opened in its place before it is given.

        ExhibitMissing, or ExhibitChanged with the first frame (`frame`, from 1) that does not fit.
        """

    def remove(self, exhibits: Iterable[str]) -> None:
        """Remove bytes; those that are gone are gone."""
