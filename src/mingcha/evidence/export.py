"""Chains as JSON Lines for outsiders: a header naming every head, then every record in order, payloads as sealed text.

Header: {"format": "mingcha-chain/1", "suite", "heads": {chain: {"seq", "hash"}}}. Record: {"chain", "seq", "at", "payload",
"previous", "hash"}. `standalone.py` checks such a file with nothing but Python.
"""

from collections.abc import Sequence

from mingcha.evidence.canonical import canonical
from mingcha.evidence.seal import at_text
from mingcha.model.stored import Link

FORMAT = "mingcha-chain/1"


def header(heads: Sequence[Link], suite: str) -> str:
    """The first line of an export."""
    named = {link.chain: {"hash": link.hash, "seq": link.seq} for link in heads}
    return canonical({"format": FORMAT, "heads": named, "suite": suite}).decode()


def export_line(link: Link) -> str:
    """One record as a line."""
    row = {
        "at": at_text(link.at),
        "chain": link.chain,
        "hash": link.hash,
        "payload": link.payload.decode(),
        "previous": link.previous,
        "seq": link.seq,
    }
    return canonical(row).decode()
