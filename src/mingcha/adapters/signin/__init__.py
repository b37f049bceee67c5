"""Passwords by argon2id, tokens of 256 random bits of which only SHA-256 digests are kept.

A password is one thing however it was typed: full-width letters of a Chinese input method equal the plain ones.
How long a password must be and when an account locks are rules of `actions.accounts`.
"""

import hashlib
import secrets
import unicodedata

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

from mingcha.errors import InputError
from mingcha.model.words import Words

LONGEST = 1024  # code points; hashing more would only serve whoever wants this machine busy


class LocalSignIn:
    """Fits the `SignIn` port."""

    __slots__ = ("_decoy", "_hasher")

    def __init__(self) -> None:
        self._hasher = PasswordHash.recommended()
        self._decoy: str | None = None

    def hash_password(self, password: str) -> str:
        """The argon2id hash of a password."""
        if len(password) > LONGEST:
            raise InputError(
                where="password", found="…", expected=Words(f"至多 {LONGEST} 个字符", f"at most {LONGEST} characters")
            )
        return self._hasher.hash(_typed(password))

    def verify_password(self, hashed: str, password: str) -> bool:
        """Whether the password is the one hashed; an unreadable hash fits nothing, an endless password costs no more."""
        try:
            right = self._hasher.verify(_typed(password[:LONGEST]), hashed)
        except PwdlibError:
            return False
        return right and len(password) <= LONGEST

    def decoy(self) -> str:
        """A hash nobody's password matches, made when first asked for and kept."""
        if self._decoy is None:
            self._decoy = self.hash_password(secrets.token_urlsafe(32))
        return self._decoy

    def new_token(self) -> tuple[str, str]:
        """A fresh token in clear, and its digest."""
        clear = secrets.token_urlsafe(32)
        return clear, self.digest(clear)

    def digest(self, token: str) -> str:
        """SHA-256 (hex) of a token."""
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _typed(password: str) -> bytes:
    """NFKC (NIST SP 800-63B section 5.1.1.2), as bytes."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
