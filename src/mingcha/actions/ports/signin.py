"""Passwords and tokens as actions use them."""

from typing import Protocol


class SignIn(Protocol):
    """Argon2 for passwords, 256 random bits for tokens; only digests are kept."""

    def hash_password(self, password: str) -> str:
        """The argon2 hash of a password."""

    def verify_password(self, hashed: str, password: str) -> bool:
        """Whether the password is the one hashed; as slow for a wrong one."""

    def decoy(self) -> str:
        """A hash nobody's password matches, made once: an unknown name costs one verification, as a known one does."""

    def new_token(self) -> tuple[str, str]:
        """A fresh token in clear, and its SHA-256 digest (hex)."""

    def digest(self, token: str) -> str:
        """SHA-256 (hex) of a token."""
