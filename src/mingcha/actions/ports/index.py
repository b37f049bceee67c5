"""Incremental state of campaigns, ties and search. Indexes hold keyed sketches and tokens, never text."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from mingcha.model.stored import Membership, Sketch


class CampaignIndex(Protocol):
    """Sketches and families."""

    def put_sketches(self, rows: Sequence[Sketch]) -> None:
        """Insert or replace sketches."""

    def sketches(self) -> Iterator[Sketch]:
        """All sketches in order of complaint id, streamed."""

    def forget(self, complaints: Sequence[str]) -> None:
        """Forget the sketches and memberships of these complaints."""

    def replace_families(self, rows: Sequence[Membership], similarity_min: dict[str, int]) -> None:
        """Replace all memberships (and the least similarity inside each family) in one go."""

    def memberships(self, complaints: Sequence[str]) -> dict[str, Membership]:
        """The family of each complaint that has one."""

    def members(self, family: str) -> Sequence[Membership]:
        """All members of a family, by complaint id."""

    def families(self) -> dict[str, tuple[str, ...]]:
        """All families: id -> member complaints, sorted."""

    def similarity_min(self, families: Sequence[str]) -> dict[str, int]:
        """The least similarity inside each family."""


class SummaryIndex(Protocol):
    """Precomputed summaries (campaigns, ties, groups) by complaint: opaque ciphertext, replaced as a whole."""

    def replace(self, kind: str, rows: Sequence[tuple[str, bytes]]) -> None:
        """Replace all rows of one kind of summary: (complaint or object id, bytes)."""

    def get(self, kind: str, ids: Sequence[str]) -> dict[str, bytes]:
        """Rows by id."""

    def all(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """All rows of one kind, by id, streamed."""


class Search(Protocol):
    """Full-text search over redacted text; finds two-character Chinese words."""

    def put(self, rows: Sequence[tuple[str, str]]) -> None:
        """(complaint id, redacted text); replaces what was there."""

    def find(self, words: str, limit: int) -> Sequence[str]:
        """Ids of complaints that hold every word, best first."""

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these complaints."""
