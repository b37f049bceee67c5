"""Suite `intl@2026-11-24`: AES-256-GCM envelopes, HMAC-SHA-256 tokens, keys derived by HKDF; bytes in, bytes out.

Envelope bytes: wrapped = generation (2) | nonce (12) | AES-GCM(site key, data key, context); body = nonce (12) |
AES-GCM(data key, plaintext, context). A part of something long (a frame of an exhibit) is a body whose context is the whole's
and its place in it. A data key serves one record or one exhibit; destroying `wrapped` erases the record. Nonces are
random: one wrapping key may wrap 2^32 records (NIST SP 800-38D section 8.3) before it is rotated. Whatever changes the
bytes made here is a new suite with a new date, for tokens are compared with stored ones for ever.
"""

import hashlib
import hmac
import os
from base64 import b32encode
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mingcha.errors import KeyTrouble
from mingcha.model.stored import Envelope
from mingcha.model.words import Words

SUITE = "intl@2026-11-24"
NONCE, KEY, TAG, ID_LETTERS = 12, 32, 16, 20
WRAPPED = 2 + NONCE + KEY + TAG  # bytes
CUT = Words("密文被改动：长度不同", "the ciphertext was changed: it has another length")


def derive(root: bytes, purpose: str, length: int = KEY) -> bytes:
    """A sub-key for one purpose (HKDF-SHA-256, RFC 5869)."""
    return HKDF(SHA256(), length, salt=None, info=b"mingcha/1/" + purpose.encode()).derive(root)


class Mac:
    """HMAC-SHA-256 under one sub-key; the keyed state is made once and copied."""

    __slots__ = ("_state",)

    def __init__(self, key: bytes) -> None:
        self._state = hmac.new(key, digestmod=hashlib.sha256)

    def digest(self, *parts: bytes) -> bytes:
        """The MAC of length-prefixed parts: ("ab","c") and ("a","bc") differ."""
        state = self._state.copy()
        for part in parts:
            state.update(len(part).to_bytes(8, "big"))
            state.update(part)
        return state.digest()


def short_id(digest: bytes) -> str:
    """20 base32 letters: 100 bits."""
    return b32encode(digest[:13]).decode()[:ID_LETTERS]


def seal(generation: int, wrapping: AESGCM, data: bytes, context: bytes) -> Envelope:
    """Encrypt under a fresh data key."""
    parts = fresh_parts(generation, wrapping, context)
    return Envelope(parts.wrapped, parts.seal(data))


def generation_of(wrapped: bytes) -> int:
    """Which wrapping key a data key needs; KeyTrouble when it was erased or cut."""
    if not wrapped:
        raise KeyTrouble(why=Words("数据已删除", "the data were erased"))
    if len(wrapped) != WRAPPED:
        raise KeyTrouble(why=CUT)
    return int.from_bytes(wrapped[:2], "big")


def unseal(wrapping: AESGCM, envelope: Envelope, context: bytes) -> bytes:
    """Decrypt; KeyTrouble when bytes, context or key do not fit."""
    return parts_of(wrapping, envelope.wrapped, context).open(envelope.body)


@dataclass(frozen=True, slots=True)
class Parts:
    """One data key, for all parts of one thing; what says where a part belongs is authenticated with it."""

    wrapped: bytes
    _cipher: AESGCM = field(repr=False)
    _context: bytes

    def seal(self, data: bytes, place: bytes = b"") -> bytes:
        """Encrypt one part under a nonce of its own."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, data, self._context + place)

    def open(self, part: bytes, place: bytes = b"") -> bytes:
        """Decrypt one part; KeyTrouble when it was changed, or belongs elsewhere."""
        if len(part) < NONCE + TAG:
            raise KeyTrouble(why=CUT)
        return _opened(self._cipher, part[:NONCE], part[NONCE:], self._context + place)


def fresh_parts(generation: int, wrapping: AESGCM, context: bytes) -> Parts:
    """A fresh data key, wrapped."""
    key, nonce, head = os.urandom(KEY), os.urandom(NONCE), generation.to_bytes(2, "big")
    return Parts(head + nonce + wrapping.encrypt(nonce, key, head + context), AESGCM(key), context)


def parts_of(wrapping: AESGCM, wrapped: bytes, context: bytes) -> Parts:
    """The data key that was wrapped; KeyTrouble when it, its context or the wrapping key do not fit."""
    head, nonce = wrapped[:2], wrapped[2 : 2 + NONCE]
    return Parts(wrapped, AESGCM(_opened(wrapping, nonce, wrapped[2 + NONCE :], head + context)), context)


def _opened(cipher: AESGCM, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, context)
    except InvalidTag:
        raise KeyTrouble(
            why=Words("密文被改动，或属于另一把密钥", "the ciphertext was changed or belongs to another key")
        ) from None
