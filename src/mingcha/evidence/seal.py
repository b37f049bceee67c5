"""Seal records into a chain and check chains: each record's hash covers the one before, its place, its time and its bytes.

Hashes are domain-separated ("mingcha/link/1"), every payload names its suite, and an empty chain proves nothing and says so.
Whatever a record holds, checking it ends in a verdict, never in an exception.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from mingcha.evidence.canonical import canonical, parse
from mingcha.model.stored import Link
from mingcha.model.words import Words

DOMAIN = b"mingcha/link/1\0"
GENESIS = "0" * 64
CHAIN = re.compile(r"[a-z][a-z0-9_-]{0,31}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking one chain came to. `broken_at` is the seq of the first record that does not hold."""

    records: int  # that hold, from the first
    head: str | None  # hash of the last that holds; None when nothing was proved
    broken_at: int | None
    words: Words | None

    @property
    def why(self) -> str | None:
        """What is wrong, in English."""
        return self.words.en if self.words else None


def link_hash(chain: str, seq: int, at: str, payload: bytes, previous: str) -> str:
    """SHA-256 (hex) over the canonical envelope of one record; `at` is ISO 8601 in UTC."""
    envelope = {"at": at, "chain": chain, "payload": payload.decode(), "previous": previous, "seq": seq}
    return sha256(DOMAIN + canonical(envelope)).hexdigest()


def at_text(at: datetime) -> str:
    """The time as it is sealed: UTC, microseconds, Z; 27 characters."""
    if at.utcoffset() is None:
        raise TypeError("a sealed time carries its zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def seal(chain: str, previous: Link | None, payload: Mapping[str, Any], at: datetime) -> Link:
    """The next record of a chain. The payload names the suite it was made under: {"suite": …} (TypeError without)."""
    if not CHAIN.fullmatch(chain):
        raise TypeError(f"{chain!r} is not the name of a chain")
    if previous is not None and previous.chain != chain:
        raise TypeError(f"a record of {chain} cannot follow one of {previous.chain}")
    if not _names_suite(payload):
        raise TypeError("a sealed payload names its suite")
    data = canonical(dict(payload))
    seq = previous.seq + 1 if previous else 1
    before = previous.hash if previous else GENESIS
    digest = link_hash(chain, seq, at_text(at), data, before)
    return Link(chain=chain, seq=seq, at=at, payload=data, previous=before, hash=digest)


def verify(links: Iterable[Link]) -> Verdict:
    """Check one chain from its first record and name the first that does not hold.

    A chain cut at its end still holds: only a head kept elsewhere shows that (an export's header, a printed head).
    """
    last: Link | None = None
    for link in links:
        words = fault(last, link)
        if words:
            return Verdict(last.seq if last else 0, last.hash if last else None, link.seq, words)
        last = link
    return Verdict(last.seq if last else 0, last.hash if last else None, None, None)


def fault(previous: Link | None, link: Link) -> Words | None:
    """What keeps a record from following `previous` (None: it is the first), or None when it holds."""
    if link.chain != (previous.chain if previous else link.chain) or not CHAIN.fullmatch(link.chain):
        return Words("该记录属于别的链", "it belongs to another chain")
    expected = previous.seq + 1 if previous else 1
    if link.seq != expected:
        return Words(f"第 {expected} 条记录缺失或次序不对", f"record {expected} is missing or out of order")
    if link.previous != (previous.hash if previous else GENESIS):
        return Words("该记录与前一条记录不相接", "it does not follow the record before it")
    return _content_fault(link)


def _content_fault(link: Link) -> Words | None:
    try:
        payload = parse(link.payload)
        digest = link_hash(link.chain, link.seq, at_text(link.at), link.payload, link.previous)
    except (ValueError, TypeError, OverflowError):  # no canonical JSON, a time without its zone or beyond the calendar
        return Words("内容不是封存时的形式", "its content is not in the form it was sealed in")
    if link.hash != digest:
        return Words("内容被改动过", "its content was changed")
    if not _names_suite(payload):
        return Words("没有写明密码套件", "it names no suite")
    return None


def _names_suite(payload: Mapping[str, Any]) -> bool:
    suite = payload.get("suite")
    return isinstance(suite, str) and bool(suite)
