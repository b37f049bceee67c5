"""The audit role's key and the authority of time as actions use them: both belong to somebody outside the site's keys."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class Signer(Protocol):
    """The audit key, opened by whoever holds its passphrase."""

    @property
    def key(self) -> str: ...  # public, hex

    def sign(self, data: bytes) -> str:
        """The signature (hex)."""


Genuine = Callable[[str, bytes, str], bool]  # public key (hex), data, signature (hex)
Stamp = Callable[[str], bytes]  # a digest (SHA-256, hex) to the RFC 3161 answer over it
Stamped = Callable[
    [str, bytes], datetime | None
]  # the time an answer gives a digest; None unless it is from whom one trusts
