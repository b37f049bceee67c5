"""Books of acts: what was done about cases, people who were cheated and the like, only ever added; what acts say is ciphertext."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from mingcha.model.stored import BookAct


class Books(Protocol):
    """Acts by book and by what they are of."""

    def add_act(self, act: BookAct) -> None:
        """Keep one act; OutOfOrder where its id is kept already: nothing is overwritten."""

    def acts(self, book: str, of: Sequence[str]) -> dict[str, tuple[BookAct, ...]]:
        """The acts of a book on each of these that has any, in the order they were kept."""

    def all_acts(self, book: str) -> Iterator[BookAct]:
        """Every act of a book in the order they were kept, streamed."""

    def erase(self, book: str, of: Sequence[str]) -> int:
        """Destroy what all acts of a book on these say; returns how many acts."""
