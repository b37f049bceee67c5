"""The suite never changes under its date: what is stored is found by these bytes, so a twin and pinned values hold them."""

import hashlib
import hmac
from base64 import b32encode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from mingcha.adapters import keys as door
from mingcha.adapters.keys import ring, sheet, suite
from mingcha.errors import KeyTrouble
from mingcha.model.record import Personal
from mingcha.model.stored import Envelope

ROOT, WRAPPING = bytes(range(32)), bytes(range(32, 64))
RING = ring.Ring(False, ROOT, (WRAPPING,))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> door.FileKeys:
    path: Path = tmp_path_factory.mktemp("k") / "keys.json"
    door.restore_from_sheet(sheet.written(RING), path)
    return door.load(path)


def hkdf(purpose: str, length: int = 32) -> bytes:
    """RFC 5869 with an empty salt, for up to one block."""
    extracted = hmac.digest(bytes(32), ROOT, "sha256")
    return hmac.digest(extracted, b"mingcha/1/" + purpose.encode() + b"\x01", "sha256")[:length]


def mac(purpose: str, *parts: bytes) -> bytes:
    """HMAC over length-prefixed parts, written out (RFC 2104)."""
    key, data = hkdf(purpose).ljust(64, b"\0"), b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    inner = hashlib.sha256(bytes(k ^ 0x36 for k in key) + data).digest()
    return hashlib.sha256(bytes(k ^ 0x5C for k in key) + inner).digest()


def short(data: bytes) -> str:
    return b32encode(data).decode()[:20]


@given(st.sampled_from(sorted(set(Personal) - {Personal.FREE_TEXT})), st.text(max_size=20))
def test_tokens_are_those_of_the_twin(keys: door.FileKeys, kind: Personal, value: str) -> None:
    assert keys.token(kind, value) == "t" + short(mac(f"token/{kind.value}", value.encode("utf-8", "surrogatepass")))


@given(st.text(max_size=9), st.text(max_size=9), st.text(max_size=9))
def test_ids_and_digests_are_those_of_the_twin(keys: door.FileKeys, a: str, b: str, c: str) -> None:
    parts = [one.encode("utf-8", "surrogatepass") for one in (a, b, c)]
    assert keys.record_id("P", a, b, c) == "P-" + short(mac("record-id", *parts))
    assert keys.digest("row", parts[0]) == mac("digest", b"row", parts[0]).hex()


def test_pinned_values(keys: door.FileKeys) -> None:
    assert keys.suite == "intl@2026-11-24"
    assert keys.sketch_key() == int.from_bytes(hkdf("sketch", 8), "big") == PINNED["sketch"]
    assert keys.token(Personal.PHONE, "+8613800000000") == PINNED["token"]
    assert keys.record_id("C", "complaints", "ledger", "1") == PINNED["id"]
    assert keys.key_id == PINNED["key"]
    assert keys.open(Envelope(bytes.fromhex(PINNED["wrapped"]), bytes.fromhex(PINNED["body"])), b"C-X") == b"data"


def test_an_envelope_is_what_the_suite_says(keys: door.FileKeys) -> None:
    sealed = keys.envelope("明察".encode(), b"C-X")
    head, nonce, wrapped = sealed.wrapped[:2], sealed.wrapped[2:14], sealed.wrapped[14:]
    data_key = AESGCM(WRAPPING).decrypt(nonce, wrapped, head + b"C-X")
    assert len(data_key) == 32
    assert AESGCM(data_key).decrypt(sealed.body[:12], sealed.body[12:], b"C-X").decode() == "明察"


def test_parts_of_one_thing_are_what_the_suite_says_and_open_in_their_place_alone(keys: door.FileKeys) -> None:
    parts = keys.parts(b"EX-A")
    sealed = [parts.seal(b"one", b"1"), parts.seal(b"one", b"1")]
    head, nonce, wrapped = parts.wrapped[:2], parts.wrapped[2:14], parts.wrapped[14:]
    data_key = AESGCM(WRAPPING).decrypt(nonce, wrapped, head + b"EX-A")
    assert [AESGCM(data_key).decrypt(one[:12], one[12:], b"EX-A1") for one in sealed] == [b"one", b"one"]
    assert sealed[0][:12] != sealed[1][:12], "each has a nonce of its own"
    again = keys.parts_of(parts.wrapped, b"EX-A")
    assert again.open(sealed[0], b"1") == b"one"
    for held, part, place in (
        (again, sealed[0], b"2"),
        (again, sealed[0][:-1], b"1"),
        (again, b"", b"1"),
        (keys.parts(b"EX-A"), sealed[0], b"1"),
    ):
        with pytest.raises(KeyTrouble):
            held.open(part, place)
    for wrapped, context in ((parts.wrapped, b"EX-B"), (b"", b"EX-A"), (parts.wrapped[:-1], b"EX-A")):
        with pytest.raises(KeyTrouble):
            keys.parts_of(wrapped, context)


def test_a_sub_key_is_made_for_one_purpose_only() -> None:
    purposes = ["record-id", "digest", "sketch", "key-id", *(f"token/{kind.value}" for kind in Personal)]
    assert len({suite.derive(ROOT, purpose) for purpose in purposes}) == len(purposes)


PINNED: dict[str, Any] = {
    "sketch": 13614348609176507742,
    "token": "tLCHPOMOXHXBSDVMQQXMP",
    "id": "C-VQD6ZHSYQXFC2JIZBOWF",
    "key": "ASPW-G73B",
    "wrapped": "0001fd2fa15052825883cb280f64a73519bebe8bb50b1a8789649432f41f15a72b5f678e7ead56829e1920df96fe78328f57d970362d5fabdf2be86f3fe2",
    "body": "50f391999e6b1c0fbc01330c1a12e7c227e86f863de38fa9be1779a8c208ec0f",
}
