"""Passwords by argon2, tokens of 256 random bits of which only SHA-256 digests are kept."""

import hashlib
import secrets

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError


class LocalSignIn:
    """Fits the `SignIn` port."""

    __slots__ = ("_hasher",)

    def __init__(self) -> None:
        self._hasher = PasswordHash.recommended()

    def hash_password(self, password: str) -> str:
        """The argon2id hash of a password."""
        return self._hasher.hash(password)

    def verify_password(self, hashed: str, password: str) -> bool:
        """Whether the password is the one hashed; an unreadable hash fits nothing."""
        try:
            return self._hasher.verify(password, hashed)
        except UnknownHashError:
            return False

    def new_token(self) -> tuple[str, str]:
        """A fresh token in clear, and its digest."""
        clear = secrets.token_urlsafe(32)
        return clear, self.digest(clear)

    def digest(self, token: str) -> str:
        """SHA-256 (hex) of a token."""
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
