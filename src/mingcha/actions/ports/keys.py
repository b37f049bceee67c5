"""Keys as actions use them: equality tokens, envelopes for records, commitments for the chain."""

from typing import Protocol

from mingcha.model.record import Personal
from mingcha.model.stored import Envelope


class Keys(Protocol):
    """The site's keys. `suite` is the dated name of the algorithms, sealed into every record."""

    @property
    def suite(self) -> str: ...
    @property
    def is_dev(self) -> bool: ...  # a development key serves this machine only

    def token(self, personal: Personal, canonical: str) -> str:
        """The keyed token of a canonical value (HMAC-SHA-256, domain-separated by kind of value)."""

    def record_id(self, prefix: str, target: str, namespace: str, source_id: str) -> str:
        """The keyed id of a record, equal to the token of every REF that names it: `prefix-` and 20 base32 letters."""

    def digest(self, domain: str, data: bytes) -> str:
        """A keyed digest (hex) for equality inside one domain."""

    def envelope(self, data: bytes, context: bytes) -> Envelope:
        """Encrypt under a fresh data key; `context` is authenticated."""

    def open(self, envelope: Envelope, context: bytes) -> bytes:
        """Decrypt; KeyTrouble when the key was erased or the bytes were changed."""

    def sketch_key(self) -> int:
        """64-bit key of the campaign index's shingle hashes."""

    def commit(self, data: bytes) -> tuple[str, bytes]:
        """A salted commitment (hex) and its salt; the salt is kept inside the record's ciphertext."""
