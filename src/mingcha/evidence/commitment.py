"""Salted commitments: the chain seals these instead of data, so that destroying the salt and the data leaves it whole.

The salt has one length, so no two (salt, data) pairs share their bytes; without it a guess at the data cannot be tested.
"""

from hashlib import sha256

DOMAIN = b"mingcha/commit/1\0"
SALT = 16  # bytes


def commitment(data: bytes, salt: bytes) -> str:
    """SHA-256 (hex) over the domain, a salt of 16 bytes and the data."""
    if len(salt) != SALT:
        raise ValueError(f"a salt has {SALT} bytes, not {len(salt)}")
    return sha256(DOMAIN + salt + data).hexdigest()


def opens(sealed: str, data: bytes, salt: bytes) -> bool:
    """Whether data and salt are what was committed to."""
    return len(salt) == SALT and commitment(data, salt) == sealed
