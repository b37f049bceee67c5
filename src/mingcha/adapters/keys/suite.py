"""Suite `intl@2026-11-24`: AES-256-GCM envelopes, HMAC-SHA-256 tokens, keys derived by HKDF; bytes in, bytes out.

Envelope bytes: wrapped = generation (2) | nonce (12) | AES-GCM(site key, data key, context); body = nonce (12) |
AES-GCM(data key, plaintext, context). A data key serves one record; destroying `wrapped` erases the record. Nonces are
random: one wrapping key may wrap 2^32 records (NIST SP 800-38D section 8.3) before it is rotated. Whatever changes the
bytes made here is a new suite with a new date, for tokens are compared with stored ones for ever.
"""

import hashlib
import hmac
import os
from base64 import b32encode

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
    key, nonces = os.urandom(KEY), os.urandom(2 * NONCE)
    head = generation.to_bytes(2, "big")
    wrapped = head + nonces[:NONCE] + wrapping.encrypt(nonces[:NONCE], key, head + context)
    body = nonces[NONCE:] + AESGCM(key).encrypt(nonces[NONCE:], data, context)
    return Envelope(wrapped, body)


def generation_of(envelope: Envelope) -> int:
    """Which wrapping key an envelope needs; KeyTrouble when its own key was erased or cut."""
    if not envelope.wrapped:
        raise KeyTrouble(why=Words("数据已删除", "the data were erased"))
    if len(envelope.wrapped) != WRAPPED or len(envelope.body) < NONCE + TAG:
        raise KeyTrouble(why=Words("密文被改动：长度不同", "the ciphertext was changed: it has another length"))
    return int.from_bytes(envelope.wrapped[:2], "big")


def unseal(wrapping: AESGCM, envelope: Envelope, context: bytes) -> bytes:
    """Decrypt; KeyTrouble when bytes, context or key do not fit."""
    head, rest = envelope.wrapped[:2], envelope.wrapped[2:]
    try:
        key = wrapping.decrypt(rest[:NONCE], rest[NONCE:], head + context)
        return AESGCM(key).decrypt(envelope.body[:NONCE], envelope.body[NONCE:], context)
    except InvalidTag:
        raise KeyTrouble(
            why=Words("密文被改动，或属于另一把密钥", "the ciphertext was changed or belongs to another key")
        ) from None
