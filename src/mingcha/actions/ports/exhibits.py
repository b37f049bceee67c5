"""The register of exhibits: found by id, by what they are about, by their original, and by when a source loses its own; ciphertext."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from mingcha.model.stored import KeptExhibit


class Exhibits(Protocol):
    """Exhibits by id. All lists are in the order they were kept."""

    def put(self, exhibit: KeptExhibit) -> None:
        """Keep one; OutOfOrder where its id is kept already: nothing is overwritten."""

    def get(self, ids: Sequence[str]) -> dict[str, KeptExhibit]:
        """Those that exist, by id."""

    def about(self, of: Sequence[str]) -> tuple[KeptExhibit, ...]:
        """Those about any of these."""

    def derived(self, ids: Sequence[str]) -> tuple[KeptExhibit, ...]:
        """Copies made of these, not those made of copies."""

    def ending(self, first: datetime, last: datetime) -> tuple[KeptExhibit, ...]:
        """Those whose original is deleted at its source between two times, both included; the soonest first."""

    def all(self) -> Iterator[KeptExhibit]:
        """All of them, streamed."""

    def erase(self, ids: Sequence[str]) -> int:
        """Destroy what is said of these, and the keys of their bytes; returns how many held any."""
