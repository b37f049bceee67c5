"""Facts: imported rows, kept for ever in versions, ciphertext at rest, found by keyed tokens.

The store never sees clear text: `body` is ciphertext under the record's own data key, `wrapped` is that key wrapped by
the site key. Erasing a record destroys `wrapped`; what was sealed in the chain is a salted commitment.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from mingcha.model.stored import Batch, NewRecord, StoredRecord


class Records(Protocol):
    """Append-only facts with `recorded_seq`."""

    def put(self, rows: Sequence[NewRecord], at: datetime) -> None:
        """Keep new versions. A version that exists already is an error."""

    def put_batch(self, batch: Batch, at: datetime) -> None:
        """Note what was imported."""

    def batches(self) -> Sequence[Batch]:
        """All imports, oldest first."""

    def heads(self, kind: str, ids: Sequence[str]) -> dict[str, StoredRecord]:
        """The latest version of each id that exists."""

    def by_token(self, kind: str, field: str, tokens: Sequence[str]) -> Sequence[StoredRecord]:
        """Latest versions of records whose `field` holds any of the tokens."""

    def by_text(self, digests: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Ids of complaints that hold exactly this text, by digest."""

    def scan(self, kind: str, after_seq: int = 0, as_of: int | None = None) -> Iterator[StoredRecord]:
        """Latest versions in order of seq (as of a seq when given), streamed."""

    def history(self, kind: str) -> Iterator[StoredRecord]:
        """Every version ever kept of a kind, in order of seq, streamed."""

    def tokens(self, kind: str, fields: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """(record id, field, token) of all latest versions, streamed."""

    def commitments(self, batch: str) -> Sequence[str]:
        """The commitments of every version kept by a batch, in order of seq (erased ones too)."""

    def counts(self) -> dict[str, int]:
        """How many records of each kind the house holds."""

    def held(self, kinds: Sequence[str]) -> frozenset[str]:
        """Those of the kinds the house holds any record of."""

    def last_seq(self) -> int:
        """The newest recorded_seq; 0 when empty."""

    def erase(self, ids: Iterable[str], at: datetime) -> int:
        """Destroy the data keys, bodies and tokens of all versions of these records; returns how many versions."""
