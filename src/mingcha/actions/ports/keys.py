"""Keys as actions use them: equality tokens, envelopes for records, commitments for the chain."""

from typing import Protocol

from mingcha.model.record import Personal
from mingcha.model.stored import Envelope


class Parts(Protocol):
    """One data key for all parts of one thing (the frames of an exhibit)."""

    @property
    def wrapped(self) -> bytes: ...  # the key under the site's key; destroying it erases every part

    def seal(self, data: bytes, place: bytes) -> bytes:
        """Encrypt one part; `place` says where it belongs, and is authenticated."""

    def open(self, part: bytes, place: bytes) -> bytes:
        """Decrypt one part; KeyTrouble when it was changed, or belongs elsewhere."""


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

    def parts(self, context: bytes) -> Parts:
        """A fresh data key for the parts of one thing; `context` is authenticated."""

    def parts_of(self, wrapped: bytes, context: bytes) -> Parts:
        """The same key again; KeyTrouble when it was erased or changed."""

    def sketch_key(self) -> int:
        """64-bit key of the campaign index's shingle hashes."""

    def commit(self, data: bytes) -> tuple[str, bytes]:
        """A salted commitment (hex) and its salt; the salt is kept inside the record's ciphertext."""
