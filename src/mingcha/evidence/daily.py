"""The root of a day: one Merkle root over every record sealed that day, in the order of chain and place, and what is signed of it."""

from collections.abc import Iterable, Sequence

from mingcha.evidence.canonical import canonical
from mingcha.evidence.merkle import root
from mingcha.model.stored import Link, Mark

LEAF_DOMAIN, SIGNED_DOMAIN = b"mingcha/day/1\0", b"mingcha/day-root/1\0"


def day_leaf(link: Link | Mark) -> bytes:
    """The data of a record's leaf; its own hash covers all it holds."""
    return LEAF_DOMAIN + canonical({"chain": link.chain, "hash": link.hash, "seq": link.seq})


def day_leaves(links: Iterable[Link]) -> Sequence[bytes]:
    """The leaves of a day, whatever order its records come in."""
    return [day_leaf(link) for link in sorted(links, key=lambda link: (link.chain, link.seq))]


def day_root(links: Iterable[Link]) -> str:
    """The root (hex). A day without records has none: ValueError."""
    return root(day_leaves(links))


def signed_bytes(day: str, count: int, day_root: str) -> bytes:
    """What the audit key signs."""
    return SIGNED_DOMAIN + canonical({"count": count, "day": day, "root": day_root})
