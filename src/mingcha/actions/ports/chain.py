"""The evidence chains as actions use them: custody, decisions, access; append, read, nothing else."""

from collections.abc import Iterator
from typing import Protocol

from mingcha.model.stored import Link, Mark


class Chains(Protocol):
    """Append-only hash chains kept in the same transaction as what they seal."""

    def tail(self, chain: str) -> Link | None:
        """The newest record of a chain."""

    def append(self, link: Link) -> None:
        """Keep a sealed record; its seq must follow the tail's."""

    def read(self, chain: str, after: int = 0) -> Iterator[Link]:
        """Records in order, streamed."""

    def marks(self, chain: str, until: int) -> Iterator[Mark]:
        """Where records stand, when they were sealed and their hashes, up to a place; streamed, at a fifth of what reading costs."""

    def names(self) -> tuple[str, ...]:
        """Chains that hold at least one record."""
