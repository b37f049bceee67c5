"""Seal records into a chain and check chains: each record's hash covers the one before, its place, its time and its bytes.

Hashes are domain-separated ("mingcha/link/1"); an empty chain proves nothing and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from mingcha.evidence.canonical import canonical
from mingcha.model.stored import Link

DOMAIN = b"mingcha/link/1\0"
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking one chain came to. `broken_at` is the seq of the first record that does not hold."""

    records: int
    head: str | None
    broken_at: int | None
    why: str | None


def link_hash(chain: str, seq: int, at: str, payload: bytes, previous: str) -> str:
    """SHA-256 (hex) over the canonical envelope of one record; `at` is ISO 8601 in UTC."""
    envelope = {"at": at, "chain": chain, "payload": payload.decode(), "previous": previous, "seq": seq}
    return sha256(DOMAIN + canonical(envelope)).hexdigest()


def at_text(at: datetime) -> str:
    """The time as it is sealed: UTC, microseconds, Z."""
    if at.utcoffset() is None:
        raise TypeError("a sealed time carries its zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seal(chain: str, previous: Link | None, payload: Mapping[str, Any], at: datetime) -> Link:
    """The next record of a chain."""
    data = canonical(dict(payload))
    seq = previous.seq + 1 if previous else 1
    before = previous.hash if previous else GENESIS
    digest = link_hash(chain, seq, at_text(at), data, before)
    return Link(chain=chain, seq=seq, at=at, payload=data, previous=before, hash=digest)


def verify(links: Iterable[Link]) -> Verdict:
    """Check one chain from its first record and name the first that does not hold."""
    before, expected, chain = GENESIS, 1, None
    for link in links:
        chain = chain or link.chain
        why = _fault(link, chain, expected, before)
        if why:
            return Verdict(expected - 1, before if expected > 1 else None, link.seq, why)
        before, expected = link.hash, expected + 1
    return Verdict(expected - 1, before if expected > 1 else None, None, None)


def _fault(link: Link, chain: str, expected: int, before: str) -> str | None:
    if link.chain != chain:
        return f"it belongs to chain {link.chain}"
    if link.seq != expected:
        return f"record {expected} is missing or out of order"
    if link.previous != before:
        return "it does not follow the record before it"
    if link.hash != link_hash(link.chain, link.seq, at_text(link.at), link.payload, link.previous):
        return "its content was changed"
    return None
