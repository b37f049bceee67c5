"""Frames in memory: the twin of the files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from mingcha.adapters.blobs.frames import Parts, Tally, opened, sealed
from mingcha.errors import ExhibitMissing
from mingcha.model.exhibit import Written
from mingcha.model.words import Words


class MemoryBlobs:
    """Frames that last as long as this object. `held` are those named, `waiting` those a block is about to name."""

    def __init__(self) -> None:
        self.held: dict[str, list[bytes]] = {}
        self.waiting: dict[str, list[bytes]] = {}

    @contextmanager
    def keep(self, exhibit: str, source: Iterable[bytes], parts: Parts) -> Iterator[Written]:
        """Write the bytes and give their digests."""
        tally = Tally()
        self.waiting[exhibit] = list(sealed(source, parts, tally))
        yield tally.written()
        self.held[exhibit] = self.waiting.pop(exhibit)

    def settle(self, known: Callable[[Sequence[str]], Iterable[str]]) -> None:
        """Finish or remove what was left between writing and naming."""
        named = set(known(list(self.waiting)))
        self.held.update((one, frames) for one, frames in self.waiting.items() if one in named)
        self.waiting.clear()

    def read(self, exhibit: str, frames: bytes, parts: Parts) -> Iterator[bytes]:
        """The bytes frame by frame, checked."""
        stored = self.held.get(exhibit) or self.waiting.get(exhibit)
        if stored is None:
            raise ExhibitMissing(exhibit=exhibit, why=Words("没有它的文件", "there is no file of it"))
        yield from opened(exhibit, stored, frames, parts)

    def remove(self, exhibits: Iterable[str]) -> None:
        """Remove bytes."""
        for one in exhibits:
            self.held.pop(one, None)
            self.waiting.pop(one, None)
