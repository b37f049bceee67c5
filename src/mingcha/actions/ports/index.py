"""Incremental state of campaigns, ties and search. Indexes hold keyed sketches and tokens, never text."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from mingcha.model.family import Head, Met, Place, Posting
from mingcha.model.stored import Membership, Sketch

ALL_ROWS = 2**31 - 1  # more than any table here holds


class CampaignIndex(Protocol):
    """Sketches and families."""

    def put_sketches(self, rows: Sequence[Sketch]) -> None:
        """Insert or replace sketches."""

    def sketches(self) -> Iterator[Sketch]:
        """All sketches in order of complaint id, streamed."""

    def sketches_of(self, complaints: Sequence[str]) -> dict[str, Sketch]:
        """The sketches of these complaints."""

    def forget(self, complaints: Sequence[str]) -> None:
        """Forget the sketches and memberships of these complaints."""

    def replace_families(self, rows: Sequence[Membership], similarity_min: dict[str, int]) -> None:
        """Replace all memberships (and the least similarity inside each family) in one go."""

    def put_memberships(self, rows: Sequence[Membership]) -> None:
        """Insert or replace memberships."""

    def drop_memberships(self, complaints: Sequence[str]) -> None:
        """Forget the memberships of these complaints alone."""

    def put_similarity(self, family: str, least: int) -> None:
        """Keep the least similarity inside one family."""

    def add_judgement(self, id_: str, body: bytes) -> None:
        """Keep what a person said of families; it is never changed."""

    def judgements(self) -> Sequence[bytes]:
        """All of them, oldest first."""

    def memberships(self, complaints: Sequence[str]) -> dict[str, Membership]:
        """The family of each complaint that has one."""

    def standing(self, complaints: Sequence[str], family: str) -> tuple[dict[str, Membership], int | None]:
        """`memberships` and the family's `similarity_min` at once."""

    def members(self, family: str) -> Sequence[Membership]:
        """All members of a family, by complaint id."""

    def families(self) -> dict[str, tuple[str, ...]]:
        """All families: id -> member complaints, sorted."""

    def similarity_min(self, families: Sequence[str]) -> dict[str, int]:
        """The least similarity inside each family."""


class HeadIndex(Protocol):
    """Representatives, the place of each text at one of them, and the hashes they are found by."""

    def put_heads(self, rows: Sequence[Head]) -> None:
        """Insert or replace heads."""

    def heads(self, numbers: Sequence[int]) -> dict[int, Head]:
        """Heads by number."""

    def heads_of(self, complaints: Sequence[str]) -> dict[str, Head]:
        """The heads that are these complaints' texts, by complaint."""

    def all_heads(self) -> Iterator[Head]:
        """All heads by number, streamed."""

    def last_head(self) -> int:
        """The largest number in use, 0 for none."""

    def drop_heads(self, numbers: Sequence[int]) -> None:
        """Forget heads; what they are posted under is the caller's to change."""

    def meet(self, complaint: str, digest: str, hashes: Sequence[int]) -> Met:
        """All a new text is met by: `places`, `twin`, `postings` and `last_head` at once."""

    def with_texts(self, numbers: Sequence[int]) -> dict[int, tuple[Head, Sketch]]:
        """Heads by number with the sketches of their texts, those that have one."""

    def postings(self, hashes: Sequence[int]) -> Sequence[Posting]:
        """What is posted under these hashes, by hash."""

    def all_postings(self) -> Iterator[Posting]:
        """All postings by hash, streamed."""

    def put_postings(self, rows: Sequence[Posting]) -> None:
        """Insert or replace postings; empty ones go."""

    def put_places(self, rows: Sequence[Place]) -> None:
        """Insert or replace places."""

    def places(self, complaints: Sequence[str]) -> dict[str, Place]:
        """The places of these complaints."""

    def twin(self, digest: str) -> Place | None:
        """The place of the first complaint (by id) with this very text."""

    def placed(self, head: int, below: int | None = None) -> Sequence[Place]:
        """Places at a head by complaint, all or those that hold fewer than `below` of its units."""

    def drop_places(self, complaints: Sequence[str]) -> None:
        """Forget the places of these complaints."""


class SummaryIndex(Protocol):
    """Precomputed summaries (campaigns, ties, groups) by complaint: opaque bytes, replaced as a whole or added to."""

    def replace(self, kind: str, rows: Sequence[tuple[str, bytes]]) -> None:
        """Replace all rows of one kind of summary: (complaint or object id, bytes)."""

    def add(self, kind: str, rows: Sequence[tuple[str, bytes]]) -> None:
        """Insert or replace rows of one kind; the others stay."""

    def get(self, kind: str, ids: Sequence[str]) -> dict[str, bytes]:
        """Rows by id."""

    def all(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """All rows of one kind, by id, streamed."""

    def starting(self, kind: str, starts: Sequence[str], most: int) -> dict[str, Sequence[tuple[str, bytes]]]:
        """For each start the first rows of one kind whose id begins with it, at most so many of each, by id."""

    def last(self, kind: str) -> str | None:
        """The largest id of one kind, None where there is none."""

    def drop(self, kind: str, ids: Sequence[str]) -> None:
        """Forget rows of one kind."""


class Search(Protocol):
    """Full-text search over redacted text; finds two-character Chinese words."""

    def put(self, rows: Sequence[tuple[str, str]]) -> None:
        """(complaint id, redacted text); replaces what was there."""

    def find(self, words: str, limit: int) -> Sequence[str]:
        """Ids of complaints that hold every word, best first."""

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these complaints."""
